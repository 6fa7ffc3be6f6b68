#!/bin/sh
# promise, ask, wait, topic, done, todo: what they say, the bytes they write, and the commits.
. "$(dirname "$0")/lib.sh"

people() {
	contact ada-lovelace.md <<'END'
---
name: Ada Lovelace
---
She runs on tea.

## Next
- [ ] bring the brass  (created:: 2026-10-18)  (due:: 2026-11-20)
- [ ] #waiting her slides from Bath  (due:: 2026-12-10) ^slides
- [ ] #topic would brass do?
- [ ] water the plants 🔁 every week
- [x] an old one  (completion:: 2026-09-01)

## Log
- 2026-09-20 coffee: the move to Bath #asked
END
	contact grace-hopper.md <<'END'
---
name: Grace Hopper
---
END
}
# told NAME <<END: the file of Ada differs from HEAD's in these lines.
told() {
	git diff --no-color -U0 people | grep '^[-+]' | grep -v '^\(---\|+++\)' > "$tmp/lines"
	cat > "$tmp/want"
	ok "$1" diff "$tmp/want" "$tmp/lines"
	git checkout -q people
}

journal
people
commit "People"

# --- promise ---
run kith promise ada send her the paper by friday --no-commit
expect "promise" 0 <<'END'
promised Ada Lovelace: send her the paper, by Fri 27 Nov, in people/ada-lovelace.md
END
told "below the other tasks, with the day it was made" <<'END'
+- [ ] send her the paper  (created:: 2026-11-23)  (due:: 2026-11-27)
END
run kith promise ada introduce her to Michael +gave --no-commit
expect "+gave, no day" 0 <<'END'
promised Ada Lovelace: introduce her to Michael #gave, in people/ada-lovelace.md
END
told "is written #gave" <<'END'
+- [ ] introduce her to Michael #gave  (created:: 2026-11-23)
END
run kith promise grace 'stop  by the lab
some day' --no-commit
expect "a by that is no day; one line; a section of its own" 0 <<'END'
promised Grace Hopper: stop by the lab some day, in people/grace-hopper.md
END
told "is made" <<'END'
+
+## Next
+- [ ] stop by the lab some day  (created:: 2026-11-23)
END
run kith promise ada a letter by jan 5 2027 --json --no-commit
ok "--json" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>); die unless $o->{did} eq "promise"
	&& $o->{slug} eq "ada-lovelace" && $o->{text} eq "a letter" && $o->{due} eq "2027-01-05"
	&& $o->{created} eq "2026-11-23" && !defined $o->{commit} && $o->{changed};' < "$tmp/out"
git checkout -q people
run kith promise -n ada send her the paper
like "$out" '^\+- \[ \] send her the paper  \(created:: 2026-11-23\)$' "--dry-run shows the difference"
is "$status:$(git status --porcelain)" "0:" "and writes nothing"

run kith promise ada "send it by Friday." --no-commit
expect "a full stop is none of the day" 0 <<'END'
promised Ada Lovelace: send it, by Fri 27 Nov, in people/ada-lovelace.md
END
git checkout -q people
for day in december may 5pm 'the end of the week' 'late november' 'Friday, perhaps'; do
	run kith promise ada "pay her by $day" --no-commit
	is "$status $(git diff -U0 | grep '^+- ')" "0 +- [ ] pay her by $day  (created:: 2026-11-23)" \
		"by $day: text"
	like "$err" "^kith: \"by $day\" is kept as text, and the task has no day" "and that is said"
	git checkout -q people
done
run kith promise ada a poem by Byron --no-commit
is "$status $err" "0 " "a by that speaks of no time"
git checkout -q people
run kith promise grace,ada a letter
is "$status:$out" "1:" "two people"
like "$err" 'kith promise takes one person' "are told that it takes one"
run kith promise -n --json ada send her the paper
ok "--json with --dry-run" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless $o->{did} eq "promise" && $o->{day} eq "2026-11-23" && $o->{changed} && !defined $o->{commit}
	&& $o->{diff} =~ /^\+- \[ \] send her the paper/m;' < "$tmp/out"
is "$(git status --porcelain)" "" "writes nothing"

for words in 'ada' 'ada lovelace send her the paper' 'ada by friday' 'ada +gave' 'ada x by nov 31' 'ada x by 03/04/2027' \
	'ada #topic x' 'ada x #waiting'; do
	# shellcheck disable=SC2086
	run kith promise $words
	is "$status:$out:$(git status --porcelain)" "2::" "kith promise $words is wrong usage"
