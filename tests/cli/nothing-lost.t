#!/bin/sh
# What a person made by hand is never lost, nor taken for kith's: what git doesn't know yet is
# committed by itself before kith's change, and undo gives back the bytes that stood before.
. "$(dirname "$0")/lib.sh"

ada() {
	printf '%s\n' '---' 'name: Ada Lovelace' 'org: Engines' '---' 'She runs on tea.' '' \
		'## Next' '- [ ] send the paper' '' '## Log' '- 2026-09-20 coffee: the looms' \
		> people/ada.md
}
bob() {
	printf '%s\n' '---' 'name: Bob Stone' '---' 'He keeps clocks.' '' '## Log' \
		'- 2026-08-01 call: brass' > people/bob.md
}
# both: a journal with Ada and Bob, committed.
both() {
	journal
	ada
	bob
	commit "People"
	start=$(git rev-parse HEAD)
}
# keep FILE...: remembers their bytes. kept NAME: all of them are as they were.
keep() {
	rm -rf "$tmp/kept"
	for file; do
		mkdir -p "$tmp/kept/${file%/*}"
		cp -p "$file" "$tmp/kept/$file"
	done
}
kept() {
	why=$(cd "$tmp/kept" && find . -type f | while read -r file; do
		cmp "$file" "$OLDPWD/$file" 2>&1
	done)
	if [ -z "$why" ]; then pass "$1"; else fail "$1" "$why"; fi
}
# in_history TEXT: whether a commit holds it, now or once.
in_history() {
	[ -n "$(git log --all --format=%H -S "$1")" ]
}
# as_kept REVISION FILE: the commit holds the bytes that were remembered.
as_kept() {
	git show "$1:$2" | cmp - "$tmp/kept/$2"
}
with_hook() {
	printf '#!/bin/sh\n%s\n' "$2" > ".git/hooks/$1"
	chmod +x ".git/hooks/$1"
}

# ---- What is removed is stored first. ----

both
echo 'notes' >> people/bob.md
keep people/bob.md
run kith remove -y bob
is "$status" 0 "remove -y works beside uncommitted notes"
ok "they are in git's history" in_history notes
is "$(git log -1 --format=%s)" "Remove Bob Stone" "the removal is a commit"
ok "of its own, after that of the notes" as_kept HEAD~ people/bob.md
unlike "$(git show HEAD~ --format= --name-only)" '^people/ada' "which holds nothing else"
run kith undo
kept "undo brings the file back, with the notes"

both
bob && git rm -q --cached people/bob.md && git commit -q -m "Not in git"
keep people/bob.md
run kith remove -y bob
ok "a file that git did not know is in its history" in_history brass
run kith undo
kept "and undo brings it back"


both
echo staged >> people/bob.md && git add people/bob.md
echo notes >> people/bob.md
keep people/bob.md
run kith remove -y bob
ok "notes on top of what is staged are in the history, too" in_history notes
run kith undo
kept "and undo brings both back"

both
git add -N . && printf -- '---\nname: Cid\n---\nabout him\n' > people/cid.md && git add -N people
keep people/cid.md
run kith remove -y cid
ok "so is a file whose name alone git knows (add -N)" in_history 'about him'
run kith undo
kept "and undo brings that back"

if script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
	both
	echo notes >> people/bob.md
	keep people/bob.md
	printf 'y\n' | script -qec "kith remove bob" /dev/null > "$tmp/said" 2>&1
	ok "without -y the answer is no promise to lose them" in_history notes
	run kith undo
	kept "and undo brings them back"
else
	skip "without -y" "there is no pseudo-terminal here"
fi

both
kith review > "$tmp/said" && sed -i 's/^# Week/my own words\n\n&/' reviews/2026-W48.md
keep reviews/2026-W48.md
run kith remove -y bob
ok "words on a page that remove rewrites are not lost" grep -q '^my own words' reviews/2026-W48.md
run kith undo
kept "and the page comes back as it was"

