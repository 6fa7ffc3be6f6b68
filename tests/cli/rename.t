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
is "$(git log -1 --format=%B)" "Rename Ada Byron to Ada Lovelace

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
is "$status" 1 "a slug cannot lead out"
run kith rename bob Robert Stone --no-commit
is "$(git log -1 --format=%s)" "Undo \"Rename Ada Byron to Ada Lovelace\"" "--no-commit commits nothing"
is "$(ls people)" "ada-byron.md
robert-stone.md" "but writes"
git checkout -q . && rm people/robert-stone.md

run kith remove ada-byron
is "$status" 2 "without a terminal, remove wants --yes"
ok "and removes nothing" test -f people/ada-byron.md
run kith remove ada-byron --yes
is "$status" 0 "remove works"
like "$err" 'linked from the notes on Bob Stone' "it says who links there"
like "$out" "git filter-repo --path 'people/ada-byron.md' --invert-paths" "and how history forgets"
is "$(ls people)" bob.md "the file is gone"
unlike "$(cat reviews/*.md)" 'ada-byron' "and the reviews have no word of it"
is "$(git status --porcelain)" "" "all of it committed"
run kith undo
ok "undo brings it back" test -f people/ada-byron.md
is "$(git diff HEAD~2 --stat)" "" "all of it"
done_testing
