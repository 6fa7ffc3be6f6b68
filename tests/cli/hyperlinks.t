#!/bin/sh
# On a terminal that is known to have links (OSC 8), names in tables lead to their files; nowhere
# else is there an escape of them, and nothing in a file's name or in a name gets out of one.
. "$(dirname "$0")/lib.sh"
if perl "$root/tests/cli/pty.pl" 80 -- true 2> /dev/null; then :; else
	skip "no terminal can be made here"
	done_testing
fi
esc=$(printf '\033')
export TERM=xterm KITH_PAGER=cat
# on_tty COMMAND...: what the terminal got, each ESC as `^`.
on_tty() {
	perl "$root/tests/cli/pty.pl" "${columns-80}" -- "$@" > "$tmp/out" 2> "$tmp/err"
	status=$?
	out=$(tr -d '\r' < "$tmp/out" | sed "s/$esc/^/g")
}
linked() { like "$out" '\^]8;;file://' "$1"; }
plain() { unlike "$out" '\^\]8;' "$1"; }

journal
contact ada.md <<'END'
---
name: Ada Lovelace
cadence: weekly
birthday: 11-25
---
## Log
- 2026-01-10 call: brass
END
contact '50% o;é\ "x" 1.md' <<'END'
---
name: "Zoë \e]8;;http://evil.example\e\\ \a\x9d8;; Ünal 名前"
cadence: weekly
---
- [ ] brass  (due:: 2026-11-25)
END
commit "People"
at=file://$(hostname)$PWD/people
for words in list 'list --columns name,last' due today 'search brass'; do
	# shellcheck disable=SC2086
	VTE_VERSION=7200 on_tty kith $words
	like "$out" "\\^]8;;$at/ada\\.md\\^\\\\(\\^\\[1m)?Ada Lovelace(\\^\\[0m)?\\^]8;;\\^\\\\" "$words: a name"
	like "$out" "\\^]8;;$at/50%25%20o;%C3%A9%5C%20%22x%22%201\\.md\\^\\\\" "$words: a path of any bytes"
	unlike "$out" '\^\]8;;http' "$words: none of a name's own"
	# But for the links, it is the same.
	printf '%s\n' "$out" | sed 's/\^\]8;;[^^]*^\\//g' > "$tmp/without"
	# shellcheck disable=SC2086
	on_tty kith $words
	printf '%s\n' "$out" > "$tmp/plain"
	ok "$words: in the same columns" diff "$tmp/plain" "$tmp/without"
	plain "$words: not on a terminal that nobody knows"
done
columns=20 VTE_VERSION=7200 on_tty kith list
like "$out" "$at/ada\\.md" "at 20 columns"

for terminal in VTE_VERSION=5001 KONSOLE_VERSION=220400 WT_SESSION=x TERM_PROGRAM=WezTerm TERM=xterm-kitty \
	TERM=foot-extra TERM=alacritty; do
	on_tty env "$terminal" kith list
	linked "$terminal"
done
for terminal in VTE_VERSION=5000 VTE_VERSION=x KONSOLE_VERSION=1 TERM_PROGRAM=Apple_Terminal TERM=xterm-256color TERM=; do
	on_tty env "$terminal" kith list
	plain "not: $terminal"
done
export VTE_VERSION=7200
for terminal in TERM=screen.xterm TERM=linux TERM=dumb NO_COLOR=1; do
	on_tty env "$terminal" kith list --color auto
	plain "$terminal: none"
done
on_tty kith list --color never
plain "--color never"
for format in plain csv tsv json ndjson; do
	on_tty kith list --format $format
	plain "--format $format"
done
kith list --color always > "$tmp/piped"
unlike "$(tr "$esc" '^' < "$tmp/piped")" '\^\]8;' "a pipe, whatever the colours"
on_tty kith list --as-of HEAD
plain "--as-of"
mkdir "$tmp/a b" && cp -r people kith.yaml "$tmp/a b"
on_tty kith -C "$tmp/a b" list
like "$out" "/a%20b/people/ada\\.md\\^" "a folder with a blank"
if command -v less > /dev/null; then
	cp people/ada.md people/b1.md
	i=0
	while [ $((i += 1)) -le 40 ]; do cp people/ada.md "people/b$i.md"; done
	KITH_PAGER='less -RX' perl "$root/tests/cli/pty.pl" 80 '\e\[K' q -- kith list > "$tmp/out" 2>&1
	out=$(tr -d '\r' < "$tmp/out" | sed "s/$esc/^/g")
	linked "less shows them"
else
	skip "less shows them" "it is not here"
fi
done_testing