# Where nothing holds what is removed, -y is not enough.
for where in 'no repository' 'commit: manual' '--no-commit'; do
	both
	option=
	case $where in
	no*) rm -rf .git ;;
	commit*) echo 'commit: manual' >> kith.yaml && commit "Manual" ;;
	*) option=--no-commit ;;
	esac
	echo notes >> people/bob.md
	keep people/bob.md
	run kith remove -y $option bob
	like "$status" '^[12]$' "$where: remove -y is refused"
	kept "$where: and the file stays"
	more=$(printf '%s\n' "$err" | grep -o -e '--[a-z][a-z-]*' | grep -v -e '^--yes$' -e '^--no-commit$' | sed 1q)
	like "$more" '^--' "$where: it says which option is asked for"
	run kith remove -y $option ${more:---no-such-option} bob
	is "$(ls people)" "ada.md" "$where: with that it removes"
done

# ---- What git does not know is committed by itself first. ----

# first WHAT COMMAND...: after it there are two commits more, the first of which holds ada.md as
# it was, and only that; undo gives its bytes back and goes no further.
first() {
	what=$1
	shift
	keep people/ada.md
	before=$(git rev-parse HEAD)
	run "$@"
	[ "$status" -eq 0 ] || fail "$what: works" "$err"
	is "$(git rev-list --count "$before"..HEAD)" 2 "$what: two commits"
	ok "$what: the first holds the file as it was" as_kept HEAD~ people/ada.md
	is "$(git show HEAD~ --format= --name-only)" people/ada.md "$what: and nothing else"
	run kith undo
	is "$status" 0 "$what: undo works"
	kept "$what: undo gives the bytes back"
	ok "$what: and they stay in git" as_kept HEAD people/ada.md
	is "$(git status --porcelain)" "" "$what: nothing is left over"
	run kith undo
	kept "$what: another undo takes away nothing of it"
}
while read -r line; do
	for known in untracked intended staged; do
		both
		git rm -q --cached people/ada.md && git commit -q -m "Without Ada"
		[ $known != intended ] || git add -N people/ada.md
		[ $known != staged ] || git add people/ada.md
		first "$known, $line" sh -c "kith $line"
	done
done <<'END'
log ada coffee: the move
promise ada send it
done ada send
set ada org=Digital
snooze ada 3 weeks
topic ada would brass do
plan ada friday lunch: dumplings
pause ada
END

both
git rm -q --cached people/ada.md && git commit -q -m "Without Ada"
keep people/ada.md people/bob.md
run kith log bob,ada coffee: both
run kith undo
kept "one of two whom git does not know: undo gives the bytes back"
printf -- '---\nname: Eve\n---\n- 2026-10-01 call with [[bob]]: x\n' > people/eve.md
keep people/ada.md people/bob.md people/eve.md
run kith rename bob 'Robert Stone'
is "$status" 0 "rename where a file that git does not know links there"
like "$(cat people/eve.md)" 'robert-stone' "the link follows"
ok "that file is in the history as it was" as_kept HEAD~ people/eve.md
run kith undo
kept "and undo gives all of them back"

both
git rm -q --cached people/bob.md && git commit -q -m "Without Bob"
printf -- '---\nname: Eve\n---\n- 2026-10-01 call with [[bob]]: x\n' > people/eve.md
keep people/ada.md people/bob.md people/eve.md
run kith merge ada bob
is "$status" 0 "merge with a file that git does not know, to which another one links"
ok "the other is in the history as it was" as_kept HEAD~ people/bob.md
ok "so is the one that links there" as_kept HEAD~ people/eve.md
run kith undo
kept "and undo gives all of them back"

both
git rm -q --cached people/ada.md && git commit -q -m "Without Ada"
keep people/ada.md
run kith rename ada 'Ada King'
ok "rename: what git did not know is in the history as it was" as_kept HEAD~ people/ada.md
run kith undo
kept "rename: and undo gives it back"