done
run kith promise ada lovelace send
like "$err" 'kith promise ada-lovelace' "the right form is shown"
run kith promise ada "   "
is "$status" 2 "no text"
run kith promise ada "$(printf 'x\377')"
is "$status" 2 "no UTF-8"
run kith promise zoe the letter
is "$status:$out" "1:" "nobody"
run kith promise ad the letter
is "$status:$out" "1:" "never a part of a word"

# --- ask, wait, topic ---
run kith ask ada for a word with her publisher by december 10 --no-commit
expect "ask tells how asking and giving stand" 0 <<'END'
asked Ada Lovelace: for a word with her publisher, by Thu 10 Dec, in people/ada-lovelace.md
within a year: asked Ada Lovelace 2 times, gave 0 times
END
told "ask" <<'END'
+- [ ] #waiting #asked for a word with her publisher  (created:: 2026-11-23)  (due:: 2026-12-10)
END
contact giver.md <<'END'
---
name: Gil Giver
---
## Log
- 2026-11-01 call #gave
- 2025-11-01 call #asked
- 2025-10-01 call #asked
END
run kith ask gil a favour +asked --no-commit
expect "where one gave as much, it is not told; what is older than a year does not count" 0 <<'END'
asked Gil Giver: a favour, in people/giver.md
END
is "$(grep favour people/giver.md)" "- [ ] #waiting a favour #asked  (created:: 2026-11-23)" "asked once"
rm people/giver.md
run kith wait ada the letter --no-commit
expect "wait" 0 <<'END'
waiting for Ada Lovelace: the letter, in people/ada-lovelace.md
END
told "#waiting" <<'END'
+- [ ] #waiting the letter  (created:: 2026-11-23)
END
run kith topic ada gears by friday --no-commit
expect "topic takes no day" 0 <<'END'
to bring up with Ada Lovelace: gears by friday, in people/ada-lovelace.md
END
told "#topic" <<'END'
+- [ ] #topic gears by friday  (created:: 2026-11-23)
END

# --- todo ---
kith topic grace compilers --no-commit > /dev/null
kith wait grace her report by dec 1 --no-commit > /dev/null
run kith todo ada
expect "todo of one" 0 <<'END'
Promised
  1  Fri 20 Nov  bring the brass
  2              water the plants (repeats)

Waiting for
  3  in 2 weeks  her slides from Bath

To bring up
  4  would brass do?
END
cp "$tmp/out" "$tmp/list"
run kith todo
expect "todo of all: by day, with the numbers of each" 0 <<'END'
Promised
  1  Fri 20 Nov  Ada Lovelace  bring the brass
  2              Ada Lovelace  water the plants (repeats)

Waiting for
  1  in 8 days   Grace Hopper  her report
  3  in 2 weeks  Ada Lovelace  her slides from Bath

To bring up
  4  Ada Lovelace  would brass do?
  2  Grace Hopper  compilers
END
run kith todo --json
ok "todo --json" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless @{$o->{promises}} == 2 && @{$o->{waiting}} == 2 && @{$o->{topics}} == 2;
	my $p = $o->{promises}[0]; die unless $p->{late} == 3 && $p->{number} == 1 && $p->{slug} eq "ada-lovelace"
		&& $p->{due} eq "2026-11-20" && !$p->{repeats};' < "$tmp/out"
printf -- '---\nname: [\n---\n' > people/broken.md
run kith todo
is "$status" 1 "what is wrong elsewhere is said"
like "$err" '^people/broken.md:' "with its place"
rm people/broken.md
git checkout -q people
run kith todo grace
expect "nothing" 0 <<'END'
nothing is open with Grace Hopper
END

# --- done ---
run kith done ada
is "$status" 1 "several are open"
ok "they are listed as todo lists them" cmp "$tmp/list" "$tmp/out"
like "$err" 'kith done ada N$' "and how one is named"
run kith done ada 3 --no-commit
expect "by number" 0 <<'END'
got from Ada Lovelace: her slides from Bath, in people/ada-lovelace.md
END
told "closed before the block's id" <<'END'
-- [ ] #waiting her slides from Bath  (due:: 2026-12-10) ^slides
+- [x] #waiting her slides from Bath  (due:: 2026-12-10)  (completion:: 2026-11-23) ^slides
END
run kith done ada BRING bra --no-commit
expect "by beginnings of words" 0 <<'END'
done for Ada Lovelace: bring the brass, in people/ada-lovelace.md
END
git checkout -q people
run kith done ada 'would brass do?' --no-commit
expect "by the whole text" 0 <<'END'
brought up with Ada Lovelace: would brass do?, in people/ada-lovelace.md
END
git checkout -q people
for words in 0 5 99999999999 brass zebra '?'; do
	run kith done ada "$words"
	is "$status:$(git status --porcelain)" "1:" "kith done ada $words"
	like "$err" 'say which, by its number or words of it: kith done ada N$' "says how"
