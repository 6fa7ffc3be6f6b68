#!/bin/sh
# Input that no person would write, and what cannot be stored in a repository: huge,
# pathological and unreadable files. Each costs at most 3 seconds of a processor and 200 MiB of
# addresses more than a small file does, is told with its place, and the good contact beside it stays in the output.
. "$(dirname "$0")/lib.sh"

seconds=3
[ -z "$sanitized" ] || seconds=30

limited() (
	[ -n "$sanitized" ] || ulimit -v "$room"
	ulimit -S -t "$seconds"
	exec timeout 120 "$@"
)

journal
contact good.md <<'END'
---
name: Good Friend
cadence: 6 weeks
---
- 2026-09-20 call: still counts
END
bad=people/bad.md

# What the program takes of addresses, whatever it reads: its libraries, and a stack for each thread.
few=0 room=1048576
commit "A journal"
while [ -z "$sanitized" ] && [ $((room - few)) -gt 2048 ]; do
	middle=$(((few + room) / 2))
	if (ulimit -v $middle; kith due && kith set good org=X -n && kith log good call: x -n) > /dev/null 2>&1; then
		room=$middle
	else
		few=$middle
	fi
done
echo "# a small file needs $room KiB of addresses"
room=$((room + 204800))

# try NAME STATUS REGEX: `kith due` ends with that status in time, with the good contact in
# what it prints and a finding that matches (`-` for none); the other commands end as well.
try() {
	run limited kith due
	if [ "$status" -ne "$2" ]; then
		fail "$1" "status $status, not $2: $(head -c 500 "$tmp/err")"
	elif ! grep -q '^Good Friend' "$tmp/out"; then
		fail "$1" "the good contact is not in: $(head -c 500 "$tmp/out")"
	elif [ "$3" = - ] && [ -s "$tmp/err" ]; then
		fail "$1" "a finding: $(head -c 500 "$tmp/err")"
	elif [ "$3" != - ] && ! grep -Eq -e "$3" "$tmp/err"; then
		fail "$1" "not $3: $(head -c 500 "$tmp/err")"
	else
		pass "$1"
	fi
	for words in 'review --stdout' check; do
		# shellcheck disable=SC2086
		run limited kith $words
		[ "$status" -eq "$2" ] || fail "$1: kith $words" "status $status: $(head -c 300 "$tmp/err")"
	done
	rm -rf "$bad"
}
E="^$bad:"

