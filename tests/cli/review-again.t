#!/bin/sh
# A page made again is one that could have been made in one go: what went wrong once, case by case.
# page-laws.t tries many weeks at random.
# Hundreds of commits are no work for a disk.
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"
page=reviews/2026-W48.md

made() {
	run kith review --today "$1" $2
	[ "$status" -le 1 ] || fail "made on $1" "$err"
}
# tidy NAME: no blank lines doubled, no heading, id or line of kith's own twice, nothing glued together.
tidy() {
	is "$(perl -e '
		my ($body, %seen, @wrong) = (0); open my $in, "<", shift; my @l = map { s/\r?\n$//r } <$in>; my $section = "";
		for my $i (0 .. $#l) {
			$body = 1 if $l[$i] =~ /^# /; next if !$body;
			push @wrong, "two blank lines at " . ($i + 1) if $i && $l[$i] eq "" && $l[$i - 1] eq "";
			my $heading = $l[$i] =~ /^## (.*)/ ? $1 : $i && $l[$i] =~ /^-+$/ && $l[$i - 1] =~ /^[A-Z]/ ? $l[$i - 1] : undef;
			if (defined $heading) { $section = $heading; push @wrong, "twice: $heading" if $seen{"## $heading"}++ }
			push @wrong, "twice: $1" if $l[$i] =~ /(\^[rdpwh]-[a-z2-7]{7})/ && $seen{$1}++;
			push @wrong, "twice: $l[$i]" if $l[$i] =~ /^(- )?\*[^*].*\*$/ && $seen{"$section$l[$i]"}++;
			push @wrong, "glued: $l[$i]" if $l[$i] =~ /^\*[^*].*\*$/ && $i && $l[$i - 1] ne "";
		}
		my @order = ("This week", "Reach out", "Ahead", "Just passed", "Did it happen?", "Waiting for", "What changed", "Give and ask",
			"Drifting", "Last week", "A year ago", "Needs a look");
		my %place = map { ($order[$_] => $_) } 0 .. $#order; my $last = -1;
		for my $i (0 .. $#l) {
			my $h = $l[$i] =~ /^## (.*)/ ? $1 : $i < $#l && $l[$i + 1] =~ /^-+$/ ? $l[$i] : next;
			next if !defined $place{$h}; push @wrong, "out of order: $h" if $place{$h} < $last; $last = $place{$h};
		}
		print map { "$_\n" } @wrong' "$page")" "" "$1"
}
# whole NAME: it is as one made in one go.
whole() {
	run kith review --today "$2" --stdout
	ok "$1: as if made in one go" diff "$tmp/out" $page
}
# ada LINE...: her file, with these lines under Log.
person() {
	name=$1 head=$2
	shift 2
	{
		printf -- "---\nname: $name\n$head---\n## Log\n"
		[ $# -eq 0 ] || printf -- '- %s\n' "$@"
	} | contact "$(echo "$name" | tr 'A-Z ' 'a-z-').md"
}

# --- older plans ---
journal
person Ada 'cadence: none\n' '2026-11-18 lunch: a #planned' '2026-09-20 lunch: old #planned'
commit People
made 2026-11-23
is "$(grep -c 'plan is older' $page)" 1 "a plan that is older is counted"
sed -i 's/^## Log/&\n- 2026-11-19 coffee: b #planned/' people/ada.md
made 2026-11-23
tidy "one more plan beside it"
whole "one more plan" 2026-11-23
sed -i 's/^- 2026-09-20/- 2026-09-19 lunch: older #planned\n&/' people/ada.md
made 2026-11-24
tidy "one more that is older"
is "$(grep -c 'older' $page)" 1 "is counted in the same line"
whole "one more that is older" 2026-11-24
sed -i '/2026-09/d' people/ada.md
made 2026-11-24
unlike "$(cat $page)" 'older' "none is older any more"
tidy "and the line is gone"
# The same with older promises, and those without a day.
journal
person Ada 'cadence: none\n'
printf -- '\n## Next\n- [ ] old (due:: 2026-09-01)\n- [ ] no day\n' >> people/ada.md
commit People
made 2026-11-23
printf -- '- [ ] now (due:: 2026-11-25)\n- [ ] later (due:: 2026-12-02)\n- [ ] older (due:: 2026-08-01)\n- [ ] nor here\n' >> people/ada.md
made 2026-11-23
tidy "promises beside such lines"
whole "promises" 2026-11-23

# --- sections that come later ---
for facts in 'birthday: 1984-11-26' 'birthday: 1984-11-18' 'birthday: 1984-12-04' 'met: 2026-11-15' 'cadence: 6 weks' 'tags: [x]'; do
	journal
	person Ada 'cadence: none\n' '2026-11-18 call: x'
	commit People
	made 2026-11-23
	person Bea "$facts\n" '2025-11-26 visit: y' '2026-11-17 lunch: p #planned'
	printf -- '\n## Next\n- [ ] #waiting slides (due:: 2026-11-20)\n' >> people/bea.md
	made 2026-11-23
	tidy "a section more: $facts"
	whole "a section more: $facts" 2026-11-23
done

# --- an empty heading; deleted items and sections ---
week() {
	journal
	person Ada 'cadence: 6 weeks\nbirthday: 1984-11-26\n' '2026-09-20 call: x'
	person Bea 'cadence: 6 weeks\n' '2026-09-21 call: y' '2026-11-25 lunch: noodles #planned'
	person Cy 'cadence: 6 weeks\n' '2026-09-22 call: z' '2026-11-18 coffee: cake #planned' '2026-11-19 call: last week'
	printf -- '\n## Next\n- [ ] tea (due:: 2026-11-27)\n- [ ] #waiting slides (due:: 2026-11-20)\n' >> people/ada.md
	commit People
	made 2026-11-23
}
week
perl -0pi -e 's/^- \[ \] \*\*\[.*\n(  .*\n)*//mg' $page
made 2026-11-24
tidy "all items of a section deleted, the heading left"
is "$(grep -c '\^r-' $page)" 0 "they do not come back"
made 2026-11-26
# Bea, whose lunch lies behind by now, was never offered.
is "$(grep -c '\[Ada\].*\^r-' $page)" 0 "nor later"
for kind in r d p h w; do
	week
	perl -0pi -e "s/^- \\[ \\] .*\\^$kind-.*\\n(  .*\\n)*//m" $page
	left=$(grep -c "\\^$kind-" $page)
	made 2026-11-23
	is "$(grep -c "\\^$kind-" $page)" "$left" "a deleted item stays off the page: $kind"
	kith commit > /dev/null 2>&1
	printf 'Notes.\n' >> people/cy.md
	made 2026-11-25
	is "$(grep -c "\\^$kind-" $page)" "$left" "two days later as well: $kind"
	tidy "and the rest is in order: $kind"
done
for section in 'This week' 'Reach out' 'Waiting for' 'Last week' 'Did it happen?'; do
	week
	ids=$(SECTION=$section perl -0ne 'print $1 =~ /\^[rdpwh]-\w+/g if /^## \Q$ENV{SECTION}\E\n(.*?)(?=^## |\z)/ms' $page)
	SECTION=$section perl -0pi -e 's/^## \Q$ENV{SECTION}\E\n.*?(?=^## |\z)//ms' $page
	made 2026-11-23
	unlike "$(cat $page)" "^## $(echo "$section" | tr -d '?')" "a deleted section stays off: $section"
	made 2026-11-25
	unlike "$(cat $page)" "^## $(echo "$section" | tr -d '?')" "two days later as well: $section"
	tidy "and the rest is in order: $section"
done
# Whoever committed the deletion.
week
printf '#!/bin/sh\nperl -0pi -e "%s" "$1"\n' 's/^- \[ \] \*\*\[Ada.*\n(  .*\n)*//m' > "$tmp/editor"
chmod +x "$tmp/editor"
EDITOR="$tmp/editor" run kith review -e --today 2026-11-23
made 2026-11-24
unlike "$(cat $page)" '\*\*\[Ada\]' "deleted in kith review -e, it stays off"
week
perl -0pi -e 's/^- \[ \] \*\*\[Ada.*\n(  .*\n)*//m' $page
kith commit > /dev/null 2>&1
made 2026-11-24
unlike "$(cat $page)" '\*\*\[Ada\]' "deleted and committed with kith commit"
week
perl -0pi -e 's/^- \[ \] \*\*\[Ada.*\n(  .*\n)*//m' $page
commit "Less of it"
made 2026-11-24
unlike "$(cat $page)" '\*\*\[Ada\]' "or with git"
# Where a person commits, their commits say what stood on the page.
for when in before after; do
	week
	git reset -q HEAD~1
	printf 'commit: manual\n' >> kith.yaml
	commit "The page"
	perl -0pi -e 's/^- \[ \] \*\*\[Ada.*\n(  .*\n)*//m' $page
	[ $when = after ] || commit "Less of it"
	made 2026-11-24
	unlike "$(cat $page)" '\*\*\[Ada\]' "deleted $when a commit by hand, with commit: manual"
done
run kith review --stdout --today 2026-11-24
like "$out" '\*\*\[Ada\]' "a page printed afresh has it"
made 2026-11-30
like "$(cat reviews/2026-W49.md)" '\*\*\[Ada\]' "and so has the next week's"
week
perl -0pi -e 's/^- \[ \] \*\*\[Ada.*\n(  .*\n)*//m' $page
made 2026-11-23
ok "the person's file is not touched" git diff --quiet HEAD -- people
sed -i 's/^## Next/&\n- [ ] cake (due:: 2026-11-28)/' people/ada.md
made 2026-11-24
like "$(cat $page)" 'cake.*\^p-' "what is new comes all the same"

week
perl -0pi -e 's/^- \[ \] \*\*\[Ada.*\n(  .*\n)*//m' $page
made 2026-11-23
perl -0pi -e 's/^hidden: \[(.*)\]\n/hidden:\n  - "$1"\nmood: fine\n/m' $page
cp $page "$tmp/listed"
made 2026-11-23
ok "a list of another form is left as it is" cmp -s "$tmp/listed" $page
perl -0pi -e 's/^- \[ \] .*tea.*\n(  .*\n)*//m' $page
made 2026-11-24
like "$(cat $page)" '^hidden: \[r-[a-z2-7]{7}, p-[a-z2-7]{7}\]$' "and is read"
like "$(sed -n '/^hidden/{n;p;}' $page)" '^mood: fine$' "to its end"

# --- headings of another kind ---
for section in 'This week' 'Reach out' 'Last week'; do
	week
	SECTION=$section perl -0pi -e 's/^## (\Q$ENV{SECTION}\E)\n/$1\n---------\n/m' $page
	made 2026-11-23
	tidy "a heading made setext: $section"
	made 2026-11-25
	tidy "two days later as well: $section"
	is "$(grep -c "^$section\$\|^## $section\$" $page)" 1 "it stands once: $section"
done
week
sed -i 's/^## Reach out$/## Reach out ##/; s/^## Last week$/##  Last week/' $page
made 2026-11-24
is "$(grep -c 'Reach out\|Last week' $page)" 2 "closed by signs, or with blanks"
tidy "in order"

# --- the facts of other weeks stay out ---
week
sed -i 's/^## Log/&\n- 2026-11-30 call: of Monday/' people/ada.md
made 2026-11-30 --last
unlike "$(cat $page)" 'of Monday|Mon 30|planned on Mon' "--last on Monday does not tell of today's call"
week
sed -i 's/^## Log/&\n- 2026-12-01 call: of Tuesday/' people/bea.md
sed -i 's/^## Log/&\n- 2026-11-29 call: of Sunday/' people/ada.md
run kith review --today 2026-12-02 2026-W48
unlike "$(cat $page)" 'Tuesday|Tue 1|planned on' "nor of a later one"
like "$(sed -n '/\*\*\[Ada/,/^- /p' $page)" 'talked on Sun 29' "but of one within the week"
week
kith --today 2026-12-01 promise ada later by 2026-12-03 > /dev/null
run kith review --today 2026-12-01 --last
unlike "$(cat $page)" 'later' "a promise made later is none of that week"
journal
person Ada 'cadence: 2 weeks\n' '2026-11-30 call: x' '2026-11-10 call: y'
commit People
run kith review --today 2026-11-30 --last
unlike "$(cat $page)" 'planned' "a page of last week made for the first time, too"
like "$(cat $page)" '\^r-' "she was due in it"

# --- what became of it is said ---
week
sed -i 's/^## Log/&\n- 2026-11-26 call: many returns/' people/ada.md
made 2026-11-26
like "$(sed -n '/turns 42/{n;p;}' $page)" '^  - \*.*talked on Thu 26' "a birthday: talked since"
journal
person Ada 'cadence: none\nbirthday: 1984-11-18\n' '2026-09-20 call: x'
commit People
made 2026-11-23
like "$(cat $page)" 'turned 42' "a birthday that just passed"
sed -i 's/^## Log/&\n- 2026-11-19 call: many returns/' people/ada.md
made 2026-11-23
like "$(sed -n '/turned 42/{n;p;}' $page)" '^  - \*.*talked on Thu 19' "and a talk on Thursday, noted later"
week
sed -i 's/^## Log/&\n- 2026-11-24 tried/' people/ada.md
made 2026-11-25
like "$(sed -n '/\*\*\[Ada/,/^- /p' $page)" 'tried on Tue 24' "an attempt is told"
journal
person Ada 'cadence: 6 weeks\n' '2026-11-16 tried' '2026-09-20 call: x'
commit People
made 2026-11-23
like "$(sed -n '/\*\*\[Ada/,/^$/p' $page)" 'tried on Mon 16' "on a fresh page as well"
week
sed -i 's/lunch: noodles #planned/lunch: noodles/' people/bea.md
made 2026-11-25
like "$(sed -n '/noodles.*\^h-/{n;p;}' $page)" '^  - \*' "a plan that took place says so"
done_testing