done
run kith done ada plants
is "$status:$(git status --porcelain)" "1:" "a task that repeats"
like "$err" 'repeats' "is left to its program"
run kith done grace
expect "nothing to close" 1 <<'END'
[stderr]
kith: nothing is open with Grace Hopper
END
kith topic grace compilers --no-commit > /dev/null
run kith done grace --no-commit
expect "the only one" 0 <<'END'
brought up with Grace Hopper: compilers, in people/grace-hopper.md
END
git checkout -q people
contact linked.md <<'END'
---
name: Lin Kedd
---
- [ ] introduce her to [[grace-hopper]] #gave
END
run kith todo lin
like "$out" '  1  introduce her to grace-hopper$' "a link in the text is shown by its words"
run kith done lin --no-commit
expect "a link in the text" 0 <<'END'
done for Lin Kedd: introduce her to grace-hopper, in people/linked.md
END
rm people/linked.md
contact twice.md <<'END'
---
name: Tom Twice
---
- [ ] the same
- [x] the same
- [ ] the same
END
run kith done tom 2 --no-commit
is "$(grep -c '^- \[x\] the same  (completion:: 2026-11-23)$' people/twice.md)" 1 "of two equal ones the second"
is "$(sed -n 6p people/twice.md)" "- [x] the same  (completion:: 2026-11-23)" "and no other"
rm people/twice.md

# --- commits ---
# message: the last commit's subject and trailers.
message() { git log -1 --format='%s|%(trailers:key=Kith,valueonly,separator=%x2C)'; }
run kith promise ada send her the paper by friday
is "$status:$err" "0:" "promise commits"
like "$out" '^committed [0-9a-f]{10}$' "and says so"
is "$(message)" "Promise Ada Lovelace: send her the paper|promise ada-lovelace" "its message"
run kith done ada paper
is "$(message)" "Done for Ada Lovelace: send her the paper|done ada-lovelace" "done's message"
run kith ask ada 'for the map' -m 'Need a map'
is "$(message)" "Need a map|ask ada-lovelace" "-m, and the trailer"
is "$(git status --porcelain)" "" "all is committed"
echo 'one line of my own' >> people/ada-lovelace.md
run kith topic ada gears
is "$status:$(git status --porcelain)" "0: M people/ada-lovelace.md" "a line of one's own stays out"
is "$(git diff -U0 | grep '^[-+][^-+]')" "+one line of my own" "of the commit"
is "$(git log --oneline | wc -l)" 6 "one commit each"
run kith topic ada '- [ ] gears, again' --no-commit
is "$status" 0 "what begins like an item is text, and no option"
run kith topic ada -5 degrees
is "$status" 2 "an option that there is none"
like "$err" 'what stands after -- may begin with -' "and how to say it as text"
run kith promise ada by tomorrow
is "$status" 2 "a day alone is no promise"
like "$err" 'the text is missing: kith promise WHO TEXT' "it says"
run kith wait ada the snuffbox
run kith done ada snuffbox --json
ok "done --json" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>); die unless $o->{did} eq "done"
	&& $o->{day} eq "2026-11-23" && $o->{text} eq "the snuffbox" && $o->{kind} eq "waiting"
	&& $o->{slug} eq "ada-lovelace" && $o->{commit} =~ /^[0-9a-f]{40}$/' < "$tmp/out"

# --- drop, and what the review counts and does not name ---
journal
contact ada.md <<'END'
---
name: Ada Lovelace
---
- [ ] on time  (due:: 2026-11-30)
- [ ] a bit late  (due:: 2026-11-09)
- [ ] very late  (due:: 2026-11-08)
- [ ] some day
- [ ] #waiting her slides
- [ ] #topic brass

## Log
- 2026-11-08 lunch: old #planned
- 2026-11-09 lunch: not so old #planned
- 2026-09-09 lunch: held #planned
- 2026-09-09 lunch: it was good
END
contact tom.md <<'END'
---
name: Tom
status: archived
---
- [ ] for ever
- [ ] long ago  (due:: 2026-01-01)
END
commit "People"
run kith review --stdout
# listed NAME OPTION TEXT...: the review counts as many with that option as kith todo lists.
listed() {
	name=$1 option=$2
	shift 2
	run kith review --stdout
	said=$(printf '%s\n' "$out" | sed -n "s/^\*\([0-9]*\) .*: kith todo $option\*\$/\1/p")
	run kith todo "$option" --json
	is "$said
$(json 'map { $_->{text} } map { @{$o->{$_}} } qw(promises waiting topics plans)')" "$#
$(printf '%s\n' "$@")" "$name"
}
listed "older promises" --older 'long ago' 'very late'
listed "older plans" --older-plans 'lunch: old'
listed "promises without a day" --no-day 'some day' 'for ever'
run kith todo ada --no-day
expect "of one, with the number among all" 0 <<'END'
Promised
  4  some day