# --- front matter ---
printf -- '---\nname: X\ncadence: weekly\n' > $bad
try "front matter that never closes" 1 "${E}1:1: error: "
printf -- '---\n- a\n- b\n---\n' > $bad
try "front matter that is a list" 1 "${E}2:1: error: "
printf -- '---\nname: X\norg: A\norg: B\n---\n' > $bad
try "a key twice" 1 "${E}4:1: error: "
printf -- '---\nname: X\nphone:\n\twork: 1\n---\n' > $bad
try "a tab" 1 "${E}4:1: error: "
printf -- '---\nname: &a X\norg: *a\n---\n' > $bad
try "an anchor" 1 "${E}2:7: error: "
grep -q "^$bad:3:6: error: " "$tmp/out" && pass "and an alias" || fail "and an alias" "$out"
{ printf -- '---\nname: X\na: '; head -c 100000 /dev/zero | tr '\0' '['; printf '\n---\n'; } > $bad
try "lists nested 100,000 deep" 1 "${E}3:[0-9]+: error: "
{ printf -- '---\nname: X\na: '; yes -- '{a: ' | head -n 100000 | tr -d '\n'; printf '\n---\n'; } > $bad
try "maps nested 100,000 deep" 1 "${E}3:[0-9]+: error: "
{ printf -- '---\nname: X\n'; awk 'BEGIN { for (i = 0; i < 3000; i++) printf "%*sa:\n", i, "" }'; printf -- '---\n'; } > $bad
try "maps nested 3,000 deep by indentation" 1 "${E}[0-9]+:[0-9]+: error: "
{ printf -- '---\nname: X\n'; awk 'BEGIN { for (i = 0; i < 40000; i++) print "k" i ": v" }'; printf -- '---\n'; } > $bad
try "40,000 keys" 0 -
{ printf -- '---\nname: X\n'; awk 'BEGIN { for (i = 0; i < 200000; i++) print "k" i ": v" }'; printf -- '---\n'; } > $bad
try "200,000 keys" 1 "${E}50000:9: error: more keys and values than are read; nothing after this place is"
{ printf -- '---\nname: X\n'; yes 'k: v' | head -n 200000; printf -- '---\n'; } > $bad
try "one key 200,000 times" 1 "${E}4:1: error: "
{ printf -- '---\nname: X\ntags: ['; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "t%d, ", i }'; printf ']\n---\n'; } > $bad
try "200,000 tags" 1 "${E}3:[0-9]+: error: more keys and values than are read"
{ printf -- '---\nname: X\nknows: ['; awk 'BEGIN { for (i = 0; i < 90000; i++) printf "p%d, ", i }'; printf ']\n---\n'; } > $bad
try "90,000 links to nobody" 0 "${E}3:[0-9]+: warning: "
{ printf -- '---\nname: '; head -c 2000000 /dev/zero | tr '\0' 'n'; printf '\n---\n'; } > $bad
try "a name of 2 MB" 0 -
printf -- '---\nname:\naliases:\nemail: ~\ntags: null\ncadence:\nbirthday:\n---\n' > $bad
try "empty values" 0 -
printf -- '---\nname: X\nbirthday: 2026-02-30\n---\n- 2026-02-30 call\n' > $bad
try "30 February" 1 "${E}3:11: error: "
grep -q "^$bad:5:3: error: " "$tmp/out" && pass "and in an entry" || fail "and in an entry" "$out"
printf -- '---\nname: X\ncadence: 6 weks\n---\n' > $bad
try "6 weks" 1 "${E}3:10: error: .*6 weeks"
printf -- '---\nname: X\nintroduced_by: bad\n---\n' > $bad
try "somebody who introduced themselves" 0 "${E}3:16: warning: "
printf -- '---\nname: X\nintroduced_by: "[[nobody]]"\n---\n' > $bad
try "a link to nobody" 0 "${E}3:16: warning: "

# --- bytes ---
printf -- '---\nname: A\0B\n---\n' > $bad
try "NUL in front matter" 1 "${E}2:8: error: "
printf -- '---\nname: X\n---\na\0b\n' > $bad
try "NUL in the body" 1 "${E}4:2: error: "
printf -- '---\nname: X\377\n---\n' > $bad
try "no UTF-8" 1 "${E}2:8: error: "
printf -- '\377\376-\0-\0-\0\n\0' > $bad
try "UTF-16" 1 "${E}1:1: error: "
printf -- '\357\273\277---\r\nname: X\r\ncadence: 6 weks\r\n---\r\n' > $bad
try "BOM and CRLF, and the place is right" 1 "${E}3:10: error: "
printf '<<<<<<< HEAD\n---\nname: X\n---\n=======\n---\nname: Y\n---\n>>>>>>> b\n' > $bad
try "a file of conflict markers" 1 "${E}1:1: error: "
: > $bad
try "an empty file" 0 -
truncate -s 300M $bad
try "300 MB" 1 "${E}.*error: .*large"
head -c 4194304 /dev/zero | tr '\0' 'a' > $bad
try "4 MiB of one letter are read" 0 -
head -c 4194305 /dev/zero | tr '\0' 'a' > $bad
try "a byte more is not" 1 "${E}.*error: .*large"

