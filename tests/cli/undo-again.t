#!/bin/sh
# undo never stands still, and never takes back what nobody meant: it takes back kith's last
# change, or asks and refuses with names and dates, and says how to go on.
. "$(dirname "$0")/lib.sh"

both() {
	journal
	printf '%s\n' '---' 'name: Ada Lovelace' 'org: Engines' '---' 'She runs on tea.' '' \
		'## Log' '- 2026-09-20 coffee: the looms' > people/ada.md
	printf '%s\n' '---' 'name: Bob Stone' '---' 'He keeps clocks.' '' '## Log' \
		'- 2026-08-01 call: brass' > people/bob.md
	commit "People"
}
with_hook() {
	printf '#!/bin/sh\n%s\n' "$2" > ".git/hooks/$1"
	chmod +x ".git/hooks/$1"
}
# named REGEX NAME: the last run was refused, with that and a date, and a way on.
named() {
	why=
	[ "$status" -eq 1 ] || why="status $status"
	printf '%s\n' "$err" | grep -Eq -e "$1" || why="$why, no $1"
	printf '%s\n' "$err" | grep -Eq '20[0-9][0-9]-[01][0-9]-[0-3][0-9]|[0-3]?[0-9] [A-Z][a-z][a-z]' ||
		why="$why, no date"
	printf '%s\n' "$err" | grep -Eq 'kith |git ' || why="$why, no way on"
	if [ -z "$why" ]; then pass "$2"; else fail "$2" "$why:
$out$err"; fi
}

# ---- After git revert. ----

both
kith log ada coffee: first > "$tmp/said"
kith log ada coffee: second > "$tmp/said"
git revert --no-edit HEAD > "$tmp/said"
run kith undo
like "$out" '^took back: Log coffee with Ada Lovelace' "what git revert took back is passed over"
is "$(grep -c 'first\|second' people/ada.md)" 0 "and the one before it taken back"
run kith undo
is "$status" 1 "then there is nothing more"
unlike "$out$err" 'changed since' "which is said, not that lines were changed"

both
kith log ada coffee: first > "$tmp/said"
git revert --no-edit HEAD > "$tmp/said" && git revert --no-edit HEAD > "$tmp/said"
run kith undo
is "$status:$(grep -c first people/ada.md)" "0:0" "a revert that is reverted takes nothing back"

both
kith log ada coffee: first > "$tmp/said"
git revert -n HEAD && git commit -q -m "Away with it, by hand"
run kith undo
is "$status" 1 "what was taken back by hand is not there any more"
like "$err" 'Log coffee with Ada Lovelace|nothing to take back|no change' "which is said"
kith log bob call: later > "$tmp/said"
run kith undo
is "$status:$(grep -c later people/bob.md)" "0:0" "and a later change can be taken back"

both
kith log ada coffee: first > "$tmp/said"
kith log bob call: second > "$tmp/said"
git revert --no-edit HEAD~ > "$tmp/said"
run kith undo
is "$(grep -c first people/ada.md):$(grep -c second people/bob.md)" "0:0" \
	"an older one that was reverted does not stop the newer"

# ---- A commit is kith's where it holds exactly what kith made. ----

# more NAME WORDS PATH: undo refuses and names PATH, nothing changes; --all-of-it takes all.
more() {
	cp -r people "$tmp/people"
	head=$(git rev-parse HEAD)
	run kith undo
	is "$status" 1 "$1: undo refuses"
	like "$out$err" "$3" "$1: and says what else is in the commit"
	like "$err" '--all-of-it' "$1: and how to take it whole"
	is "$(git rev-parse HEAD):$(diff -r people "$tmp/people")" "$head:" "$1: nothing is changed"
	run kith undo --all-of-it
	is "$status" 0 "$1: --all-of-it works"
	is "$(git diff "$2" HEAD --name-only)" "" "$1: and takes back all of it"
	rm -rf "$tmp/people"
}
both
base=$(git rev-parse HEAD)
git checkout -q -b week
kith log ada coffee: one > "$tmp/said"
echo 'by hand' >> people/bob.md && commit "By hand"
kith log ada coffee: two > "$tmp/said"
git checkout -q main && git merge -q --squash week > "$tmp/said" 2>&1
git commit -q -m "$(git log --reverse --format=%B main..week)"
more "a squashed branch" "$base" people/bob.md

both
base=$(git rev-parse HEAD)
git checkout -q -b week
kith log ada coffee: one > "$tmp/said"
kith log ada call: two > "$tmp/said"
kith log bob call: three > "$tmp/said"
git checkout -q main && git merge -q --squash week > "$tmp/said" 2>&1
git commit -q -m "$(git log --format=%B main..week)"
more "a squashed branch of kith's changes alone" "$base" people/

