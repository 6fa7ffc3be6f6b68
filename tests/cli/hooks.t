#!/bin/sh
# A hook sees under kith what it sees under plain `git commit -- FILE`: environment, arguments,
# folder, standard streams, index. What it prints is shown, and what it would refuse is refused.
. "$(dirname "$0")/lib.sh"

all='pre-commit prepare-commit-msg commit-msg post-commit reference-transaction post-index-change'
# with_hook NAME SCRIPT
with_hook() {
	mkdir -p .git/hooks
	printf '#!/bin/sh\n%s\n' "$2" > ".git/hooks/$1"
	chmod +x ".git/hooks/$1"
}
people() {
	journal
	printf '%s\n' '---' 'name: Ada Lovelace' '---' '## Log' '- 2026-09-20 coffee: looms' \
		> people/ada.md
	printf 'one\n' > other.txt
	commit "People"
}

# ---- The same surroundings. ----

# Writes down all that a hook can see. What differs from one run to the next is made alike: ids,
# the time, the name of the index file, and what the shell sets.
cat > "$tmp/dump" <<'END'
#!/bin/sh
name=${0##*/}
{
	echo "== $name"
	for word; do echo "argument: $word"; done
	echo "folder: $(pwd -P)"
	echo "input: $(readlink /proc/self/fd/0)"
	for fd in 1 2; do [ -t $fd ] && echo "$fd is a terminal" || echo "$fd is none"; done
	# The index is not what a transaction of references is about. Kith's own index follows the
	# commit; what else is staged is in none that post-commit sees.
	[ $name != reference-transaction ] || unset GIT_INDEX_FILE
	env | grep -v -e '^_=' -e '^SHLVL=' -e '^OLDPWD=' -e '^DUMP=' | sort
	case $name in
	reference-transaction | post-index-change | post-commit) ;;
	*)
		echo "staged:" && git diff --cached --name-status
		echo "in the index:" && git ls-files -s
		echo "status:" && git status --porcelain
		echo "by pattern:" && git ls-files -- '*.md' ':/people' ':!*.png'
		echo "settings:" && git config --list | sort
		;;
	esac
	case $name in
	commit-msg | prepare-commit-msg) echo "message:" && cat "$1" ;;
	reference-transaction) echo "refs:" && cat ;;
	esac
} 2>&1 | sed -E -e 's/[0-9a-f]{40}/ID/g' -e 's/pipe:\[[0-9]*\]/pipe/' -e 's/^GIT_INDEX_FILE=.*/GIT_INDEX_FILE=(one)/' \
	-e 's/@?[0-9]{10} /TIME /g' -e 's/^(GIT_(AUTHOR|COMMITTER)_DATE=).*/\1TIME/' >> "$DUMP/$name"
exit 0
END
chmod +x "$tmp/dump"

# same NAME FOLDER KITH GIT: in copies of the journal here, at one place, both lines are run in
# that folder, the second after the same edit: each hook must see the same.
same() {
	here=$PWD all_of_it=${world:-$PWD}
	for hook in $all; do
		install -D "$tmp/dump" "${hooks:-.git/hooks}/$hook"
	done
	rm -rf "$tmp/saved" "$tmp/by-kith" "$tmp/by-git"
	cp -a "$all_of_it" "$tmp/saved"
	mkdir "$tmp/by-kith" "$tmp/by-git"
	(cd "$2" && export DUMP="$tmp/by-kith" && eval "$3") > "$tmp/said" 2>&1 < /dev/null ||
		fail "$1: kith works" "$(cat "$tmp/said")"
	cp people/ada.md "$tmp/edited" && git log -1 --format=%B > "$tmp/message"
	cd "$tmp" && rm -rf "$all_of_it" && cp -a "$tmp/saved" "$all_of_it" && cd "$here" || exit 1
	cp "$tmp/edited" people/ada.md
	(cd "$2" && export DUMP="$tmp/by-git" && eval "$4") > "$tmp/said" 2>&1 < /dev/null ||
		fail "$1: git works" "$(cat "$tmp/said")"
	for hook in $all; do
		if [ ! -s "$tmp/by-git/$hook" ]; then
			fail "$1: $hook is run by git"
		elif [ $hook = post-index-change ]; then
			# How often is git's affair.
			ok "$1: $hook is run" test -s "$tmp/by-kith/$hook"
		else
			why=$(diff -a -u -L "by git" -L "by kith" "$tmp/by-git/$hook" "$tmp/by-kith/$hook" 2>&1)
			if [ -z "$why" ]; then pass "$1: $hook"; else fail "$1: $hook" "$why"; fi
		fi
	done
}
by_kith='kith log ada coffee: x'
by_git='git commit -q -F "$tmp/message" -- '

people
same "at the top" . "$by_kith" "$by_git people/ada.md"

people
echo two > other.txt && git add other.txt && echo new > new.txt
same "beside staged and new files" . "$by_kith" "$by_git people/ada.md"

people
same "in a folder below" people "$by_kith" "$by_git ada.md"

people
export GIT_AUTHOR_NAME='Somebody Else' GIT_AUTHOR_EMAIL=else@post.example \
	GIT_COMMITTER_NAME='The Committer' GIT_EDITOR='touch it' GIT_OPTIONAL_LOCKS=1 GIT_TRACE=0
same "with the user's own environment" . "$by_kith" "$by_git people/ada.md"
unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_EDITOR GIT_OPTIONAL_LOCKS GIT_TRACE

