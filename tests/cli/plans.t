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
like "$(printf '%s\n' "$page" | sed -n '/\^h-/{n;p;}')" '^  - \*.*(talked|happened).*\*$' "and says that it was"
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

# --- kith log takes a plan's line over ---
# logged NAME PLAN WORDS... <<END: the lines that logging these words changes.
logged() {
	name=$1
	people "$2" '2026-10-01 call: long ago'
	shift 2
	run kith log "$@"
	is "$status $(changed_lines)" "0 $(cat)" "$name"
}
logged "the plan of this day and channel" '2026-11-23 12:30 lunch: noodles #planned ^abc' \
	ada lunch: they were good +gave <<'END'
-- 2026-11-23 12:30 lunch: noodles #planned ^abc
+- 2026-11-23 12:30 lunch: noodles; they were good #gave ^abc
END
like "$out" '^it was planned, and the plan.s line says now: - 2026-11-23 12:30 lunch: noodles; they' "which is said"
is "$(git log -1 --format=%s)" "Log lunch with Ada Lovelace" "and committed as a talk"
logged "a message leaves the lunch alone" '2026-11-23 12:30 lunch: noodles #planned' \
	ada message: running late <<'END'
+- 2026-11-23 message: running late
END
logged "so does another day" '2026-11-24 lunch: noodles #planned' ada lunch: early <<'END'
+- 2026-11-23 lunch: early
END
logged "and an attempt" '2026-11-23: noodles #planned' ada tried <<'END'
+- 2026-11-23 tried
END
logged "without a channel it is any plan of the day" '2026-11-23 lunch #planned' ada it was good <<'END'
-- 2026-11-23 lunch #planned
+- 2026-11-23 lunch: it was good
END
logged "a plan without a channel gets one, and the time" '2026-11-23: noodles. #planned' \
	ada 13:15 lunch: good <<'END'
-- 2026-11-23: noodles. #planned
+- 2026-11-23 13:15 lunch: noodles. good
END
logged "another time" '**2026-11-23** 12:30 **lunch**: #planned noodles' ada 13:15 lunch <<'END'
-- **2026-11-23** 12:30 **lunch**: #planned noodles
+- **2026-11-23** 13:15 **lunch**: noodles
END
logged "somebody else was there" '2026-11-23 lunch: noodles #planned' ada,grace lunch <<'END'
-- 2026-11-23 lunch: noodles #planned
+- 2026-11-23 lunch with [[grace]]: noodles
END
logged "whom the plan names" '2026-11-23 lunch with [[grace]]: noodles #planned' ada,grace lunch: yes <<'END'
-- 2026-11-23 lunch with [[grace]]: noodles #planned
+- 2026-11-23 lunch with [[grace]]: noodles; yes
END
logged "not whom it does not" '2026-11-23 lunch with [[grace]]: noodles #planned' ada,linus lunch: yes <<'END'
+- 2026-11-23 lunch with [[linus]]: yes
END
logged "the same text is not said twice" '2026-11-23 lunch: noodles #planned' ada lunch: Noodles <<'END'
-- 2026-11-23 lunch: noodles #planned
+- 2026-11-23 lunch: noodles
END
logged "a channel behind the tag is none, and is not written twice" '2026-11-23 #planned lunch: a' ada lunch <<'END'
+- 2026-11-23 lunch
END
logged "marks around the date" '[[2026-11-23]] lunch: a #planned' ada lunch: good <<'END'
-- [[2026-11-23]] lunch: a #planned
+- [[2026-11-23]] lunch: a; good
END
logged "--again writes one more" '2026-11-23 lunch: noodles #planned' --again ada lunch: two <<'END'
+- 2026-11-23 lunch: two
END
people '2026-11-23 lunch: noodles #planned'
printf 'lunch: first\nsecond\n' | kith log ada - > "$tmp/out" 2>&1
is "$(changed_lines)" "-- 2026-11-23 lunch: noodles #planned
+- 2026-11-23 lunch: noodles; first
+  second" "further lines stand below"
run kith undo
is "$(sed -n '/^- /p' people/ada.md)" '- 2026-11-23 lunch: noodles #planned' "undo makes it a plan again"