# --- what is no file ---
mkfifo $bad
try "a FIFO" 1 "${E}.*error: "
ln -s /etc/passwd $bad
try "a link out of the journal" 1 "${E}.*error: "
ln -s bad.md $bad
try "a link to itself" 1 "${E}.*error: "
ln -s nowhere $bad
try "a link to nothing" 1 "${E}.*error: it is a link to nothing"
ln -s /dev/zero $bad
try "a link to a device" 1 "${E}.*error: "
mkdir people/loop && ln -s .. people/loop/up
try "a link to a folder above" 0 -
rm -r people/loop
if [ "$(id -u)" -ne 0 ]; then
	printf -- '---\nname: X\n---\n' > $bad && chmod 0 $bad
	try "a file without permission" 1 "${E}.*error: .*ermission"
	mkdir people/shut && chmod 0 people/shut
	bad=people/shut try "a folder without permission" 1 "^people/shut.*error: .*ermission"
	chmod 700 people/shut 2>/dev/null
elif command -v setpriv >/dev/null && chmod -R a+rX "$tmp" && setpriv --reuid 65534 --clear-groups \
	sh -c 'test -x "$1" && test -r "$2"' sh "$kith_bin" "$PWD/kith.yaml" 2>/dev/null; then
	printf -- '---\nname: X\n---\n' > $bad && chmod 0 $bad
	run setpriv --reuid 65534 --clear-groups kith due
	like "$err" "$bad.*error: .*ermission" "a file without permission"
	like "$out" '^Good Friend' "and the others count"
	rm -f $bad
else
	skip "a file without permission" "root reads all"
fi

# --- bodies ---
# A body that would cost too much may be refused instead, with its place.
cheap() {
	run limited kith due
	if [ "$status" -gt 1 ] || ! grep -q '^Good Friend' "$tmp/out"; then
		fail "$1" "status $status: $(head -c 300 "$tmp/err")"
	elif [ "$status" -eq 1 ] && ! grep -q "$E.*error: .*marks of Markdown" "$tmp/err"; then
		fail "$1" "$(head -c 300 "$tmp/err")"
	else
		pass "$1"
	fi
}
# body TEXT BYTES: the text again and again, after a front matter. lines TEXT BYTES: lines of it.
body() {
	{ printf -- '---\nname: X\n---\n'; yes -- "$1" | tr -d '\n' | head -c "$2"; } > $bad
	cheap "$2 bytes of $1"
}
lines() {
	{ printf -- '---\nname: X\n---\n'; yes -- "$1" | head -c "$2"; } > $bad
	cheap "$2 bytes of lines of $(echo "$1" | tr '\n\r' '  ')"
}
for text in '[' '> ' '![[]()' ; do
	body "$text" 200000
done
for text in '[' '![' '[a](' '<' '&' '*' '_' '`' '*a_' '**a ' '~~' '[[' '[[a|' '](' '<a ' '<!--' '<?' '<![CDATA[' '\\' '#a ' '(due:: ' '📅' 'due:' '@due(' ' ^a' '[a]: b ' '"' '|' '%%'; do
	body "$text" 900000
	body "$text" 4000000
done
for text in '> ' '- ' '* ' '1. ' '- > ' '[ ] ' '- [ ] '; do
	body "$text" 1000000
