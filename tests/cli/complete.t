#!/bin/sh
# kith complete: what the scripts of shells are told, for each command and option, and that it is
# silent, whatever it finds.
. "$(dirname "$0")/lib.sh"
kith init --example "$tmp/example" > "$tmp/log" 2>&1
cd "$tmp/example" || exit 1

# words ARGUMENTS: what may stand in the place of the last, joined by blanks.
words() {
	as_typed=
	[ "$1" != --as-typed ] || { as_typed=$1; shift; }
	# shellcheck disable=SC2086
	run kith complete $as_typed -- "$@"
	got=$(cut -f 1 "$tmp/out" | tr '\n' ' ')
	got=${got% }
	[ -z "$err" ] && [ "$status" = 0 ] || got="$got: $err"
}
# offers WANT NAME ARGUMENTS...
offers() {
	want=$1 name=$2
	shift 2
	words "$@"
	is "$got" "$want" "$name"
}
# offered WORD NAME ARGUMENTS...: that among others
offered() {
	want=$1 name=$2
	shift 2
	words "$@"
	case " $got " in *" $want "*) pass "$name" ;; *) fail "$name" "$got" ;; esac
}

# --- each command and option has a kind ---
run kith help
commands=$(sed -n '/^Every week$/,/^Options/s/^  \([a-z-]*\)  .*/\1/p' "$tmp/out")
lacking=
for command in $commands; do
	run kith "$command" --help
	takes=$(sed -n "s/^usage: kith $command\( \[OPTION...\]\)*//p" "$tmp/out")
	options=$(sed -n 's/^  \(-.,\|   \) --\([a-z-]*\) [^ ].*  .*/\2/p' "$tmp/out" | sort -u)
	[ "$command" = today ] || [ -z "$takes" ] || {
		words "$command" ''
		[ -s "$tmp/out" ] || lacking="$lacking $command"
	}
	for option in $options; do
		words "$command" "--$option" ''
		[ -s "$tmp/out" ] || lacking="$lacking $command:--$option"
	done
done
is "$lacking" '' "what each word and value may be is known: .words, value_kinds in cmd/complete.c"
is "$(echo "$commands" | grep -c .)" "$(grep -c COMMAND "$root/cmd/commands.def" |
	awk '{ print $1 - 2 }')" "of all commands but the two for programs"

# --- commands and options ---
offers 'remove rename resume review' "commands" re
like "$out" '^remove	remove somebody' "with what they do"
words ''
unlike "$got" 'complete|merge-driver' "but none for programs"
offers '--today' "options of all commands, before one" --to
offers '--older --older-plans' "options of one" todo --ol
offered --dry-run "and of those like it" log ada --
offered --all "a dash alone begins an option" list -
offers 'always auto never' "values" --color ''
offers '' "nothing behind --" log ruth -- im
offers '' "nothing of a command that is none" frobnicate ''
offers '' "nothing behind an option that is none" list --frob ''
offers '--format=csv' "a value in the same word" list --format=c
offers 'csv json ndjson plain table tsv' "or in the next" list --format ''
offers 'dot png svg' "those of a graph are others" graph --format ''
offers 'ruth-ashdown' "an option with its value before the command" --today 2026-11-23 log ash
offers 'friday' "days in words" --today fri
like "$out" 'Fri 2026-11-27' "with the day that is meant"

# --- people ---
offers 'ruth-ashdown' "a slug" log ruth
offers 'ruth-ashdown' "by another word of the name" show ASH
offers 'adebayo-olatunji' "case and marks do not count" show Ọlá
offers 'ruth-ashdown,imogen-blythe' "one of several" log ruth-ashdown,imo
offers '' "of others one" show ruth-ashdown,imo
contact old.md <<'E'
---
name: Old Oak
status: archived
---
E
offers '' "nobody who is archived is logged with" log oak
offers 'old' "but taken up again, and shown" resume oak
like "$out" 'Old Oak \(archived\)' "and said to be"
contact x/twin.md < /dev/null
contact y/twin.md < /dev/null
offers 'people/x/twin.md people/y/twin.md' "slugs that do not tell apart" show twin
for word in people/x/twin.md old ruth-ashdown; do
	ok "kith takes what is offered: $word" kith show "$word"
done
offers 'Old Oak' "by the name, for a shell that takes no other word" --as-typed show oak
offers '' "one word is a person, and no second" show ruth ''
offers 'imogen-blythe' "after with" log ruth call with imo
offers 'ruth-ashdown' "after via" met Bob Stone via ru
offered 'coffee:' "channels" log ruth ''
offered 'yesterday' "days that were" log ruth ''
offers '' "behind a colon all is text" log ruth coffee: co
offered 'friday' "by a day" promise ruth the paper by ''
offers 'off' "off" snooze ruth of
offers '' "but text before" promise ruth fri

# --- tasks ---
kith promise ruth the paper > "$tmp/log"
kith promise ruth the slides > "$tmp/log"
words done ruth ''
like "$out" '^1	.' "tasks by their numbers"
words done ruth slid
number=$got
like "$out" '	the slides$' "by a word of their text"
kith done ruth "$number" > "$tmp/out"
like "$(cat "$tmp/out")" 'the slides' "the number is that of kith done"

