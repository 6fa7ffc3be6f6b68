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
		echo '*.md filter=up' > .gitattributes && commit "Large"
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
done_testing
