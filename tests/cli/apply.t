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
left out until a day, which stays|r|-|- in 3 weeks|+snooze: 2026-12-16
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

# --- a plan that took place, with its day and channel in the line below ---
week
mark "$h" x
below "$h" '- 2026-11-18 lunch: they signed'
run kith apply
is "$(changes)" '-- 2026-11-18 lunch: the licence #planned~+- 2026-11-18 lunch: the licence; they signed' "a plan with its day and channel: one talk"
once "a plan with its day and channel"

# --- what is said on a plan's day is what the plan was about, as with kith log ---
week
printf '\n- [[ada]] 2026-11-18 lunch: they signed\n' >> $page
run kith apply
plan='-- 2026-11-18 lunch: the licence #planned~+- 2026-11-18 lunch: the licence;'
is "$(changes)" "$plan they signed" "the plan's line is taken over"
once "the plan's line is taken over"
perl -pi -e 's/they signed/they signed it all/' $page
run kith apply
is "$(changes)" "$plan they signed it all" "and reworded"
mark "$h" x
run kith apply
is "$status$(changes)" "0$plan they signed it all" "its tick adds nothing to that"

# --- lines that name a person themselves, anywhere ---
own() {
	week
	printf '\n%s\n' "$1" >> $page
	run kith apply
	is "$(changes)" "$2" "$3"
	once "$3"
}
own '- [[grace]] tue coffee: compilers' '+- 2026-11-24 coffee: compilers' "a link, a head and a colon"
own '- [[grace|Grace]] call: compilers' '+- 2026-11-25 call: compilers' "a link with a label"
own '* [Grace](../people/grace.md) call: compilers' '+- 2026-11-25 call: compilers' "a link of Markdown, another bullet"
own '- Grace Hopper call: compilers' '+- 2026-11-25 call: compilers' "a whole name"
own '- Grace call: compilers' '' "a part of a name is a note"
own '- [[grace]] compilers' '' "so is a link and a text"
own '- [[grace]]: compilers' '' "and a link and a colon"
own '- [[nobody]] call: compilers' '' "and a link to nobody"
own '> - [[grace]] call: compilers' '' "a quote is left alone"
own '`- [[grace]] call: compilers`' '' "code as well"
own "$(printf '~~~\n- [[grace]] call: compilers\n~~~')" '' "and a block of it"
own "$(printf -- '- [[grace]] call: compilers\n  - and more')" '+- 2026-11-25 call: compilers~+  - and more' "with what is nested in it"
own '- [ ] promise [[ada]] the book by dec 10' '+- [ ] the book  (created:: 2026-11-25)  (due:: 2026-12-10)' "a promise"
own '- [ ] wait Ada Lovelace: her answer' '+- [ ] #waiting her answer  (created:: 2026-11-25)' "what one waits for"
own '- [ ] ask [[ada]] for a stamp' '+- [ ] #waiting #asked for a stamp  (created:: 2026-11-25)' "what one asks for"
own '- [ ] topic [[ada]] brass' '+- [ ] #topic brass  (created:: 2026-11-25)' "a topic"
own '- [ ] call [[ada]]' '' "another task is left alone"
own '- [ ] promise somebody the book' '' "so is one without a person"
week
below "$r" '- [[grace]] call: compilers'
run kith apply
is "$(changes)" '+- 2026-11-25 call: compilers' "below somebody else's item too"

# --- lines written above those of kith's ---
week
mark "$r" x
perl -pi -e "s/(.*\\^$r.*)/\$1\n  - she is well/" $page
run kith apply
is "$(changes)" '+- 2026-11-25: she is well' "a text right below the name"
run kith review
below_lin() { sed -n "/\^$r/,/^\$/p" $page | grep '^[[:blank:]]'; }
is "$(below_lin)" "  - *talked on Wed 25*
  - she is well" "below which nothing stays that is no longer so"
week
perl -pi -e "s/(.*\\^$r.*)/\$1\n  - she is well/" $page
run kith review
is "$(below_lin | sed 's/- \*.*/- (kiths)/' | paste -sd'~' -)" "  - she is well~  - (kiths)~  - (kiths)" "and what is so stands there once"

