#!/bin/sh
# Days and times that a person says on the command line: read where they are plain, else told.
. "$(dirname "$0")/lib.sh"

journal
printf -- '---\nname: Ada Lovelace\ncadence: 6 weeks\n---\n## Next\n- [ ] an old one\n\n## Log\n- 2026-09-20 coffee: looms\n' | contact ada.md
printf -- '---\nname: Grace Hopper\n---\n' | contact grace.md
commit "People"
# writes LINE COMMAND...: kith COMMAND adds exactly that line.
writes() {
	line=$1
	shift
	run kith "$@"
	if [ "$status" -ne 0 ]; then
		fail "kith $*" "status $status: $err"
	else
		is "$(changed_lines)" "+- $line" "kith $*"
		git reset -q --hard HEAD^
	fi
}
log() {
	line=$1
	shift
	writes "$line" log ada "$@"
}
# never_silent LINE WORDS...: read as that, or what was not read is said and shown (or refused, with both).
never_silent() {
	line=$1 head=$(git rev-parse HEAD)
	shift
	run kith "$@"
	if [ "$status" -eq 0 ] && [ "$(changed_lines)" = "+- $line" ]; then
		pass "kith $*: read"
	elif [ -n "$err" ]; then
		like "$err" "$said_so" "kith $*: told what was not read"
	else
		fail "kith $*: without a word" "$(changed_lines)"
	fi
	git reset -q --hard "$head"
}

# --- full dates ---
for date in 20.11.2026 2026.11.20 2026/11/20 2026-11-20 20261120 '20 Nov 2026' 'Nov 20, 2026' 'november 20, 2026' '20 november 2026'; do
	log '2026-11-20: x' "$date: x"
	# shellcheck disable=SC2086
	log '2026-11-20 call: x' $date call: x
done
log '2026-11-20 14:30 call: x' 20.11.2026 14:30 call: x
writes '2026-12-20 lunch: x #planned' plan ada 20.12.2026 lunch: x
run kith log ada 03.13.2026: x
is "$status" 2 "no such day"
git reset -q --hard

# --- words ---
log '2026-11-20 call: x' on friday call: x
log '2026-11-20: x' on friday: x
log '2026-11-20 call' on friday call
log '2026-11-20 call: x' last friday call: x
log '2026-11-20 call: x' on 20.11.2026 call: x
log '2026-11-20 call: x' on nov 20 call: x
writes '2026-11-27 lunch: x #planned' plan ada on friday lunch: x
log '2026-11-20 call: x' 3 days ago call: x
# Of these what is plain is read, of the rest it is said what was not read.
said_so='20.11|kept as text|is text|day'
never_silent '2026-11-20: x' log ada 20.11.: x
never_silent '2026-11-20 call: x' log ada 20.11. call: x
said_so='Nov|kept as text'
never_silent '2026-11-20: x' log ada 'Nov. 20: x'
never_silent '2026-11-20: x' log ada '20. Nov: x'
never_silent '2026-11-20: x' log ada 'Nov 20th: x'
said_so='11/20|kept as text'
never_silent '2026-11-20: x' log ada 11/20: x
never_silent '2026-11-20 call: x' log ada 11/20 call: x
said_so='20/11|kept as text'
never_silent '2026-11-20: x' log ada 20/11: x
said_so='morning|kept as text'
never_silent '2026-11-23 call: x' log ada this morning call: x
said_so='night|kept as text'
never_silent '2026-11-22 call: x' log ada last night call: x
said_so='earlier|today|kept as text'
never_silent '2026-11-23 call: x' log ada earlier today call: x
said_so='afternoon|kept as text'
never_silent '2026-11-20 call: x' log ada friday afternoon call: x
said_so='two|ago|kept as text'
never_silent '2026-11-21 call: x' log ada two days ago call: x
said_so='week|kept as text'
never_silent '2026-11-16 call: x' log ada a week ago call: x
never_silent '2026-11-16 call: x' log ada last week call: x
said_so='15:30|kept as text'
never_silent '2026-11-23 15:30 call: x' log ada call at 15:30: x
never_silent '2026-11-23 15:30 call: x' log ada at 15:30 call: x
never_silent '2026-11-20 15:30 call: x' log ada friday at 15:30 call: x
said_so='3pm|kept as text'
never_silent '2026-11-23 15:00 call: x' log ada call at 3pm: x
said_so='noon|kept as text'
never_silent '2026-11-23 12:00 lunch: x' log ada lunch at noon: x
said_so='zoom|kept as text'
never_silent '2026-11-23 zoom: x' log ada zoom: x
said_so='friday|kept as text'
never_silent '2026-11-20 call: x' log ada call on friday: x
never_silent '2026-11-20 call: x' log ada call, friday: x

# --- promises ---
# task LINE COMMAND...
task() {
	line=$1
	shift
	writes "[ ] $line" "$@"
}
for word in by until before on; do
	head=$(git rev-parse HEAD)
	run kith promise ada call back $word friday
	like "$(changed_lines)" '^\+- \[ \] call back  \(created:: 2026-11-23\)  \(due:: 2026-11-2[67]\)$' "promise … $word friday"
	git reset -q --hard "$head"
	run kith promise ada call back $word 2026-12-01
	like "$(changed_lines)" '^\+- \[ \] call back  \(created:: 2026-11-23\)  \(due:: 2026-(12-01|11-30)\)$' "promise … $word DATE"
	git reset -q --hard "$head"
