#!/bin/sh
# What was changed by hand is committed and told in people's terms, and history tells all
# commits so, whoever made them.
. "$(dirname "$0")/lib.sh"

# What git commits stands on a day of its own: on DAY COMMAND...
on() {
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z"
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	shift
	"$@"
	unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}
# How many commits there are.
commits() { git rev-list --count HEAD; }
# insert LINE FILE: after the log's heading.
insert() { sed -i "s/^## Log\$/## Log\\n$1/" "$2"; }
# committed: the last run's commit, without its name.
committed() { sed -i 's/^committed [0-9a-f]*$/committed ID/' "$tmp/out"; }

journal
run kith history people/ada.md
expect "nobody's history" 0 <<'END'
nothing of people/ada.md has been committed
END
contact ada.md <<'END'
---
name: Ada Lovelace
org: Analytical Engines
---
She runs on tea.

## Next
- [ ] send her the paper

## Log
- 2026-09-20 coffee: the move to Bath
END
contact grace.md <<'END'
---
name: Grace Hopper
org: Navy
---
Knows [[ada]].

## Log
- 2026-08-02 call: punch cards
END
on 2026-11-01 commit "two people"

# ---- commit ----

insert '- 2026-11-20 call: looms' people/ada.md
sed -i 's/^org: Navy/org: Digital/' people/grace.md
before=$(commits)
run kith commit --dry-run
is "$status" 0 "a rehearsal"
like "$out" '^\+- 2026-11-20 call: looms$' "shows the lines"
like "$out" '^Log a call with Ada Lovelace$' "and what happened"
is "$(commits)" "$before" "and commits nothing"
run kith commit
committed
expect "what was changed by hand" 0 <<'END'
Log a call with Ada Lovelace
Grace Hopper is now at Digital
committed ID
END
is "$(said_in_commit)" "Log a call with Ada Lovelace; Grace Hopper is now at Digital

Kith: commit" "is one commit that says what happened"
is "$(git status --porcelain)" "" "and nothing is left"
run kith commit
expect "nothing more" 0 <<'END'
nothing to commit
END

# What is the journal's is taken when it is new; other files only by name.
mkdir -p reviews templates .private
echo page > reviews/2026-W48.md
echo t > templates/review.md
echo 'max_file: 1 MiB' >> kith.yaml
echo mine > notes.txt
echo "mine, too" > .private/notes
run kith commit
committed
expect "new files" 0 <<'END'
Write the review of week 48, 2026
Change the settings
Add the template review.md
committed ID
[stderr]
kith: new to git, and left alone: .private/notes, notes.txt (name a file to commit it)
END
run kith commit notes.txt
like "$out" '^Add notes.txt$' "a new file by its name"
is "$(git status --porcelain)" "?? .private/" "and no other"

# PATH, from where one stands; staged work elsewhere stays staged.
insert '- 2026-11-21 lunch' people/ada.md
insert '- 2026-11-21 dinner' people/grace.md
echo more >> notes.txt
git add notes.txt people/grace.md
cd people || exit 1
run kith commit ada.md
cd ..
like "$out" '^Log lunch with Ada Lovelace$' "one file"
unlike "$out" 'Grace' "and not the other"
is "$(git status --porcelain --untracked-files=no)" "M  notes.txt
M  people/grace.md" "what is staged stays staged"
run kith -C "$PWD" commit people -m "Dinner, at last"
is "$(said_in_commit)" "Dinner, at last

Kith: commit" "a folder, with a message of one's own"
run kith commit nobody.md
is "$status $err" "1 kith: there is no nobody.md, nor was there" "a file that is not there"
run kith commit /
is "$status" 2 "a path out of the journal"

# A new file that is staged already, one that is gone, one that moved.
contact bob.md <<'END'
---
name: Bob
email: bob@post.example
---
END
git add people/bob.md
run kith commit --json
like "$out" '"subject": "Add Bob; Change notes.txt"' "a staged file, and its JSON"
like "$out" '"commit": "[0-9a-f]{40}"' "with the commit"
mv people/bob.md people/robert.md
sed -i 's/^name: Bob/name: Robert/' people/robert.md
run kith commit
like "$out" '^Rename Bob to Robert$' "a file that moved"
rm people/robert.md
run kith commit
like "$out" '^Remove Robert$' "a file that is gone"
is "$(git ls-files people)" "people/ada.md
people/grace.md" "is gone for git too"
ln -s ada.md people/link.md
run kith commit people/link.md
is "$status" 1 "a link is not committed"
like "$err" 'people/link.md: no plain file' "and it is said"
rm people/link.md