# --- the day ---
week
mark "$r" x
commit "Ticked" && git commit -q --amend --no-edit --date '2026-11-24T12:00:00+00:00'
run kith apply
is "$(changes)" '+- 2026-11-24' "of a tick: when history shows it first"
week
mark "$r" x
run kith apply --today 2026-12-05
is "$(changes)" '+- 2026-11-29' "at most the page's Sunday"
week
perl -pi -e 's/\[ \](.*\^'"$r"')/[x]$1 ✅ 2026-11-23/' $page
run kith apply
is "$(changes)" '+- 2026-11-23' "what stands behind it, as Obsidian Tasks writes it"
week
mark "$r" x
sed -i '/^- 2026-08-01/i - 2026-11-24 call: they are well' people/lin.md
commit "By hand"
start=$(git rev-parse HEAD)
run kith apply
is "$(changes)" '' "who was talked to already is ticked without one more entry"
week
start=$(git rev-parse HEAD)
mark "$d" x
run kith apply --today 2026-11-23
like "$err" "^$page:[0-9]+:1: warning: .*2026-11-24" "a tick on what lies ahead waits"
is "$(changes)$(kith apply --today 2026-11-24)" "nothing to apply: the files know all that the pages say" "until its day"

# --- changed afterwards ---
week
mark "$r" x
run kith apply
below "$r" '- she is well'
run kith apply
is "$(changes)" '+- 2026-11-25: she is well' "a text that comes later joins the tick"
sed -i 's/she is well/she is very well/' $page
run kith apply
is "$(changes)" '+- 2026-11-25: she is very well' "and may become another"
sed -i 's/2026-11-25: she/2026-11-25 call: she/' people/lin.md
sed -i 's/is very well/is fine/' $page
run kith apply
like "$err" "^$page:.*Lin Wu: it was changed in the file since" "but not where the entry is another now"
is "$status $(changes)" '1 +- 2026-11-25 call: she is very well' "which stays"
run kith apply
is "$status$err" 0 "that is said once"
week
below "$r" '- call: looms'
run kith apply
sed -i 's/call: looms/call: looms and brass/' $page
run kith apply
is "$(changes)" '+- 2026-11-25 call: looms and brass' "a line that is reworded is its entry, reworded"
sed -i '/looms and brass/d' $page
run kith apply
is "$(changes)" '+- 2026-11-25 call: looms and brass' "one that is taken off the page stays in the file"
week
mark "$p" x
run kith apply
perl -ni -e "print unless /\\^$p/" $page
run kith apply
like "$(changes)" 'completion' "an item that is taken off the page touches no file"
week
mark "$r" x
run kith apply
mark "$r" ' '
run kith apply
mark "$r" x
run kith apply
is "$(changes)" '+- 2026-11-25' "a later tick is a new one"

week
printf '\n- [ ] promise [[lin]] the slides by 2026-12-01\n- [ ] topic [[lin]] brass\n' >> $page
run kith apply
perl -pi -e 's/the slides by/the slides and the notes by/' $page
run kith apply
is "$status$(changes | tr '~' '\n' | grep -c slides)" 01 "a task of one's own that is reworded is one task"
like "$(changes)" 'the slides and the notes' "reworded"
like "$(changes)" 'topic brass' "and the other stays"
run kith done lin slides
perl -pi -e 's/the slides and/all the slides and/' $page
run kith apply
like "$(changes)" '\[x\] the slides and.*\[ \] all the slides|\[ \] all the slides.*\[x\] the slides and' "one that was closed meanwhile stays"