done
task 'call back  (created:: 2026-11-23)  (due:: 2026-11-30)' promise ada call back by next monday
task 'call back  (created:: 2026-11-23)  (due:: 2026-11-30)' promise ada call back by 30.11.2026
task 'call back  (created:: 2026-11-23)  (due:: 2026-11-30)' promise ada call back on nov 30
task 'call back  (created:: 2026-11-23)  (due:: 2026-11-24)' promise ada call back by tomorrow
task '#waiting slides  (created:: 2026-11-23)  (due:: 2026-11-27)' wait ada slides until friday
task '#waiting #asked for a loaf  (created:: 2026-11-23)  (due:: 2026-11-27)' ask ada for a loaf on friday
said_so='monday.*kept as text|monday.*is text|monday'
never_silent '[ ] call back  (created:: 2026-11-23)  (due:: 2026-11-30)' promise ada call back monday
said_so='tomorrow'
never_silent '[ ] call back  (created:: 2026-11-23)  (due:: 2026-11-24)' promise ada call back tomorrow
said_so='20.12|kept as text'
never_silent '[ ] call back  (created:: 2026-11-23)  (due:: 2026-12-20)' promise ada call back 20.12.
said_so='dec|kept as text'
never_silent '[ ] call back  (created:: 2026-11-23)  (due:: 2026-12-20)' promise ada call back before dec. 20
said_so='week'
never_silent '[ ] call back  (created:: 2026-11-23)  (due:: 2026-11-30)' promise ada call back next week
for text in 'read the book on knitting' 'wait until she calls' 'send it before she asks' 'stand by her'; do
	# shellcheck disable=SC2086
	task "$text  (created:: 2026-11-23)" promise ada $text
	is "$err" "" "no day is looked for in: $text"
done

# --- a channel may stand before the text ---
log '2026-11-23 coffee: the looms' coffee the looms
like "$out" '^logged coffee with Ada' "and the answer says so"
log '2026-11-23 letter: to the editor' letter to the editor
like "$out" '^logged a letter ' "and so it does of a letter"
log '2026-11-22 email: about the grant' yesterday email about the grant
log '2026-11-23 call with [[grace]]: the looms' call with grace: the looms
log '2026-11-23: note to self' note to self
log '2026-11-23: tried the new place' tried the new place
log '2026-11-23 tried' tried
log '2026-11-23: called her back' called her back
run kith log ada -- coffee the looms
like "$(changed_lines)" '^\+- 2026-11-23[: ].*the looms$' "after -- nothing is lost"
unlike "$(changed_lines)" ': [-–—]' "nor written before it"
git reset -q --hard HEAD^
writes '2026-11-27 lunch: the licence #planned' plan ada friday lunch the licence

# --- nothing writes a separator as text ---
for words in '- coffee' '- coffee: x' '– coffee' '— x' ': coffee' 'yesterday - coffee' 'yesterday - coffee - x' 'coffee - x' '· x' '- x'; do
	head=$(git rev-parse HEAD)
	# shellcheck disable=SC2086
	run kith log ada $words
	unlike "$(git diff -U0 "$head" -- people)" '^\+.*(: ?[-–—·:]|- [-–—:]) ' "kith log ada $words"
	git reset -q --hard "$head"
done
for text in '- coffee' '- 2026-11-20 coffee: x' '* call: x' '– x'; do
	head=$(git rev-parse HEAD)
	printf '%s\n' "$text" | kith log ada - > /dev/null 2>&1
	unlike "$(git diff -U0 "$head" -- people)" '^\+.*: ?[-–—*] ' "from a file: $text"
	git reset -q --hard "$head"
done

# --- a text that is perhaps more is said to be one ---
# told PATTERN LINE WORDS...: written as that, and what was not read is named.
told() {
	pattern=$1 line=$2
	shift 2
	run kith "$@"
	like "$err" "^kith: \"$pattern\" is (kept as text|no channel)" "kith $*: told"
	is "$(changed_lines)" "+- $line" "and written"
	git reset -q --hard HEAD^
}
told yesterday '2026-11-23: had coffee yesterday' log ada had coffee yesterday
told 'on friday' '2026-11-23: saw her on friday' log ada saw her on friday
told tried '2026-11-23: tried calling' log ada tried calling
told note '2026-11-23: note to self' log ada note to self
told coffee '2026-11-23: coffee, and cake' log ada coffee, and cake
told 'video call' '2026-11-23: video call: x' log ada video call: x
told 'video call' '2026-11-22: video call: x' log ada yesterday video call: x
told friday '[ ] friday: the slides  (created:: 2026-11-23)' promise ada friday: the slides
told 'by friday' '[ ] the slides (by friday)  (created:: 2026-11-23)' promise ada 'the slides (by friday)'
told 'by eom' '[ ] the slides by eom  (created:: 2026-11-23)' promise ada the slides by eom
for words in 'she said: x' 'big plan: x' 'tickets for 2027-01-01'; do
	# shellcheck disable=SC2086
	run kith log ada $words
	is "$status:$err" 0: "kith log ada $words: a text, and nothing else"
	git reset -q --hard HEAD^
done

# --- a month of a last contact, a day of a death ---
run kith set ada last_contact=2026-03
is "$status $(changed_lines)" "0 +last_contact: 2026-03" "a month is set as it is"
run kith set ada deceased=yesterday
is "$status $(changed_lines)" "0 +deceased: 2026-11-22" "a day in words becomes one"

# --- names of another script ---
printf -- '---\nname: Χρήστος Παπαδόπουλος\n---\n' > people/christos.md
mv people/christos.md people/χρηστος.md
for words in christos papadopoulos hristos; do
	run kith show $words
	like "$err" 'did you mean:$' "$words: nobody, but somebody is offered"
	like "$err" 'Χρήστος Παπαδόπουλος' "who sounds so"
done
run kith show 2
unlike "$err" 'did you mean' "one letter or figure is near to nobody"
done_testing
