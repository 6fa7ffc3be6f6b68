#!/bin/sh
# Somebody new in an old journal is no old debt, and stands behind those whom one aims for.
. "$(dirname "$0")/lib.sh"

# old [LINE...]: a journal begun two years ago, with more lines of settings.
old() {
	journal
	printf 'version: 1\nsince: 2024-11-23\n' > kith.yaml
	[ $# -eq 0 ] || printf '%s\n' "$@" >> kith.yaml
	commit "Two years"
}
# spread SLUG FROM TO: the day of SLUG between FROM and TO, of which TO is the first that is none.
spread() {
	perl -MTime::Local=timegm -MPOSIX=strftime -e '
		my ($slug, $from, $to) = @ARGV; my $h = 0xcbf29ce484222325;
		for (unpack "C*", $slug) { $h ^= $_; use integer; $h *= 0x100000001b3; no integer; $h = unpack("Q", pack("q", $h)) if $h < 0 }
		my ($a, $b) = map { my ($y, $m, $d) = split /-/; timegm(0, 0, 12, $d, $m - 1, $y) / 86400 } $from, $to;
		print strftime("%Y-%m-%d", gmtime(86400 * ($a + $h % int($b - $a + 0.5))))' "$@"
}
due() {
	run kith show "$1" --json
	json '$o->{due}'
}

# --- from the day they were added ---
old
run kith add Bob Smith
is "$status $(grep -c '^added: 2026-11-23$' people/bob-smith.md)" "0 1" "kith add writes the day"
want=$(spread bob-smith 2026-11-23 2027-05-23)
is "$(due bob-smith)" "$want" "and from that day on they are spread"
run kith add Jim --json
like "$(json '$o->{next}')" '^202[67]-' "kith add says when"
run kith add Rob
unlike "$out" 'is due$|late|months' "not that it is due at once"
like "$out" '^next check-in: ' "but the day"
run kith add Ann added=2026-06-01
is "$(grep '^added:' people/ann.md)" "added: 2026-06-01" "a day that is given is not written twice"
for key in added created 'date created' dateCreated date_created 'Date-Created' created_at 'created at'; do
	printf -- '---\nname: Carol\n%s: 2026-11-01\n---\n' "$key" | contact carol.md
	is "$(due carol)" "$(spread carol 2026-11-01 2027-05-01)" "read from $key"
	is "$err" "" "without a finding"
done
for value in 2026-11-01T10:00:00Z '2026-11-01 10:00' '"[[2026-11-01]]"' 01.11.2026 'Nov 1, 2026'; do
	case $value in 01.*) value=01.11.2026 ;; esac
	printf -- '---\nname: Carol\ncreated: %s\n---\n' "$value" | contact carol.md
	is "$(due carol)" "$(spread carol 2026-11-01 2027-05-01)" "created: $value"
done
printf -- '---\nname: Carol\nadded: 2020-01-01\n---\n' | contact carol.md
is "$(due carol)" "$(spread carol 2024-11-23 2025-05-23)" "not from before the journal"
printf -- '---\nname: Carol\nadded: 2026-11-01\ncadence: 2 weeks\n---\n' | contact carol.md
is "$(due carol)" "$(spread carol 2026-11-01 2026-11-15)" "over an interval of their own"
printf -- '---\nname: Carol\nadded: 2026-11-20\n---\n## Log\n- 2026-03-01 call: x\n' | contact carol.md
is "$(due carol)" 2026-09-01 "a talk is never spread"
printf -- '---\nname: Carol\nadded: yesterday-ish\n---\n' | contact carol.md
run kith check
like "$out" '^people/carol.md:3:8: error: ' "a day that is none is an error"
rm people/carol.md
for file in people/*.md; do sed -i 's/^added: .*/added: 2026-11-23/' "$file"; done
run kith
unlike "$out" 'months late|[0-9]+ (weeks|months) late' "nobody is late at once"
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	printf -- '---\nname: New %s\nadded: 2026-11-23\n---\n' $i | contact new-$i.md
done
printf -- '---\nname: Zoe Friend\ncadence: 6 weeks\n---\n## Log\n- 2026-10-01 call: x\n' | contact zoe.md
run kith review --stdout
like "$out" '^- \[ \] \*\*\[Zoe Friend\]' "thirty who were added do not take the places"
is "$(test "$(printf '%s\n' "$out" | grep -c '\^r-')" -le 4 && echo few)" few "few of them are due in their first week"
printf -- '---\nname: Ada\nadded: 2026-11-20\n---\n' | contact ada.md
printf -- '---\nname: Ada Byron\nadded: 2025-02-01\n---\n' | contact ada-byron.md
commit "Two of one"
run kith merge ada ada-byron
is "$(grep -c '^added: 2025-02-01' people/ada.md) $(grep -c '^merged' people/ada.md)" "1 0" "merged, the earlier day stays"