# --- one commit, that undo takes back ---
week
mark "$r" x
mark "$p" x
commit "Ticked"
before=$(git rev-parse HEAD)
run kith apply
is "$(git rev-list --count "$before"..HEAD)" 1 "one commit"
is "$(git log -1 --format=%s)" "Apply week 48: a conversation with Lin Wu, a promise kept" "says what was done"
like "$(cat $page)" '^  - \*talked on Wed 25\*$' "the page says what became of somebody"
like "$(cat $page)" '^  - \*done on Wed 25\*$' "and of a promise"
is "$(grep -c '^- \[x\]' $page)" 2 "the ticks stay"
is "$(git status --porcelain)" "" "nothing is left"
run kith review
like "$(cat $page)" '^  - \*talked on Wed 25\*$' "and says so when it is made again"
git reset -q --hard "$before" && git reset -q HEAD^
run kith apply
is "$(git status --porcelain)$(git rev-list --count "$before"^..HEAD)" 1 "one commit with the page as it was left"
run kith undo
is "$(git diff "$before")" "" "undo takes it back, and leaves what the person did"
git reset -q --hard "$before"
run kith apply
run kith undo
is "$(git diff "$before")" "" "undo takes it back whole"
run kith apply -n
is "$(printf '%s\n' "$out" | sed -n 1,3p)" "week 48:
  closed: send the paper (Ada Lovelace)
  logged a conversation with Lin Wu on Wed 25 Nov" "-n tells it"
like "$out" '^\+- 2026-11-25$' "and shows the difference"
is "$(git status --porcelain)" "" "and writes nothing"
run kith apply --json
is "$(json '$o->{did}, scalar @{ $o->{pages}[0]{things} }, $o->{pages}[0]{week}')" "apply
2
2026-W48" "--json"

# --- other programs reformat the page: nothing comes twice, nothing goes ---
# A week with something of each kind on its page.
worked_week() {
	week
	mark "$r" x
	below "$r" '- 14:30 call: *looms* and brass'
	mark "$p" x
	mark "$h" -
	printf '\n- [[grace]] call: compilers\n' >> $page
}
reformat() {
	worked_week
	run kith apply
	done=$(changes)
	perl -CSAD -0pi -e "$2" $page
	run kith apply
	is "$status$err$(changes)" "0$done" "$1"
	worked_week
	perl -CSAD -0pi -e "$2" $page
	run kith apply
	is "$status$(changes | tr -d '*_\r')" "0$(echo "$done" | tr -d '*_')" "$1 before"
}
reformat "stars for bullets" 's/^(\s*)- /$1* /mg'
reformat "pluses for bullets" 's/^(\s*)- /$1+ /mg'
reformat "underscores for italics" 's/(?<!\*)\*([^*\n]+)\*(?!\*)/_$1_/g'
reformat "four blanks" 's/^  - /    - /mg'
reformat "tabs" 's/^  - /\t- /mg'
reformat "CRLF" 's/\n/\r\n/g'
reformat "loose lists" 's/\n(\s*- )/\n\n$1/g'
reformat "underlined headings" 's/^## (.*)$/$1\n---/mg'
reformat "front matter on lines of its own" 's/^  - ([rphwd]-.*)$/    - "$1"/mg; s/^applied: \[\]/applied:\n  []/m'

# What kith writes below an item is written as what stands there.
for nested in '    - ' '	- ' '  * ' '    * ' '  + '; do
	week
	mark "$r" x
	below "$r" '- she is well'
	perl -pi -e "s/^  - /$nested/" $page
	run kith apply
	is "$(below_lin)" "$nested*talked on Wed 25*
${nested}she is well" "nested as '$nested'"
	run kith review
	is "$(below_lin)" "$nested*talked on Wed 25*
${nested}she is well" "nested as '$nested', made again"
done

# --- a contact that gets another name ---
week
mark "$r" x
below "$r" '- call with [[grace]]: looms'
printf '\n- [[lin]] tue coffee: tea\n' >> $page
run kith apply
run kith rename lin "Lin Chen"
run kith rename grace "Grace Murray"
once "after a rename"
is "$(grep -c '^- 2026-11-2' people/lin-chen.md)" 2 "the entries are there once"
mark "$(id r Lin)" ' '
run kith apply
is "$status$err$(grep -c '^- 2026-11-2' people/lin-chen.md)" 02 "a tick that goes leaves what has a head of its own"

