#!/bin/sh
# A plan of a day on which something was logged is over, and nothing asks about it any more.
. "$(dirname "$0")/lib.sh"

# people PLAN ENTRY...: Ada with that plan and those entries of her own, and Grace, Linus.
people() {
	journal
	plan_=$1
	shift
	{
		printf -- '---\nname: Ada Lovelace\ncadence: 6 weeks\n---\n## Log\n'
		printf -- '- %s\n' "$plan_" "$@"
	} | contact ada.md
	printf -- '---\nname: Grace Hopper\ncadence: none\n---\n' | contact grace.md
	printf -- '---\nname: Linus\ncadence: none\n---\n' | contact linus.md
	commit "People"
}
# in_grace ENTRY: an entry in the file of Grace.
in_grace() {
	printf -- '## Log\n- %s\n' "$1" >> people/grace.md
	commit "Grace"
}
asked() {
	run kith review --stdout
	printf '%s\n' "$out" | sed -n '/^## Did it happen/,/^## /p' | grep -c '^- \[ \]'
}
# over NAME, stays NAME: whether the page asks about the plan.
over() { is "$(asked)" 0 "$1"; }
stays() { is "$(asked)" 1 "$1"; }

# --- past plans ---
plan='2026-11-20 lunch: noodles #planned'
people "$plan"
stays "a plan without an entry is asked about"
people "$plan" '2026-11-20 lunch: it was good'
over "a lunch that was held"
people "$plan" '2026-11-20: it was good'
over "an entry without a channel"
people '2026-11-20: noodles #planned' '2026-11-20 call: x'
over "a plan without a channel"
people '2026-11-20 12:30 lunch: noodles #planned' '2026-11-20 13:00 lunch: x'
over "another time of the day"
people "$plan" '2026-11-20 call: something else'
stays "another channel is something else"
people "$plan" '2026-11-21 lunch: a day later'
stays "another day, too"
for entry in '2026-11-20 tried' '2026-11-20 note: bring the book' '2026-11-20 lunch: other #cancelled' \
	'2026-11-20 lunch: and one more #planned'; do
	people "$plan" "$entry"
	is "$(test "$(asked)" -ge 1 && echo asked)" asked "what is no contact: $entry"
done
people "$plan"
in_grace '2026-11-20 lunch with [[ada]]: all three'
over "an entry in another's file that names the person"
people "$plan"
in_grace '2026-11-20 lunch: without her'
stays "but not one that does not"
people '2026-11-20 lunch with [[grace]]: noodles #planned'
in_grace '2026-11-20 lunch with Ada Lovelace: there'
over "by name as well"
people '2026-09-20 lunch: old #planned' '2026-09-20 lunch: held' '2026-09-21 lunch: older #planned'
run kith review --stdout
like "$out" '^\*1 plan is older' "of older plans only those that are open are counted"
people '2026-11-18 lunch: a #planned' '2026-11-19 lunch: b #planned' '2026-11-18 lunch: held'
is "$(asked)" 1 "each plan by itself"
run kith review --stdout
like "$out" '· lunch with .*: b' "and the right one"

# --- the plan of today ---
people '2026-11-23 lunch: noodles #planned'
run kith show ada --json
is "$(json '$o->{planned}, $o->{due}')" "2026-11-23
-" "a plan of today holds the check-in"
run kith log ada lunch: noodles it was
is "$status" 0 "the lunch is logged"
like "$out" '^next check-in: 2027-01-04' "and the next check-in follows from it"
run kith show ada --json
is "$(json '$o->{planned}, $o->{due}')" "-
2027-01-04" "it is planned no more"
for words in review\ --stdout due today; do
	# shellcheck disable=SC2086
	run kith $words
	unlike "$(printf '%s\n' "$out" | sed '/^## Last week/,$d')" 'noodles' "kith $words does not tell of the plan"
done

# --- on a page that stands already ---
people '2026-11-25 lunch: noodles #planned'
run kith review
is "$(grep -c '\^h-' reviews/2026-W48.md)" 1 "the page has the plan"
run kith --today 2026-11-25 log ada lunch: noodles it was
run kith review --today 2026-11-25
page=$(cat reviews/2026-W48.md)
is "$(printf '%s\n' "$page" | grep -c '\^h-')" 1 "it stays there for the week"
like "$(printf '%s\n' "$page" | sed -n '/\^h-/{n;p;}')" '^  - \*.*(talked|held|done|took place).*\*$' "and says that it was"
run kith review --today 2026-11-30
unlike "$(cat reviews/2026-W49.md)" 'Did it happen' "the next week does not ask"

# --- kith done ---
people '2026-11-20 lunch: noodles #planned' '2026-11-27 coffee: cake #planned'
run kith done ada noodles
is "$status $(changed_lines)" "0 -- 2026-11-20 lunch: noodles #planned
+- 2026-11-20 lunch: noodles" "kith done: a plan took place"
is "$(git log -1 --format=%s | grep -ci 'noodles\|lunch')" 1 "and the commit says which"
run kith show ada --json
is "$(json '$o->{last}')" 2026-11-20 "which is a contact"
before=$(state)
run kith done ada cake
is "$(test "$status" -ne 0 && state)" "$before" "what lies ahead is not held yet"
like "$err" '2026-11-27|Fri 27|ahead' "and that is said"
people '2026-11-23 12:30 lunch with [[grace]]: noodles #planned ^abc'
run kith done ada
is "$status $(changed_lines)" "0 -- 2026-11-23 12:30 lunch with [[grace]]: noodles #planned ^abc
+- 2026-11-23 12:30 lunch with [[grace]]: noodles ^abc" "the only thing open needs no words"
people '2026-11-20 lunch: noodles #planned' '2026-11-19 call: the paper #planned'
printf -- '\n## Next\n- [ ] send the paper\n' >> people/ada.md
commit "A promise"
before=$(state)
run kith done ada paper
is "$status $(state)" "1 $before" "of a plan and a promise with these words"
like "$out$err" 'send the paper' "the promise is shown"
like "$out$err" 'call' "and the plan"
number=$(printf '%s\n' "$out" | sed -n 's/^ *\([0-9]*\) .*noodles.*/\1/p')
run kith done ada "${number:-99}"
is "$status $(changed_lines | grep -c noodles)" "0 2" "by its number"
people '2026-11-20 lunch: noodles #planned' '2026-11-20 lunch: held'
run kith done ada
is "$status" 1 "a plan that is over is not open"
done_testing
