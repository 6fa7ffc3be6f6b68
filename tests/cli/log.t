#!/bin/sh
# kith log and kith plan: what a person types becomes one entry and one commit.
. "$(dirname "$0")/lib.sh"

people() {
	journal
	contact ada-lovelace.md <<'END'
---
name: Ada Lovelace
aliases: [Countess]
cadence: every 6 weeks
---
She runs on tea.

## Log
- 2026-09-20 coffee: looms
END
	printf -- '---\nname: Grace Hopper\n---\n' | contact grace-hopper.md
	printf -- '---\nname: Charles Babbage\n---\n' | contact charles.md
	commit "Three people"
}
# The entry written last, and whether only it was added.
entry() {
	git diff -U0 HEAD^ HEAD -- people | sed -n '/^+++ /d; /^--- /d; /^[+-]/p'
}
# adds NAME ENTRY WORDS...: `kith log ada-lovelace WORDS` adds exactly that entry.
adds() {
	name=$1 want=$2
	shift 2
	run kith log ada-lovelace "$@"
	if [ "$status" -eq 0 ]; then is "$(entry)" "+$want" "$name"; else fail "$name" "$err"; fi
}
# refuses NAME LINE WORDS...: status 2, that line among its errors, and nothing changed.
refuses() {
	name=$1 line=$2
	shift 2
	before=$(git rev-parse HEAD; git status --porcelain; cat people/*)
	run kith "$@"
	after=$(git rev-parse HEAD; git status --porcelain; cat people/*)
	if [ "$status" -ne 2 ]; then
		fail "$name" "status $status: $out $err"
	elif [ "$before" != "$after" ]; then
		fail "$name" "something was written"
	elif printf '%s\n' "$err" | grep -Fxq -e "$line"; then
		pass "$name"
	else
		fail "$name" "no line is: $line
$err"
	fi
}

# --- one entry, one commit ---
people
echo staged > staged.txt && git add staged.txt
git status --porcelain > "$tmp/status"
run kith log ada coffee: the move to Bath
expect "it says what it wrote, where, and when the next check-in is due" 0 <<END
logged coffee with Ada Lovelace on 2026-11-23 in people/ada-lovelace.md
next check-in: 2027-01-04, in 6 weeks
committed $(git rev-parse --short=10 HEAD)
END
is "$(entry)" "+- 2026-11-23 coffee: the move to Bath" "the entry stands above the older one"
is "$(said_in_commit)" "Log coffee with Ada Lovelace

Kith: log ada-lovelace" "the message is what a person would write"
is "$(git show --format= --name-only HEAD)" "people/ada-lovelace.md" "the commit holds the file alone"
is "$(git status --porcelain)" "$(cat "$tmp/status")" "staged work stays as it was"

# --- the grammar ---
adds "a head alone" "- 2026-11-23 coffee" coffee
adds "a text alone" "- 2026-11-23: she writes again" she writes again
adds "a day in words" "- 2026-11-22 call" yesterday call
adds "a day, a time, a channel and text" "- 2026-11-20 14:30 call: x" 2026-11-20 14:30 call: x
adds "somebody else" "- 2026-11-23 call with [[grace-hopper]]: punch cards" \
	call with grace: punch cards
adds "a name of two words" "- 2026-11-23 lunch with [[grace-hopper]]" lunch with "grace hopper"
adds "several" "- 2026-11-23 lunch with [[grace-hopper]], [[charles]]: y" \
	lunch with grace and charles: y
adds "no answer" "- 2026-11-23 tried: no answer" tried: no answer
adds "+gave" "- 2026-11-23 coffee: a book #gave" coffee: a book +gave
adds "a head with +got" "- 2026-11-23 dinner: #got" dinner +got
adds "a colon in a text" "- 2026-11-23: she said: yes" she said: yes
adds "all is text after --" "- 2026-11-23: monday is her first day" -- monday is her first day
adds "a day and text" "- 2026-11-23: is her first day" monday: is her first day
adds "all in one word" "- 2026-11-22 email: isn't it?" "yesterday email: isn't it?"

run kith log ada zoom: quick chat
is "$status $(entry)" "0 +- 2026-11-23: zoom: quick chat" "an unknown channel is text"
like "$err" '"zoom" is no channel of this journal' "and that is said"
run kith log ada sat in the garden: nice
is "$status $(entry)" "0 +- 2026-11-23: sat in the garden: nice" "a date word that no head follows is text"
like "$err" '"sat" is kept as text' "and that is said, too"

refuses "a line that reads two ways: the day" "  kith log ada monday: is her first day" \
	log ada monday is her first day
refuses "a line that reads two ways: the text" "  kith log ada -- monday is her first day" \
	log ada monday is her first day
refuses "nothing but a colon" "  kith log ada coffee: the move to Bath" log ada :
refuses "a with and nobody: no other" "  kith log ada coffee +gave" log ada coffee with +gave
refuses "a with and nobody: the text" "  kith log ada -- coffee with" log ada coffee with
refuses "a with and nobody, before a colon" "  kith log ada coffee: x" log ada coffee with: x
refuses "a day at the end: the day" "  kith log ada friday coffee" log ada coffee friday
refuses "a day at the end: the text" "  kith log ada -- coffee friday" log ada coffee friday
refuses "a day at the end, with others and tags" "  kith log ada 2 weeks ago coffee with grace +got" \
	log ada coffee with grace 2 weeks ago +got
refuses "a day at the end, before a colon" "  kith log ada friday coffee: x" log ada coffee friday: x
refuses "a day ahead at the end" "  kith plan ada tomorrow lunch" log ada lunch tomorrow
run kith log ada we met on friday
is "$status $(entry)" "0 +- 2026-11-23: we met on friday" "a text that ends in a day"
refuses "a line with quotes" '  kith log ada "monday: isn'"'"'t her day"' \
	log ada "monday isn't her day"
refuses "a day ahead" "  kith plan ada in 3 weeks lunch" log ada in 3 weeks lunch
refuses "a date with two readings" "  kith log ada -- 03/04/2026: x" log ada 03/04/2026: x
refuses "no such day" "  kith log ada -- 2026-02-30 call: x" log ada 2026-02-30 call: x
refuses "nothing, and nobody to ask" "See: kith log --help" log ada
refuses "nothing but blanks" "  kith log ada coffee: the move to Bath" log ada " "
refuses "a name in two words" "See: kith log --help" log ada lovelace coffee
like "$err" 'kith log ada-lovelace' "its right form is shown"
refuses "a name in two words before a colon" "See: kith log --help" log ada lovelace: coffee
refuses "somebody twice" "kith: log: Grace Hopper is named twice" log ada,grace lunch with grace

run kith log ad coffee
is "$status" 1 "writing never matches inside a word"
like "$err" 'ada-lovelace' "and says who it may be"
run kith log ada lunch with milk
is "$status" 1 "nobody of that name after with"
like "$err" 'nobody is called "milk"' "it says so"

# --- several people ---
people
run kith log ada,grace lunch with charles
expect "the entry stands once" 0 <<END
logged lunch with Ada Lovelace, Grace Hopper and Charles Babbage on 2026-11-23 in people/ada-lovelace.md
next check-in: 2027-01-04, in 6 weeks (Ada Lovelace)
committed $(git rev-parse --short=10 HEAD)
END
is "$(entry)" "+- 2026-11-23 lunch with [[grace-hopper]], [[charles]]" "with links to the others"
like "$(kith show grace)" '2026-11-23' "and counts for them"

# --- standard input, the editor, a prompt ---
printf 'coffee: the move\r\n\r\nand more\n' > "$tmp/notes"
kith log ada - < "$tmp/notes" > "$tmp/out" 2> "$tmp/err"
is "$? $(entry)" "0 +- 2026-11-23 coffee: the move
+
+  and more" "standard input, of several lines"
head -c 2000000 /dev/zero | tr '\0' x | kith log ada - > "$tmp/out" 2> "$tmp/err"
is "$? $(cat "$tmp/err")" "1 kith: standard input holds more than 1 MiB; nothing is written" \
	"it has an end"
printf 'a\0b' | kith log ada - > /dev/null 2> "$tmp/err"
is "$?" 1 "NUL is refused"
printf 'caf\351' | kith log ada - > /dev/null 2> "$tmp/err"
is "$?" 1 "and so is what is no UTF-8"

cat > "$tmp/editor" <<'END'
#!/bin/sh
ls -l "$1" | cut -c1-10 > "$EDITED.mode"
cp "$1" "$EDITED"
{ printf '%s' "$WRITE"; cat "$1"; } > "$1.new" && mv "$1.new" "$1"
END
chmod +x "$tmp/editor"
mkdir "$tmp/scratch"
export EDITOR="$tmp/editor" EDITED="$tmp/page" TMPDIR="$tmp/scratch"
WRITE='lunch: a #tag
# kept'
export WRITE
run kith log ada -e
is "$status $(entry)" "0 +- 2026-11-23 lunch: a #tag
+  # kept" "the editor's text, with its marks"
is "$(cat "$tmp/page.mode")" "-rw-------" "its file was its owner's alone"
is "$(ls "$tmp/scratch")" "" "and is gone"
like "$(cat "$tmp/page")" '^# -+ >8 -+$' "help stood below a line"
WRITE='' run kith log ada -e
is "$status $err" "1 kith: nothing was said, so nothing is written" "without text nothing is written"
run env EDITOR=false kith log ada -e
is "$status $(ls "$tmp/scratch")" "1 " "a failing editor writes nothing"
WRITE='call: an hour of writing' run env EDITOR="$tmp/editor \"\$1\"; false" kith log ada -e
is "$status" 1 "nor one that fails after words were written"
like "$err" '^call: an hour of writing$' "but the words are given back"
is "$(ls "$tmp/scratch")" "" "and no file is left"
run env VISUAL=false kith log ada -e
like "$err" 'the editor false, from VISUAL, ended with a failure; set VISUAL to another' \
	"it is told which variable names it"
cat > "$tmp/interrupted" <<'END'
#!/bin/sh
kill -INT $PPID
sleep 0.1
echo 'visit: after ^C' > "$1"
END
chmod +x "$tmp/interrupted"
run env EDITOR="$tmp/interrupted" kith log ada -e
is "$status $(entry)" "0 +- 2026-11-23 visit: after ^C" "^C is the editor's own"
WRITE='' run kith log ada -e yesterday call: from the words
is "$status $(entry)" "0 +- 2026-11-22 call: from the words" "words are there to begin with"
unset EDITOR TMPDIR

# typed LINE: at a prompt of `kith log ada`, as on a terminal.
typed() {
	printf '%b' "$1" | timeout 60 script -qec "kith log ada" /dev/null > "$tmp/out" 2>&1
	status=$? out=$(tr -d '\r' < "$tmp/out")
}
if command -v script > /dev/null && script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
	typed "coffee: isn't it \"so\", \$HOME #5 * ?\n"
	is "$status $(entry)" "0 +- 2026-11-23 coffee: isn't it \"so\", \$HOME #5 * ?" \
		"a prompt reads the line raw"
	like "$out" '^Ada Lovelace> ' "it says whom it is about"
	typed '\n'
	is "$status" 1 "an empty line writes nothing"
	like "$out" 'nothing was said, so nothing is written' "and says so"
	typed '\004'
	is "$status" 1 "neither does the end of input"
	head=$(git rev-parse HEAD)
	typed "$(printf '%4200s' ' ' | tr ' ' x)\\n"
	is "$status $(git rev-parse HEAD)" "1 $head" "a line that the terminal cuts is refused"
	like "$out" '^kith: long texts go through the editor, kith log ada -e, or a file, kith log ada - < FILE' \
		"with what takes it"
	like "$out" '^x{4095}$' "and what came of it"
	typed 'monday is her first day\n'
	is "$status" 1 "the prompt refuses as the command line does"
	like "$out" '^  kith log ada -- monday is her first day' "with both writings"
	like "$out" '^monday is her first day' "and gives the text back"
else
	skip "a prompt" "no terminal can be made here"
fi

# --- as typed in shells ---
# in_shell SHELL OPTIONS: a line without quotes, quotes inside quotes, and a comment.
in_shell() {
	if ! command -v "$1" > /dev/null; then
		skip "in $1" "it is not installed"
		return
	fi
	people
	$1 $2 -ic 'kith log ada coffee: the move, again +gave' > /dev/null 2>&1 < /dev/null
	is "$(entry)" "+- 2026-11-23 coffee: the move, again #gave" "$1: without quotes"
	$1 $2 -ic "kith log ada \"coffee: isn't it?\"" > /dev/null 2>&1 < /dev/null
	is "$(entry)" "+- 2026-11-23 coffee: isn't it?" "$1: with quotes"
	$1 $2 -ic 'kith log "ada lovelace" -- monday is her first day' > /dev/null 2>&1 < /dev/null
	is "$(entry)" "+- 2026-11-23: monday is her first day" "$1: after --"
	$1 $2 -ic 'kith log ada,grace 2026-11-20 14:30-15:00 lunch' > /dev/null 2>&1 < /dev/null
	is "$(entry)" "+- 2026-11-20 14:30-15:00 lunch with [[grace-hopper]]" "$1: two people, a time"
}
in_shell bash --norc
in_shell zsh -f

# --- plans ---
people
run kith plan ada friday 12:30 lunch with grace
expect "a plan" 0 <<END
planned lunch with Ada Lovelace and Grace Hopper on 2026-11-27 in people/ada-lovelace.md
committed $(git rev-parse --short=10 HEAD)
END
is "$(entry)" "+- 2026-11-27 12:30 lunch with [[grace-hopper]] #planned" "it is marked as one"
is "$(git log -1 --format=%s)" "Plan lunch with Ada Lovelace and Grace Hopper on 2026-11-27" \
	"and so is its commit"
run kith plan ada nov 30 call: the licence
is "$status $(entry)" "0 +- 2026-11-30 call: the licence #planned" "a plan with text"
refuses "a plan without a day" "  kith plan ada friday lunch" plan ada lunch
refuses "a plan with its day at the end" "  kith plan ada friday lunch" plan ada lunch friday
refuses "and a text" "  kith plan ada friday lunch: the licence" plan ada lunch friday: the licence
refuses "a plan whose text has no colon" "  kith plan ada friday: the licence" \
	plan ada friday the licence
refuses "a plan of yesterday" "  kith log ada yesterday lunch" plan ada yesterday lunch

# --- a check-in that is late already ---
people
run kith log ada 2026-02-02 call: old
like "$out" '^next check-in: now, due since 2026-11-01$' "a check-in of the past is due now"

# --- the options of all commands that write ---
people
cat people/ada-lovelace.md > "$tmp/before"
head=$(git rev-parse HEAD)
run kith log ada --dry-run coffee: x
is "$status" 0 "--dry-run"
like "$out" '^\+- 2026-11-23 coffee: x$' "prints the difference"
ok "and writes nothing" cmp "$tmp/before" people/ada-lovelace.md
run kith log ada --no-commit coffee: x
is "$status $(git rev-parse HEAD)" "0 $head" "--no-commit makes none"
like "$(cat people/ada-lovelace.md)" '^- 2026-11-23 coffee: x$' "but writes"
git checkout -q .
run kith log ada -m "Tea with the Countess" coffee: x
is "$(git log -1 --format=%s)" "Tea with the Countess" "--message"
run kith log ada --json lunch with grace: y
is "$status" 0 "--json"
like "$out" '"channel": "lunch"' "has the entry"
like "$out" "\"commit\": \"$(git rev-parse HEAD)\"" "and the commit"
ok "and who, where and when" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless $o->{did} eq "log" && $o->{slug} eq "ada-lovelace" && $o->{name} eq "Ada Lovelace"
	&& $o->{path} eq "people/ada-lovelace.md" && $o->{day} eq "2026-11-23" && $o->{text} eq "y"
	&& @{$o->{people}} == 2 && $o->{changed} && !exists $o->{date} && !exists $o->{diff}' < "$tmp/out"
head=$(git rev-parse HEAD)
run kith log ada --json -n lunch: z
ok "--json with --dry-run" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless $o->{did} eq "log" && $o->{text} eq "z" && $o->{changed} && !defined $o->{commit}
	&& $o->{diff} =~ /^\+- 2026-11-23 lunch: z$/m' < "$tmp/out"
is "$(git rev-parse HEAD) $(git status --porcelain)" "$head " "writes nothing"
run kith undo -n --json
ok "undo, too" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless $o->{did} eq "undo" && $o->{day} && $o->{diff} =~ /^-- 2026-11-23 lunch/m' < "$tmp/out"
run kith undo --list --json
ok "its list is like that of history" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless !$o->{more} && $o->{changes}[0]{kith} eq "log ada-lovelace" && $o->{changes}[0]{day}' < "$tmp/out"
for words in 'rename ada Ada King' 'remove grace --yes' 'merge ada grace' 'commit'; do
	run kith $words -n --json
	ok "$words -n --json" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
		die unless $o->{did} eq shift && exists $o->{diff} && exists $o->{changed} && !defined $o->{commit};
		die unless $o->{did} eq "commit" || ($o->{slug} && $o->{name} && $o->{path})' "${words%% *}" < "$tmp/out"
done
EDITOR=true run kith edit ada --json
ok "edit --json without a change" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>);
	die unless $o->{did} eq "edit" && !$o->{changed} && $o->{path}' < "$tmp/out"

journal
printf '%s\n' 'keep_last_contact: true' 'formerly: off' >> kith.yaml
printf '%s\n' '---' 'name: Ada Lovelace' 'last_interaction: "[[Daily/2026-10-01]]" # by hand' '---' \
	'## Log' '- 2026-12-01 lunch #planned' | contact ada.md
printf '%s\n' '# Bob Stone' 'last contact:: 2026-09-01' | contact bob.md
printf '%s\n' '# Cyd Hill' | contact cyd.md
cp people/ada.md "$tmp/ada"
commit "People"
run kith log ada call: the grant
is "$(changed_lines)" '-last_interaction: "[[Daily/2026-10-01]]" # by hand
+last_interaction: "[[Daily/2026-11-23]]" # by hand
+- 2026-11-23 call: the grant' "what logs a contact sets the owner's own key"
is "$(git log -1 --format=%s)" "Log a call with Ada Lovelace" "in the same commit, which tells of the talk"
run kith undo
ok "undo takes both back" cmp -s people/ada.md "$tmp/ada"
run kith log bob coffee
is "$(changed_lines | head -2)" "-last contact:: 2026-09-01
+last contact:: 2026-11-23" "where it stands"
is "$(git log -1 --format=%s)" "Log coffee with Bob Stone" "and no other text was changed"
for line in 'ada tried' 'ada note: x' 'cyd call' 'ada yesterday call' 'ada 2026-09-01 call'; do
	# shellcheck disable=SC2086 # words
	run kith log $line
done
is "$(grep -h 'last' people/*.md)" 'last_interaction: "[[Daily/2026-11-22]]" # by hand
last contact:: 2026-11-23' "no other kind, no earlier day, and nobody without it"
cat people/ada.md people/bob.md > "$tmp/both"
run kith log bob,ada 2026-11-24 lunch --today 2026-11-24
is "$(grep -h 'last' people/*.md)" 'last_interaction: "[[Daily/2026-11-22]]" # by hand
last contact:: 2026-11-24' "in the file that is logged into alone"
run kith undo
ok "undo sets it back with the entry" eval 'cat people/ada.md people/bob.md | cmp -s - "$tmp/both"'
done_testing