# What a person, or a hook, put into kith's commit. Each line: what is to be named, and how it
# came in: after kith log, or by a hook.
while IFS='|' read -r path how; do
	both
	echo plain > notes.txt && commit "Notes"
	base=$(git rev-parse HEAD)
	case $how in pre-commit*) with_hook pre-commit "${how#pre-commit }" ;; esac
	kith log ada coffee: mine > "$tmp/said" 2>&1
	case $how in
	pre-commit*) rm .git/hooks/pre-commit ;;
	*) eval "$how" && git add -A && git commit -q --amend --no-edit ;;
	esac
	more "$how" "$base" "$path"
done <<'END'
people/ada.md|echo 'my own text' >> people/ada.md
people/ada.md|sed -i 's/runs on tea/runs on coffee/' people/ada.md
people/ada.md|sed -i '/runs on tea/d' people/ada.md
people/ada.md|sed -i 's/coffee: mine/coffee: mine, and more of it/' people/ada.md
: people/bob.md;|echo 'my own text' >> people/bob.md
: people/bob.md;|git rm -q people/bob.md
people/robert.md|git mv people/bob.md people/robert.md
: notes.txt;|echo 'my own text' >> notes.txt
: people/empty.md;|: > people/empty.md
people/bob.md, people/cid.md|echo 'my own text' | tee -a people/bob.md > people/cid.md
: generated.txt;|pre-commit echo made > generated.txt; git add generated.txt
people/ada.md|pre-commit sed -i "s/coffee: mine/coffee: yours/" people/ada.md; git add people/ada.md
: people/bob.md;|pre-commit echo 'of the hook' >> people/bob.md; git add people/bob.md
END

