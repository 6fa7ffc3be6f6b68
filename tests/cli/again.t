#!/bin/sh
# Said twice: an entry that stands there already is written again only where that is meant, and a
# promise that is made again with another day moves.
. "$(dirname "$0")/lib.sh"

people() {
	journal
	printf -- '---\nname: Ada Lovelace\n---\n## Log\n- 2026-09-20 coffee: looms\n' | contact ada.md
	printf -- '---\nname: Grace Hopper\n---\n' | contact grace.md
	commit "People"
}
# twice A B: both are written.
twice() {
	people
	# shellcheck disable=SC2086
	run kith $1
	# shellcheck disable=SC2086
	run kith $2
	is "$status $(git rev-list --count HEAD)" "0 4" "kith $1, then kith $2: two entries"
}
for words in 'log ada coffee: the looms' 'log ada coffee' 'log ada yesterday call: x' 'log ada,grace lunch: x' \
	'log ada it rained' 'log ada tried' 'plan ada friday lunch: x' 'log ada 14:30 call: x' 'log ada call: x +gave'; do
	people
	# shellcheck disable=SC2086
	run kith $words
	is "$status $(changed_lines | grep -c '^+- 2026')" "0 1" "kith $words"
	before=$(state)
	# shellcheck disable=SC2086
	run kith $words
	is "$status $(state)" "1 $before" "a second time nothing is written"
	like "$err" '\-\-again' "and it is said how it would be"
	# shellcheck disable=SC2086
	set -- $words
	verb=$1
	shift
	run kith "$verb" --again "$@"
	is "$status $(changed_lines | grep -c '^+- 2026')" "0 1" "--again writes it"
done
people
printf 'coffee: x\n\nmore\n' > "$tmp/text"
kith log ada - < "$tmp/text" > /dev/null 2>&1
before=$(state)
kith log ada - < "$tmp/text" > /dev/null 2> "$tmp/err"
is "$? $(state)" "1 $before" "a text of several lines"
people
sed -i 's/^- 2026-09/- 2026-11-23 **coffee:** looms\n&/' people/ada.md
commit "By hand"
before=$(state)
run kith log ada coffee: looms
is "$status $(state)" "1 $before" "as it was written by hand"
twice 'log ada coffee: x' 'log ada coffee: y'
twice 'log ada coffee: x' 'log ada call: x'
twice 'log ada coffee: x' 'log ada yesterday coffee: x'
twice 'log ada coffee: x' 'log grace coffee: x'
twice 'log ada 10:00 call: x' 'log ada 11:00 call: x'
twice 'plan ada friday lunch: x' 'plan ada saturday lunch: x'
run kith log --help
like "$out" '\-\-again' "kith log --help names it"

# --- promises ---
# open: the open tasks of Ada.
open() { sed -n 's/^- \[ \] //p' people/ada.md; }
for verb in promise wait ask topic; do
	people
	tag= && case $verb in wait) tag='#waiting ' ;; ask) tag='#waiting #asked ' ;; topic) tag='#topic ' ;; esac
	run kith $verb ada send the paper
	before=$(state)
	run kith $verb ada send the paper
	is "$status $(state)" "1 $before" "$verb: the same once more writes nothing"
	like "$err" 'already|is there|stands' "$verb: and that is said"
	[ $verb != topic ] || continue
	run kith $verb ada send the paper by friday
	is "$status $(open)" "0 ${tag}send the paper  (created:: 2026-11-23)  (due:: 2026-11-27)" "$verb: with a day, it has that day"
	run kith $verb ada send the paper by dec 4
	is "$status $(open)" "0 ${tag}send the paper  (created:: 2026-11-23)  (due:: 2026-12-04)" "$verb: with another day it moves"
	like "$out" 'Dec|2026-12-04' "$verb: the answer says to when"
	is "$(git log -1 --format=%s | grep -c 'Dec\|2026-12-04\|[Mm]ove\|[Pp]ostpone\|due')" 1 "$verb: and so does the commit"
	run kith $verb ada "send the  paper by dec 11"
	is "$(open | grep -c .)" 1 "$verb: one blank more makes no other"
	run kith $verb ada send the book by dec 11
	is "$(open | grep -c .)" 2 "$verb: another text does"
done
people
run kith promise ada send it by friday
run kith done ada
run kith promise ada send it by dec 4
is "$status $(open)" "0 send it  (created:: 2026-11-23)  (due:: 2026-12-04)" "one that is done can be made again"
people
printf -- '\n## Next\n- [ ] send it 📅 2026-11-20 ^abc\n- [ ] other\n' >> people/ada.md
commit "By hand"
run kith promise ada send it by friday
is "$(changed_lines)" "-- [ ] send it 📅 2026-11-20 ^abc
+- [ ] send it 📅 2026-11-27 ^abc" "it moves as it is written"
done_testing