# Those after `with` are told by name, and commit, history and log agree.
sed -i 's/^## Log$/## Log\n- 2026-11-19 event with [[grace]]: brass/' people/ada.md
run kith commit people
like "$out" '^Log an event with Ada Lovelace and Grace Hopper$' "a link is told by the contact's name"
sed -i 's/^## Log$/## Log\n- 2026-11-18 letter with [[nobody|Nobody Known]]/' people/ada.md
EDITOR=true kith commit people > "$tmp/out"
like "$(cat "$tmp/out")" '^Log a letter with Ada Lovelace and Nobody Known$' "one to nobody by its words"
kith log ada lunch with grace: y > /dev/null
kith plan ada today 18:00 dinner with grace > /dev/null
run kith history -n 2
is "$(printf '%s\n' "$out" | cut -c13-)" "$(git log -2 --format=%s)" "history and the commits say the same"
like "$out" '^2.* Plan dinner with Ada Lovelace and Grace Hopper on 2026-11-23$' "of plans too"

# A page that kith writes again is written; one that somebody changes is edited.
rm reviews/2026-W48.md && kith commit reviews > /dev/null
kith review > /dev/null 2>&1
echo 'my own line' >> reviews/2026-W48.md
kith review > /dev/null 2>&1
run kith history -n 1
is "$(printf '%s\n' "$out" | cut -c13-)" "$(git log -1 --format=%s)" "a review made again"
like "$out" 'Write the review of week 48, 2026$' "is written"
echo 'another' >> reviews/2026-W48.md
kith commit reviews > "$tmp/out"
like "$(cat "$tmp/out")" '^Edit the review of week 48, 2026$' "one changed by hand"
run kith history -n 1
is "$(printf '%s\n' "$out" | cut -c13-)" "Edit the review of week 48, 2026" "is edited"

# A hook that refuses, and one that is passed over.
mkdir -p .git/hooks
printf '#!/bin/sh\necho "no commits on Monday" >&2\nexit 1\n' > .git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
insert '- 2026-11-22 visit' people/ada.md
before=$(commits)
run kith commit
is "$status" 1 "a hook refuses"
like "$err" 'no commits on Monday' "in its own words"
is "$(commits) $(grep -c visit people/ada.md)" "$before 1" "and the file stays as it is"
run kith commit --no-verify
is "$status $(commits)" "0 $((before + 1))" "unless it is passed over"
rm .git/hooks/pre-commit

# ---- history ----

journal
on 2026-11-01 git commit -q --amend --reset-author -m "A journal"
contact ada.md <<'END'
---
name: Ada Byron
---
## Next
- [ ] send her the paper

## Log
- 2026-09-20 coffee: the move to Bath
END
on 2026-11-02 commit "x"
contact grace.md <<'END'
---
name: Grace Hopper
---
Knows [[ada]].
END
insert '- 2026-11-03 call: looms' people/ada.md
on 2026-11-03 commit "y"
echo 'reviews: reviews' >> kith.yaml
on 2026-11-03 commit "z"
git mv people/ada.md people/ada-lovelace.md
sed -i 's/^name: Ada Byron/name: Ada Lovelace\naliases: Ada Byron/' people/ada-lovelace.md
sed -i 's/\[\[ada\]\]/[[ada-lovelace]]/' people/grace.md
on 2026-11-04 commit "moved"
sed -i 's/- \[ \] send/- [x] send/' people/ada-lovelace.md
on 2026-11-05 commit "done"
run kith history
expect "history, by day" 0 <<'END'
2026-11-05  Done for Ada Lovelace: send her the paper
2026-11-04  Rename Ada Byron to Ada Lovelace
2026-11-03  Change the settings
            Log a call with Ada Byron
            Add Grace Hopper
