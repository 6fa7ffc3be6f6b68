#!/bin/sh
# The prompt: a line that can be edited, on a terminal.
. "$(dirname "$0")/lib.sh"
export TERM=xterm-256color

journal
printf -- '---\nname: Ada Lovelace\n---\n## Next\n- [ ] send the paper\n- [ ] bring the brass\n\n## Log\n- 2026-09-20 coffee: looms\n' |
	contact ada.md
printf -- '---\nname: Grace Hopper\n---\n' | contact grace-hopper.md
printf -- '---\nname: 山田 太郎\n---\n' | contact yamada.md
commit "People"
start=$(git rev-parse HEAD)
if perl "$root/tests/cli/pty.pl" 80 -- true 2> /dev/null; then :; else
	skip "a prompt" "no terminal can be made here"
	done_testing
fi
# at KEYS COMMAND...: the keys are typed at the prompt of the command.
at() {
	keys=$1
	shift
	perl "$root/tests/cli/pty.pl" "${columns-80}" '> (\r|\e\[[\d;?]*[A-Za-z])*$' "$keys" -- "$@" > "$tmp/out" 2> "$tmp/err"
	status=$?
	out=$(tr -d '\000\r' < "$tmp/out")
}
# written: what came of it.
written() { git diff --no-color -U0 "$start" -- people | sed -n '/^+++ /d; /^--- /d; /^[-+]/p'; }
# types KEYS LINE NAME: at the prompt of `kith log ada`, they make that entry.
types() {
	git reset -q --hard "$start"
	at "$1" kith log ada
	is "$status $(written)" "0 +- 2026-11-23 $2" "$3"
}
types 'coffee: x\n' 'coffee: x' "a line as it is typed"
types 'coffee: isn'\''t it "so", $HOME #5 * ?\n' "coffee: isn't it \"so\", \$HOME #5 * ?" "with what a shell would take"
types 'coffee: xy\x7f\n' 'coffee: x' "backspace"
types 'coffee: ac\e[Db\n' 'coffee: abc' "the arrow to the left"
types 'coffee: ab\e[D\e[D1\e[C2\n' 'coffee: 1a2b' "and to the right"
types 'coffee: ac\eODb\n' 'coffee: abc' "as a terminal in application mode sends it"
types 'offee: x\e[Hc\n' 'coffee: x' "Home"
types 'offee: x\x01c\n' 'coffee: x' "Ctrl-A"
types 'offee: x\e[1~c\e[F!\n' 'coffee: x!' "Home as others send it, and End"
types 'xcoffee: x\e[H\e[3~\n' 'coffee: x' "Delete"
types 'coffee: one two\x17three\n' 'coffee: one three' "Ctrl-W takes a word"
types 'coffee: one two\e\x7fthree\n' 'coffee: one three' "and Alt-Backspace"
types 'coffee: one two\ebx\n' 'coffee: one xtwo' "Alt-B goes back a word"
types 'coffee: one two\e[1;5Dx\n' 'coffee: one xtwo' "and Ctrl-Left"
types 'junk\x15coffee: x\n' 'coffee: x' "Ctrl-U takes all"
types 'coffee: a b\e[D\x0b\n' 'coffee: a' "Ctrl-K takes the rest"
types 'coffee: 山田x\x7f\n' 'coffee: 山田' "backspace behind what is twice as wide"
types 'coffee: 山田\e[D\e[D-\n' 'coffee: -山田' "arrows over it"
types 'coffee: 山田\x7f\n' 'coffee: 山' "backspace takes one of them"
types 'coffee: éa\x7f\x7fe\n' 'coffee: e' "letters of two bytes"
types 'coffee: 👩‍💻x\x7f\n' 'coffee: 👩‍💻' "an emoji of several"

# --- paste ---
git reset -q --hard "$start"
at 'coffee: \e[200~one\rtouch pwned\r\e[201~\n' sh -c 'kith log ada; stty -echo -icanon min 0 time 3; left=$(dd bs=100 count=1 2> /dev/null); printf "<%s>" "$left"'
like "$out" '<>$' "a second line that is pasted does not reach the shell"
like "$(written)" '^\+- 2026-11-23 coffee: one' "the first is the entry"
like "$(written)" 'touch pwned' "and the second is not lost"
ok "it did not run" test ! -e pwned
like "$out" "$(printf '\033')\\[\\?2004h" "the terminal is asked to mark what is pasted"
like "$out" "$(printf '\033')\\[\\?2004l" "and, at the end, no more"
git reset -q --hard "$start"
at 'coffee: \e[200~one\ttwo\e[201~\n' kith log ada
like "$(written)" '^\+- 2026-11-23 coffee: one[ 	]+two$' "a tab that is pasted completes nothing"

