#!/bin/sh
# Entries as people write them by hand: each is read as its writer meant, or not at all.
. "$(dirname "$0")/lib.sh"

journal
printf -- '---\nname: Grace Hopper\n---\n' | contact grace.md
commit "A journal"

# entries: of the body in people/x.md, a line each: DAY TIME CHANNEL KIND WITH | TEXT.
entries() {
	{
		printf -- '---\nname: Xenia\n---\n'
		printf '%b' "$1"
	} | contact x.md
	run kith show x --all --json
	json 'map { my $e = $_; $e->{time} =~ s{^(\d\d:\d\d)[:.\dZ]*([+-]\d\d:?\d\d)?$}{$1} if $e->{time};
		join(" ", map({ $e->{$_} // "-" } qw(day time channel kind)),
		join(",", map { ref ? $_->{slug} // $_->{name} : $_ } @{ $e->{with} }) || "-") . " | " . ($e->{text} // "") }
		@{ $o->{entries} }'
}
# reads LINE WANT...: an item under Log is one entry, so; WANT: `DAY TIME CHANNEL KIND WITH | TEXT`.
reads() {
	is "$(entries "## Log\n\n- $1\n")" "$2" "- $1"
	run kith check
	[ "$status" -eq 0 ] || fail "and no finding: $1" "$out"
}
# body TEXT WANT NAME: the entries of a whole body.
body() {
	is "$(entries "$1")" "$2" "$3"
}

# --- marks of emphasis around the date, the time, the channel, or several of them ---
for line in '**2026-11-20:** call: x' '**2026-11-20**: call: x' '*2026-11-20* call: x' '_2026-11-20_ call: x' \
	'__2026-11-20:__ call: x' '***2026-11-20*** call: x' '2026-11-20 **call**: x' '2026-11-20 *call*: x' \
	'2026-11-20 **call:** x' '2026-11-20 _call_ - x' '**2026-11-20** **call**: x' '**2026-11-20 - Call**: x' \
	'**2026-11-20 call**: x' '**2026-11-20 call:** x' '**2026-11-20: call** x' '**2026-11-20 — call** — x' \
	'*2026-11-20* · *call* · x' '**2026-11-20** | call | x'; do
	reads "$line" '2026-11-20 - call contact - | x'
done
reads '**2026-11-20:** tried: x' '2026-11-20 - tried tried - | x'
reads '**2026-11-20:** **tried**' '2026-11-20 - tried tried - | '
reads '*2026-11-14 14:30* call' '2026-11-14 14:30 call contact - | '
reads '**2026-11-14 14:30 call** x' '2026-11-14 14:30 call contact - | x'
reads '**2026-11-14 14:30** - call - x' '2026-11-14 14:30 call contact - | x'
reads '**2026-11-20 call with [[grace]]**: x' '2026-11-20 - call contact Grace Hopper | x'
reads '**2026-11-20** call with **[[grace]]**: x' '2026-11-20 - call contact Grace Hopper | x'
reads '2026-11-20 call: **x** and *y*' '2026-11-20 - call contact - | **x** and *y*'
reads '**2026-11-20** **x** and y' '2026-11-20 - - contact - | **x** and y'

# --- links around the date ---
reads '[[2026-11-20]] call: x' '2026-11-20 - call contact - | x'
reads '[[Daily/2026-11-20]] call: x' '2026-11-20 - call contact - | x'
reads '[[Daily/2026/2026-11-20|Friday]] call: x' '2026-11-20 - call contact - | x'
reads '[2026-11-20](2026-11-20.md) call: x' '2026-11-20 - call contact - | x'
reads '[2026-11-20](../Daily/2026-11-20.md "Friday"): call: x' '2026-11-20 - call contact - | x'
reads '**[2026-11-20](x.md)** call: x' '2026-11-20 - call contact - | x'
reads '**[[2026-11-20]]:** call: x' '2026-11-20 - call contact - | x'
reads '[[2026-10-01 Kickoff]]' '2026-10-01 - - contact - | Kickoff'
reads '[[Meetings/2026-10-01 Kickoff]]' '2026-10-01 - - contact - | Kickoff'

# --- separators ---
for sep in ':' ' -' ' –' ' —' ' ·' ' |'; do
	reads "2026-11-20$sep email$sep x" '2026-11-20 - email contact - | x'
done
reads '2026-11-20 · email' '2026-11-20 - email contact - | '
reads '2026-11-20 | email |' '2026-11-20 - email contact - | '
reads '2026-11-20 · email with [[grace]] · x' '2026-11-20 - email contact Grace Hopper | x'
reads '2026-11-20 · x · y' '2026-11-20 - - contact - | x · y'
printf 'channels: [slack, email, call, tried, note]\n' >> kith.yaml
reads '2026-11-20 · slack · x' '2026-11-20 - slack contact - | x'
reads '2026-11-20 · slack ·' '2026-11-20 - slack contact - | '
reads '2026-11-20 | Slack | x' '2026-11-20 - slack contact - | x'
git checkout -q kith.yaml

# --- times ---
reads '2026-11-20T14:30:00Z call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20T14:30:15+01:00 call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20T14:30:15-0500: call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20T14:30 call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20 14:30:15 call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20 14:30:15.123Z call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20 14:30–15:00 call: x' '2026-11-20 14:30–15:00 call contact - | x'
reads '2026-11-20 14:30: call: x' '2026-11-20 14:30 call contact - | x'
reads '2026-11-20 - 14:30 - call - x' '2026-11-20 14:30 call contact - | x'

# --- dates of all shapes that the grammar names ---
for date in 2026.11.20 2026/11/20 20.11.2026 20261120 '20 Nov 2026' 'November 20, 2026' 'Nov 20, 2026' 2026-W47-5; do
	reads "$date call: x" '2026-11-20 - call contact - | x'
	reads "**$date**: call: x" '2026-11-20 - call contact - | x'
done

# --- a channel before the text ---
reads '2026-11-20 call the grant' '2026-11-20 - call contact - | the grant'
reads '2026-11-20 Coffee at the mill' '2026-11-20 - coffee contact - | at the mill'
reads '2026-11-20 note to self' '2026-11-20 - - contact - | note to self'
reads '2026-11-20 tried the new place' '2026-11-20 - - contact - | tried the new place'
reads '2026-11-20 called about the grant' '2026-11-20 - - contact - | called about the grant'
reads '2026-11-20 note: x' '2026-11-20 - note note - | x'

# --- tags and ids are no text ---
reads '2026-11-20 lunch: x #planned ^abc123' '2026-11-20 - lunch planned - | x'
reads '2026-11-20 lunch: x ^abc123' '2026-11-20 - lunch contact - | x'

# --- headings ---
body '## Log\n\n### Meeting 2026-01-02\n\nThe plan.\n' '2026-01-02 - meeting contact - | The plan.' \
	"a heading with its date behind a channel"
body '## Log\n\n### Kickoff 2026-01-02\n\nThe plan.\n' '2026-01-02 - - contact - | Kickoff' \
	"a heading with its date behind a text"
body '## Log\n\n### Call about the grant, 2026-01-02\n\nIt went well.\n' \
	'2026-01-02 - call contact - | about the grant' "a channel and a text before the date"
body '## Log\n\n### Jan 2, 2026\n\nThe plan.\n' '2026-01-02 - - contact - | The plan.' "a heading in words"
body '## Log\n\n### 2 January 2026 - call\n\nThe plan.\n' '2026-01-02 - call contact - | The plan.' \
	"a heading in words, with a channel"
body '## Log\n\n### Meeting (2026-01-02)\n\nThe plan.\n' '2026-01-02 - meeting contact - | The plan.' \
	"a heading with its date in brackets"
body '## Log\n\n### Meeting on 2026-01-02\n\nThe plan.\n' '2026-01-02 - meeting contact - | The plan.' \
	"and behind on"
body '## Log\n\n### Friday, January 2, 2026\n\nThe plan.\n' '2026-01-02 - - contact - | The plan.' \
	"a heading with the day's name"
body '## Log\n\n### Kickoff (with cake)\n\nThe plan.\n' '' "brackets without a date"
body '## Log\n\n### **2026-01-02** call\n\nThe plan.\n' '2026-01-02 - call contact - | The plan.' "a bold heading"
body '## Log\n\n### [[2026-01-02]]\n\n- the plan\n' '2026-01-02 - - contact - | the plan' "a linked heading"
body '## Plans 2026-01-02\n\nx\n\n## Log\n' '' "no heading elsewhere that ends in a date"
body '# Xenia\n\n## Born 2026-01-02\n\nx\n' '' "nor one of a life"

# --- paragraphs ---
body '## Log\n\n**2026-01-02** call: x\n\nmore\n' '2026-01-02 - call contact - | x' "a paragraph with a bold date"
body '## Log\n\n**2026-01-02:** call: x\n\n**2026-01-01 - Call**: y\n' '2026-01-02 - call contact - | x
2026-01-01 - call contact - | y' "and another"
body 'Notes.\n\n**2026-01-02** moved to Bath.\n' '' "no paragraph elsewhere"

# --- log sections ---
for heading in 'Interaction Log' '1:1 Notes' '**Log**' '📓 Log' 'Log:' 'Log (newest first)' 'Call history' \
	'Meeting notes' 'Conversations' 'log' 'Contact timeline'; do
	body "## $heading\n\n- 2026-01-02 call: x\n" '2026-01-02 - call contact - | x' "a section called $heading"
done
for heading in Timeline Journal History; do
	body "## $heading\n\n- 2026-01-02 call: x\n- 2026-01-01 moved to Bath\n- 2025-01-01 with [[grace]]: a walk\n" \
		'2026-01-02 - call contact - | x
2025-01-01 - - contact Grace Hopper | a walk' "under $heading only what names a channel or people"
done
body '## Life events\n\n- 2026-01-02 call: x\n' '' "no section of another name"
body '```\n- 2026-01-02 call: x\n```\n\n> - 2026-01-02 call: x\n\n<!--\n- 2026-01-02 call: x\n-->\n\n%%\n- 2026-01-02 call: x\n%%\n' \
	'' "not in code, quotes and comments"

# --- it keeps its sense when kith writes beside it ---
entries '## Log\n\n- **2026-11-20:** call: x\n- **2026-11-10 - Call**: y\n' > /dev/null
commit "Xenia"
run kith log x coffee: z
is "$status $(changed_lines | wc -l)" "0 1" "a new entry is one line beside them"
run kith show x --json
is "$(json 'map { "$_->{day} $_->{channel} $_->{text}" } @{ $o->{entries} }')" "2026-11-23 coffee z
2026-11-20 call x
2026-11-10 call y" "and all are read"
done_testing