2026-11-02  Add Ada Byron
2026-11-01  Start the journal
END
run kith history ada lovelace
expect "somebody's, through a rename" 0 <<'END'
2026-11-05  Done for Ada Lovelace: send her the paper
2026-11-04  Rename Ada Byron to Ada Lovelace
2026-11-03  Log a call with Ada Byron
2026-11-02  Add Ada Byron
END
run kith history grace
expect "where a link followed the rename" 0 <<'END'
2026-11-04  moved
2026-11-03  Add Grace Hopper
END
run kith history -n 1 -p
sed -i 's/^commit [0-9a-f]*$/commit ID/; s/^ $//' "$tmp/out"
expect "with the lines" 0 <<'END'
2026-11-05  Done for Ada Lovelace: send her the paper
commit ID
diff --git a/people/ada-lovelace.md b/people/ada-lovelace.md
--- a/people/ada-lovelace.md
+++ b/people/ada-lovelace.md
@@ -3,7 +3,7 @@ name: Ada Lovelace
 aliases: Ada Byron
 ---
 ## Next
-- [ ] send her the paper
+- [x] send her the paper

 ## Log
 - 2026-11-03 call: looms
[stderr]
kith: there are older changes: --all shows them
END
run kith history --json -n 1
like "$out" '"Done for Ada Lovelace: send her the paper"' "as JSON"
like "$out" '"day": "2026-11-05"' "with the day"
like "$out" '"more": true' "and that there is more"

# Another author is named; a merge tells only what it changed itself.
insert '- 2026-11-06 visit' people/ada-lovelace.md
git add -A
on 2026-11-06 git commit -q -m v --author "Someone Else <else@post.example>"
git checkout -q -b side HEAD~1
echo "More of her." >> people/grace.md
on 2026-11-07 commit "side"
git checkout -q main
on 2026-11-08 git merge -q --no-edit side
run kith history -n 2
expect "authors, where there are several" 0 <<'END'
2026-11-07  Change the notes on Grace Hopper  (Test Person)
2026-11-06  Log a visit with Ada Lovelace  (Someone Else)
[stderr]
kith: there are older changes: --all shows them
END
git rm -q people/grace.md
on 2026-11-09 commit "gone"
run kith history people/grace.md -n 1
expect "somebody who is gone" 0 <<'END'
2026-11-09  Remove Grace Hopper
[stderr]
kith: there are older changes: --all shows them
END
i=0
while [ $i -lt 30 ]; do
	printf -- '---\nname: Person %d\n---\n' $i > people/p$i.md
	i=$((i + 1))
done
on 2026-11-10 commit "import"
run kith history -n 1
like "$out" '^2026-11-10  Add 30 people$' "many people are one line"
run kith history -n 0
is "$status" 2 "no number"
run kith history --all -n 3
is "$status" 2 "a number of all"
run kith history nobody
is "$status" 1 "nobody"

# A journal in a folder of its repository, and without one.
mkdir "$tmp/vault"
cp -r people kith.yaml "$tmp/vault"
mkdir "$tmp/vault/inner"
mv "$tmp/vault/people" "$tmp/vault/kith.yaml" "$tmp/vault/inner"
cd "$tmp/vault" || exit 1
run kith -C inner history
is "$status" 1 "without a repository"
git init -q
echo outside > outside.md
run kith -C inner history
expect "before the first commit" 0 <<'END'
nothing has been committed yet
END
run kith -C inner commit
like "$out" '^Add 31 people$' "the first commit, in a folder"
is "$(git status --porcelain)" "?? outside.md" "and nothing outside of it"
run kith -C inner history
like "$out" 'Start the journal$' "and its history"

# What was logged ahead of the clock was logged all the same.
journal
kith add Ada > /dev/null
KITH_TODAY=2999-01-01 kith log ada call: x > /dev/null
KITH_TODAY=2999-01-01 kith plan ada 2999-02-01 lunch > /dev/null
run kith history
like "$out" 'Log a call with Ada$' "an entry of kith log is no plan"
like "$out" 'Plan lunch with Ada on 2999-02-01$' "and a plan is one"
done_testing
