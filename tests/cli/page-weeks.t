#!/bin/sh
# Four weeks of the example journal, lived only through the page: each Monday's page knows all that
# the last one was told. Two weeks with `kith apply` on the day, two where Monday's page does it.
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"
run kith init --example "$tmp/example"
cd "$tmp/example" || exit 1

# tick PATTERN CHAR LINE...: a mark in the item whose first line matches, and lines below it.
tick() {
	perl -CSDA -e '
		my ($page, $pattern, $mark, @lines) = @ARGV;
		local $/; open my $in, "<", $page or die; my $text = <$in>;
		my $lines = join "", map { "  - $_\n" } @lines;
		$text =~ s/^- \[.\](.*(?:$pattern).*\n(?:  - .*\n)*)/- [$mark]$1$lines/m or die "no item $pattern\n";
		open my $out, ">", $page or die; print $out $text' "$page" "$@" || fail "there is an item $1"
}
say() {
	printf '\n%s\n' "$1" >> "$page"
}
monday() {
	KITH_TODAY=$1 page=reviews/$2.md
	run kith review
	[ "$status" -eq 0 ] || [ -z "$out" ] || like "$err" 'imogen-blythe.md:7:10: error' "$2 is written"
}
# under SECTION: what this Monday's page says there.
under() {
	sed -n "/^## $1\$/,/^## /p" "$page" | sed '/^## /d'
}
apply() {
	run kith apply --today "$1"
	is "$(git status --porcelain)" "" "$1: all is in the files, and committed"
}

monday 2026-11-23 2026-W48
tick 'the February flood' x
tick 'thermometer' -
tick 'Elif.*\^r' x 'coffee: rabbit glue, and the ferry at five'
tick 'Camille.*\^r' '>'
tick 'la charla' x 'la charla fue buena'
tick 'VAT form' ' ' 'in 2 weeks'
tick 'sensors \^p' ' ' 'tuesday next week' 'or so'
say '- [ ] promise [[elif-yildirim]] bring her the fish glue by friday'
say '- Gwen Pritchard call: the diary is in the attic'
apply 2026-11-24
tick 'Ruth.*\^r' x 'call: 75, with hedgehogs'
tick 'brass tape' x
tick 'dumplings' x 'next time at hers'
tick 'hardware licence' x
tick 'Tendai' -
tick '1968 flood' '>'
apply 2026-11-26

monday 2026-11-30 2026-W49
unlike "$(cat "$page")" 'February flood|thermometer|brass tape|hardware licence' "what was closed or dropped is not asked again"
unlike "$(under 'Did it happen?')" 'charla|dumplings' "nor what took place"
unlike "$(under 'Reach out')" 'Elif|Ruth' "who was talked to is not due"
like "$(under 'Reach out')" 'Camille' "who rested until Monday is"
like "$(under 'Reach out')" 'Tendai' "who was left out for a week is"
like "$(under 'Last week')" 'Tue 24 · coffee with \[Elif.*rabbit glue, and the ferry at five' "a talk that was ticked is told"
like "$(under 'Last week')" 'Thu 26 · call with \[Ruth.*75, with hedgehogs' "another"
like "$(under 'Last week')" 'Wed 25 · lunch with \[Imogen.*dumplings; next time at hers' "a plan with what was said"
like "$(under 'Last week')" 'Tue 24 · call with \[Gwen.*the diary is in the attic' "a line of one's own"
like "$(under 'This week')" 'Fri 27 Nov.*Elif.*you promised: bring her the fish glue' "a promise of one's own, and its day"
unlike "$(under 'Waiting for')" 'VAT form' "what is awaited later is not asked for yet"
like "$(under 'Waiting for')" '1968 flood' "what was moved to Monday is"

tick 'fish glue' x
tick '1968 flood' x 'email: scanned, all of it'
tick 'Camille.*\^r' x 'she is on the Rhône' 'and sends a recording'
tick 'Tendai' ' ' 'in 3 weeks'
tick 'Gwen.*gauge no. 12' '>'
tick '한지우.*\^d' x
apply 2026-12-02

monday 2026-12-07 2026-W50
unlike "$(cat "$page")" 'fish glue|1968 flood' "week 50: what was closed is not asked again"
unlike "$(under 'Reach out')" 'Camille|Tendai' "nor who was talked to, or rests"
like "$(under 'This week')" '^- \[ \] \*\*Mon 7\*\*.*Gwen.*gauge no. 12 goes in' "a plan that was moved stands on its new day"
like "$(under 'Waiting for')" 'VAT form' "what was to come in two weeks is asked for"
like "$(under 'Last week')" 'Wed 2 · \[Camille.*she is on the Rhône' "a talk is told"
like "$(under 'Last week')" 'Wed 2 · email with \[Gwen.*scanned, all of it' "and what was said with an answer"

# From here on nothing but the page, and Monday's.
perl -pi -e 's/^#? ?(review: \{.*)\}/$1, apply: auto}/' kith.yaml && commit "Let the page be applied by itself"
start=$(git rev-list --count HEAD)
tick 'gauge no. 12' x 'it stands'
tick 'VAT form' x
tick 'Mateus.*\^r' x 'tue call: the skiff floats'
tick 'Foto vom Panorama' -
say '- [[tendai-moyo]] thu letter: the proof, without words'
say '- [ ] wait [[camille-rousseau]] the tape of the lock by 2026-12-15'

monday 2026-12-14 2026-W51
unlike "$(cat "$page")" 'VAT form|Foto vom Panorama' "week 51: what was closed or dropped is not asked again"
unlike "$(under 'Did it happen?')" 'gauge no. 12' "nor what took place"
like "$(under 'Last week')" 'Mon 7 · visit with \[Gwen.*gauge no. 12 goes in; it stands' "a plan with what was said"
like "$(under 'Last week')" 'Tue 8 · call with .*the skiff floats' "a talk on its day"
like "$(under 'Last week')" 'Thu 10 · letter with \[Tendai.*the proof, without words' "a line of one's own"
like "$(under 'Waiting for')" 'Camille.*the tape of the lock' "and what is waited for"
tick 'the tape of the lock' x

monday 2026-12-21 2026-W52
unlike "$(cat "$page")" 'the tape of the lock' "week 52: what came is not waited for"
is "$(git status --porcelain)" "" "all is committed"
is "$(git log --format=%s | grep -c '^Apply week')" 5 "a commit each time"
is "$(grep -c '\[x\]' reviews/2026-W48.md)" 7 "and the ticks stay on the pages"
run kith todo --done
for what in 'February flood' 'brass tape' 'hardware licence' 'fish glue' '1968 flood' 'VAT form' 'the tape of the lock'; do
	like "$out" "$what" "kith todo --done knows: $what"
done
done_testing
