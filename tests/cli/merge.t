#!/bin/sh
# merge: two files of one person become one, and undo gives both back to the byte.
. "$(dirname "$0")/lib.sh"

journal
contact grace-hopper.md <<'END'
---
name: Grace Hopper   # the one who stays
org: Digital
email: [grace@digital.example]
tags: compilers
---
She keeps a clock that runs backwards.

## Next
- [ ] send her the nanoseconds  (created:: 2026-11-02)

## Log
- 2026-09-20 coffee: the move
- 2026-08-02 call with [[amazing-grace]]: punch cards
END
printf '%s\r\n' '---' 'name: Amazing Grace' 'organization: Navy' 'birthday: 1906-12-09' \
	'mail: {work: grace@navy.example}' 'tags:' '  - compilers' '  - navy' 'pets:' \
	'  - cat: Tom  # old' 'knows: ["[[grace-hopper]]", "[[bob]]"]' '---' '# Amazing Grace' '' \
	'Found the first bug.' '' '## Ideas' '* a book' '' '## Promises' \
	'* [x] write to her  (completion:: 2026-09-22)' '' '## Timeline' '' \
	'### 2026-10-01 lunch: a long talk #gave' '' 'With wine.' '' \
	'### 2026-08-02 call with [[grace-hopper]]: punch cards' '' \
	'### 2026-05-01 visit with [[bob]]: the yard ^yard' > people/amazing-grace.md
contact bob.md <<'END'
---
name: Bob Stone
introduced_by: amazing-grace
---
See [[amazing-grace#^yard]] and `[[amazing-grace]]`.

- 2026-10-05 call with [[amazing-grace]] and [[eve]]: engines
END
printf -- '- 2026-11-01 call with [[amazing-grace|Grace]]: no front matter\n' > people/eve.md
kith review > "$tmp/said" 2>&1
commit "People"
start=$(git rev-parse HEAD)

run kith merge -n grace-hopper amazing-grace
is "$status" 0 "--dry-run works"
like "$out" '^\+aliases: \[Amazing Grace\]$' "and shows the difference"
like "$err" 'kept both: org: Digital stays, Navy is under merged:' "and what differs"
is "$(git status --porcelain)" "" "and writes nothing"

echo 'a staged file' > other.txt && git add other.txt
run kith merge grace-hopper 'Amazing Grace'
is "$status" 0 "merge works"
is "$(echo "$out" | sed '$d')" "merged Amazing Grace into Grace Hopper, in people/grace-hopper.md; people/amazing-grace.md is gone
came over: 2 entries, 1 task, 6 values, text
stood in both: 1 entry
kept both: org: Digital stays, Navy is under merged:
links rewritten in 2 contacts and 1 review" "it says what it did"
is "$(cat people/grace-hopper.md)" "---
name: Grace Hopper   # the one who stays
org: Digital
birthday: 1906-12-09
email: [grace@digital.example, work grace@navy.example]
tags:
  - compilers
  - navy
pets:
  - cat: Tom  # old
knows: [\"[[bob]]\"]
aliases: [Amazing Grace]
merged: {org: [Navy]}
---
She keeps a clock that runs backwards.

Found the first bug.

## Next
- [ ] send her the nanoseconds  (created:: 2026-11-02)
- [x] write to her  (completion:: 2026-09-22)

## Ideas
* a book

## Log
- 2026-10-01 lunch: a long talk #gave

  With wine.
- 2026-09-20 coffee: the move
- 2026-08-02 call: punch cards
- 2026-05-01 visit with [[bob]]: the yard ^yard" "all of it is in one file"
is "$(ls people)" "bob.md
eve.md
grace-hopper.md" "the other is gone"
is "$(cat people/bob.md people/eve.md)" "---
name: Bob Stone
introduced_by: grace-hopper
---
See [[grace-hopper#^yard]] and \`[[amazing-grace]]\`.

- 2026-10-05 call with [[grace-hopper]] and [[eve]]: engines
- 2026-11-01 call with [[grace-hopper|Grace]]: no front matter" "links lead to the one that stays"
unlike "$(cat reviews/2026-W48.md)" 'amazing-grace' "in reviews, too"
is "$(said_in_commit)" "Merge Amazing Grace into Grace Hopper

Kith: merge grace-hopper amazing-grace" "one commit tells it"
is "$(git status --porcelain)" "A  other.txt" "and nothing is left over but what was staged before"
run kith check
is "$status" 0 "the journal is sound"
run kith show 'amazing grace'
like "$out" '^Grace Hopper$' "the other's name finds the person"

run kith undo
is "$status" 0 "undo takes it back"
is "$(git diff --cached --name-only "$start")" "other.txt" "both files are there again"
is "$(git diff "$start" -- people reviews)" "" "to the byte"

# The other way round: without front matter, a file of CRLF stays one.
run kith merge amazing-grace eve
is "$status" 0 "somebody without front matter is merged"
like "$(cat people/amazing-grace.md)" '^### 2026-11-01 call: no front matter' \
	"an item becomes a heading where entries are headings"
is "$(grep -c -v "$(printf '\r')\$" people/amazing-grace.md)" 0 "every line ends in CRLF"
run kith undo
is "$(git diff "$start" -- people reviews)" "" "undo gives that back"

run kith merge eve amazing-grace --json --no-commit
is "$status" 0 "into a file without front matter"
like "$out" '"entries": ?3' "as JSON"
like "$(cat people/eve.md)" '^name: eve|^aliases: \[Amazing Grace\]$' "it gets one"
is "$(git rev-parse HEAD)" "$(git log -1 --format=%H)" "--no-commit commits nothing"
git checkout -q people reviews

# Own lines that are not committed stay so, but for those in the file that goes: they are
# committed by themselves first, so that undo finds them.
echo 'my own line' >> people/bob.md
printf '\r\nmore of hers\r\n' >> people/amazing-grace.md
run kith merge grace-hopper amazing-grace
is "$status" 0 "merge beside own work"
like "$(cat people/grace-hopper.md)" 'more of hers' "takes what the file says"
is "$(git diff | grep '^[+-][^+-]' | tr -d '\r')" "+my own line" "and commits what was committed, or goes away with the other file"
like "$(git show HEAD~ --format= -- people/amazing-grace.md | tr -d '\r')" '^\+more of hers$' \
	"which was committed by itself first"
git checkout -q . && kith undo > /dev/null

run kith merge bob bob
is "$status" 1 "nobody is merged with themselves"
like "$err" 'Bob Stone is one person' "which it says"
run kith merge bob nobody
is "$status" 1 "somebody unknown"
run kith merge bob
is "$status" 2 "two people are needed"
printf -- '---\nname: [Broken\norg: x\n---\n' > people/broken.md
cp people/bob.md "$tmp/before"
run kith merge bob broken
is "$status" 1 "what cannot be read is not merged"
like "$err" 'people/broken.md' "it says which file"
ok "and nothing is changed" diff "$tmp/before" people/bob.md
ok "nor taken away" test -f people/broken.md

# A file that is a link: what it leads to is another person's.
rm people/broken.md
contact cid.md <<'EOF'
---
name: Cid
---
EOF
ln -s cid.md people/lnk.md
for pair in 'bob lnk' 'lnk bob'; do
	run kith merge $pair
	is "$status" 1 "merge $pair: a link is not merged"
	like "$err" 'nobody is called "lnk"' "it says which"
done
ok "what it leads to is there still" test -f people/cid.md
ok "and so is the link" test -L people/lnk.md
is "$(cat people/bob.md)" "$(cat "$tmp/before")" "and the other file is as it was"
done_testing