done
lines '- [ ] a' 3000000
lines '[ref]: /a' 3000000
lines '[a]' 3000000
lines '- 2026-09-20 call: x #gave' 3000000
lines '# Log' 3000000
lines '```' 3000000
lines '~~~ a' 3000000
lines 'a | b' 3000000
lines '- 2026-09-20 call with a, b, c & d' 3000000
lines '- 2026-09-20 call with [[good]] and [[good]]' 3000000
lines '<div>' 3000000
lines '===' 3000000
lines '* * *' 3000000
lines "$(printf 'a\n===')" 3000000
lines "$(printf 'a\r')" 3000000
{ printf -- '---\nname: X\n---\n'; awk 'BEGIN { for (i = 0; i < 1500; i++) printf "%*s- a\n", i * 2, "" }'; } > $bad
cheap "lists nested 1,500 deep"
{ printf -- '---\nname: X\n---\n'; awk 'BEGIN { for (i = 0; i < 60000; i++) printf "[a%d]: /%d\n", i, i; for (i = 0; i < 60000; i++) printf "[a%d] ", i }'; } > $bad
cheap "60,000 link definitions"
{ printf -- '---\nname: X\n---\n'; awk 'BEGIN { for (i = 0; i < 2200; i++) { s = s "`"; print "e" s } }'; } > $bad
cheap "backticks in rows that grow"
{ printf -- '---\nname: X\n---\n- 2026-09-20 call: '; awk 'BEGIN { for (i = 0; i < 1400; i++) { s = s "`"; printf "e%s", s } }'; echo ' #a'; } > $bad
cheap "backticks in runs that grow, in one line"
{ printf -- '---\nname: X\n---\n- 2026-09-20 call with x'; head -c 4000000 /dev/zero | tr '\0' ' '; echo y; } > $bad
cheap "4 MB of blanks in a name"
{ printf -- '---\nname: X\n---\n- 2026-09-20 call with [[good]], '; yes 'X ' | tr -d '\n' | head -c 4000000; } > $bad
cheap "4 MB of names after a comma"
{ printf -- '---\nname: X\n---\n- [ ] '; head -c 4000000 /dev/zero | tr '\0' '('; } > $bad
cheap "4 MB of brackets in a task"
{ printf -- '---\nname: X\nintroduced_by:\n'; yes -- '- bad' | head -n 90000; printf -- '---\n'; } > $bad
try "90,000 times introduced by themselves" 0 "${E}4:3: warning: "
{ printf -- '---\nname: X\n---\n- [ ] '; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "(due:: 2026-11-30) " }'; } > $bad
cheap "100,000 days in one task"

# Into what is not read nothing is written, and that is said.
many() {
	{ printf -- '---\nname: X\n---\n'; yes -- a | head -n "$1"; } > $bad
}
many 300000
for words in 'promise bad x' 'log bad call: x' 'topic bad x' 'done bad x' 'merge good bad' 'remove -n bad'; do
	# shellcheck disable=SC2086
	run limited kith $words
	like "$err" 'many lines or marks|a text that is not read' "kith $words, where the text is not read"
done
run limited kith set bad org=x
is "$status:$(sed -n 3p $bad)" "0:org: x" "front matter is written"
many 225000
run limited kith promise bad x
like "$err" 'with this the text would hold too many lines' "what would make it unread is refused"
rm $bad

# Front matter of nothing but keys: as many as are read, and more.
for keys in 45000 460000; do
	{ printf -- '---\nname: X\n'; awk -v n=$keys 'BEGIN { for (i = 0; i < n; i++) print "k" i ":" }'; printf -- '---\n## Log\n- 2026-01-01 call: x\n'; } > $bad
	for words in due 'set bad org=x' 'promise bad x' 'log bad call: x' 'snooze bad 2 weeks' 'show bad' 'rename -n bad Y'; do
		# shellcheck disable=SC2086
		run limited kith $words
		like "$status" '^[01]$' "$keys keys: kith $words ends by itself"
		unlike "$err" 'memory' "$keys keys: in the room it has"
		case $keys:$words in 460000:due | 460000:s* | 460000:rename*)
			like "$err" 'people/[a-z]+.md:[0-9]+:.*more keys and values than are read' "$keys keys: kith $words says so" ;;
		esac
	done
	git checkout -q . 2> "$tmp/said"
	rm -f $bad
done

# --- journals ---
rm -rf people
run kith due
is "$status" 0 "an empty journal is no error"
run kith review --stdout
like "$out" 'quiet week' "and its week is quiet"
for words in today list check; do
	run kith $words
	is "$status" 0 "kith $words says nothing wrong"
done
echo 'version: 2' > kith.yaml
run kith review
expect "a newer journal is refused, with what to do" 1 <<'END'
[stderr]
kith: this journal is newer than this program
kith.yaml:1:10: error: this journal is of version 2, and this kith knows up to 1; install a newer kith
END
ok "and nothing is written into it" test ! -e reviews
cd "$tmp/work" || exit 1
run kith due
is "$status" 1 "no journal"
like "$err" 'kith init' "says how to make one"
done_testing
