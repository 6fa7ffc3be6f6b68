#!/bin/sh
# Long output on a terminal goes through the user's pager, as with git; what fits on the screen, a
# pipe, and what writes do not. The terminal here has 24 lines.
. "$(dirname "$0")/lib.sh"
if perl "$root/tests/cli/pty.pl" 80 -- true 2> /dev/null; then :; else
	skip "no terminal can be made here"
	done_testing
fi
export TERM=xterm NO_COLOR=1
# on_tty [PATTERN KEYS] -- COMMAND...: what the terminal got, without its CRs.
on_tty() {
	perl "$root/tests/cli/pty.pl" "${columns-80}" "$@" > "$tmp/out" 2> "$tmp/err"
	status=$?
	out=$(tr -d '\r' < "$tmp/out")
}
# paged NAME: it went through the pager of marked; plain NAME: it did not.
marked="sed s/^/P:/"
paged() { is "$(printf '%s\n' "$out" | grep -vc '^P:')" 0 "$1"; }
plain() { unlike "$out" '^P:' "$1"; }

journal
for i in 10 11 12 13 14 15 16 17 18 19 20 21 22; do
	printf -- '---\nname: Person %s\ncadence: weekly\n---\n## Log\n- 2026-01-%s call: x\n' $i $i |
		contact "p$i.md"
done
commit "People"
export KITH_PAGER="$marked"
on_tty -- kith list
plain "what fits on the screen is shown as it is"
is "$status" 0 "and ends so"
columns=20 on_tty -- kith list
paged "where lines wrap they take more of it"
for i in 30 31 32 33 34 35 36 37 38 39 40 41 42; do
	printf -- '---\nname: Person %s\ncadence: weekly\n---\n## Log\n- 2026-01-20 call: %s\n- [ ] send it\n' $i $i |
		contact "p$i.md"
done
commit "More people"
for words in list due 'timeline 2026' 'search call' 'help' 'help query' 'list --help' \
	'review --stdout' 'list --json' 'history -p'; do
	# shellcheck disable=SC2086
	on_tty -- kith $words
	paged "kith $words"
	is "$status" 0 "kith $words: its status"
	like "$out" '^P:.' "kith $words: something"
done
on_tty -- kith list --no-pager
plain "--no-pager"
is "$(printf '%s\n' "$out" | wc -l)" 27 "all of it"
on_tty -- kith set --where p --yes -n org=X
plain "what writes"
kith list > "$tmp/direct"
unlike "$(cat "$tmp/direct")" '^P:' "a pipe"
on_tty -- sh -c 'kith list | cat'
plain "a pipe on a terminal"
TERM=dumb on_tty -- kith list
plain "a dumb terminal"

# Which pager: KITH_PAGER, else PAGER, else less; an empty one and cat are none.
PAGER='sed s/^/O:/' on_tty -- kith list
paged "KITH_PAGER goes before PAGER"
unset KITH_PAGER
PAGER="$marked" on_tty -- kith list
paged "PAGER"
KITH_PAGER='' PAGER="$marked" on_tty -- kith list
plain "an empty one is none"
KITH_PAGER=cat PAGER="$marked" on_tty -- kith list
plain "cat is none"
mkdir "$tmp/bin"
printf '#!/bin/sh\necho "P:LESS=$LESS LV=$LV"\nexec sed s/^/P:/\n' > "$tmp/bin/less"
chmod +x "$tmp/bin/less"
path=$PATH PATH="$tmp/bin:$PATH"
on_tty -- kith list
paged "less"
like "$out" '^P:LESS=FRX LV=-c$' "with what it needs for colours"
LESS=S LV=-x on_tty -- kith list
like "$out" '^P:LESS=S LV=-x$' "or what the user has"
PATH=$path
KITH_PAGER='cat | sed "s/^/P:/"' on_tty -- kith list
paged "a pipe of the user's"

# What goes wrong with it.
for pager in nosuch 'nosuch -x' 'nosuch --a="b"' "$tmp/bin"; do
	KITH_PAGER=$pager on_tty -- kith list
	is "$status $(printf '%s\n' "$out" | grep -c '^Person')" "0 26" "$pager: plain output"
	like "$out" '^kith: cannot run the pager "' "$pager: and a word"
done
KITH_PAGER='sed -n 1q' on_tty -- kith list
is "$status:$out" "0:" "one that is left at once"
KITH_PAGER='head -n 1' on_tty -- kith list
is "$status:$(printf '%s\n' "$out" | wc -l)" "0:1" "one that is left early"
i=0
while [ $((i += 1)) -le 300 ]; do
	printf -- '## Log\n- 2026-01-20 call: %0900d\n' $i | contact "q$i.md"
done
KITH_PAGER='head -n 1' on_tty -- kith timeline
is "$status:$(printf '%s\n' "$out" | wc -l)" "0:1" "one that is left with much to come"
KITH_PAGER='sed -n 1p; exit 3' on_tty -- kith list
is "$status" 0 "its status is nobody's matter"
KITH_PAGER='kill -9 $$' on_tty -- kith list
is "$status" 0 "nor that it was killed"
printf -- '---\ncadence: 6 weks\n---\n' | contact bad.md
KITH_PAGER="$marked" on_tty -- kith list
is "$status" 1 "kith's own status is kept"
like "$out" '^P:people/bad.md:2:10: error: ' "what is wrong is at the end of the page"
KITH_PAGER="$marked" on_tty -- sh -c 'kith list 2> /dev/null'
unlike "$out" 'bad.md:2' "or where standard error goes"

# The real one, where it is: it shows a page, and q leaves it.
if command -v less > /dev/null; then
	KITH_PAGER=less on_tty '^:|\n:|\e\[K' q -- kith list
	is "$status" 1 "less"
	like "$out" 'Person 10' "it shows the beginning"
	unlike "$out" 'Person 42' "and not yet the end"
else
	skip "less" "it is not here"
fi
done_testing