# Every kind of change is what kith made, whatever git does on its way into a commit.
while IFS='|' read -r how setting; do
	both
	case $setting in
	crlf) sed -i 's/$/\r/' people/*.md && git config core.autocrlf true ;;
	attributes) echo '*.md text eol=crlf' > .gitattributes && commit "Ends" && rm people/* && git checkout -q . ;;
	filter)
		git config filter.up.clean 'tr a-z A-Z' && git config filter.up.smudge 'tr A-Z a-z'
		echo '*.md filter=up' > .gitattributes && git add --renormalize . && commit "Large"
		rm people/* && git checkout -q people
		;;
	hook) with_hook pre-commit 'exit 0' ;;
	untracked) git rm -q --cached people/bob.md && git commit -q -m "No Bob" ;;
	esac
	base=$(git rev-parse HEAD)
	eval "kith $how" > "$tmp/said" 2>&1
	[ "$(git rev-parse HEAD)" != "$base" ] || fail "$how, $setting: is done" "$(cat "$tmp/said")"
	run kith undo
	is "$status:$err" "0:" "$how, ${setting:-plain}: kith takes back what it made"
	[ "$setting" = untracked ] || is "$(git diff --name-only "$base" HEAD)" "" "$how, ${setting:-plain}: all of it"
done <<'END'
log ada coffee: x
log ada coffee: x|crlf
log ada coffee: x|attributes
log ada coffee: x|filter
log ada coffee: x|hook
log bob coffee: x|untracked
log ada coffee: x -m 'In my own words'
rename ada 'Ada King'
rename ada 'Ada King'|hook
rename bob 'Robert Stone'|untracked
merge ada bob
merge ada bob|attributes
remove -y bob
remove -y bob|untracked
add Eve Ward
review
review|hook
set ada org=Digital
END

# What stays kith's: the same change on another commit, or with another message.
both
kith log ada coffee: mine > "$tmp/said"
git commit -q --amend -m "$(git log -1 --format=%B | sed 1s/coffee/tea/)"
run kith undo
is "$status:$(grep -c mine people/ada.md)" "0:0" "another subject makes no other change"
both
git checkout -q -b side && kith log ada coffee: mine > "$tmp/said"
git checkout -q main && echo more >> people/bob.md && commit "More"
git checkout -q side && git rebase -q main > "$tmp/said" 2>&1
run kith undo
is "$status:$(grep -c mine people/ada.md)" "0:0" "nor does git rebase"
both
git checkout -q -b side && kith log ada coffee: mine > "$tmp/said"
git checkout -q main && sed -i 's/runs on tea/runs on coffee/' people/ada.md && commit "More"
git cherry-pick side > "$tmp/said" 2>&1
run kith undo
is "$status:$(grep -c mine people/ada.md)" "0:0" "nor git cherry-pick onto other lines of the file"
both
git checkout -q -b side && kith log ada coffee: mine > "$tmp/said"
git checkout -q main && git mv people/ada.md people/ada-king.md && commit "Move"
git checkout -q side && git rebase -q main > "$tmp/said" 2>&1
run kith undo
is "$status:$(grep -c mine people/ada-king.md)" "0:0" "nor git rebase onto another name of the file"
both
kith log ada coffee: one > "$tmp/said" && kith log ada call: two > "$tmp/said"
base=$(git rev-parse HEAD~2)
GIT_SEQUENCE_EDITOR="sed -i '2s/pick/fixup/'" git rebase -q -i HEAD~2 > "$tmp/said" 2>&1
more "two changes by git rebase with fixup" "$base" people/ada.md
both
kith log ada coffee: one > "$tmp/said"
git commit -q --amend -m "$(git log -1 --format=%B | sed '/^Kith-Made/d')"
run kith undo
is "$status:$(grep -c one people/ada.md)" "0:0" "a commit that does not say what was made is taken back as ever"

# ---- What a hook refused. ----

# refused HOOK COMMAND...: it is run once while the hook refuses.
refused() {
	with_hook "$1" 'exit 1'
	hook=$1
	shift
	run kith "$@"
	[ "$status" -eq 1 ] || fail "$hook refuses kith $*" "$out$err"
	rm ".git/hooks/$hook"
}
for hook in pre-commit commit-msg; do
	both
	kith log ada coffee: older > "$tmp/said"
	cp people/ada.md "$tmp/before"
	head=$(git rev-parse HEAD)
	for line in 'log ada call: newer' 'set ada org=Digital' 'rename ada Ada-King' 'merge ada bob' 'add Eve Ward'; do
		refused $hook $line
		run kith undo
		is "$status" 0 "$hook refused kith $line: undo works"
		is "$(git rev-parse HEAD):$(git status --porcelain -uall people)" "$head:" \
			"$hook refused kith $line: and takes that back, and no older change"
	done
	refused $hook log ada call: newer
	echo 'a line of my own' >> people/bob.md
	git checkout -q people/ada.md
	run kith undo
	is "$status:$(grep -c older people/ada.md)" "0:0" "$hook: where it is gone already, the one before it is taken back"
	is "$(git diff --name-only)" people/bob.md "$hook: and own lines stay"

	both
	kith log ada coffee: older > "$tmp/said" && kith log bob call: newer > "$tmp/said"
	refused $hook undo
	run kith undo
	is "$status:$(git status --porcelain):$(git log -1 --format=%s)" '0::Undo "Log a call with Bob Stone"' \
		"$hook refused an undo: the next one finishes it"
	is "$(grep -c older people/ada.md)" 1 "$hook: and goes no further"
	refused $hook undo
	run kith undo -n
	is "$status:$(git diff --name-only)" "0:people/ada.md" "$hook: -n changes nothing"
	git commit -q -a -m "By hand"
	run kith undo
	is "$status" 1 "$hook refused an undo that is committed by hand: then there is nothing more"

	both
	echo 'my own' >> people/ada.md
	kith log bob call: older > "$tmp/said"
	refused $hook commit
	run kith undo
	named 'Ada Lovelace' "$hook refused kith commit: undo takes back nothing older"
	is "$(grep -c older people/bob.md):$(grep -c 'my own' people/ada.md)" 1:1 "$hook: nor what was written"
	run kith undo HEAD
	is "$status:$(grep -c older people/bob.md)" "0:0" "$hook: unless it is named"

	both
	kith log bob call: older > "$tmp/said"
	git rm -q --cached people/ada.md && git commit -q -m "Without Ada"
	refused $hook log ada call: x
	cp -r people "$tmp/people"
	run kith undo
	named 'as it was' "$hook refused what was to be committed first: undo asks"
	is "$(diff -r people "$tmp/people")" "" "$hook: and takes nothing away"
	rm -rf "$tmp/people"
done

# ---- What somebody else did. ----

both
kith log ada coffee: mine > "$tmp/said"
GIT_AUTHOR_NAME='Eve Ward' GIT_AUTHOR_EMAIL=eve@post.example kith log bob call: hers > "$tmp/said"
run kith undo
named 'Eve Ward <eve@post.example>' "what somebody else did is not taken back without a word"
is "$(grep -c hers people/bob.md):$(grep -c mine people/ada.md)" 1:1 "and nothing older instead"
way=$(printf '%s\n' "$err" | sed -n 's/.*\(kith undo [0-9a-f]\{7,\}\).*/\1/p')
run $way
is "$status:$(grep -c hers people/bob.md)" "0:0" "the way that is shown takes it back"
run kith undo
is "$status:$(grep -c mine people/ada.md)" "0:0" "then one's own is the last"
both
kith log ada coffee: mine > "$tmp/said"
git config user.email TEST@Post.Example
run kith undo
is "$status" 0 "an e-mail in other letters is one's own"

# ---- What kith commit committed, and back again. ----

