#!/bin/sh
# How far the walk through history is: a line on a terminal, gone before anything else is shown, and
# only where it takes more than a second (KITH_PROGRESS_DELAY, here none at all).
. "$(dirname "$0")/lib.sh"
if perl "$root/tests/cli/pty.pl" 80 -- true 2> /dev/null; then :; else
	skip "no terminal can be made here"
	done_testing
fi
esc=$(printf '\033')
export TERM=xterm NO_COLOR=1 KITH_PAGER=cat KITH_PROGRESS_DELAY=0
# on_tty COMMAND...: what the terminal got, each ESC as `^` and each CR as `<`, but for line ends.
on_tty() {
	perl "$root/tests/cli/pty.pl" 80 -- "$@" > "$tmp/out" 2> "$tmp/err"
	status=$?
	out=$(sed 's/\r$//' "$tmp/out" | sed "s/$esc/^/g" | tr '\r' '<')
}
ada_and_bob
kith log ada coffee: brass > "$tmp/out"
first='^<looking through history: 1 commits\^\[K'
for words in history 'history -p' 'history ada --all' 'undo --list' 'undo' 'show ada --all' 'history nobody'; do
	# shellcheck disable=SC2086
	on_tty kith $words
	case $words in
	*nobody) unlike "$out" 'looking' "kith $words: no walk" ;;
	*)
		like "$out" "$first" "kith $words"
		like "$out" '^(<looking[^<]*)+<\^\[K[^<^]' "kith $words: gone before the first word" ;;
	esac
	is "$(printf '%s\n' "$out" | sed 1d | grep -c looking)" 0 "kith $words: nothing of it stays"
done
on_tty sh -c 'kith history 2> "$0"' "$tmp/errors"
unlike "$out$(cat "$tmp/errors")" looking "not where standard error goes elsewhere"
on_tty sh -c 'kith history > "$0"' "$tmp/page"
like "$out" "$first" "where the page goes elsewhere"
like "$out" '<\^\[K$' "it is gone in the end, too"
unlike "$(cat "$tmp/page")" looking "and not on the page"
TERM=dumb on_tty kith history
unlike "$out" looking "not on a dumb terminal"
KITH_PROGRESS_DELAY=3600 on_tty kith history
unlike "$out" looking "not before it has taken long"
KITH_PAGER='sed s/^/P:/' on_tty sh -c 'kith history; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
	kith log ada call: x > /dev/null; done 2> /dev/null; kith history -p -n 12'
like "$out" '<\^\[KP:' "gone before the pager"
done_testing
