#!/bin/sh
# due, today, list, show and check: what they print, into a pipe and at a width, as text and
# as JSON; how a person is found; help and wrong usage; how the journal is found.
. "$(dirname "$0")/lib.sh"
slip='people/imogen-blythe.md:7:10: error: "2 moths" is not an interval (did you mean "2 months"?)'
example=$root/templates/example

for words in due list today 'show ruth' check; do
	# shellcheck disable=SC2086
	run kith -C "$example" $words
	# Of somebody else, it is not a matter of hers.
	case $words in show*) slip_status=0 slip_told= ;; *) slip_status=1 slip_told=$slip ;; esac
	is "$status" $slip_status "kith $words: the slip is an error"
	file=$root/tests/cli/golden/$(echo "$words" | tr ' ' '-').txt
	if [ "$words" = today ]; then
		# Whether something is not committed belongs to the repository around.
		sed -i '/commit/d' "$tmp/out"
		sed '/commit/d' "$file" > "$tmp/golden"
		file=$tmp/golden
	fi
	ok "kith $words: the page" diff "$file" "$tmp/out"
	[ "$words" = check ] || is "$(echo "$err" | tail -n 1)" "$slip_told" "kith $words: the slip on standard error"
	# Whatever is right with colours is right without.
	# shellcheck disable=SC2086
	run kith -C "$example" --color always $words
	like "$out" "$(printf '\033')\\[" "kith $words: colours"
	sed "s/$(printf '\033')\[[0-9;]*m//g" "$tmp/out" > "$tmp/plain"
	[ "$words" != today ] || sed -i '/commit/d' "$tmp/plain"
	ok "kith $words: and without them the same" diff "$file" "$tmp/plain"
	# shellcheck disable=SC2086
	run env NO_COLOR=1 kith -C "$example" --color auto $words
	unlike "$out" "$(printf '\033')" "kith $words: NO_COLOR"
done

# Widths: marks take none, wide letters two.
run env COLUMNS=60 kith -C "$example" due
ok "nothing is wider than COLUMNS" perl -CSD -ne 'chomp; s/\p{Mn}//g;
	my $w = length; $w++ while /[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{ff00}-\x{ff60}]/g;
	die "$w: $_\n" if $w > 60;' "$tmp/out"
like "$out" '…$' "and what is cut says so"
run kith -C "$example" due
ok "columns line up" perl -CSD -ne 'next unless /^(.*?)(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w+|can wait) +(?:new|every|worth)/; $_ = $1; s/\p{Mn}//g;
	my $p = length; $p++ while /[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{ff00}-\x{ff60}]/g;
	$at //= $p; $n++; die "$p, not $at\n" if $p != $at; END { die "none\n" if $n < 5 }' "$tmp/out"

# --- JSON ---
run kith -C "$example" list --json
ok "list --json" perl -MJSON::PP -e 'local $/; my $l = decode_json(<STDIN>)->{people}; die unless @$l > 30;
	for my $c (@$l) { exists $c->{$_} or die $_ for qw(slug name path tags last due cadence snooze status); }
	my %by = map { $_->{slug} => $_ } @$l; die "planned" if defined $by{"gwen-pritchard"}{due};
	die "never" if defined $by{"dunstan-okafor"}{due};
	die $by{"ruth-ashdown"}{due} if $by{"ruth-ashdown"}{due} ne "2026-11-22";' < "$tmp/out"
run kith -C "$example" due --json --within '1 month'
ok "due --json" perl -MJSON::PP -e 'local $/; my $d = decode_json(<STDIN>);
	die unless $d->{today} eq "2026-11-23" && $d->{people}[0]{slug} eq "elif-yildirim"
		&& $d->{people}[0]{late} == 5 && @{$d->{items}} && @{$d->{waiting}};' < "$tmp/out"
for words in 'show ruth --json' 'check --json' 'today --json'; do
	# shellcheck disable=SC2086
	run kith -C "$example" $words
	ok "$words" perl -MJSON::PP -e 'local $/; decode_json(<STDIN>)' < "$tmp/out"
done

