#!/bin/sh
# What --json prints: of each command an object that begins with its version; schema/check.py then
# holds all outputs to the commands' schemas. Here is what no other test asks for.
. "$(dirname "$0")/lib.sh"
example=$root/templates/example

# gives STATUS COMMAND...: it ends so, and prints such an object.
gives() {
	wanted=$1
	shift
	run "$@"
	is "$status $(json 'ref $o eq "HASH" && $o->{version}') $(sed -n 2p "$tmp/out" | tr -d ' ')" \
		"$wanted 1 \"version\":1," "$*"
}
# One slip of the example is an error in each list.
while IFS= read -r words; do
	# shellcheck disable=SC2086
	gives 1 kith -C "$example" $words
done <<'END'
--json
due --json
review --json --today 2026-11-24
search brass --json
search ruth --json
timeline 2026 --json
timeline --format=json 2026
list --columns name,email,last --json
list --format json
brief ruth,lieve --json
brief --next --json
graph ruth --json
stats --json
todo --json
todo --done --json
check --json -v
END
gives 1 kith -C "$example" check --list --json
gives 0 kith -C "$example" check --read ruth --json
gives 0 kith -C "$example" show samir --json --all

# In lines there is a thing each, and no version.
for words in 'list' 'list --columns name,tags' 'timeline 2026' 'search brass'; do
	# shellcheck disable=SC2086
	run kith -C "$example" $words --format ndjson
	is "$(perl -MJSON::PP -ne 'my $o = decode_json($_); ref $o eq "HASH" && !exists $o->{version} or
		print "$.: $_"; END { print "none" if !$. }' "$tmp/out")" '' "$words: lines"
done

# What writes, for show and really.
ada_and_bob
gives 0 kith review --json
while IFS= read -r words; do
	eval "gives 0 kith $words --json -n"
	eval "gives 0 kith $words --json"
done <<'END'
add Cy Drew email=cy@x.example
met Dot Fox yesterday at the fair
plan ada friday 12:30 lunch: the licence
log ada,bob with cy: y
set ada org=Acme
set ada org=Acme
set --where ada --yes title=CTO
snooze ada 3 weeks
snooze --where ada --yes 4 weeks
pause bob
resume --where is:paused --yes
resume bob
archive --where cy --yes
archive cy
promise ada the paper by friday
ask ada 'for a chair'
wait bob 'the slides'
topic bob floats
done bob slides
drop bob floats
rename cy 'Cyril Drew'
commit
undo
END
gives 0 kith undo --list --json
gives 0 kith history -p --json
{ kith set cy org=X tags=z && kith set dot org=Y && kith promise dot 'a word'; } > "$tmp/out"
gives 0 kith merge cy dot --json
{ kith topic ada one && kith topic ada two; } > "$tmp/out" 2>&1
gives 1 kith done ada --json
gives 0 kith remove bob --yes --json
kith review > "$tmp/out" 2>&1; sed -i 's/^- \[ \]/- [x]/' reviews/*.md
gives 0 kith apply --json -n
gives 0 kith apply --json
gives 0 kith check --fix --json -n
gives 0 kith check --fix --json

# More findings than a page has.
for i in 1 2 3 4 5 6 7 8 9 10 11; do
	printf -- '---\ncadence: some\n---\n' | contact "x$i.md"
done
gives 1 kith review --json
done_testing