# --- bad input: each is said with its line, and all else is applied ---
bad() {
	name=$1 want=$2
	mark "$p" x
	run kith apply
	like "$err" "^$page:[0-9]+:[0-9]+: error: .*$want" "$name: said"
	is "$status" 1 "$name: the status"
	like "$(changes)" 'completion' "$name: all else is applied"
	run kith apply
	like "$(changes)" 'completion' "$name: and stays"
	is "$(changes | tr '~' '\n' | grep -c 'completion')" 1 "$name: once"
}
week
printf '\n- [x] **[Lin Wu](../people/lin.md)** ^%s\n' "$r" >> $page
bad "an id that stands twice" 'stands on line'
week
mark "$r" x
start=$(git rev-parse HEAD)
git rm -q people/lin.md
bad "somebody who is gone" 'not in the journal'
week
start=$(git rev-parse HEAD)
below "$r" '- lunch with nobody: x'
bad "somebody who is not known" 'names nobody'
week
printf -- '---\nname: Grace Hopper\n---\n' > people/other.md
commit Two
start=$(git rev-parse HEAD)
printf '\n- Grace Hopper call: x\n' >> $page
bad "two people of one name" 'several people'
week
start=$(git rev-parse HEAD)
mark "$r" x
printf '<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n' >> people/lin.md
bad "a file that cannot be edited" 'merge left its marks'
sed -i '/^[<=>x y]\{1,8\}/d; s/^y$//' people/lin.md
run kith apply
like "$(changes)" '2026-11-25' "and later it can"
# A folder in which nothing can be written just now; its owner is not root, who may write anywhere.
week
mkdir people/far && git mv people/lin.md people/far/ && commit "Elsewhere"
here=$start start=$(git rev-parse HEAD) as=
mark "$r" x
mark "$p" x
[ "$(command id -u)" != 0 ] || { chmod 711 "$tmp" && chown -R 65534:65534 "$tmp/now" && as='setpriv --reuid=65534 --regid=65534 --clear-groups'; }
if $as kith --version > /dev/null 2>&1 && $as test -r "$KITH_GIT_MODULE"; then
	chmod 555 people/far
	# shellcheck disable=SC2086 # some words, or none
	run $as kith apply
	like "$err" "^$page:[0-9]+:1: error: Lin Wu: cannot be written: Permission denied" "a folder that cannot be written to: said"
	is "$status" 1 "and the status says it"
	git config --global --add safe.directory '*'
	unlike "$(changes)" '[+]- 2026-11-25' "it waits"
	like "$(changes)" 'completion' "and all else is applied"
	chmod 755 people/far
	# shellcheck disable=SC2086
	run $as kith apply
	like "$(changes)" '[+]- 2026-11-25' "until it can be written to"
else
	skip "a folder that cannot be written to" "nobody may run kith here"
fi
start=$here
week
mark "$p" x
: > .git/index.lock
run kith apply
like "$err" 'index.lock' "a repository that another git holds: said"
is "$status$(changes)" 1 "and all waits"
rm .git/index.lock
run kith apply
like "$(changes)" 'completion' "until it is let go"
week
mark "$p" x
printf '<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n' >> $page
run kith apply
like "$err" "^$page:[0-9]+:1: error: a merge left its marks" "a page with marks of a merge"
is "$(changes)" "" "waits"
week
mark "$p" x
sed -i '/^applied:/d' $page
run kith apply
like "$err" "^$page:1:1: error: .*applied: \[\]" "a page of an old version"
is "$(changes)" "" "waits too"
week
mark "$p" x
cp $page "reviews/my week.md"
run kith apply
like "$err" '^reviews/my week.md:1:1: warning: a review under another name .*2026-W48.md' "a page under another name is said"
like "$(changes)" '^-[^~]*~[^~]*completion[^~]*$' "and not acted on"
week
mark "$r" x
below "$r" '- she is well'
cp $page reviews/2026-W47.md
run kith apply
like "$err" '^reviews/2026-W47.md:1:1: error: its front matter is that of week 48' "one under another week's name, too"
is "$status$(changes)" '1+- 2026-11-25: she is well' "and nothing is there twice"
week
monday=$start
mkdir -p templates && sed 's/ ^{{id}}//' "$root/templates/review.md" > templates/review.md && rm $page
run kith review
perl -pi -e 's/\[ \](.*Lin)/[x]$1/' $page
printf '\n- [[grace]] call: compilers\n' >> $page
start=$(git rev-parse HEAD)
run kith apply
like "$err" "^$page:[0-9]+:1: error: a template without ids" "a template without ids is said"
is "$status$(changes)" '1+- 2026-11-25 call: compilers' "and a line that names somebody is applied"
start=$monday
week
kith review 2026-W49 > "$tmp/out"
perl -pi -e 's/\[ \]/[x]/' reviews/2026-W49.md
run kith apply
like "$(cat people/ada.md)" '^- 2026-11-27 dinner: the end #planned$' "a page of a week ahead: what is ahead waits"
like "$err" '^reviews/2026-W49.md:[0-9]+:1: warning: .*waits until 2026-11-27' "and is said"
week
long=$(printf '%010000d' 7)
below "$r" "- call: $long"
run kith apply
is "$status$(changes)" "0+- 2026-11-25 call: $long" "a line of 10,000 characters"

