#!/bin/sh
# What becomes of a file that both sides changed, took away or renamed, when they come together.
. "$(dirname "$0")/lib.sh"

# both NAME: after what was done there and here, both come together, without a conflict.
both() {
	there kith sync >/dev/null || fail "$1: there"
	run kith sync
	is "$status$err" 0 "$1"
	there kith sync -q
	ok "$1: both hold the same" diff -r -x .git "$tmp/here" "$tmp/there"
	is "$(git status --porcelain)" "" "$1: nothing is left"
	unlike "$(cat people/* kith.yaml)" '^(<<<<<<<|=======|>>>>>>>)' "$1: no marks"
}

two
there kith log ada call about the grant >/dev/null
kith log ada call about the engine >/dev/null
both "two calls on one day"
is "$(grep -c call people/ada.md)" 2 "both calls are there"

two
there kith set ada title=COO >/dev/null
kith set ada title=CEO >/dev/null
both "two values"
like "$(cat people/ada.md)" '^title: CEO' "the one here stays"
like "$(cat people/ada.md)" '^merged: .*COO' "the other is kept"
like "$out" "people/ada.md: title stays CEO, and COO is kept .* .kith set ada title=COO. takes it," "and told"

two
there git rm -q people/bob.md
sed -i s/brass/gold/ people/bob.md
both "taken away there, changed here"
like "$(cat people/bob.md)" gold "it stays"
like "$out" "people/bob.md was taken away there and changed here: it stays" "and that is told"

two
git rm -q people/bob.md
there sed -i s/brass/gold/ people/bob.md
both "taken away here, changed there"
like "$(cat people/bob.md)" gold "it stays"

two
there kith rename bob Robert Stone >/dev/null
kith log bob call about gold >/dev/null
both "renamed there, changed here"
is "$(ls people)" "ada.md
robert-stone.md" "one file, of the new name"
like "$(cat people/robert-stone.md)" "about gold|gold" "with what was written meanwhile"

two
there kith rename bob Robert Stone >/dev/null
kith rename bob Bobby Stone >/dev/null
both "renamed on both sides"
is "$(ls people)" "ada.md
bobby-stone.md" "one file, of the name that sorts first"
like "$(cat people/bobby-stone.md)" "^name: Bobby Stone" "with that name"
like "$(cat people/bobby-stone.md)" "^aliases: .*Robert Stone" "and the other as an alias"
unlike "$(cat people/bobby-stone.md)" "^merged" "and nothing to be decided"
run kith check
is "$status" 0 "every link leads somewhere"

two
kith set ada phone=555 >/dev/null && kith set bob phone=555 >/dev/null && kith sync -q
there kith sync -q
there kith rename bob Robert Stone >/dev/null
there kith remove -y ada >/dev/null
kith log ada call about the grant >/dev/null
both "taken away there, where another one with her number was renamed"
is "$(grep -l grant people/*)" people/ada.md "what was written of her stays hers"

two
there kith rename bob Robert Stone >/dev/null
kith rename bob Bobby Stone >/dev/null
sed -i '2a x: [' people/bobby-stone.md
git commit -qam 'A bracket'
there kith sync >/dev/null
run kith sync
is "$status" 0 "renamed on both sides, and not readable here"
is "$(ls people conflicts/people)" "conflicts/people:
bobby-stone.md

people:
ada.md
bobby-stone.md" "ours stays, with theirs beside it"
like "$(cat conflicts/people/bobby-stone.md)" "Robert Stone" "which is what it was there"
like "$(kith check)" '^conflicts/people/bobby-stone.md: warning: .* put what it has more into people/bobby-stone.md' \
	"and told until it is put right"

two
there git mv people/bob.md people/robert.md
there kith commit >/dev/null 2>&1
there kith merge robert ada >/dev/null
kith set bob hobby=chess >/dev/null
kith set ada org=Engines >/dev/null
both "two of whom another made one, both changed here"
is "$(ls people)" robert.md "one file"
like "$(cat people/robert.md)" "^hobby: chess" "with what was written of the one"
like "$(cat people/robert.md)" "^org: Engines" "and of the other"

two
there sh -c "printf '%s\n' '---' 'name: Cy Young' 'email: cy@a.example' '---' > people/cy.md"
printf '%s\n' '---' 'name: Cy Young' 'phone: "12345"' '---' > people/cy.md
both "added on both sides"
like "$(cat people/cy.md)" "cy@a.example" "with the e-mail"
like "$(cat people/cy.md)" "12345" "and the phone"

two
there sh -c "printf '%s\n' '---' 'name: [x' '---' > people/bob.md && git commit -qam broken"
sed -i s/Stone/Rock/ people/bob.md
there git push -q 2>/dev/null
run kith sync
is "$status$err" 0 "one that cannot be read"
like "$(cat people/bob.md)" "Rock" "ours stays"
like "$(cat conflicts/people/bob.md)" "name: \[x" "theirs is beside it"
like "$out" "conflicts/people/bob.md" "and that is told"

two
there mkdir -p conflicts/people
there sh -c "echo earlier > conflicts/people/bob.md"
there sh -c "printf '%s\n' '---' 'name: [x' '---' > people/bob.md && git add -A && git commit -qm broken"
sed -i s/Stone/Rock/ people/bob.md
there git push -q 2>/dev/null
run kith sync
is "$(cat conflicts/people/bob.md)" earlier "what comes in beside it is kept, too"
like "$(cat conflicts/people/bob.md.2)" "name: \[x" "with a number for the next"

two
kith rename bob "Rob Roy" > /dev/null
there sh -c "printf '%s\n' '---' 'name: Bob' 'x: [open' '---' 'Wrote this.' > people/bob.md && git commit -qam broken"
there kith add "Rob Roy" email=rob@x.example > /dev/null
both "one that cannot be read, whose new name is taken there"
like "$(cat conflicts/people/bob.md)" "Wrote this" "it is kept beside"
like "$out" "people/bob.md cannot be read, and has another name now: it is conflicts/people/bob.md" "and that is told"

two
echo one > notes.txt && git add notes.txt && git commit -qm notes
kith sync -q
there git pull -q
there sh -c 'echo two > notes.txt && git commit -qam two && git push -q' 2>/dev/null
echo three > notes.txt && git commit -qam three
run kith sync
is "$status" 1 "another file that clashes"
like "$err" "so nothing is changed here: notes.txt. git merge origin/main" "says how to go on"
is "$(cat notes.txt)$(git status --porcelain)" three "and changes nothing"
done_testing
