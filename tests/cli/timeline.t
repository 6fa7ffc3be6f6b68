#!/bin/sh
# Entries in the order of time: which days, whose, and a meeting of several once.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'END'
---
name: Ada Lovelace
location: London
---
## Log
- 2026-12-01 12:30 lunch with [[bob]]: noodles #planned
- 2026-11-20 call with [[bob]]: the grant
- 2026-11-19 14:00 email: about ^[[31m red
- 2026-06-01 tried
- 2025-02-01 coffee: old times #cancelled
END
contact bob.md <<'END'
---
name: Bob Stone
---
## Log
- 2026-11-20 call with [[ada]]: the grant
- 2026-11-19 09:00 note: a thought
- 2026-10-05
END
run kith timeline
expect "three months and what is planned; a meeting stands once" 0 <<'END'
day         time   who                         what
2026-10-05         Bob Stone
2026-11-19  09:00  Bob Stone                   note: a thought
2026-11-19  14:00  Ada Lovelace                email: about ^[[31m red
2026-11-20         Ada Lovelace and Bob Stone  call: the grant
2026-12-01  12:30  Ada Lovelace and Bob Stone  planned, lunch: noodles
END
run kith timeline .. in:London --format tsv
expect "all days, of some" 0 <<END
$(printf 'day\ttime\twho\twhat')
$(printf '2025-02-01\t\tAda Lovelace\tcancelled, coffee: old times')
$(printf '2026-06-01\t\tAda Lovelace\ttried')
$(printf '2026-11-19\t14:00\tAda Lovelace\temail: about ^[[31m red')
$(printf '2026-11-20\t\tAda Lovelace and Bob Stone\tcall: the grant')
$(printf '2026-12-01\t12:30\tAda Lovelace and Bob Stone\tplanned, lunch: noodles')
END
days() { kith timeline --format ndjson "$@" | sed 's/^{"day":"\([^"]*\)".*/\1/' | paste -sd' ' -; }
is "$(days last-week)" "2026-11-19 2026-11-19 2026-11-20" "a week"
is "$(days 2026-10)" "2026-10-05" "a month"
is "$(days 2025)" "2025-02-01" "a year"
is "$(days 7mo..3mo)" "2026-06-01" "a range"
is "$(days .. text:grant)" "2026-11-20" "text: is the entry's"
is "$(days .. bob)" "2026-10-05 2026-11-19 2026-11-20 2026-12-01" "who was there, in whosever file it stands"
is "$(days .. limit:2)" "2026-11-20 2026-12-01" "the latest so many"
is "$(days ada)" "2026-11-19 2026-11-20 2026-12-01" "a name is no span"
run kith timeline --json 2026-11-20
ok "--json" perl -MJSON::PP -e 'local $/; my $l = decode_json(<STDIN>)->{entries}; die unless @$l == 1;
	my $e = $l->[0]; die if $e->{kind} ne "contact" || $e->{channel} ne "call" || defined $e->{time} ||
	$e->{line} != 7 || join(",", map { $_->{slug} } @{$e->{people}}) ne "ada,bob";' < "$tmp/out"
run kith timeline 2024
expect "nothing" 0 <<'END'
[stderr]
kith: nothing happened then
END
# What stands in daily notes counts as what stands in the people's files.
printf 'daily: {folder: Daily}\n' >> kith.yaml
mkdir Daily
printf -- '- call with [[ada]] and [[bob]]: the daily grant\n' > Daily/2026-11-18.md
run kith timeline 2026-11-18 --json
is "$(json 'map { join " ", $_->{path}, $_->{line}, map { $_->{slug} } @{$_->{people}} } @{ $o->{entries} }')" \
	"Daily/2026-11-18.md 1 ada bob" "a conversation in another note"
is "$(days .. text:daily bob)" "2026-11-18" "is asked by its text and people"
is "$(kith search daily tag:x --format plain)$(kith search daily --format plain)" \
	"Daily/2026-11-18.md:1:1: the daily grant" "and is found by search"
for words in 3mo 2026-13 2026..2025 '.. tagg:x' '.. sort:last'; do
	# shellcheck disable=SC2086
	run kith timeline $words
	is "$status:$out" "2:" "kith timeline $words is wrong usage"
done
done_testing
