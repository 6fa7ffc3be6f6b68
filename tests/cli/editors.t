#!/bin/sh
# A page that is worked in real editors and by other programs: what each of them made of the bytes
# (the pages in editors/, as they gave them), and, where a program is there, the same done by it.
# KITH_KEEP=tests/cli/editors prove tests/cli/editors.t keeps the bytes of those that are there anew.
# Prettier and isomorphic-git are found below build/node (npm install --prefix build/node NAME).
keep=${KITH_KEEP-}
case $keep in '' | /*) ;; *) keep=$PWD/$keep ;; esac
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"
page=reviews/2026-W48.md
export KITH_TODAY=2026-11-25

journal
contact ada.md <<'END'
---
name: Ada Lovelace
cadence: every 6 weeks
---

## Next
- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)
- [ ] #waiting her slides  (created:: 2026-11-02)  (due:: 2026-11-25)

## Log
- 2026-11-18 lunch: the licence #planned
- 2026-09-20 coffee: the move
END
contact grace.md <<'END'
---
name: Grace Hopper
cadence: none
---

## Log
END
contact lin.md <<'END'
---
name: Lin Wu
cadence: monthly
interests: [looms, brass, hedgehogs, slide rules, suspension bridges]
---

## Log
- 2026-08-01 call: x
END
commit People
run kith review --today 2026-11-23
git commit -q --amend -m People
base=$PWD start=$(git rev-parse HEAD)

# week: the journal as it is on Monday, in a folder of its own.
week() {
	rm -rf "$tmp/now"
	cp -R "$base" "$tmp/now"
	cd "$tmp/now" || exit 1
}
# changes: the lines of contacts that came and went since Monday.
changes() {
	git diff --no-color -U0 "$start" -- people | sed -n '/^+++ /d; /^--- /d; /^[-+]/p'
}
all_of_it='+- 2026-11-18 lunch: the licence #cancelled
+- 2026-11-25 call: compilers
+- 2026-11-25: she is well
+- [x] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)  (completion:: 2026-11-25)
-- 2026-11-18 lunch: the licence #planned
-- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-27)'
# applied NAME: the page says all of it, once, also when it is made again.
applied() {
	[ -z "$keep" ] || cp $page "$keep/$1.page"
	run kith apply
	is "$status$err" 0 "$1: is understood"
	is "$(changes | LC_ALL=C sort)" "$all_of_it" "$1: all of it is in the files"
	run kith apply
	is "$status$err$out" "0nothing to apply: the files know all that the pages say" "$1: once"
	run kith review
	is "$status$(grep -c 'she is well\|call: compilers\|\[[xX-]\]' $page)" 05 "$1: and stays on the page"
	run kith apply
	is "$(changes | LC_ALL=C sort)" "$all_of_it" "$1: once, after it was made again"
}


# --- vim: goes on below with the indentation of the line above, and keeps a copy beside ---
if command -v vim > /dev/null; then
	week
	cat > "$tmp/keys.vim" <<'END'
set autoindent backup backupskip=
call search('\[ \] \*\*\[Lin') | execute "normal! lrx"
call search('^  - \*last') | execute "normal! o- she is well\<Esc>"
call cursor(1, 1)
call search('\[ \].*promised: send') | execute "normal! lrx"
call search('\[ \].*the licence') | execute "normal! lr-"
execute "normal! Go\<CR>- [[grace]] call: compilers\<Esc>"
wq
END
	vim -N -u NONE -i NONE -e -s -S "$tmp/keys.vim" $page < /dev/null > "$tmp/said" 2>&1
	ok "vim keeps what was there in a file beside it" test -e $page~
	applied vim
else
	skip vim "it is not here"
fi

# --- nano: on a terminal, key by key ---
if command -v nano > /dev/null && perl "$root/tests/cli/pty.pl" 80 -- true 2> /dev/null; then
	week
	TERM=xterm perl "$root/tests/cli/pty.pl" 120 'Exit' '\x17[ ] **[Lin\r' 'Lin' '\e[C\e[3~x' '' '\x17*last\r' '' '\x05\r- she is well' \
		'' '\e[H\x17] **Fri 27\r' '' '\x7fx' '' '\x17] **Wed 18\r' '' '\x7f-' '' '\e[4~\e/\r\r- [[grace]] call: compilers' \
		'' '\x0f' 'Write' '\r' 'Wrote' '\x18' -- nano --ignorercfiles --autoindent $page > "$tmp/said" 2>&1
	applied nano
else
	skip nano "it is not here, or no terminal can be made"
fi

# work SCRIPT: a perl program over the page's text.
work() {
	perl -CSAD -Mutf8 -0pi -e "$1" $page
}
ticks='s/\[ \](.*(?:Lin Wu|promised: send the paper))/[x]$1/g; s/\[ \](.*the licence)/[-]$1/;'

# --- VS Code: four blanks for a tab, a box on the next line too, blanks at ends taken away ---
week
work "$ticks"'s/(Lin Wu.*\n(?:  - \*.*\n)*)/$1    - [x] she is well\n/; s/[ \t]+$//mg; s/\n*\z/\n\n- [[grace]] call: compilers\n/'
applied vscode

# --- Obsidian: tabs, a box on the next line too, the front matter written anew, no last line end ---
week
work "$ticks"'s/(Lin Wu.*\n(?:  - \*.*\n)*)/$1\t- [x] she is well\n/; s/^week: (.*)/week: "$1"/m; s/\n*\z/\n\n- [[grace|Grace Hopper]] call: compilers/'
applied obsidian
# With Tasks, and with what the linter does: dates behind what was ticked, in front of the id.
week
work "$ticks"'s/(\[[x]\].*?)( \^[rp]-\w+)$/$1 ✅ 2026-11-25$2/mg; s/(\[-\].*?)( \^h-\w+)$/$1 ❌ 2026-11-25$2/mg;
	s/(Lin Wu.*\n(?:  - \*.*\n)*)/$1  - she is well\n/; s/^(#.*)\n+/$1\n\n/mg; s/^(\s*)- /$1* /mg; s/^  \*/\t*/mg; s/\n*\z/\n\n* [[grace]] call: compilers\n/;
	s/^applied: \[\]/applied:\n  []/m'
