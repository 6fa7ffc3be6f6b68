#!/bin/sh
# Conversations that stand in daily notes and in notes of meetings: they count, are shown with
# their place, once where two notes tell of the same, and no command writes to them.
. "$(dirname "$0")/lib.sh"

journal
cat >> kith.yaml <<'END'
daily: {folder: Daily}
meetings: {folders: [Meetings]}
END
printf '%s\n' '---' 'name: Ada Lovelace' 'email: ada@x.example' '---' '## Log' \
	'- 2026-09-20 coffee: looms' '- 2026-11-10 call with [[bob]]: brass' | contact ada.md
printf '%s\n' '---' 'name: Bob Stone' '---' | contact bob.md
mkdir Daily Meetings
printf '%s\n' '# Friday' '- [[ada]] call: the grant' '  she got it #gave' '- [ ] call [[bob]]' \
	'- saw [[bob]] with [[ada]]' '- tried with [[bob|Bob]]' '- 14:30 lunch with nobody' \
	'' '## [[people/bob.md|Bob]]' '- a new saw' '' '## Else' '- of no one' > Daily/2026-11-20.md
printf '%s\n' '- call with [[bob]] and [[Ada Lovelace]]: the same' > Daily/2026-11-10.md
printf '%s\n' '- [[ada]] is no day' > Daily/2026-13-10.md
printf '%s\n' '---' 'people: [Ada Lovelace, bob]' '---' > "Meetings/2026-10-01 Kickoff.md"
printf '%s\n' '- meeting with [[ada]], [[bob]]: kickoff' > Daily/2026-10-01.md
printf '%s\n' '---' 'date: 2026-11-21' 'attendees: "Ada <ada@x.example>; Eve"' 'title: Tide' \
	'---' > Meetings/tide.md
printf '%s\n' 'Date: 2026-05-05' 'Attendees: [[bob]], Eve' > "Meetings/2026-05-05 Plain.md"
commit "Notes"

run kith show ada
like "$out" '^  last +2026-11-21' "a meeting is the last contact"
like "$out" '^  2026-11-21  meeting: Tide \(Meetings/tide.md:1\)$' "a meeting is shown with its place"
like "$out" '^  2026-11-20  call: the grant \(Daily/2026-11-20.md:2\)$' "an item of a daily note, too"
is "$(echo "$out" | grep -c 2026-11-10)" 1 "what stands in a person's file counts once"
is "$(echo "$out" | grep -c 2026-10-01)" 1 "what two notes tell counts once"
like "$out" '2026-10-01  meeting with Bob Stone: Kickoff \(Meetings' "as the meeting tells it"
is "$(echo "$out" | grep -c saw)" 0 "a link in the middle of an item is no conversation"
run kith show bob
like "$out" '^  2026-11-20  a new saw' "an item under somebody's heading is one"
like "$out" '^  2026-11-20  tried' "a channel is read"
like "$out" '^  2026-05-05  meeting: Plain' "a line says who attended"
run kith show ada --json
is "$(json 'map { $_->{in} ? $_->{in}{path} // $_->{in}{slug} : "own" } @{$o->{entries}}')" \
	"Meetings/tide.md
Daily/2026-11-20.md
own
Meetings/2026-10-01 Kickoff.md
own" "JSON tells where each stands"
run kith review --stdout
like "$out" 'Sat 21 · meeting with .*Ada Lovelace.*Tide \(Meetings/tide.md\)' "last week has them"
run kith check
is "$(grep -c : "$tmp/out")" 0 "nothing to complain of"

before=$(cat Daily/* Meetings/* | cksum)
for command in 'log bob call: x' 'plan ada 2026-12-01 lunch' 'done ada 1' 'undo' \
	'rename bob Bob Steel' 'undo' 'review' 'commit'; do
	# shellcheck disable=SC2086 # words
	run kith $command
done
is "$(cat Daily/2026-11-20.md Meetings/* | cksum)" "$(git show HEAD:Daily/2026-11-20.md "HEAD:Meetings/2026-05-05 Plain.md" \
	"HEAD:Meetings/2026-10-01 Kickoff.md" HEAD:Meetings/tide.md | cksum)" "no work is left in the notes"
is "$(cat Daily/* Meetings/* | cksum)" "$before" "and their bytes are what they were"

mkfifo Daily/2026-11-19.md
mkdir Daily/2026-11-18.md
printf '%s\n' '- [[ada]] call: next year' > Daily/2027-01-05.md
run kith show ada
like "$out" 'planned .*2027-01-05' "a note of a day to come is a plan"
rm Daily/2026-11-19.md
if [ "$(id -u)" -ne 0 ]; then
	chmod 000 Meetings
	run kith check
	like "$out" '^Meetings:1:1: error: this folder cannot be read' "a closed folder is told"
	chmod 700 Meetings
else
	skip "a closed folder is told" "root reads all"
fi

journal
printf '%s\n' 'people: .' 'only: {type: person}' 'meetings: {folders: [.]}' 'daily: {folder: .}' \
	>> kith.yaml
printf '%s\n' '---' 'type: person' 'name: May' 'people: [Ada]' 'date: 2026-11-22' '---' > May.md
printf '%s\n' '---' 'type: person' 'name: Ada' '---' > Ada.md
printf '%s\n' '- In May we swim' '- may with [[x]]' '- [[May]] call: hats' > 2026-11-20.md
{ echo '---'; echo 'attendees:'; seq -f '  - Somebody %g' 600; echo '  - Ada'; echo '---'; } > \
	"2026-11-21 All hands.md"
: > .Eve.md.icloud
run kith show may
like "$out" '^  last +2026-11-20' "people picked by only, notes beside them"
is "$(echo "$out" | grep -c '^  2026')" 1 "a name that is a word is none"
run kith show ada
like "$out" 'meeting: All hands' "of 600 attendees the one who is known"
is "$(echo "$out" | grep -c '^  2026')" 1 "somebody's own note is no meeting"
run kith check
like "$out" '^.Eve.md.icloud:1:1: warning: not read: iCloud keeps it' "what iCloud keeps is told"
done_testing