both
echo 'my own' >> people/ada.md && printf -- '---\nname: Cid\n---\n' > people/cid.md && rm people/bob.md
cp -r people "$tmp/people"
kith commit > "$tmp/said" && made=$(git rev-parse HEAD:people)
kith undo > "$tmp/said"
run kith undo HEAD
is "$status:$(git rev-parse HEAD:people)" "0:$made" "an undo of kith commit is taken back itself"
is "$(diff -r people "$tmp/people"):$(git status --porcelain)" ":" "and the files stay as they were"
kith undo > "$tmp/said" && echo 'and more' >> people/cid.md && sed -i 's/tea/coffee/' people/ada.md
cp -r people/. "$tmp/people"
run kith undo HEAD
like "$status" '^[01]$' "also where more was written since"
is "$(diff -r people "$tmp/people")" "" "nothing of which is lost"
rm -rf "$tmp/people"

# ---- A line of one's own after a merge. ----

while IFS='|' read -r how; do
	for then in '' 'commit Own'; do
		both
		kith merge ada bob > "$tmp/said"
		eval "$how" && $then
		run kith undo
		if [ "$status" -eq 0 ]; then
			is "$(grep -c 'my own' people/ada.md):$(grep -c clocks people/bob.md)" 1:1 "$how, ${then:-left}: it stays, and Bob comes back"
		else
			named 'Merge Bob Stone into Ada Lovelace' "$how, ${then:-left}: or it is said what is in the way"
			is "$(grep -c 'my own' people/ada.md)" 1 "$how, ${then:-left}: and it stays"
		fi
	done
done <<'END'
echo 'my own' >> people/ada.md
sed -i 's/^## Log/&\n- 2026-11-22 call: my own/' people/ada.md
sed -i 's/.*clocks.*/&\nmy own/' people/ada.md
sed -i 's/.*brass.*/- 2026-08-02 call: my own\n&/' people/ada.md
sed -i 's/call: brass/call: my own/' people/ada.md
END

# ---- Known again after git rebase, and by a short name. ----

both
kith log ada call: one > "$tmp/said" && kith log ada coffee: two > "$tmp/said" && kith undo > "$tmp/said"
git checkout -q -b other HEAD~3 && git commit -q --allow-empty -m Other
git checkout -q main && git rebase -q other > "$tmp/said" 2>&1
run kith undo
is "$status:$(grep -c 'one\|two' people/ada.md)" "0:0" "an undo that was rebased is one still"
run kith undo HEAD~
is "$status:$(grep -c 'two' people/ada.md)" "0:1" "and may be taken back"
both
kith log ada call: one > "$tmp/said" && kith log bob call: two > "$tmp/said"
git revert --no-edit HEAD > "$tmp/said" 2>&1
git commit -q --amend -m "Back again

This reverts commit $(git rev-parse --short HEAD~) (Log a call with Bob Stone, 2026-11-23)."
run kith undo
is "$status:$(grep -c one people/ada.md)" "0:0" "git revert with a short name (revert.reference) is known, too"
both
kith log ada call: one > "$tmp/said" && kith log bob call: two > "$tmp/said"
git revert -n HEAD HEAD~ && git commit -q -m "Both

This reverts commit $(git rev-parse HEAD).

This reverts commit $(git rev-parse HEAD~)."
run kith undo
is "$status" 1 "two that one commit reverts are both gone"
like "$err" 'no change' "which is said"
# --- what is in no commit cannot be taken back; nothing older is then, unasked ---
ada_and_bob
run kith log ada coffee: first
first=$(git rev-parse --short=10 HEAD)
run kith log bob call: second --no-commit
before=$(state)
for command in undo 'undo -n'; do
	run sh -c "kith $command"
	is "$status$(state)" "1$before" "after --no-commit: kith $command takes back nothing"
	like "$err" "\"Log a call with Bob Stone\" is in no commit .*kith undo $first .*\"Log coffee with Ada Lovelace\"" "and says what it could"
done
run kith undo $first
is "$status" 0 "which is taken back by its name"
like "$(cat people/bob.md)" 'second' "and what is in no commit stays"
run kith commit
export GIT_AUTHOR_DATE="@$(($(date +%s) + 60)) +0000"
run kith log ada call: third
unset GIT_AUTHOR_DATE
run kith undo
is "$status$out" "0took back: Log a call with Ada Lovelace ($(git rev-parse --short=10 HEAD^))
committed $(git rev-parse --short=10 HEAD)" "after a commit it is as ever"
ada_and_bob
run kith log ada coffee: first
printf 'commit: manual\n' >> kith.yaml
commit "By hand"
run kith log bob call: second
GIT_AUTHOR_DATE="@$(($(date +%s) + 60)) +0000" git commit -q -a -m "Mine"
run kith undo
is "$status" 1 "with commit: manual an older change is taken back by its name alone"
like "$err" 'commit: manual.*kith undo [0-9a-f]{10} .*"Log coffee with Ada' "which is said"
done_testing
