#!/bin/sh
# Tasks as people and other programs write them: their text, their day, and what is none.
. "$(dirname "$0")/lib.sh"

journal
# tasks: of the lines in people/x.md, each `KIND DUE CREATED | TEXT`.
tasks() {
	{
		printf -- '---\nname: Xenia\n---\n## Next\n'
		printf '%b' "$1"
	} | contact x.md
	run kith todo x --json
	json 'map { my $k = $_; map { join(" ", $k, map { $_ // "-" } @$_{qw(due created)}) . " | $_->{text}" } @{ $o->{$k} } }
		qw(promises waiting topics)'
}
# reads LINE DUE TEXT: one promise, with that day and that text, and no finding.
reads() {
	is "$(tasks "- [ ] $1\n")" "promises $2 - | $3" "- [ ] $1"
	run kith check
	[ "$status:$out" = 0: ] || fail "and no finding: $1" "$out"
}
# faulty LINE TEXT: a wrong day is told; the text has nothing of it.
faulty() {
	tasks "- [ ] $1\n" > /dev/null
	run kith check
	is "$status" 1 "a wrong day: $1"
	like "$out" '^people/x.md:5:[0-9]+: error: ' "is told at its place"
}

# --- an empty one is none ---
for line in '- [ ]' '- [ ] ' '- [ ]   ' '- [x] ' '* [ ] ' '1. [ ] ' '- [ ] #waiting' '- [ ] ^abc'; do
	is "$(tasks "$line\n- [ ] real\n")" "promises - - | real" "nothing is no task: \"$line\""
done
run kith check
is "$status:$out" 0: "and no finding"
tasks '- [ ] \n' > /dev/null && commit "Xenia"
run kith done x
is "$status $(git status --porcelain)" "1 " "nothing is closed there"
like "$err" 'nothing is open' "and that is said"
run kith review --stdout
unlike "$out" 'have no day|has no day|no day' "nor is it counted among those without a day"

# --- a mark with something around its date ---
for line in 'pay 📅 2026-11-30' 'pay 📅 2026-11-30.' 'pay 📅 2026-11-30,' 'pay (📅 2026-11-30)' 'pay [📅 2026-11-30]' \
	'pay (📅 2026-11-30).' 'pay due:2026-11-30' 'pay due:2026-11-30,' 'pay due:2026-11-30.' 'pay due:2026-11-30;' \
	'pay (due:2026-11-30)' 'pay (due: 2026-11-30)' 'pay (due 2026-11-30)' 'pay (due:: 2026-11-30)' \
	'pay (due:: 2026-11-30).' 'pay [due:: 2026-11-30]' 'pay @due(2026-11-30)' 'pay @due(2026-11-30 10:00)' \
	'pay @due(2026-11-30).' 'pay (due:: 2026-11-30 10:00)' 'pay (due:: 2026-11-30T10:00)' 'pay 📅 2026-11-30 10:00' \
	'pay 📅 [[2026-11-30]]' 'pay (due:: [[2026-11-30]])' 'pay due:2026-11-30T10:00' 'pay 🗓️ 2026-11-30' 'pay 📅2026-11-30'; do
	reads "$line" 2026-11-30 pay
done
reads 'pay @due(2026-11-30 10:00) the rent' 2026-11-30 'pay the rent'
reads 'pay (📅 2026-11-30) the rent' 2026-11-30 'pay the rent'
is "$(tasks '- [ ] pay due:2026-11-30, then rest\n' | cut -d'|' -f1)" "promises 2026-11-30 - " "a sign after the date, within the text"
is "$(tasks '- [ ] pay 📅 2026-11-30, ➕ 2026-11-20.\n')" "promises 2026-11-30 2026-11-20 | pay" "two marks, with signs between"
is "$(tasks '- [ ] pay (➕ 2026-11-20) (📅 2026-11-30)\n')" "promises 2026-11-30 2026-11-20 | pay" "both in brackets"
is "$(tasks '- [x] pay ✅ 2026-11-20.\n- [ ] b\n')" "promises - - | b" "a done one"

# --- a mark without a date is text ---
reads '📅 schedule lunch' - '📅 schedule lunch'
reads 'schedule lunch 📅' - 'schedule lunch 📅'
reads 'the 📅 of the club' - 'the 📅 of the club'
reads '✅ list for the move' - '✅ list for the move'
reads '➕ one for the party' - '➕ one for the party'
reads 'pay 📅 soon, due:later' - 'pay 📅 soon, due:later'
reads 'ask what is due: the rent' - 'ask what is due: the rent'
faulty 'pay 📅 2026-02-30'
faulty 'pay (due:: 2026-13-01)'
faulty 'pay due:03/04/2026'

# --- by DATE ---
reads 'pay by 2026-11-30' 2026-11-30 'pay'
reads 'pay by 2026-11-30.' 2026-11-30 'pay'
reads 'pay the rent by 30.11.2026' 2026-11-30 'pay the rent'
reads 'pay by 30 Nov 2026' 2026-11-30 'pay'
reads 'pay by 2026-11-30 (due:: 2026-12-01)' 2026-12-01 'pay by 2026-11-30'
reads 'a poem by Byron' - 'a poem by Byron'
reads 'the paper by 2026-11-30 at the latest' - 'the paper by 2026-11-30 at the latest'
is "$(tasks '- [ ] #waiting slides by 2026-11-30\n')" "waiting 2026-11-30 - | slides" "in what one waits for, too"
is "$(tasks '- [ ] pay by 2026-11-30 ^abc\n')" "promises 2026-11-30 - | pay" "before a block id"
is "$(tasks '- [ ] pay by 2026-02-28\n')" "promises 2026-02-28 - | pay" "a day of the past is one"

# --- it is closed as it is written ---
for line in 'pay 📅 2026-11-30.' 'pay (📅 2026-11-30)' 'pay @due(2026-11-30 10:00)' 'pay due:2026-11-30,' \
	'pay by 2026-11-30' '📅 schedule lunch'; do
	tasks "- [ ] $line\n" > /dev/null && commit "Xenia: $line"
	run kith done x
	is "$status $(git diff -U0 HEAD^ HEAD | grep -c '^-- \[ \]')" "0 1" "done: $line"
	like "$(cat people/x.md)" "^- \[x\] $(printf '%s' "$line" | sed 's/[][().*^$+?{}|\\]/\\&/g')" "and its words stay"
done

# --- headings that say whose the tasks below them are ---
journal
printf 'version: 1\nsince: 2026-01-05\ntask_headings: [Todo, {Waiting for: waiting}, {To ask: topic}]\n' > kith.yaml
contact ada.md <<'END'
---
name: Ada
---
## Waiting for:
- [ ] her slides

### Soon
- [ ] her letter

## To ask
- [ ] the looms
- [ ] #waiting the paper

## Notes
- [ ] send it
END
commit "Tasks"
run kith todo
expect "each is whose its heading says" 0 <<'END'
Promised
  1  Ada  send it

Waiting for
  2  Ada  her slides
  3  Ada  her letter
  4  Ada  the paper

To bring up
  5  Ada  the looms
END
kith promise ada more > /dev/null
is "$(grep -A1 '^## Todo' people/ada.md | tail -1)" "- [ ] more  (created:: 2026-11-23)" "new ones go under the first"
kith done ada her slides > /dev/null
like "$(changed_lines)" '^\+- \[x\] her slides' "and one is closed where it stands"
done_testing
