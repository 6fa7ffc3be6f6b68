#!/bin/sh
# Settings that lead into git's own folder are refused where they are read, and no link leads a
# change there.
. "$(dirname "$0")/lib.sh"

# ---- kith.yaml and .git ----

# into KEY VALUE: kith.yaml says so; it is told, and .git stays as it was.
into() {
	journal
	kith add Ada Lovelace > "$tmp/said" 2>&1
	printf 'version: 1\n%s: %s\n' "$1" "$2" > kith.yaml
	commit "Settings"
	mkdir -p .git/hooks/sub
	find .git -type f | sort > "$tmp/before"
	run kith check
	is "$status" 1 "$1: $2: kith check ends with 1"
	like "$out" '^kith.yaml:2:[0-9]+: error: .*[gG][iI][tT]' "$1: $2: and says where"
	for command in review list; do
		run sh -c "kith $command"
		like "$out
$err" '^kith.yaml:2:[0-9]+: error: ' "$1: $2: so does kith $command"
	done
	is "$(find .git -type f | grep -v '/objects/\|/logs/\|kith\.lock\|COMMIT_EDITMSG' | sort)" "$(grep -v '/objects/\|/logs/\|kith\.lock\|COMMIT_EDITMSG' "$tmp/before")" \
		"$1: $2: nothing comes into .git"
}
into reviews .git/refs/heads
into reviews .GIT
into reviews ./.git/refs/heads
into reviews people/../.git/refs/heads
into reviews .git/
into reviews "'.//.Git//refs'"
into reviews sub/.git/refs
into people .git
into people "[people, .git/hooks]"
into people "[people, 'people/./../.git/refs']"
into people '"\x2egit"'
into people GIT~1
into people '".g\u200cit"'
into reviews '".git\ufeff/hooks"'
into reviews '"Git\u200e~1\u2060. :x"'
into reviews "'sub/.git./x'"

journal
kith add Ada Lovelace > "$tmp/said" 2>&1
printf 'version: 1\nreviews: .github/reviews\npeople: [people, .gitted, git, .git-x]\n' > kith.yaml
mkdir -p .github .gitted git && commit "Settings"
run kith review
is "$status:$(ls .github/reviews)" "0:2026-W48.md" "a folder that is only called alike is fine"

# By a link it is not written, either.
journal
printf -- '---\nname: Ada\n---\n- 2026-09-20 call: x\n' > people/ada.md
ln -s .git/refs/heads reviews
ln -s ../.git/config people/config.md
commit "Links"
cp .git/config "$tmp/config"
run kith review
is "$status:$(ls .git/refs/heads)" "1:main" "a link into .git gets no page"
run kith log config coffee: x
is "$status" 1 "and nobody is there"
ok "git's settings are as they were" cmp .git/config "$tmp/config"


# ---- A repository that stands in a folder as its files. ----

journal
mkdir evil && git init -q --bare evil
git -C evil config core.bare false
git -C evil config core.worktree "$PWD/evil"
mkdir evil/people && printf 'version: 1\n' > evil/kith.yaml
printf -- '---\nname: Ada\n---\n' > evil/people/ada.md
cp evil/people/ada.md "$tmp/ada"
for hook in pre-commit commit-msg post-commit reference-transaction post-index-change; do
	printf '#!/bin/sh\ntouch %s/pwned\n' "$tmp" > evil/hooks/$hook
	chmod +x evil/hooks/$hook
done
cp evil/hooks/pre-commit "$tmp/monitor"
git -C evil config core.fsmonitor "$tmp/monitor"
git config --global safe.bareRepository explicit
run git -C evil status
is "$status" 128 "git refuses it with safe.bareRepository=explicit"
cp -a evil "$tmp/evil"
for tree in evil .; do
	for hooks in hooks none; do
		rm -rf evil && cp -a "$tmp/evil" evil
		git config --global --unset safe.bareRepository
		git -C evil config core.worktree "$(cd $tree && pwd)"
		git -C evil config core.hooksPath "$PWD/evil/$hooks"
		git config --global safe.bareRepository explicit
		rm -f "$tmp/pwned"
		what="bare, its work tree $tree, hooks in $hooks"
		run kith -C evil log ada coffee: x
		is "$status" 1 "$what: kith log ends with 1"
		like "$err" 'safe.bareRepository' "$what: and says what git would say"
		for command in '' check 'log ada coffee: x' 'log -n ada coffee: x' commit undo history \
			review; do
			run sh -c "kith -C evil $command"
			ok "$what: kith $command runs nothing of it" test ! -e "$tmp/pwned"
		done
		is "$(git --git-dir=evil rev-parse --verify -q HEAD)" "" "$what: nothing is committed there"
		run sh -c 'cd evil && kith log ada coffee: x'
		ok "$what: nor from within" test ! -e "$tmp/pwned"
	done
done
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.bareRepository GIT_CONFIG_VALUE_0=explicit
git config --global --unset safe.bareRepository
run kith -C evil log ada coffee: x
ok "the same where the environment sets it" test ! -e "$tmp/pwned"
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
git config --global safe.bareRepository explicit
journal
printf -- '---\nname: Ada\n---\n' > people/ada.md && commit "Ada"
run kith log ada coffee: x
is "$status" 0 "a plain repository is opened still"
git worktree add -q "$tmp/linked" -b linked
run kith -C "$tmp/linked" log ada coffee: y
is "$status" 0 "so is a linked worktree"
git config --global --unset safe.bareRepository

# ---- Somebody else's. ----

if [ "$(id -u)" -eq 0 ]; then
	journal
	printf -- '---\nname: Ada\n---\n' > people/ada.md && commit "Ada"
	printf '#!/bin/sh\ntouch %s/pwned\n' "$tmp" > .git/hooks/pre-commit
	chmod +x .git/hooks/pre-commit
	git config core.fsmonitor "$PWD/.git/hooks/pre-commit"
	chown -R 6001:6001 .
	run git status
	is "$status" 128 "git refuses somebody else's repository"
	rm -f "$tmp/pwned"
	for command in '' check 'log ada coffee: x' commit undo history; do
		run sh -c "kith $command"
		ok "kith $command: nothing of it is run" test ! -e "$tmp/pwned"
	done
	run kith log ada coffee: y
	like "$err" 'safe.directory' "and it is said why"
else
	skip "somebody else's repository" "only root can be two people"
fi
done_testing
