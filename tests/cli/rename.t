#!/bin/sh
# rename: file, name, links and review ids in one commit. remove: asks, and says what stays.
. "$(dirname "$0")/lib.sh"

journal
contact ada-byron.md <<'END'
---
name: Ada Byron   # her first name
birthday: 1815-12-10
---
## Next
- [ ] send her the paper

## Log
- 2026-09-20 coffee: looms
END
contact bob.md <<'END'
---
name: Bob Stone
introduced_by: ada-byron
knows: ["[[ada-byron]]"]
---
Met [[ada-byron|Ada]] and `[[ada-byron]]`, see [her](ada-byron.md).

- 2026-10-01 call with [[ada-byron]]: engines
END
kith review > "$tmp/said" 2>&1
commit "People"

run kith rename ada-byron Ada Lovelace
is "$status" 0 "rename works"
like "$out" '^renamed Ada Byron to Ada Lovelace, in people/ada-lovelace.md, which was people/ada-byron.md$' \
	"it says what it did"
is "$(ls people)" "ada-lovelace.md
bob.md" "the file has the new name"
is "$(cat people/ada-lovelace.md)" "---
name: Ada Lovelace   # her first name
birthday: 1815-12-10
aliases: [Ada Byron]
---
## Next
- [ ] send her the paper

