#!/bin/sh
# Status decides everywhere: the dead, the paused and the archived have no check-in, no due day and
# no greeting; what the owner planned or promised still shows.
. "$(dirname "$0")/lib.sh"

# person LINES: Ada, long overdue, with a birthday on Thursday, and these lines in her front matter.
person() {
	journal
	{
		printf -- '---\nname: Ada Lovelace\ncadence: 6 weeks\nbirthday: 1984-11-26\nmet: 2026-10-25\n'
		printf -- "$1"
		printf -- '---\n## Log\n- 2026-09-20 call: x\n- 2025-11-27 visit: a year ago\n'
	} | contact ada.md
	printf -- '---\nname: Grace Hopper\ncadence: 1 year\n---\n## Log\n- 2026-11-02 call: y\n' | contact grace.md
	commit "People"
}
# never LINE STATUS: nothing is due, nobody is congratulated.
never() {
	person "$1\n"
	run kith show ada --json
	is "$(json '@$o{qw(status due new)}' | tr '\n' ' ')" "$2 - 0 " "$1: $2, and never due"
	is "$err" "" "$1: without a finding"
	run kith due
	unlike "$out" 'Ada' "$1: due"
	run kith review --stdout
	unlike "$out" 'Ada' "$1: review"
}
# silent LINE STATUS: nor does any command speak of a next time.
silent() {
	never "$1" "$2"
	run kith
	unlike "$out" 'Ada' "$1: kith"
	run kith show ada
	unlike "$out" '^ *due |next check-in|next on|in 3 days' "$1: show"
	run kith list --json
	is "$(json 'map { "$_->{status} " . ($_->{due} // "-") } grep { $_->{slug} eq "ada" } @{ $o->{people} }')" "$2 -" "$1: list"
	for words in 'log ada coffee: z' 'plan ada friday lunch: z' 'set ada location=Bath' 'log grace coffee with ada' 'done ada'; do
		# shellcheck disable=SC2086
		run kith $words
		is "$(printf '%s\n' "$out" | grep 'check-in' | grep -cv Grace)" 0 "$1: kith $words speaks of no next one"
	done
	run kith log ada call: json --json
	is "$(json '$o->{next}')" - "$1: nor does its JSON"
}
silent 'status: paused' paused
silent 'status: archived' archived
silent 'deceased: 2026-10-01' deceased
never 'status: deceased' deceased
never 'status: dead' deceased
never 'status: Died' deceased
never 'died: 2026-10-01' deceased
never 'date of death: 1 Oct 2026' deceased
never 'deceased: yes' deceased
never 'deceased: true' deceased
for line in 'deceased: no' 'deceased: false' 'deceased:' 'died: ""' 'status: active' 'status: friend'; do
	person "$line\n"
	run kith due --json
	is "$(json 'map { $_->{slug} } @{ $o->{people} }')" ada "$line: as anybody"
done
person 'status: active\ndeceased: 2026-10-01\n'
run kith show ada --json
is "$(json '$o->{status}')" deceased "a day of death decides over a status"

# --- what was promised and planned ---
for who in 'status: archived' 'status: paused' 'deceased: 2026-11-20'; do
	person "$who\n"
	printf -- '- 2026-11-26 event: the funeral #planned\n- 2026-11-18 lunch: perhaps #planned\n\n## Next\n- [ ] return her book (due:: 2026-11-25)\n- [ ] write the speech (due:: 2026-12-04)\n' \
		>> people/ada.md
	commit "Words given"
	run kith review --stdout
	cp "$tmp/out" "$tmp/review"
	week=$(sed -n '/^## This week/,/^## [^T]/p' "$tmp/review")
	like "$week" 'Ada Lovelace.*return her book' "$who: a promise stands in the week"
	like "$week" 'the funeral' "$who: and a plan"
	like "$(sed -n '/^## Ahead/,/^## [^A]/p' "$tmp/review")" 'write the speech' "$who: and what is ahead"
	like "$(sed -n '/^## Did it happen/,/^## [^D]/p' "$tmp/review")" 'perhaps' "$who: a plan of the past is asked about"
	unlike "$(cat "$tmp/review")" 'turns|Reach out|A year ago' "$who: nothing else of them"
	run kith todo --json
	is "$(json 'map { $_->{text} } @{ $o->{promises} }')" "return her book
write the speech" "$who: kith todo"
	for words in kith 'kith due'; do
		# shellcheck disable=SC2086
		run $words
		like "$out" 'return her book' "$who: $words tells of the promise"
		like "$out" 'the funeral' "$who: and of the plan"
		unlike "$out" 'Enjoy it' "$who: $words calls it no quiet week"
		unlike "$out" 'turns' "$who: and has no birthday"
	done
done

# --- Enjoy it ---
# quiet TEXT: a journal with Ada's file so; what kith says of the week is in $out.
quiet() {
	journal
	printf -- "---\nname: Ada\ncadence: none\n$1" | contact ada.md
	commit "Ada"
	run kith
}
quiet '---\n'
like "$out" 'Enjoy it' "a week with nothing at all"
for text in '---\n- [ ] a promise (due:: 2026-11-25)\n' '---\n- [ ] a late promise (due:: 2026-11-18)\n' 'birthday: 1984-11-26\n---\n' \
	'---\n## Log\n- 2026-11-26 lunch: x #planned\n' '---\n- [ ] #waiting slides (due:: 2026-11-20)\n'; do
	quiet "$text"
	unlike "$out" 'Enjoy it' "no quiet week: $(printf -- "$text" | tr '\n' ' ')"
done
done_testing