# --- queries and fields ---
offers 'tag:mentor' "tags" list tag:me
like "$out" '3 people' "and how many have them"
offers 'is:paused is:planned' "is:" list is:p
offers 'in:Berlin in:Bristol in:Brno in:Busan' "in:" list in:b
offers 'sort:-last' "sort:" list sort:-las
printf 'queries: {far: "last:..3mo"}\n' >> kith.yaml
offers 'query:far' "query:" list query:
offers 'tag:mentor or org:' "keys, in the value of an option" set --where 'tag:mentor or or'
offers '--where=tag:mentor' "in the same word" set --where=tag:men
offered 'org=' "fields, with --where in the place of WHO" set --where tag:x or
offers 'org+= org-= org=' "fields" set ruth or
offers 'org=Delta Rice Institute' "their values" set ruth org=del
offers 'cadence=close' "names of intervals" set ruth cadence=cl
offers 'name,email' "columns" list --columns name,ema
offers 'mentor' "a tag alone" list --tag me
offers 'water law' "of two words, without the quotes of a query" list --tag wat

# --- others ---
offers 'twins' "checks" check tw
offers 'query' "topics of the help" help que
mkdir -p reviews
: > reviews/2026-W30.md
offers '2026-W30 2026-W48' "weeks" review 2026-W
words init ''
is "$out" '	folders' "folders are the shell's"
words -C "$HOME/" && is "$out" '	folders' "behind -C, too"
words review -o ''
is "$out" '	files' "and so are files"
words rename ruth ''
is "$out" '	text' "what may be anything is said to be"

# --- -C ---
cd "$tmp" || exit 1
offers 'ruth-ashdown' "-C counts" -C example show ash
mv example "$HOME/people"
offers 'ruth-ashdown' "-C ~/" -C '~/people' show ash
offers 'ruth-ashdown' "--dir=~/" --dir=~/people show ash
cd "$HOME/people" || exit 1

# --- lines as bash has them ---
line() {
	run kith complete --line "$1" --piece "$2"
	is "$(cut -f 1 "$tmp/out" | tr '\n' '|')$err" "$3" "$4"
}
contact "Jane 'J' \$x;y.md" < /dev/null
line 'kith show ash' ash 'ruth-ashdown|' "a line"
line 'kith list tag:me' me 'mentor|' "readline keeps tag:"
line 'kith list tag:' '' 'bees|maps/drones|maps/panorama|mentor|museum|music|neighbours|press|rice|river|river/delta|sea|stone|water\ law|' "all of it"
line "kith list 'tag:wat" 'tag:wat' 'tag:water law|' "in quotes nothing is escaped"
line 'kith list tag:wat' wat 'water\ law|' "elsewhere it is"
line 'kith show jane' jane "Jane\\ \\'J\\'\\ \\\$x\\;y|" "what a shell would read"
line 'kith show "jane' jane "Jane 'J' \\\$x;y|" "in double quotes"
line "kith show 'jane" jane "Jane '\\''J'\\'' \$x;y|" "in single quotes"
line 'kith show Jane\ \'"'J" "Jane\\ \\'J" "Jane\\ \\'J\\'\\ \\\$x\\;y|" "typed with escapes"
line 'kith log x > foo' foo '|' "behind > is a file"
line 'kith 2>/dev/null show ash' ash 'ruth-ashdown|' "which is no word"
line 'kith "show" ru"th' th 'th-ashdown|' "quotes within a word"
line 'kith --today=2026-11-23 show ash' ash 'ruth-ashdown|' "options with values"
line 'kith list --format=c' c 'csv|' "whose = parts words"
line 'kith show ash' xyz '' "a piece that is not there"
line '' '' '' "nothing"

# --- hostile and broken ---
e=$(printf '\033') n=$(printf 'a\nb')
contact "evil${e}[31m.md" < /dev/null
contact "evil$n.md" < /dev/null
contact evil.md <<END
---
name: "Evil \\e[31m\\n\\tname"
org: "x\\e]0;y\\a"
tags: ["a\\nb"]
---
END
offers 'evil' "no control characters in words" show evil
ok "nor in what is said of them" sh -c '! LC_ALL=C grep -q "[^[:print:][:space:]]" "$1" &&
	[ "$(wc -l < "$1")" = 1 ]' - "$tmp/out"
offers '' "nor in values" list org:x
for broken in 'version: 99' '{' 'people: nowhere'; do
	printf '%s\n' "$broken" > kith.yaml
	words log r && is "$err $status" ' 0' "silent: kith.yaml with $broken"
	words list tag: && is "$err $status" ' 0' "silent, for a query, too"
	words review '' && is "$err $status" ' 0' "and for a review"
done
: > kith.yaml
chmod 0 people
words log r && is "$err $status" ' 0' "silent: a folder that cannot be read"
chmod 700 people
cd / || exit 1
offers '' "outside a journal nobody" log r
offers 'remove rename resume review' "but commands" re
offers '' "-C that leads nowhere" -C /nowhere log r
run env KITH_TODAY=2026-11-23 kith complete
is "$out$err $status" ' 0' "no words at all"

# --- what is offered is taken ---
cp -r "$root/tests/journals/messy" "$tmp/messy"
cd "$tmp/messy" || exit 1
kith complete -- show '' | cut -f 1 | sed -n '1~7p' > "$tmp/words"
refused=
while IFS= read -r word; do
	run kith show "$word"
	case $err in *'kith: '*) refused="$refused$word: $err
" ;; esac
done < "$tmp/words"
is "$(grep -c . < "$tmp/words") $refused" '41 ' "whoever is offered is found, whatever the files are called"

# --- many ---
cd "$tmp" || exit 1
journal
mkdir -p people
perl -e 'for (1 .. 1500) { open my $f, ">", sprintf("people/p%s-%04d.md", $_ > 1400 ? "b" : "a", $_) or die }'
words show ''
is "$(wc -l < "$tmp/out")" 1000 "of many a thousand"
is "$(sed -n '1p;$p' "$tmp/out")" 'pa-0001
pb-1500' "of which the first and the last begin as all do"
done_testing