END
printf 'review: {late: 1 year}\n' >> kith.yaml
run kith todo --older
expect "by the journal's settings" 0 <<'END'
nothing is open
END
git checkout -q kith.yaml
run kith drop ada very
expect "a promise is given up" 0 <<END
given up for Ada Lovelace: very late, in people/ada.md
committed $(git rev-parse --short=10 HEAD)
END
is "$(changed_lines)" "-- [ ] very late  (due:: 2026-11-08)
+- [-] very late  (due:: 2026-11-08)  (cancelled:: 2026-11-23)" "its mark and its day"
is "$(message)" "Drop for Ada Lovelace: very late|drop ada" "drop's message"
run kith drop ada slides --no-commit
like "$out" '^no longer expected from Ada Lovelace: her slides' "an answer"
run kith drop ada brass --no-commit
like "$out" '^dropped with Ada Lovelace: brass' "a topic"
run kith drop ada zebra
is "$status $(printf '%s\n' "$err" | grep -c 'kith drop ada N$')" "1 1" "what is not there"
run kith review --stdout --today 2026-11-24
unlike "$out" 'very late|1 promise is older.*very' "and nothing asks for it"

# --- what was closed ---
journal
contact ada.md <<'END'
---
name: Ada Lovelace
---
- [x] kept  (created:: 2026-11-02)  (due:: 2026-11-30)  (completion:: 2026-11-23)
- [-] given up  (created:: 2026-11-01)  (cancelled:: 2026-11-01)
- [x] #waiting her slides  (completion:: 2026-11-20)
- [x] came closed
- [ ] open
END
contact tom.md <<'END'
---
name: Tom
---
END
commit "People"
run kith todo --done ada
expect "what was closed, the latest first" 0 <<'END'
2026-11-23  kept     kept         made 2026-11-02, due 2026-11-30, took 3 weeks
2026-11-20  got      her slides
2026-11-01  dropped  given up     made 2026-11-01, on the same day
            kept     came closed
END
run kith todo --done tom
expect "nothing" 0 <<'END'
nothing has been closed yet
END
printf -- '- [ ] by hand\n' >> people/tom.md
GIT_AUTHOR_DATE=2026-11-01T12:00:00Z git commit -qam "a promise"
git mv people/tom.md people/thomas.md
commit "moved"
sed -i 's/\[ \] by hand/[x] by hand/' people/thomas.md
GIT_AUTHOR_DATE=2026-11-20T12:00:00Z git commit -qam "kept"
printf -- '- [x] later\n' >> people/thomas.md
run kith todo --done --json
is "$(json 'map { "$_->{name}: $_->{text}, $_->{became} " . ($_->{created} // "-") . " " .
	($_->{done} // "-") . " " . ($_->{days} // "-") } @{$o->{closed}}')" \
	"Ada Lovelace: kept, kept 2026-11-02 2026-11-23 21
Ada Lovelace: her slides, got - 2026-11-20 -
Tom: by hand, kept 2026-11-01 2026-11-20 19
Ada Lovelace: given up, dropped 2026-11-01 2026-11-01 0
Ada Lovelace: came closed, kept - - -
Tom: later, kept - - -" "of everybody; days that no field says come from history, through renames"
rm -rf .git
run kith todo --done thomas
expect "without history it is what the fields say" 0 <<'END'
kept  by hand
kept  later
END
run kith todo --done --older
is "$status" 2 "one list at a time"

journal
printf '%s\n' 'task_tags: {promise: task, waiting: [delegated, waiting], topic: ask}' >> kith.yaml
printf '%s\n' '---' 'name: Ada Lovelace' '---' '## Next' '- [ ] #task the slides' '- [ ] milk' |
	contact ada.md
commit "People"
run kith promise ada the paper
run kith wait ada her answer
run kith topic ada the roof
is "$(sed -n 's/ *(created.*//; /^- /p' people/ada.md)" "- [ ] #task the slides
- [ ] #task the paper
- [ ] #task #delegated her answer
- [ ] #task #ask the roof
- [ ] milk" "tasks are marked as the settings say"
run kith todo --json
unlike "$out" milk "a box without their mark is no task"
done_testing