run kith -C "$example" show ruth --json
ok "the rhythm of a year" perl -MJSON::PP -e 'local $/; my $p = decode_json(<STDIN>);
	my @w = grep { $p->{weeks}[$_] } 0 .. 51; die "@w" unless @{$p->{weeks}} == 52 && @w == 10 && $w[-1] == 45;
	die unless $p->{usual} == 35 && $p->{year}{asked} == 0;' < "$tmp/out"

# --- WHO ---
journal
who() { printf -- '---\nname: %s\n%b---\n' "$2" "${3-}" | contact "$1.md"; }
who ada-lovelace 'Ada Lovelace' 'aliases: [Countess, Ada Byron]\nemail: ada@analytical.example\n'
who adam-smith 'Adam Smith'
who lukasz-zolc 'Łukasz Żółć'
who hanh 'Nguyễn Thị Hạnh'
who 佐藤-美咲 '佐藤 美咲'
who 'Theo Lindqvist' 'Theo Lindqvist'
for pair in ada-lovelace=Ada ADA-LOVELACE=Ada ada.lovelace=Ada 'ada lovelace=Ada' countess=Ada \
	'Ada Byron=Ada' ada@analytical.example=Ada ADA@ANALYTICAL.EXAMPLE=Ada lovelace=Ada love=Ada ada=Ada \
	lukasz=Łukasz zolc=Łukasz Żółć=Łukasz 'LUKASZ ZOLC=Łukasz' hanh=Nguyễn 'nguyen thi=Nguyễn' \
	佐藤=佐藤 theo=Theo 'Theo Lindqvist=Theo' adam=Adam 'byron=Ada'; do
	run kith show "${pair%=*}"
	is "$status:$(head -n 1 "$tmp/out" | cut -d' ' -f1)" "0:${pair#*=}" "kith show ${pair%=*}"
done
run kith show ad
expect "several are listed" 1 <<'END'
[stderr]
kith: "ad" may be any of these:
  Ada Lovelace  ada-lovelace
  Adam Smith  adam-smith
END
run kith pause ada-love
expect "a command that writes wants whole words" 1 <<'END'
[stderr]
kith: no name has the whole word "ada-love"; did you mean:
  Ada Lovelace  ada-lovelace
END
mkdir -p people/old
who old/ada-lovelace 'Ada Lovelace the Elder'
run kith show lovelace
expect "two files of one name are told by their paths" 1 <<'END'
[stderr]
kith: "lovelace" may be any of these:
  Ada Lovelace  people/ada-lovelace.md
  Ada Lovelace the Elder  people/old/ada-lovelace.md
people/old/ada-lovelace.md:1:1: error: the file's name "ada-lovelace" is also that of people/ada-lovelace.md; rename one of them
END
run kith show old/ada-lovelace.md
like "$out" '^Ada Lovelace the Elder' "and a path says which"
rm -r people/old
who ann Ann
who ann-marie 'Ann Marie'
who ann-2 Ann
for words in 'log ann marie coffee' 'log ann,adam Marie: coffee' 'log adam,ann marie: coffee' 'promise ann marie the slides' \
	'set ann marie org=X' 'rename ann Marie Smith' 'done ann marie'; do
	# shellcheck disable=SC2086
	run kith $words
	case $words in *,adam*) continue ;; esac
	is "$status:$out" "2:" "one name or two: kith $words"
	like "$err" "people/ann-marie.md, or people/ann.md.*kith ${words%% *} ann-marie .*kith ${words%% *} ann -- [Mm]arie" \
		"with both ways to say it"
done
run kith log -n ann -- marie coffee
like "$out" '^\+.*2026-11-23: marie coffee|^\+.*2026-11-23 - marie coffee|^\+.*marie coffee' "what stands after -- is text"
run kith log -n ann 2 days ago coffee
like "$out" '^\+.*2026-11-21 coffee' "a number is no name"
run kith promise -n ann 'marie has the slides'
is "$status" 0 "nor is a text in quotes"
rm people/ann*.md
for word in nobody '' ' ' '%s%n' '*' "$(head -c 5000 /dev/zero | tr '\0' 'a')"; do
	run kith show "$word"
	is "$status:$out" "1:" "nobody is called $(echo "$word" | cut -c1-20)"
	ok "and it is said" test -s "$tmp/err"
