#!/bin/sh
# The commands of a week on the example journal, as one would type them, in bash and in zsh:
# the same lines must mean the same in both, and end in the same files and commits.
. "$(dirname "$0")/lib.sh"

# The week, with the quoting that the README shows. `editor` and `notes` are made below.
cat > "$tmp/week" <<'END'
kith review || :
kith log ruth coffee: a spring that holds
kith log nell,samir last friday lunch: chestnuts, again +got
kith log ruth "yesterday call: isn't it late? & *warm*; #asked"
kith plan ruth friday 12:30 lunch: the tape measure
kith promise marek the signed form by friday
kith --today 2026-11-24 ask nell for a loaf by dec 10
kith --today 2026-11-24 wait samir his map of the flood by december 10
kith --today 2026-11-24 topic nell rye, or spelt
kith --today 2026-11-25 done ruth tape
kith --today 2026-11-25 met Grace Hopper yesterday at the ACM dinner via ruth org=Navy
kith --today 2026-11-25 add Ada Byron org=Analytical Engines title=CTO
kith --today 2026-11-26 set elif org=Paper Works tags+=mentor location=
kith --today 2026-11-26 set elif tags-=mentor
kith --today 2026-11-26 snooze elif 3 weeks
kith --today 2026-11-26 pause samir
kith --today 2026-11-26 resume samir
kith --today 2026-11-26 archive grace
kith --today 2026-11-27 rename ada-byron Ada Lovelace
kith --today 2026-11-27 log ada -- monday is her first day
kith --today 2026-11-27 log "ada lovelace" - < "$notes"
kith --today 2026-11-27 log ruth tried
EDITOR="$editor" kith --today 2026-11-28 edit marek
echo 'He likes rivers.' >> people/tendai-moyo.md
kith --today 2026-11-28 commit
kith --today 2026-11-28 remove grace --yes
kith --today 2026-11-28 undo
kith --today 2026-11-28 undo 'HEAD~2'
kith --today 2026-11-29 promise ruth never mind
kith --today 2026-11-29 undo
END
cat > "$tmp/editor" <<'END'
#!/bin/sh
sed 's/accountant/bookkeeper/' "$1" > "$1.new" && mv "$1.new" "$1"
END
chmod +x "$tmp/editor"
printf 'letter: four pages\n\nand a drawing\n' > "$tmp/notes"
export editor="$tmp/editor" notes="$tmp/notes"

cat > "$tmp/subjects" <<'END'
Write the review of week 48, 2026
Log coffee with Ruth Ashdown
Log lunch with Nell Hartley and Samir Choudhury
Log a call with Ruth Ashdown
Plan lunch with Ruth Ashdown on 2026-11-27
Promise Marek Novotný: the signed form
Ask Nell Hartley: for a loaf
Wait for Samir Choudhury: his map of the flood
Topic for Nell Hartley: rye, or spelt
Done for Ruth Ashdown: bring back the brass tape measure
Add Grace Hopper
Add Ada Byron
Elif Yıldırım is now at Paper Works; Remove the location of Elif Yıldırım; and 1 more
Remove the tags of Elif Yıldırım
Snooze Elif Yıldırım until 2026-12-17
Pause Samir Choudhury
Resume Samir Choudhury
Archive Grace Hopper
Rename Ada Byron to Ada Lovelace
Log a conversation with Ada Lovelace
Log a letter with Ada Lovelace
Try to reach Ruth Ashdown
Marek Novotný is now bookkeeper
Change the notes on Tendai Moyo
Remove Grace Hopper
Undo "Remove Grace Hopper"
Undo "Change the notes on Tendai Moyo"
Promise Ruth Ashdown: never mind
Undo "Promise Ruth Ashdown: never mind"
END
cat > "$tmp/lines" <<'END'
people/ada-lovelace.md
+---
+name: Ada Lovelace
+org: Analytical Engines
+title: CTO
+aliases: [Ada Byron]
+---
+
+## Log
+- 2026-11-27 letter: four pages
+
+  and a drawing
+- 2026-11-27: monday is her first day
people/elif-yildirim.md
-org: Kağıt ve Cilt
+org: Paper Works
-location: Bristol
+formerly:
+  - bookbinder, Kağıt ve Cilt (until 2026)
+snooze: 2026-12-17
people/grace-hopper.md
+---
+name: Grace Hopper
+met: 2026-11-24 at the ACM dinner
+introduced_by: "[[ruth-ashdown]]"
+org: Navy
+status: archived
+---
people/marek-novotny.md
-role: accountant<CR>
+role: bookkeeper<CR>
+- [ ] the signed form  (created:: 2026-11-23)  (due:: 2026-11-27)<CR>
people/nell-hartley.md
+- [ ] #waiting #asked for a loaf ➕ 2026-11-24 📅 2026-12-10
+- [ ] #topic rye, or spelt ➕ 2026-11-24
+- 2026-11-20 lunch with [[samir-choudhury]]: chestnuts, again #got
people/ruth-ashdown.md
-- [ ] bring back the brass tape measure  (created:: 2026-10-18)  (due:: 2026-11-26) ^tape
+- [x] bring back the brass tape measure  (created:: 2026-10-18)  (due:: 2026-11-26)  (completion:: 2026-11-25) ^tape
+- 2026-11-27 tried
+- 2026-11-27 12:30 lunch: the tape measure #planned
+- 2026-11-23 coffee: a spring that holds
+- 2026-11-22 call: isn't it late? & *warm*; #asked
people/samir-choudhury.md
+- [ ] #waiting his map of the flood  (created:: 2026-11-24)  (due:: 2026-12-10)
END

# lines: what the week changed in the contacts, without what it only stands beside.
lines() {
	git diff --no-color --no-renames -U0 "$1" HEAD -- people | sed -n '/^--- /d; /^+++ \/dev\/null/d; s/^+++ b\///p; s/\r$/<CR>/; /^+added: /d; /^[-+]/p'
}
# week SHELL OPTION...: the whole week as one script of that shell, in a new example.
week() {
	shell=$1
	if ! command -v "$shell" > /dev/null; then
		skip "a week in $shell" "it is not installed"
		return
	fi
	kith init --example "$tmp/$shell" > /dev/null || exit 1
	cd "$tmp/$shell" || exit 1
	start=$(git rev-parse HEAD)
	run "$@" -ec "$(cat "$tmp/week")"
	is "$status" 0 "$shell: each command of the week succeeds"
	[ "$status" -eq 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
	git log --reverse --format=%s "$start.." > "$tmp/said"
	ok "$shell: each is one commit, with its subject" diff -u "$tmp/subjects" "$tmp/said"
	lines "$start" > "$tmp/changed"
	ok "$shell: the files hold that, and nothing else changed" diff -u "$tmp/lines" "$tmp/changed"
	is "$(git status --porcelain)" "" "$shell: nothing is left over"
	is "$(git fsck 2>&1 | grep -v '^dangling')" "" "$shell: the repository is sound"
	run kith --today 2026-11-29 check
	expect "$shell: kith finds only what it found before" 1 <<'END'
people/imogen-blythe.md:7:10: error: "2 moths" is not an interval (did you mean "2 months"?) [contacts]
END
	git rev-parse 'HEAD^{tree}' >> "$tmp/trees"
}
: > "$tmp/trees"
week bash --norc
week zsh -f
is "$(sort -u "$tmp/trees" | wc -l)" 1 "the shells end with the same files"
done_testing