# --- history ---
git reset -q --hard "$start"
at 'coffee: first\n' kith log ada
at '\e[A again\n' kith log ada
is "$status $(changed_lines)" "0 +- 2026-11-23 coffee: first again" "the arrow up brings what was typed last"
at '\x10\x10!\n' kith log ada
like "$(changed_lines)" '^\+- 2026-11-23 coffee: first!$' "and Ctrl-P, twice, what was before it"
is "$(find "$HOME" "$tmp/journal1" -name '*history*' -not -path '*/.git/*' -perm /077)" "" "what was typed is its owner's alone"
is "$(git status --porcelain)" "" "and no file of the journal"

# --- leaving it ---
git reset -q --hard "$start"
at '\x04' kith log ada
is "$status $(git rev-parse HEAD)" "1 $start" "Ctrl-D on an empty line writes nothing"
at 'coffee: x\x03' kith log ada
is "$(test "$status" -ne 0 && git rev-parse HEAD)" "$start" "nor does Ctrl-C"
at '\n' kith log ada
is "$status" 1 "nor an empty line"
like "$out" 'nothing was said' "and it is said"
git reset -q --hard "$start"
columns=30
types 'offee: a line that is longer than the terminal is wide, by far\e[Hc\n' \
	'coffee: a line that is longer than the terminal is wide, by far' "a line longer than the terminal"
columns=80
git reset -q --hard "$start"
at 'coffee: x\n' sh -c 'before=$(stty -g); kith log ada; test "$before" = "$(stty -g)" && printf same'
like "$out" 'same$' "the terminal is as it was"
git reset -q --hard "$start"
TERM=dumb at 'coffee: x\n' kith log ada
is "$status $(written)" "0 +- 2026-11-23 coffee: x" "a dumb terminal gets a plain prompt"

# --- every command that takes a text has it ---
# asks WORDS KEYS LINES NAME
asks() {
	git reset -q --hard "$start"
	# shellcheck disable=SC2086
	at "$2" kith $1
	is "$status $(written)" "0 $3" "kith $1 asks"
}
asks 'promise ada' 'send tea\e[D\e[D\e[Dthe by friday\x17\x17\x17the \n' \
	'+- [ ] send the tea  (created:: 2026-11-23)'
asks 'ask ada' 'for a loaf by friday\n' '+- [ ] #waiting #asked for a loaf  (created:: 2026-11-23)  (due:: 2026-11-27)'
asks 'wait ada' 'her slides\n' '+- [ ] #waiting her slides  (created:: 2026-11-23)'
asks 'topic ada' 'would brass do?\n' '+- [ ] #topic would brass do?  (created:: 2026-11-23)'
asks 'plan ada' 'friday 12:30 lunch: x\n' '+- 2026-11-27 12:30 lunch: x #planned'
asks 'done ada' 'paper\n' '-- [ ] send the paper
+- [x] send the paper  (completion:: 2026-11-23)'
like "$out" 'bring the brass' "kith done shows what is open"

# --- Tab ---
git reset -q --hard "$start"
at 'call with gra\t: x\n' kith log ada
is "$status $(written)" "0 +- 2026-11-23 call with [[grace-hopper]]: x" "Tab completes a name"
git reset -q --hard "$start"
at 'call with Grace Ho\t: x\n' kith log ada
is "$status $(written)" "0 +- 2026-11-23 call with [[grace-hopper]]: x" "of several words"
git reset -q --hard "$start"
at 'call with hop\t: x\n' kith log ada
is "$status $(written)" "0 +- 2026-11-23 call with [[grace-hopper]]: x" "from its second word"
git reset -q --hard "$start"
at 'cof\t: x\n' kith log ada
like "$(written)" '^\+- 2026-11-23( coffee: x|: cof: x)$' "Tab elsewhere breaks nothing"
done_testing
