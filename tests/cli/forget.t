#!/bin/sh
# Somebody asks to be forgotten: kith remove says how git forgets, and what it says is enough.
# What can be pasted into a shell stands in lines indented by two blanks.
. "$(dirname "$0")/lib.sh"

# forgotten WORD...: no object, message, name or reference of the repository holds it.
forgotten() {
	for word; do
		held=
		for object in $(git cat-file --batch-all-objects --batch-check='%(objectname)'); do
			git cat-file -p "$object" | grep -aiq -e "$word" && held="$held $(git cat-file -t "$object") $object"
		done
		git for-each-ref | grep -iq -e "$word" && held="$held a reference"
		grep -raiq -e "$word" .git/logs .git/packed-refs .git/refs .git/*HEAD .git/*MSG 2> /dev/null && held="$held .git"
		grep -rlaiq -e "$word" kith.yaml people reviews notes 2> /dev/null && held="$held a file"
		is "$held" "" "nothing holds \"$word\""
	done
}
# past: a journal with a past in which Ada stands everywhere.
past() {
	journal
	printf -- '---\nname: Ada Lovelace\naliases: [Countess]\nemail: ada@secret.example\nphone: "+44 7700 900123"\nbirthday: 1984-11-26\ncadence: 6 weeks\n---\nShe runs on tea.\n\n## Next\n- [ ] send her the paper (due:: 2026-11-25)\n' |
		contact ada-lovelace.md
	printf -- '---\nname: Grace Hopper\nintroduced_by: "[[ada-lovelace]]"\n---\n' | contact grace.md
	printf -- '---\nname: Bob\nknows: [ada-lovelace]\n---\nMet [[ada-lovelace|Ada]] once.\n' | contact bob.md
	printf -- '---\nname: Adalbert\n---\n## Log\n- 2026-11-02 call: granada\n' | contact adalbert.md
	commit "People"
	kith log grace coffee with ada: the looms
	kith log ada call: her secret
	kith log grace lunch: gossip about Ada Lovelace
	kith log bob call: x
	kith promise bob ask Ada Lovelace about tea
	kith review
	kith rename ada-lovelace Ada Byron
	kith set ada-byron location=Bath
	kith rename ada-byron Ada Lovelace
	kith --today 2026-11-30 review
} > /dev/null 2>&1

past
run kith remove ada-lovelace --yes
is "$status" 0 "she is removed"
like "$out" 'git filter-repo' "and it is said how git forgets her"
cp "$tmp/out" "$tmp/said"
sed -n 's/^  //p' "$tmp/said" > "$tmp/recipe"
like "$(cat "$tmp/recipe")" 'git filter-repo' "in lines that can be pasted"
like "$(cat "$tmp/said" "$tmp/err")" 'push' "where it was pushed, too"
like "$(cat "$tmp/said" "$tmp/err")" 'clone|machine|back-?up|elsewhere|remain' "and what remains"
if ! git filter-repo --version > /dev/null 2>&1; then
	skip "the recipe" "git-filter-repo is not installed"
else
	run sh -e "$tmp/recipe"
	is "$status" 0 "the recipe runs"
	[ "$status" -eq 0 ] || printf '%s\n' "$err" | tail -5 | sed 's/^/# /'
	forgotten 'Ada Lovelace' 'ada-lovelace' 'Ada Byron' 'ada-byron' 'secret.example' 'her secret' '900123' 'Countess'
	is "$(git fsck 2>&1 | grep -v '^dangling\|^notice')" "" "the repository is sound"
	ok "other people are there" test -f people/bob.md -a -f people/grace.md -a -f people/adalbert.md
	like "$(git log -p)" 'Adalbert' "with their history"
	like "$(git log -p)" 'granada' "and words that only hold her name"
	like "$(git log --format=%s)" 'Log a call with Bob' "and their messages"
	run kith check
	is "$status" 0 "the journal is in order"
	run kith review --stdout
	unlike "$out" 'Ada (Lovelace|Byron)' "and its page does not know her"
fi
# A name with what a shell or an expression would take for its own.
journal
printf -- "---\nname: \"Zoë O'Hara (Z*)\"\n---\nSecretly tall.\n" | contact 'zoë-o-hara-z.md'
printf -- '---\nname: Bob\n---\n' | contact bob.md
commit "People"
kith log zoë coffee: x > /dev/null 2>&1
kith log bob lunch with zoë: y > /dev/null 2>&1
kith review > /dev/null 2>&1
run kith remove zoë --yes
if ! git filter-repo --version > /dev/null 2>&1; then
	skip "the recipe" "git-filter-repo is not installed"
else
	sed -n 's/^  //p' "$tmp/out" > "$tmp/recipe"
	like "$(cat "$tmp/recipe")" 'git filter-repo' "a name that must be quoted"
	run sh -e "$tmp/recipe"
	is "$status" 0 "is quoted"
	forgotten "O'Hara" 'Secretly' 'zoë'
fi
# A journal in a folder of its repository.
mkdir -p "$tmp/vault/journal/people" && cd "$tmp/vault" && git init -q && cd journal || exit 1
printf 'version: 1\n' > kith.yaml
printf -- '---\nname: Ada Lovelace\n---\n' | contact ada-lovelace.md
printf 'ada-lovelace is not the journal\n' > ../notes.md
commit "Add Ada Lovelace"
run kith remove ada-lovelace --yes
sed -n 's/^  //p' "$tmp/out" > "$tmp/recipe"
if git filter-repo --version > /dev/null 2>&1; then
	like "$(cat "$tmp/recipe")" 'git filter-repo' "a journal in a folder"
	run sh -e "$tmp/recipe"
	is "$status $(git log --all --format= --name-only | grep -c ada-lovelace)" "0 0" "is found there"
fi
# Renamed by hand, plain slugs, links of all kinds, addresses and numbers in others' files.
journal
printf -- '---\nname: Countess Nobody\nemail: old@secret.example\n---\nHer text stands here, long enough to be known again.\n\n## Log\n- 2026-01-02 call: herself\n' | contact nobody.md
commit "Somebody"
mkdir people/work && git mv people/nobody.md people/work/ada.md && commit "Moved by hand"
printf -- '---\nname: Ada\nemail: [ada@secret.example]\nphone: +44 7700 900123\n---\nHer text stands here, long enough to be known again.\n\n## Log\n- 2026-01-02 call: herself\n' | contact work/ada.md
commit "Another name by hand"
printf -- '---\nname: Bob\nknows: [cy, ada]\nintroduced_by: ada\n---\nWrite to ada@secret.example, or +447700-900123. Canada is far.\n\n[her\nself](work/ada.md "Countess Nobody") <work/ada.md> [r] ![[ada#x|the\ncountess]]\n\n[r]: <work/ada.md>\n' | contact bob.md
printf -- '---\nname: Cy\nknows:\n  - dan\n  - boss: ada\nphone: "+44 7700 900999"\n---\n| a |\n| - |\n| [[ada\\|Ada]] |\n' | contact cy.md
printf -- '---\nname: Dan\nemail: dan@x.example\n---\n' | contact dan.md
mkdir notes && printf 'About [[people/work/ada]] and [a](../people/work/ada.md).\n' > notes/x.md
commit "Others"
kith log ada coffee: something > /dev/null 2>&1
run kith remove ada --yes
if git filter-repo --version > /dev/null 2>&1; then
	sed -n 's/^  //p' "$tmp/out" > "$tmp/recipe"
	run sh -e "$tmp/recipe"
	is "$status" 0 "a file that was renamed by hand"
	forgotten 'Countess Nobody' 'nobody' 'secret.example' '900123' '900-123' 'herself' 'known again' '\bada\b' 'the countess'
	like "$(git show HEAD:people/bob.md)" '^knows: \[cy, someone\]$' "slugs in others' front matter go"
	like "$(git show HEAD:people/bob.md)" 'Canada is far' "and words stay"
	is "$(git show HEAD:people/cy.md | sed -n 3,6p)" 'knows:
  - dan
  - boss: someone
phone: "+44 7700 900999"' "in a list, too, and others' numbers stay"
	like "$(git log -p)" 'dan@x.example' "and others' addresses"
fi
ok "the README names it" grep -q filter-repo "$root/README.md"
tr '\n' ' ' < "$root/README.md" > "$tmp/readme"
ok "and what remains" grep -Eqi '(remain|stay|still|reach).{0,200}(clone|backup|back-up)|(clone|backup|back-up).{0,200}(remain|stay|still|reach)' "$tmp/readme"
done_testing
