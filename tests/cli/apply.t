#!/bin/sh
# Acting on the review: what is ticked and written on a page goes into the files, once.
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"
page=reviews/2026-W48.md
export KITH_TODAY=2026-11-25

journal
contact ada.md <<'EOF'
---
name: Ada Lovelace
cadence: every 6 weeks
---

## Next
- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)
- [ ] #waiting her slides  (created:: 2026-11-02)  (due:: 2026-11-25)

## Log
- 2026-11-27 dinner: the end #planned
- 2026-11-18 lunch: the licence #planned
- 2026-09-20 coffee: the move
EOF
contact grace.md <<'EOF'
---
name: Grace Hopper
birthday: 1906-11-24
cadence: none
---

## Log
EOF
contact lin.md <<'EOF'
---
name: Lin Wu
cadence: monthly
---

## Log
- 2026-08-01 call: x
EOF
commit People
run kith review --today 2026-11-23
base=$PWD

# week: the journal as it is on Monday, in a folder of its own.
week() {
	rm -rf "$tmp/now"
	cp -R "$base" "$tmp/now"
	cd "$tmp/now" || exit 1
}
# id LETTER NAME: of an item; the first that names it.
id() {
	sed -n "s/.*$2.*\\^\\($1-[a-z2-7]*\\).*/\\1/p" $page | head -1
}
r=$(id r Lin) p=$(id p Ada) w=$(id w Ada) h=$(id h licence) ahead=$(id h 'the end') d=$(id d Grace)
# mark ID CHAR; below ID LINE: a mark in an item's brackets, lines below what kith wrote there.
mark() {
	perl -pi -e 'BEGIN { $i = shift; $c = shift } s/\[.\](.*\^$i)/[$c]$1/' "$1" "$2" $page
}
below() {
	perl -0pi -e 'BEGIN { $i = shift; $t = shift; $t =~ s/\\n/\n/g } s/(\^$i[^\n]*\n(?:  - [*][^\n]*\n)*)/$1  $t\n/' \
		"$1" "$2" $page
}
# once NAME: a second run changes nothing.
once() {
	before=$(state)
	run kith apply
	is "$(state)" "$before" "$1: not twice"
}
# changes: the lines of contacts that came and went since the page was made.
changes() {
	git diff --no-color -U0 "$start" -- people | sed -n '/^+++ /d; /^--- /d; /^[-+]/p' | paste -sd'~' -
}

# --- an item, a mark, a line below it, and what becomes of the contacts ---
week
start=$(git rev-parse HEAD)
while IFS='|' read -r name item char line want; do
	week
	eval "item=\$$item"
	[ "$char" = . ] || mark "$item" "$char"
	[ -z "$line" ] || below "$item" "$line"
	run kith apply
	is "$(changes)" "$want" "$name"
	once "$name"
	# What the mark did is taken back with it.
	[ "$char" = . ] || {
		mark "$item" ' '
		run kith apply
		case $name in
		*stays) is "$(changes)" "$want" "$name, when the mark goes" ;;
		*) is "$(changes)" '' "$name, and taken back" ;;
		esac
	}
done <<'ROWS'
somebody is ticked|r|x||+- 2026-11-25
with X|r|X||+- 2026-11-25
with a text|r|x|- she is well|+- 2026-11-25: she is well
with two lines of text|r|x|- she is well\n  - and so are they|+- 2026-11-25: she is well~+  - and so are they
with a day and a channel, which stays|r|x|- tue call: looms|+- 2026-11-24 call: looms
with a time|r|x|- 14:30 call: looms|+- 2026-11-25 14:30 call: looms
with somebody else, which stays|r|x|- mon lunch with [[grace]]: COBOL|+- 2026-11-23 lunch with [[grace]]: COBOL
a head and a text|r|x|- 14:30 call: looms\n  - she is well|+- 2026-11-25: she is well~+- 2026-11-25 14:30 call: looms
left out for this week|r|-||
moved to next Monday|r|>||+snooze: 2026-11-30
moved to a day, which stays|r|>|- in 3 weeks|+snooze: 2026-12-16
no tick, a day ahead, which stays|r|.|- sunday|+snooze: 2026-11-29
no tick, a channel and a colon|r|.|- call: she got it|+- 2026-11-25 call: she got it
no tick, a day|r|.|- yesterday: she got it|+- 2026-11-24: she got it
no tick, a note|r|.|- call her about the grant|
no tick, a time|r|.|- 14:30 call: looms|
no tick, a text|r|.|- she is well|
no tick, a verb that is a weekday|r|.|- sat in the garden|
another mark|r|?||
a promise|p|x||-- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)~+- [x] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)  (completion:: 2026-11-25)
a promise with a note|p|x|- by mail|-- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)~+- [x] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)  (completion:: 2026-11-25)
a promise dropped|p|-||-- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)~+- [-] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)  (cancelled:: 2026-11-25)
a promise moved|p|>||-- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)~+- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-30)
a promise moved to a day, which stays|p|>|- in 2 weeks|-- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)~+- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-12-09)
an answer|w|x||-- [ ] #waiting her slides  (created:: 2026-11-02)  (due:: 2026-11-25)~+- [x] #waiting her slides  (created:: 2026-11-02)  (due:: 2026-11-25)  (completion:: 2026-11-25)
an answer, and what was said, which stays|w|.|- email: she forgot|+- 2026-11-25 email: she forgot
a plan that took place|h|x||-- 2026-11-18 lunch: the licence #planned~+- 2026-11-18 lunch: the licence
a plan with its text|h|x|- they signed|-- 2026-11-18 lunch: the licence #planned~+- 2026-11-18 lunch: the licence; they signed
a plan cancelled|h|-||-- 2026-11-18 lunch: the licence #planned~+- 2026-11-18 lunch: the licence #cancelled
a plan moved|h|>||-- 2026-11-18 lunch: the licence #planned~+- 2026-11-30 lunch: the licence #planned
a plan ahead waits|ahead|x||
a date is noted|d|x||
a date, and what was said|d|x|- she laughed|+- 2026-11-25: she laughed
ROWS
done_testing