# --- said again, it moves ---
# planned NAME PLAN WORDS... <<END: the lines that planning these words changes.
planned() {
	name=$1
	people "$2"
	shift 2
	run kith plan "$@"
	is "$status $(changed_lines)" "0 $(cat)" "$name"
}
planned "the same plan on another day" '2026-11-25 12:30 lunch: noodles #planned ^abc' \
	ada friday 13:00 lunch: noodles <<'END'
-- 2026-11-25 12:30 lunch: noodles #planned ^abc
+- 2026-11-27 13:00 lunch: noodles #planned ^abc
END
like "$out" '^it moves there from 2026-11-25 12:30; --again' "which is said"
is "$(git log -1 --format=%s)" "Move lunch with Ada Lovelace to 2026-11-27" "and committed"
planned "a past one" '2026/11/20 lunch #planned' ada friday lunch <<'END'
-- 2026/11/20 lunch #planned
+- 2026/11/27 lunch #planned
END
planned "another text is another plan" '2026-11-25 lunch: noodles #planned' ada friday lunch: rice <<'END'
+- 2026-11-27 lunch: rice #planned
END
planned "so is another channel" '2026-11-25 lunch: noodles #planned' ada friday dinner: noodles <<'END'
+- 2026-11-27 dinner: noodles #planned
END
planned "so are other people" '2026-11-25 lunch: noodles #planned' ada,grace friday lunch: noodles <<'END'
+- 2026-11-27 lunch with [[grace]]: noodles #planned
END
planned "--again" '2026-11-25 lunch: noodles #planned' --again ada friday lunch: noodles <<'END'
+- 2026-11-27 lunch: noodles #planned
END
people '2026-11-20 lunch: noodles #planned' '2026-11-20 lunch: held'
run kith plan ada friday lunch: noodles
is "$(changed_lines)" "+- 2026-11-27 lunch: noodles #planned" "what was held is planned anew"

# --- kith drop ---
people '2026-11-25 12:30 lunch: noodles #planned ^abc'
run kith drop ada
is "$status $(changed_lines)" "0 -- 2026-11-25 12:30 lunch: noodles #planned ^abc
+- 2026-11-25 12:30 lunch: noodles #cancelled ^abc" "kith drop gives a plan up, also one ahead"
is "$out" "cancelled with Ada Lovelace: lunch: noodles, in people/ada.md
committed $(git rev-parse --short=10 HEAD)" "and says so"
is "$(git log -1 --format=%s)" "Cancel lunch with Ada Lovelace on 2026-11-25" "as the commit does"
run kith show ada --json
is "$(json '$o->{planned}')" - "it holds no check-in any more"
people '2026-12-25 lunch: noodles'
run kith drop ada noodles
is "$(changed_lines)" "-- 2026-12-25 lunch: noodles
+- 2026-12-25 lunch: noodles #cancelled" "what is only dated ahead gets the tag"

# --- they stand in the list, with the numbers that done and drop take ---
people '2026-11-25 lunch: noodles #planned' '2026-11-20 call: the paper #planned'
printf -- '\n## Next\n- [ ] send the paper\n' >> people/ada.md
commit "A promise"
run kith todo ada
expect "kith todo lists plans" 0 <<'END'
Promised
  1  send the paper

Planned
  2  Fri 20 Nov  call: the paper
  3  in 2 days   lunch: noodles
END
run kith todo --json
is "$(json 'map { "$_->{number} $_->{text}" } @{$o->{plans}}')" "2 call: the paper
3 lunch: noodles" "todo --json"
run kith done ada 2
is "$status $(changed_lines | tail -n 1)" "0 +- 2026-11-20 call: the paper" "done takes the number"
run kith drop ada 2
is "$status $(changed_lines | tail -n 1)" "0 +- 2026-11-25 lunch: noodles #cancelled" "so does drop"
run kith drop ada
is "$status $out" "0 given up for Ada Lovelace: send the paper, in people/ada.md
committed $(git rev-parse --short=10 HEAD)" "and the only thing left needs no words"
done_testing
