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
	unlike "$(find people kith.yaml -type f -exec cat {} +)" '^(<<<<<<<|=======|>>>>>>>)' "$1: no marks"
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

# in_folder [LINES]: the two in a folder, which both have; Bob with so many calls more.
in_folder() {
	two
	mkdir people/a && git mv people/ada.md people/bob.md people/a
	for i in $(seq "${1-0}"); do echo "- 2026-07-0$i call: brass, and its price $i"; done >> people/a/bob.md
	commit "In a folder" && kith sync -q && there kith sync -q
}
# is_of_both FILE: Bob's, where one side moved the folder and the other renamed the file.
is_of_both() {
	is "$(ls people/b)" "ada.md
$1" "one file, where the folder is"
	like "$(cat "people/b/$1")" "about gold" "with what was written here"
	like "$(cat "people/b/$1")" "about silver" "and there"
	like "$(cat "people/b/$1")" "^(name|aliases): .*Robert Stone" "and both names"
	like "$(cat "people/b/$1")" "^(name|aliases): .*Bob Stone" "and both names"
}
for lines in 0 8; do
	file=robert-stone.md
	[ "$lines" = 0 ] || file=bob.md
	in_folder "$lines"
	git mv people/a people/b && commit "A folder" && kith log bob call about gold >/dev/null
	there kith rename bob Robert Stone >/dev/null
	there kith log robert-stone email about silver >/dev/null
	both "a folder moved here, a file in it renamed there ($lines)"
	is_of_both "$file"

	in_folder "$lines"
	there sh -c "git mv people/a people/b && git commit -qm 'A folder' && kith log bob call about gold" >/dev/null
	kith rename bob Robert Stone >/dev/null
	kith log robert-stone email about silver >/dev/null
	both "a folder moved there, a file in it renamed here ($lines)"
	is_of_both "$file"
done

in_folder
git mv people/a people/b && commit "A folder"
kith sync -q
run there sh -c "cd people/a && kith sync -q && pwd"
is "$status$err" 0 "a folder moved where somebody stands in it"
there kith sync -q
is "$(there ls people)" "a
b" "it stays, with nothing in it"

in_folder
git mv people/a people/b && commit "A folder"
there sh -c "git mv people/a people/c && git commit -qm 'A folder'"
both "a folder that got two names"
is "$(ls people people/b)" "people:
b

people/b:
ada.md
bob.md" "it has the one that sorts first"
unlike "$(cat people/b/*)" "^aliases" "nobody has an alias for that"
like "$out" "people/b/bob.md and people/c/bob.md are two new names of one file: it is called people/b/bob.md now$" "and that is told"

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