## Log
- 2026-09-20 coffee: looms" "name and alias are set, and no other byte"
is "$(cat people/bob.md)" "---
name: Bob Stone
introduced_by: ada-lovelace
knows: [\"[[ada-lovelace]]\"]
---
Met [[ada-lovelace|Ada]] and \`[[ada-byron]]\`, see [her](ada-lovelace.md).

- 2026-10-01 call with [[ada-lovelace]]: engines" "links are rewritten, code is not"
is "$(said_in_commit)" "Rename Ada Byron to Ada Lovelace

Kith: rename ada-byron ada-lovelace" "one commit tells it"
is "$(git status --porcelain)" "" "nothing is left over"
cp reviews/2026-W48.md "$tmp/before"
run kith review
ok "the review knows its items again" diff "$tmp/before" reviews/2026-W48.md
unlike "$(cat reviews/2026-W48.md)" 'ada-byron' "and has no old link"

run kith show 'ada byron'
like "$out" '^Ada Lovelace$' "the old name still finds the person"

run kith undo
is "$status" 0 "undo takes it back"
is "$(ls people)" "ada-byron.md
bob.md" "the old file is there again"
is "$(git diff HEAD~2 --stat -- people)" "" "as it was, to the byte"
kith undo --list > "$tmp/list"
like "$(cat "$tmp/list")" 'Rename Ada Byron to Ada Lovelace  \(taken back\)' "the list tells it"

run kith rename bob 'Ada Byron'
is "$status" 1 "a name that is taken is refused"
like "$err" 'ada-byron.md has that file name already.*--slug.*kith merge' "with what to do"
run kith rename -n bob Robert Stone
like "$out" '^\+name: Robert Stone$' "--dry-run shows the difference"
is "$(git status --porcelain)" "" "and writes nothing"
run kith rename bob Robert Stone --slug ../out
is "$status" 2 "a slug cannot lead out"
run kith rename bob Robert Stone --no-commit
is "$(git log -1 --format=%s)" "Undo \"Rename Ada Byron to Ada Lovelace\"" "--no-commit commits nothing"
is "$(ls people)" "ada-byron.md
robert-stone.md" "but writes"
git checkout -q . && rm people/robert-stone.md

run kith rename bob Stone Robert
is "$status" 2 "a word that goes on with the name is no new name"
like "$err" 'kith rename bob \.\.\.' "and the right form is shown"
for slug in 'a#b' 'a|b' 'a]b' 'a/b' .a; do
	run kith rename bob Robert Stone --slug "$slug"
	is "$status" 2 "no link could lead to $slug"
done
run kith rename -n bob Robert Stone --slug robert.md
like "$out" '^\+\+\+ b/people/robert.md$' "a slug may be said with its ending"

# A name in a heading, which may not stand there.
printf '# Zoe Ash\n\n- 2026-09-01 call\n' > people/zoe-ash.md && commit "Zoe"
run kith rename zoe-ash 'Zoe #'
like "$(kith list)" '^Zoe #' "a name that no heading holds is a key"
like "$(cat people/zoe.md)" '^# Zoe Ash$' "beside the heading"
run kith rename zoe 'Zoe Oak'
is "$(kith list | sed -n 's/^\(Zoe Oak\).*/\1/p')" "Zoe Oak" "and the next one is set there"
git rm -q people/zoe-oak.md && git commit -qm "No Zoe"

run kith remove ada-byron
is "$status" 2 "without a terminal, remove wants --yes"
ok "and removes nothing" test -f people/ada-byron.md
run kith remove ada-byron --yes
is "$status" 0 "remove works"
like "$err" 'linked from the notes on Bob Stone' "it says who links there"
like "$out" "git filter-repo .* --invert-paths .*--path 'people/ada-byron.md'" "and how history forgets"
is "$(ls people)" bob.md "the file is gone"
unlike "$(cat reviews/*.md)" 'ada-byron' "and the reviews have no word of it"
is "$(git status --porcelain)" "" "all of it committed"
run kith undo
ok "undo brings it back" test -f people/ada-byron.md
is "$(git diff HEAD~2 --stat)" "" "all of it"

# Names that can be nobody's, and nobody's file.
run kith rename bob ''
is "$status:$out" "2:" "no name is wrong usage"
for slug in .hid '' ../x 'a#b'; do
	run kith rename bob Rob --slug "$slug"
	is "$status:$out:$(git status --porcelain)" "2::" "--slug '$slug'"
done

# A link to another contact's file.
ln -s bob.md people/link.md && git add -A && git commit -qm "A link"
run kith rename link Link Stone
is "$status" 1 "a link is not renamed in its target's stead"
like "$err" 'nobody is called "link"' "which it says"
run kith remove link --yes
is "$status $(ls people/bob.md)" "1 people/bob.md" "nor is its target removed"
git rm -q people/link.md && git commit -qm "No link"

# A journal in a folder of its repository, and one without any.
git init -q "$tmp/vault" && kith init "$tmp/vault/notes" > /dev/null 2>&1
printf '# Eve\n' > "$tmp/vault/notes/people/eve's.md"
printf '[[notes/people/eve'"'"'s]]\n' > "$tmp/vault/notes/people/bob.md"
git -C "$tmp/vault" add -A && git -C "$tmp/vault" commit -qm People
run kith -C "$tmp/vault/notes" rename "eve's" Eve --slug "eve-s" --no-commit
is "$(cat "$tmp/vault/notes/people/bob.md")" "[[notes/people/eve-s]]" \
	"a path from the vault is rewritten"
git -C "$tmp/vault" checkout -q . && rm "$tmp/vault/notes/people/eve-s.md"
run kith -C "$tmp/vault/notes" remove "eve's" --yes
like "$out" "--path 'notes/people/eve'.*''s.md'" "the path is the repository's, as a shell takes it"
mkdir -p "$tmp/plain/people" && : > "$tmp/plain/kith.yaml" && : > "$tmp/plain/people/ann.md"
run kith -C "$tmp/plain" remove ann --yes
unlike "$out" 'history' "without a repository there is no history to tell of"

# Lines of one's own come back with the file.
echo 'a line of my own' >> people/bob.md
kith rename bob Robert Stone > /dev/null
run kith undo
is "$status" 0 "a rename is taken back beside own lines"
is "$(git diff | grep '^[+-][^+-]')" "+a line of my own" "which stay, uncommitted"
git checkout -q people/bob.md

# A file that cannot be read whole may hold links that nobody sees.
contact cy.md <<'END'
---
name: Cy Young
bad: "x
introduced_by: ada-byron
---
END
commit "Broken"
run kith rename ada-byron Ada King
is "$status" 1 "a link in a broken file is not passed over in silence"
like "$err" 'people/cy.md could not be read whole, so a link to ada-byron in it may lead nowhere' "it is named"
like "$out" '^renamed Ada Byron to Ada King' "and the rest is done"

journal
printf '%s\n' '---' 'name: Joana Ferreira' 'full_name: Joana Maria Ferreira' '---' | contact joana.md
printf '%s\n' '---' 'name: Rosa Klein' '---' | contact rosa/README.md
commit "People"
run kith rename joana Joana Pinto
is "$(sed -n 2,3p people/joana-pinto.md)" "name: Joana Pinto
full_name: Joana Pinto" "the longer name beside it is the new one, too"
run kith rename rosa Rosa Gross
is "$(sed -n 2p people/rosa/README.md)" "name: Rosa Gross" "a folder that is a person keeps its files' names"
run kith rename rosa --slug gross Rosa Gross
like "$err" 'rename the folder instead' "and its own"
printf '%s\n' '---' 'title: Ada Lovelace' 'email: a@x.example' '---' | contact ada-lovelace.md
commit "Ada"
run kith rename ada Ada King --slug countess
is "$(sed 1d people/countess.md)" "title: Ada King
email: a@x.example
name: Ada King
aliases: [Ada Lovelace]
---" "a title that was the name is the new one"
run kith show countess --json
is "$(json '"$o->{name} " . @{$o->{title}}')" "Ada King 0" "and no role"
done_testing
