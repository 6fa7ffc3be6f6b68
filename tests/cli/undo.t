#!/bin/sh
# undo: the exact reverse, as a commit; edit: what a person does by hand, committed alone.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'END'
---
name: Ada Lovelace
org: Engines
---
## Log
- 2026-09-20 coffee: looms
END
commit "People"
start=$(git rev-parse HEAD)

kith log ada coffee: first > /dev/null
kith log ada call: second > /dev/null
kith set ada org=Digital > /dev/null
run kith undo
like "$out" '^took back: Ada Lovelace is now at Digital' "the last change first"
run kith undo
like "$out" '^took back: Log a call with Ada Lovelace' "undo after undo walks back"
run kith undo
like "$out" '^took back: Log coffee with Ada Lovelace' "and on"
is "$(git diff "$start" --stat)" "" "to where it began"
run kith undo
is "$status" 1 "then there is nothing to take back"
like "$err" 'no change of kith' "which it says"

run kith undo HEAD
is "$status" 0 "an undo named is taken back"
like "$(cat people/ada.md)" 'coffee: first' "and what it took comes again"
run kith undo
like "$out" 'Log coffee with Ada Lovelace' "so the change is the last one again"

# Two entries, side by side: taking back the older leaves the newer.
kith log ada coffee: older > /dev/null
old=$(git rev-parse HEAD)
kith log ada call: newer > /dev/null
run kith undo "$old"
is "$status" 0 "an older change is taken back alone"
is "$(grep -c 'newer' people/ada.md) $(grep -c 'older' people/ada.md)" "1 0" "and the newer stays"
run kith undo "$old"
is "$status" 1 "once is enough"
like "$err" 'taken back already' "it says"

# Later edits of the same lines.
kith log ada coffee: 'a long talk' > /dev/null
sed -i 's/a long talk/a very long talk/' people/ada.md && commit "More of it"
cp people/ada.md "$tmp/before"
run kith undo
is "$status" 1 "a line that was changed since is not thrown away"
like "$err" 'people/ada.md.*line 6 was changed since' "it says which"
ok "and nothing is changed" diff "$tmp/before" people/ada.md
run kith undo no-such-commit
is "$status" 1 "a commit that is none"
run kith undo "$start"
is "$status" 1 "the first of all, which made the journal, or a commit elsewhere"

# Own work, staged and not, in the same file and in others.
git tag clean
kith log ada letter: 'to be undone' > /dev/null
echo staged > other.txt && git add other.txt
echo 'my own line' >> people/ada.md
run kith undo
is "$status" 0 "undo beside own work"
is "$(git diff clean HEAD --stat)" "" "commits the reverse alone"
is "$(git diff | grep '^[+-][^+-]')" "+my own line" "own lines stay uncommitted"
is "$(git diff --cached --name-only)" "other.txt" "and the staged file staged"
git checkout -q people/ada.md && git rm -qf other.txt

# edit
export EDITOR="sed -i s/Engines/Digital/"
run kith edit ada
is "$status" 0 "edit commits"
is "$(git log -1 --format=%s)" "Ada Lovelace is now at Digital" "and says what happened"
run kith edit ada
like "$out" 'people/ada.md is as it was' "no change, no commit"
echo 'a line of my own' >> people/ada.md
export EDITOR="sed -i s/Digital/Navy/"
run kith edit ada
is "$(git show HEAD --format= | grep '^[+-][^+-]')" "-org: Digital
+org: Navy" "only what was edited is committed"
is "$(git diff | grep '^[+-][^+-]')" "+a line of my own" "the rest stays"
git checkout -q people/ada.md
export EDITOR="sed -i 's/^name: .*/cadence: 6 weks/'"
run kith edit ada
is "$status" 1 "what is wrong is said"
like "$err" 'people/ada.md:2:10: error: "6 weks" is not an interval' "at its line"
like "$err" 'not committed' "and nobody commits it"
is "$(git status --porcelain)" " M people/ada.md" "the file is as the editor left it"
git checkout -q people/ada.md
export EDITOR=false
run kith edit ada
is "$status" 1 "an editor that fails"
export EDITOR="sh -c 'echo typed >> \"\$0\"; exit 1'"
run kith edit ada
is "$status" 1 "one that fails after writing"
like "$err" 'people/ada.md was changed in it, and is not committed' "says what it left behind"
git checkout -q people/ada.md

# At the question after a file with errors. typed ANSWER: what kith edit says in a terminal.
typed() { printf "$1" | script -qec "kith edit ada" /dev/null | tr -d '\r'; }
if script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
	echo 'x' >> people/ada.md && sed -i 's/^name: .*/&\ncadence: 6 weks/' people/ada.md
	export EDITOR="sh -c 'echo opened >> $tmp/opened' editor"
	before=$(git rev-parse HEAD)
	out=$(typed 'l\n')
	is "$(git rev-parse HEAD)" "$before" "leave: nothing is committed"
	rm "$tmp/opened"
	out=$(typed '\004')
	is "$(wc -l < "$tmp/opened")" 1 "the end of input leaves too"
	out=$(typed 'c\n')
	like "$out" '^committed ' "commit: also where nothing has changed this time"
	is "$(git status --porcelain):$(git rev-parse HEAD~)" ":$before" "all of the file"
	out=$(typed 'c\n')
	like "$out" 'nothing to change|as it was' "but once"
	is "$(git rev-parse HEAD~)" "$before" "as one commit"
	git checkout -q people/ada.md
else
	skip "the question after a file with errors" "there is no pseudo-terminal here"
fi

# One who went and one who came in a commit by hand are two people.
contact gone.md <<'END'
---
name: Gone
---
- 2026-09-20 call: a
END
commit "Gone" && git rm -q people/gone.md && printf -- '---\nname: Come\n---\nx\n' > people/come.md
git reset -q && kith commit > /dev/null
swap=$(git rev-parse HEAD)
echo 'later of Come' >> people/come.md && commit "Later"
run kith undo "$swap"
is "$status $(ls people/gone.md 2>/dev/null)" "1 " "lines of one are not taken for the other's"
like "$err" 'people/come.md: it was changed since' "and why is said"
done_testing