applied obsidian-tasks

# --- Prettier, over a page that was worked and over one that was applied ---
node=$root/build/node/node_modules
prettier() {
	node "$node/prettier/bin/prettier.cjs" --write "$@" > "$tmp/said" 2>&1 || fail "prettier works" "$(cat "$tmp/said")"
}
lines='s/(Lin Wu.*\n(?:  - \*.*\n)*)/$1  - she is well\n/; s/\n*\z/\n\n- [[grace]] call: compilers\n/;'
if [ -e "$node/prettier/bin/prettier.cjs" ]; then
	week
	work "$ticks $lines"
	prettier --prose-wrap always --print-width 60 --tab-width 4 $page
	applied prettier-wrapped
	prettier $page
	run kith apply
	is "$status$(changes | LC_ALL=C sort)" "0$all_of_it" "prettier over a page that was applied"
else
	skip prettier "it is not here"
fi

# --- a phone: isomorphic-git commits what was ticked there, and it is pulled ---
if [ -e "$node/isomorphic-git/index.cjs" ]; then
	week
	git clone -q "$tmp/now" "$tmp/phone"
	cd "$tmp/phone" && work "$ticks $lines"
	cat > "$tmp/phone.js" <<'END'
const git = require(process.argv[2]), fs = require('fs'), dir = process.cwd();
(async () => {
	const changed = (await git.statusMatrix({ fs, dir })).filter(row => row[2] !== row[3]).map(row => row[0]);
	for (const filepath of changed) await git.add({ fs, dir, filepath });
	await git.commit({ fs, dir, message: 'On the phone', author: { name: 'Phone', email: 'phone@post.example',
		timestamp: Date.UTC(2026, 10, 24, 9) / 1000, timezoneOffset: 0 } });
	console.log(changed.join(' '));
})();
END
	is "$(node "$tmp/phone.js" "$node/isomorphic-git/index.cjs" 2>&1)" $page "the phone commits the page"
	run kith check
	is "$status$(git status --porcelain)" 0 "its index and its commit are read"
	cd "$tmp/now" && git pull -q "$tmp/phone" main
	all_on_wednesday=$all_of_it
	all_of_it=$(printf '%s\n' "$all_of_it" | sed 's/^+- 2026-11-25: /+- 2026-11-24: /; s/completion:: 2026-11-25/completion:: 2026-11-24/; s/11-25 call/11-24 call/')
	applied phone
	all_of_it=$all_on_wednesday
else
	skip phone "isomorphic-git is not here"
fi

# --- the bytes that they gave ---
[ -n "$keep" ] || for kept in "$root"/tests/cli/editors/*.page; do
	week
	cp "$kept" $page
	applied "as it was kept: $(basename "$kept" .page)"
done
done_testing