done
run kith show
is "$status" 2 "show whom?"

# --- help, version, usage ---
run kith --version
is "$out" "kith 0.1.0" "--version"
for command in today due review list show init check help; do
	run kith $command --help
	is "$status:$err" 0: "kith $command --help"
	like "$out" '^Examples$' "kith $command --help has examples"
	like "$out" "^usage: kith $command" "and the usage"
	cp "$tmp/out" "$tmp/help"
	run kith help $command
	ok "kith help $command is the same" cmp "$tmp/out" "$tmp/help"
done
run kith --help
is "$status" 0 "kith --help"
for command in today due review list show init check help; do
	like "$out" "^  $command +[a-z]" "names $command"
done
# What a shell would read for itself is quoted in all examples, and they hold no comments.
for command in $(kith --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' | grep -v '^kith$' | sort -u); do
	kith help "$command" | sed -n '/^Examples$/,$s/^  \([^ ].*\)/\1/p'
done > "$tmp/examples"
ok "there are examples" test "$(wc -l < "$tmp/examples")" -gt 50
unlike "$(sed "s/'[^']*'//g" "$tmp/examples")" '[]?*#!$`;&"{}[]' "and a shell takes them as they stand"
run kith revew
is "$status" 2 "a slip"
like "$err" 'did you mean "review"' "gets a hint"
for words in frobnicate --frob 'due --withn 3' 'due --within 6weks' 'due --within' 'due --within 0' 'due x:' \
	'--today 2026-02-30' '--today 03/04/2026' 'due --color maybe' 'list --json=3' '-x' 'help frob' 'check -C'; do
	# shellcheck disable=SC2086
	run kith $words
	is "$status:$out" 2: "kith $words is wrong usage"
	like "$err" '^kith: ' "and says why"
done
run kith due --json --within=2w --
is "$status" 0 "--option=VALUE, and --"
run env KITH_TODAY=nonsense kith due
is "$status" 2 "KITH_TODAY must be a day"
run env KITH_TODAY= kith due
is "$status" 0 "an empty one is none"
run kith --today tomorrow today
like "$out" '^Tuesday 24 November 2026' "words for days, counted from KITH_TODAY"
run env KITH_TODAY=2020-03-01 kith --today yesterday today
like "$out" '^Saturday 29 February 2020' "whatever day it is"

# --- finding the journal ---
here=$PWD
mkdir -p people/deep/er && cd people/deep/er || exit 1
run kith list
like "$out" '^Ada Lovelace' "upward"
cd "$tmp/work" || exit 1
run kith list
is "$status" 1 "not from elsewhere"
run kith -C "$here" list
like "$out" '^Ada Lovelace' "-C"
run kith -C "$here/people" list
is "$status" 1 "-C is the journal's folder itself"
run env KITH_DIR="$here" kith list
like "$out" '^Ada Lovelace' "KITH_DIR"
run env KITH_DIR=/nowhere kith -C "$here" list
like "$out" '^Ada Lovelace' "-C comes first"
run env KITH_DIR=/nowhere kith list
is "$status" 1 "KITH_DIR that is not there"
mkdir -p "$HOME/.config/kith" && echo "journal: $here" > "$HOME/.config/kith/config.yaml"
run kith list
like "$out" '^Ada Lovelace' "config.yaml"
mkdir -p "$tmp/xdg/kith" && echo "journal: ~/none" > "$tmp/xdg/kith/config.yaml"
run env XDG_CONFIG_HOME="$tmp/xdg" kith list
is "$status" 1 "XDG_CONFIG_HOME comes before it"
ln -s "$here" "$HOME/none"
run env XDG_CONFIG_HOME="$tmp/xdg" kith list
like "$out" '^Ada Lovelace' "~ is the home"

# --- pipes ---
run sh -c "kith -C '$example' list | head -n 1"
is "$status:$(echo "$out" | cut -c1-4)" "0:name" "a reader that goes away"
# Without what a preloaded library would open in its place.
run env LD_PRELOAD= sh -c "kith -C '$here' list >&-"
is "$status" 1 "a closed output is an error"
run sh -c "kith -C '$here' list > /dev/full"
is "$status" 1 "and a full one"
done_testing