# Staged, with more written since: what is staged is committed first, and the rest stays unstaged.
while read -r line; do
	both
	git rm -q --cached people/ada.md && git commit -q -m "Without Ada"
	git add people/ada.md
	git show :people/ada.md > "$tmp/staged"
	sed -i 's/tea/coffee/' people/ada.md
	keep people/ada.md people/bob.md
	git diff > "$tmp/diff"
	run sh -c "kith $line"
	is "$status" 0 "staged and more, $line: works"
	ok "staged and more, $line: coffee is lost nowhere" sh -c 'grep -rq coffee people || git log -p | grep -q coffee'
	case $line in log* | set*)
		is "$(git show HEAD~:people/ada.md)" "$(cat "$tmp/staged")" "staged and more, $line: what was staged comes first"
		unlike "$(git log -p)" 'runs on coffee' "staged and more, $line: and no more than that"
		;;
	esac
	run kith undo
	kept "staged and more, $line: undo gives back the bytes"
	case $line in log* | set*) is "$(git diff)" "$(cat "$tmp/diff")" "staged and more, $line: unstaged as before" ;; esac
done <<'END'
log ada call: x
set ada title=CTO
rename ada 'Ada King'
rename bob 'Robert Stone'
merge bob ada
merge ada bob
remove -y ada
END

# ---- Uncommitted lines in files that git knows. ----

both
echo 'a line of my own' >> people/bob.md
keep people/ada.md people/bob.md
run kith merge ada bob
like "$(cat people/ada.md)" 'a line of my own' "merge takes uncommitted lines over"
run kith undo
kept "and undo gives both files back, with them"

both
echo 'a line of my own' >> people/ada.md
keep people/ada.md people/bob.md
run kith merge ada bob
run kith undo
kept "merge and undo beside a line of one's own in the one that stays"

both
sed -i 's/tea/coffee/' people/ada.md && git add people/ada.md
echo 'a line of my own' >> people/ada.md
keep people/ada.md
git diff > "$tmp/diff" && git diff --cached > "$tmp/cached"
run kith rename ada 'Ada King'
run kith undo
kept "rename and undo beside staged and unstaged lines"
is "$(git diff; git diff --cached)" "$(cat "$tmp/diff" "$tmp/cached")" "which are so still"

while read -r line; do
	both
	sed -i 's/tea/coffee/' people/ada.md
	keep people/ada.md
	run sh -c "kith $line"
	run kith undo
	kept "$line, and undo, beside a line of one's own"
done <<'END'
log ada call: x
set ada title=CTO
done ada send
remove -y ada
END

# ---- kith commit changes no file, and neither does taking it back. ----

both
echo notes >> people/bob.md
printf -- '---\nname: Cid\n---\n' > people/cid.md
keep people/bob.md people/cid.md
run kith commit
run kith undo
kept "undo after kith commit leaves what was written by hand"

# ---- The week's page. ----

both
kith review > "$tmp/said"
sed -i 's/^# Week/my own words\n\n&/' reviews/2026-W48.md
printf 'and at the end\n' >> reviews/2026-W48.md
keep reviews/2026-W48.md
before=$(git rev-parse HEAD)
run kith --today 2026-11-25 review
is "$(git rev-list --count "$before"..HEAD)" 2 "notes typed into the page: a commit of their own"
ok "which holds the page as it was typed" as_kept HEAD~ reviews/2026-W48.md
run kith undo
kept "and undo gives back the page with the notes"
run kith undo
kept "once more, and still no word is lost"

both
kith review > "$tmp/said"
git rm -q --cached reviews/2026-W48.md && git commit -q -m "No page"
sed -i 's/^# Week/my own words\n\n&/' reviews/2026-W48.md
keep reviews/2026-W48.md
run kith --today 2026-11-25 review
ok "a page that git does not know is committed as it was" as_kept HEAD~ reviews/2026-W48.md
run kith undo
kept "and undo gives it back"
done_testing