# --- whom one aims for stands first ---
old 'cadence_by_tag: {mentor: 2 months}' 'review: {reach_out: 3}'
# Far more late than the others, but by the default alone.
for who in a-default b-default c-default; do
	printf -- '---\nname: %s\n---\n## Log\n- 2026-03-25 call: x\n' $who | contact $who.md
done
printf -- '---\nname: y-tag\ntags: [mentor]\n---\n## Log\n- 2026-09-24 call: x\n' | contact y-tag.md
printf -- '---\nname: z-own\ncadence: 8 weeks\n---\n## Log\n- 2026-10-01 call: x\n' | contact z-own.md
printf -- '---\nname: w-own\ncadence: light\n---\n## Log\n- 2026-05-26 call: x\n' | contact w-own.md
order() {
	printf '%s\n' "$out" | sed -n 's/^- \[ \] \*\*\[\([^]]*\)\].*\^r-.*/\1/p' | tr '\n' ' '
}
run kith review --stdout
is "$(order)" "y-tag w-own z-own " "who has an interval of their own or by a tag, before who has the default"
like "$out" 'can wait: a-default' "the others can wait"
run kith due --json
is "$(json 'map { $_->{slug} } @{ $o->{people} }' | tr '\n' ' ')" "y-tag w-own z-own a-default b-default c-default " "in kith due as well"
printf -- '---\nname: d-birthday\nbirthday: 1980-11-26\n---\n## Log\n- 2026-05-20 call: x\n' | contact d-birthday.md
printf -- '---\nname: e-new\nmet: 2026-11-16\n---\n' | contact e-new.md
run kith review --stdout
is "$(order)" "e-new d-birthday y-tag " "after new ties and birthdays"
like "$out" 'can wait: (w-own|z-own)' "of those who can wait, whom one aims for is named first"

# --- what is said of an aim ---
run kith review --stdout
is "$(printf '%s\n' "$out" | grep -c 'd-birthday')" 2 "somebody with the default has a place"
unlike "$(printf '%s\n' "$out" | sed -n '/\*\*\[d-birthday/,/^- /p')" 'you aim for' "nobody aims for the default"
like "$(printf '%s\n' "$out" | sed -n '/\*\*\[d-birthday/,/^- /p')" 'since you talked' "but it is said how long it is"
like "$(printf '%s\n' "$out" | sed -n '/\*\*\[y-tag/,/^- /p')" 'you aim for' "a tag is an aim"
run kith show a-default
unlike "$out" 'you aim for' "and in kith show"

# --- words of another command ---
old
printf -- '---\nname: Peter\n---\n' | contact peter.md
commit "Peter"
# refused SHOWN WORDS...: status 2, nothing written, and a line with what was meant.
refused() {
	shown=$1 before=$(state)
	shift
	run kith "$@"
	is "$status $(state)" "2 $before" "kith $*: refused"
	like "$err" "^ *$shown( |\$)" "and shown: $shown"
	git reset -q --hard "${before%%[!0-9a-f]*}" && git clean -qf
}
refused 'kith met Bob Smith via peter at the pub' add Bob Smith via peter at the pub
refused 'kith met Bob Smith at the pub' add Bob Smith at the pub
refused 'kith met Bob Smith via peter' add Bob Smith via peter
refused 'kith met Carol yesterday' add Carol yesterday
refused 'kith met Carol Jones last friday' add Carol Jones last friday
refused 'kith met Carol 2026-11-20' add Carol 2026-11-20
refused 'kith met Carol today at the fair' add Carol today at the fair
refused 'kith met Carol 2 weeks ago' add Carol 2 weeks ago
refused 'kith met Carol yesterday org=Navy' add Carol yesterday org=Navy
for name in 'Tuesday Weld' 'Vía Láctea' 'At Work' 'Attila Via' 'May Day'; do
	# shellcheck disable=SC2086
	run kith add $name -n
	is "$status" 0 "a name all the same: $name"
done
run kith add -n -- Carol Yesterday
like "$out" '^\+name: Carol Yesterday$' "after -- all is the name"

# --- two of one name ---
printf -- '---\nname: Hugh Grant\n---\n' | contact hugh-grant.md
printf -- '---\nname: Hugh Laurie\nstatus: deceased\n---\n' | contact hugh-laurie.md
printf -- '---\nname: Ann\n---\n' | contact ann.md
commit "Two of one name"
for words in 'met Zed via hugh' 'add Zed introduced_by=hugh' 'set ann introduced_by=hugh' 'set ann knows+=hugh' \
	'log ann 2020-01-02 call with hugh: x'; do
	before=$(state)
	# shellcheck disable=SC2086
	run kith $words
	is "$(test "$status" -ne 0 && state)" "$before" "kith $words is refused, whatever their status"
	like "$err" 'Hugh Laurie' "with the one"
	like "$err" 'Hugh Grant' "and the other"
	git reset -q --hard "${before%%[!0-9a-f]*}" && git clean -qf
done
run kith met Zed via hugh-laurie
is "$status" 0 "either can be said"
done_testing