people
world=$tmp/world hooks=$tmp/world/top/.git/hooks
git clone -q . "$world/top" && git -C "$world/top" worktree add -q "$world/linked" -b linked &&
	cd "$world/linked" || exit 1
same "in a linked worktree" . "$by_kith" "$by_git people/ada.md"
world='' hooks=''

people
git config core.hooksPath .hooks && echo .hooks > .git/info/exclude
hooks=.hooks
same "with core.hooksPath" . "$by_kith" "$by_git people/ada.md"
hooks=''

people
same "kith undo" . "kith --today 2026-11-23 log ada coffee: y --no-verify > /dev/null && rm -f \$DUMP/* && kith undo" \
	"kith log ada coffee: y --no-verify > /dev/null && rm -f \$DUMP/* && cp \$tmp/edited people/ada.md && $by_git people/ada.md"

people
echo 'by hand' >> people/ada.md
same "kith commit" . "kith commit" "$by_git people/ada.md"

# On a terminal, hooks are on it, too.
if script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
	people
	same "on a terminal" . "script -qec '$by_kith' /dev/null" \
		"script -qec 'git commit -q -F $tmp/message -- people/ada.md' /dev/null"
else
	skip "hooks on a terminal" "there is no pseudo-terminal here"
fi

# ---- Patterns. ----

people
with_hook pre-commit 'if git diff --cached -- "*.md" | grep SECRET; then exit 1; fi'
run kith log ada coffee: the SECRET plan
is "$status" 1 "a hook that looks through *.md refuses"
unlike "$(git log -p --format=%s)" SECRET "and nothing of it is committed"
git checkout -q people
run kith log ada coffee: the open plan
is "$status" 0 "what it does not mind is committed"
for pattern in ':/people' "':!*.png'" "':(glob)people/**'" "'people/*.md'" "':(icase)PEOPLE'"; do
	people
	with_hook pre-commit "git add -- $pattern || exit 1; git diff --cached --quiet -- $pattern && exit 1; exit 0"
	run kith log ada coffee: x
	is "$status" 0 "a hook may add and look at $pattern"
	is "$(git status --porcelain)" "" "and all is committed"
done

people
with_hook post-commit 'git log -1 --format=%s -- "*.md" > subject'
run kith log ada coffee: x
is "$(cat subject)" "Log coffee with Ada Lovelace" "post-commit finds it by a pattern"

# Kith's own files are taken literally nevertheless.
people
printf -- '---\nname: Star\n---\n' > 'people/a*.md'
echo more >> people/ada.md
with_hook pre-commit 'exit 0'
git add 'people/a\*.md' && git commit -q -m Star
run kith log Star coffee: x
is "$(git show --format= --name-only | tail -n 1)" 'people/a*.md' "a file whose name is a pattern is committed"
is "$(git status --porcelain)" ' M people/ada.md' "and no other"

# ---- What hooks print. ----

people
for hook in pre-commit prepare-commit-msg commit-msg post-commit; do
	with_hook $hook "echo 'out of $hook'; echo 'words of $hook' >&2"
done
run kith log ada coffee: x
is "$status" 0 "hooks that talk do not hinder"
for hook in pre-commit prepare-commit-msg commit-msg post-commit; do
	like "$err" "^out of $hook\$" "what $hook prints is shown"
	like "$err" "^words of $hook\$" "and what it prints as an error"
done
unlike "$out" '(out|words) of' "not among kith's own"
run kith log ada call: y --json
is "$status:${out%"${out#?}"}" "0:{" "nor in JSON"
like "$err" '^out of pre-commit$' "but shown there too"
with_hook pre-commit "echo 'out of it'; echo 'three lines' >&2; echo 'of reasons' >&2; exit 1"
run kith log ada call: z
is "$status" 1 "a hook that refuses"
like "$err" 'of reasons' "says why"
is "$(printf '%s\n' "$err" | grep -c 'of reasons')" 1 "once"
git checkout -q people

# ---- What a hook changes. ----

people
with_hook pre-commit 'sed -i "s/coffee: x/coffee: y/" people/ada.md && git add people/ada.md'
run kith log ada coffee: x
is "$(git show HEAD:people/ada.md | grep -c 'coffee: y')" 1 "a hook may change what is committed"
is "$(git status --porcelain)" "" "and the index follows"

# The length of a hook's words is nobody's limit, and it may read its input.
people
with_hook pre-commit 'cat; i=0; while [ $i -lt 3000 ]; do echo "line $i of many words and more"; i=$((i + 1)); done'
run kith log ada coffee: x
is "$status:$(printf '%s\n' "$err" | grep -c 'of many words')" "0:3000" "all of what it prints is shown"
# ---- The disk. ----

people
with_hook pre-commit 'exit 0'
if [ -z "$sanitized" ] && strace -f -o "$tmp/trace" -e trace=syncfs -e inject=syncfs:error=EIO true 2> /dev/null; then
	run strace -f -o "$tmp/trace" -e trace=syncfs -e inject=syncfs:error=EIO kith log ada coffee: x
	like "$(cat "$tmp/trace")" 'syncfs.*EIO' "what git wrote is flushed to the disk"
	like "$out$err" 'it is committed.*power cut.*(Input/output|disk)|(Input/output|disk).*it is committed.*power cut' "and said where that fails"
	is "$status$(git log -1 --format=%s)$(git status --porcelain)" "1Log coffee with Ada Lovelace" "it is committed"
	run kith undo
	is "$status" 0 "and can be taken back"
else
	skip "the disk" "strace does not work here"
fi
done_testing