journal
printf 'review: {reach_out: 200}\n' >> kith.yaml
for i in $(seq 1 100); do
	printf -- '---\nname: Friend %d\ncadence: monthly\n---\n## Next\n' $i > people/f$i.md
	printf -- "- [ ] thing %d of $i (due:: 2026-11-26)\n" 1 2 3 4 >> people/f$i.md
	printf '\n## Log\n- 2026-08-01 call: x\n' >> people/f$i.md
done
commit "Many"
start=$(git rev-parse HEAD)
run kith review --today 2026-11-23
perl -pi -e 's/\[ \]/[x]/' $page
run kith apply
is "$status$(git diff "$start" -- people | grep -c '^+- \[x\] thing\|^+- 2026-11-25$')" 0500 "500 ticks at once"
once "500 ticks at once"
start=$(cd "$base" && git rev-parse HEAD)

# --- where it comes by itself: asked for on a terminal, told without one ---
week
mark "$r" x
start=$(git rev-parse HEAD)
run kith
like "$out" '^1 tick on week 48 is not in the files yet: kith apply$' "today's page says what waits"
run kith review
is "$(changes)" '' "kith review applies nothing unasked"
like "$err" '1 tick on week 48 is not in the files yet: kith apply' "and says how"
run kith commit
is "$(changes)$(printf '%s' "$err" | grep -c 'kith apply')" 1 "nor does kith commit"
if perl "$root/tests/cli/pty.pl" 80 -- true 2> /dev/null; then
	perl "$root/tests/cli/pty.pl" 80 'Y/n\]> ' 'n\n' -- kith review > "$tmp/out" 2>&1
	is "$(changes)" '' "on a terminal it is asked, and may be declined"
	like "$(cat "$tmp/out")" 'logged a conversation with Lin Wu on' "when the plan was shown"
	perl "$root/tests/cli/pty.pl" 80 'Y/n\]> ' '\n' -- kith review > "$tmp/out" 2>&1
	is "$(changes)" '+- 2026-11-25' "or taken"
else
	skip "asked" "no terminal can be made here"
fi
week
printf 'review: {apply: auto}\n' >> kith.yaml && commit "By itself"
start=$(git rev-parse HEAD)
mark "$r" x
run kith review 2026-W49
is "$status$(changes)" '0+- 2026-11-25' "with auto kith review applies first, whatever the week"
mark "$p" x
run kith commit
like "$(changes)" 'completion' "and kith commit"
is "$(git status --porcelain)" '' "which leaves nothing"
printf '#!/bin/sh\nperl -pi -e "s/\\[ \\](.*waiting|.*her slides)/[x]\\$1/; s/\\[ \\](.*licence)/[x]\\$1/" "$1"\n' > "$tmp/editor"
chmod +x "$tmp/editor"
EDITOR="$tmp/editor" run kith review -e
like "$(changes)" '\+- 2026-11-18 lunch: the licence(~|$)' "kith review -e when the editor closes"
is "$(git status --porcelain)$(git log -1 --format=%s | cut -c1-13)" "Apply week 48" "with the page in its commit"
week
printf 'review: {apply: never}\n' >> kith.yaml && commit "Never"
start=$(git rev-parse HEAD)
mark "$r" x
run kith review
is "$status$err$(changes)" 0 "with never it is left to kith apply"
printf 'review: {apply: often}\n' > kith.yaml
run kith check
like "$out$err" 'kith.yaml:1:17: error: .*ask, auto or never' "another word is an error"
done_testing
