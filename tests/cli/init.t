#!/bin/sh
# A journal is made in new folders and in old ones, and what was there stays as it was.
. "$(dirname "$0")/lib.sh"

# at DIR COMMAND...: git there.
at() {
	where=$1
	shift
	git -C "$where" "$@"
}
# exists, is_missing FILE NAME
exists() {
	if [ -e "$1" ]; then pass "$2"; else fail "$2" "$1 is not there"; fi
}
is_missing() {
	if [ -e "$1" ]; then fail "$2" "$1 is there"; else pass "$2"; fi
}

run kith init people
id=$(at people rev-parse HEAD | cut -c1-10)
expect "a new journal" 0 <<END
A new journal: TMP/work/people
  wrote .gitattributes, .gitignore, kith.yaml
  made a git repository around it, with the branch main
  committed $id: Start the journal

Next: cd people
1. \`kith met NAME\` adds somebody you have just met, \`kith add NAME\` somebody you
   know already. Or write people/ada-lovelace.md, with any editor:

       ---
       name: Ada Lovelace
       email: ada@analytical.engine
       cadence: every 6 weeks
       ---
       ## Log
       - 2026-11-23 coffee: looms, and her talk in March

2. \`kith\` says what is due, and \`kith review\` writes the page of the week.
3. All this is about other people: push it only to a private remote.
END
is "$(stat -c %a people)" 700 "only its owner can open it"
is "$(at people branch --show-current)" main "on the branch main"
is "$(at people log --format='%an: %s')" "Test Person: Start the journal" "one commit"
is "$(at people ls-files | tr '\n' ' ')" ".gitattributes .gitignore kith.yaml " "of three files"
is "$(at people status --porcelain)" "" "nothing is left over"
is "$(grep '^since' people/kith.yaml)" "since: 2026-11-23" "it began today"
is "$(at people check-attr merge people/a/b.md reviews/2026-W48.md kith.yaml | sed 's/.* //' |
	tr '\n' ' ')" "kith kith kith " "git knows what kith merges"
touch people/all.vcf people/.kith-x1
is "$(at people status --porcelain)" "" "exports and temporary files stay out"
run kith -C people check
is "$status" 0 "its settings are understood"

snapshot() {
	at people rev-parse HEAD
	find people -name .git -prune -o -printf '%p %m %T@\n' | sort
}
before=$(snapshot)
run kith init people
expect "a second time" 0 <<'END'
TMP/work/people is a journal already, with all that belongs to one
END
is "$(snapshot)" "$before" "changes nothing"

cd people || exit 1
run kith init sub/folder
expect "a journal in a journal" 1 <<'END'
[stderr]
kith: sub/folder is inside the journal TMP/work/people; a journal does not hold another one
END
is_missing sub "nothing is made"
cd ..

# A folder of notes without git.
mkdir notes && echo "# Idea" > notes/idea.md && echo '*.bak' > notes/.gitignore && chmod 755 notes
cd notes || exit 1
run kith init --today 2027-01-04
id=$(git rev-parse HEAD | cut -c1-10)
expect "a folder of notes" 0 <<END
A new journal: TMP/work/notes
  wrote .gitattributes, kith.yaml
  made a git repository around it, with the branch main
  committed $id: Start the journal
  2 other files are not in git yet: add what should have a history

The other files here stay as they are. Contacts are read from people/;
\`people:\` and \`only:\` in kith.yaml name other places.

Next
1. \`kith met NAME\` adds somebody you have just met, \`kith add NAME\` somebody you
   know already. Or write people/ada-lovelace.md, with any editor:

       ---
       name: Ada Lovelace
       email: ada@analytical.engine
       cadence: every 6 weeks
       ---
       ## Log
       - 2027-01-04 coffee: looms, and her talk in March

2. \`kith\` says what is due, and \`kith review\` writes the page of the week.
3. All this is about other people: push it only to a private remote.
[stderr]
kith: .gitignore was there and stays as it is; worth adding to it:
  *.vcf
  *.csv
  *.ics
  /*.html
  .kith-*
END
is "$(cat .gitignore idea.md)" "*.bak
# Idea" "the notes are as they were"
is "$(git status --porcelain | tr '\n' ' ')" "?? .gitignore ?? idea.md " "and not committed"
is "$(stat -c %a .)" 755 "nor is the folder's mode changed"
cd ..

# A repository with work of every kind.
mkdir -p vault/folk && cd vault || exit 1
git init -q -b trunk
for name in staged edited both gone; do echo one > $name.md; done
commit "Notes"
echo two > staged.md && git add staged.md
echo two > edited.md
echo two > both.md && git add both.md && echo three > both.md
echo new > added.md && git add added.md
echo new > intended.md && git add -N intended.md
echo new > folk/unknown.md
git rm -q gone.md
work() {
	git status --porcelain | grep -v folk
	git diff
	git diff --cached
}
before=$(work)
run kith init folk
is "$status" 0 "a folder in a repository"
unlike "$out" "git repository" "which is used"
is "$(git show --format=%s --name-only | tr '\n' ' ')" \
	"Start the journal  folk/.gitattributes folk/.gitignore folk/kith.yaml " \
	"the commit holds only what was written"
is "$(work)" "$before" "all other work is as it was"
is "$(git branch --show-current)" trunk "on its own branch"
is_missing folk/.git "no repository in the repository"
cd ..

# Completing.
mkdir old && echo 'people: [who, "a b"]' > old/kith.yaml
run kith init old
is "$status" 0 "a journal that lacks things is completed"
like "$out" '^  wrote .gitattributes, .gitignore$' "with what is missing"
like "$out" 'committed .*: Add .gitattributes and .gitignore$' "in a commit of that"
is "$(cat old/kith.yaml)" 'people: [who, "a b"]' "its settings stay"
is "$(at old check-attr merge "a b/c.md" who/x/y.md people/z.md | sed 's/.* //' | tr '\n' ' ')" \
	"kith kith unspecified " "the folders are those it names"
exists "old/a b" "and are made"

mkdir manual && echo 'commit: manual' > manual/kith.yaml
run kith init manual
is "$status $(at manual status --porcelain | tr '\n' ' ')" \
	"0 ?? .gitattributes ?? .gitignore ?? kith.yaml " "commit: manual is heeded"
run kith init --no-commit later
is "$status $(at later status --porcelain | tr '\n' ' ')" \
	"0 ?? .gitattributes ?? .gitignore ?? kith.yaml " "so is --no-commit"

# What stands in git's way is told, and the files are there.
cp "$GIT_CONFIG_GLOBAL" "$tmp/named" && git config --global --remove-section user
run kith init nameless
is "$status" 1 "without a name"
like "$out" '^  wrote .gitattributes, .gitignore, kith.yaml$' "the files are written"
like "$err" '^kith: its files are written, but not committed$' "it says that no commit was made"
like "$err" 'git config --global user.name .*; git config --global user.email' "how to have a name"
cp "$tmp/named" "$GIT_CONFIG_GLOBAL"
ok "and what to type then" sh -c "$(sed -n 's/.*then commit them: //p' "$tmp/err")"
is "$(at nameless log --format=%s)$(at nameless status --porcelain)" "Start the journal" \
	"which does it"

git init -q merging && cd merging && echo a > a && commit A
git checkout -q -b other && echo b > a && commit B
git checkout -q main && echo c > a && commit C
git merge -q other >/dev/null 2>&1
run kith init
is "$status" 1 "during a merge nothing is committed"
like "$err" 'in the middle of a merge' "and it says why"
exists kith.yaml "the files are there"
is "$(git log --oneline | wc -l)" 2 "no commit"
cd ..

# The example.
run kith init --example example
id=$(at example rev-parse HEAD | cut -c1-10)
number=$(find "$root/templates/example/people" -type f | wc -l)
expect "the example" 0 <<END
An example journal: TMP/work/example
  wrote .gitattributes, .gitignore, kith.yaml, and $number invented people
  made a git repository around it, with the branch main
  committed $id: Start the example journal

Next: cd example
1. \`kith\` says what is due today, \`kith review\` writes the page of the week.
2. Look into the files below people/: they show all that one may hold.
3. \`kith init ~/people\` makes a journal of your own.
END
is "$(at example status --porcelain)" "" "it is committed whole"
is "$(diff -r -x '.git*' "$root/templates/example" example)" "" \
	"on the day it was written for it is as it was written"
run kith init --example --today 2027-03-04 moved
is "$status" 0 "the example on another day"
names() {
	(cd "$1" && find . -name .git -prune -o -type f -print | sort)
}
is "$(names moved)" "$(names example)" "has the same files"
is "$(grep -o '^since: [-0-9]*' moved/kith.yaml)" "since: 2026-06-08" "14 weeks later"
run kith -C example review --stdout
sections=$(grep '^## ' "$tmp/out")
run kith -C moved --today 2027-03-01 review --stdout
is "$(grep '^## ' "$tmp/out")" "$sections" "and the same sections in its review"
run kith init --example example
expect "the example again" 1 <<'END'
[stderr]
kith: the example goes into a new or empty folder, and TMP/work/example is not; `kith init --example ~/kith-example` makes one
END
mkdir empty
run kith -C empty init --example
is "$status $(ls empty | tr '\n' ' ')" "0 kith.yaml people " "an empty folder will do"

# What is no folder, and wrong words.
echo x > file
run kith init file
expect "a file" 1 <<'END'
[stderr]
kith: file is there, and is not a folder
END
run kith init file/sub
expect "below a file" 1 <<'END'
[stderr]
kith: cannot make a journal in file/sub: Not a directory
END
mkdir blocked && echo x > blocked/people
run kith init blocked
expect "people is a file" 1 <<'END'
[stderr]
kith: cannot make a journal in TMP/work/blocked: people: it is there, and is not a folder
END
mkdir newer && echo 'version: 99' > newer/kith.yaml
run kith init newer
expect "a newer journal" 1 <<'END'
[stderr]
kith: kith.yaml:1:10: this journal is of version 99, and this kith knows up to 1; install a newer kith
END
is "$(ls -A newer)" kith.yaml "is left alone"
if [ "$(id -u)" -eq 0 ]; then
	skip "a folder that is not writable" "root writes everywhere"
else
	mkdir closed && chmod 555 closed
	run kith init closed
	like "$status $err" '^1 .*Permission denied' "a folder that is not writable"
fi
run kith init a b
is "$status" 2 "two folders"
run kith -C a init b
expect "a folder named twice" 2 <<'END'
[stderr]
kith: init: name the folder once: DIR, or -C DIR
See: kith init --help
END
run kith init ""
expect "an empty name" 2 <<'END'
[stderr]
kith: init: the folder's name is empty
See: kith init --help
END
run kith init "it's here"
is "$status" 0 "a name with a quote and a blank"
like "$out" "^Next: cd 'it'.''s here'$" "is quoted for the shell"
run kith init --help
like "$out" 'kith init --example' "the help has examples"

# A clone has the attributes, but git's configuration stays where it was made.
cd "$tmp/work" || exit 1
git clone -q people clone
run kith -C clone check
expect "a clone is told of, as long as git merges there without kith" 0 <<'END'
.gitattributes: warning: git was not told in this clone how to merge these files, and merges their text; `kith init` tells it [merging]
END
run kith init clone
expect "a clone" 0 <<'END'
Completed the journal TMP/work/clone
  git merges its files with kith here from now on
END
for where in people clone; do
	like "$(at $where config merge.kith.driver)" \
		'^kith merge-driver .*exec git merge-file .* %A %O %B$' "$where: git knows the driver"
	is "$(cat $where/.git/info/attributes)" "/kith.yaml merge=kith
people/**/*.md merge=kith
reviews/**/*.md merge=kith" "$where: also where .gitattributes comes with the merge"
done
run kith -C clone check
is "$status $out" "0 " "and then no more"
run kith init clone
like "$out" 'is a journal already, with all that belongs to one' "a second time nothing is left to do"
git -C clone worktree add -q ../tree -b other 2> /dev/null
run kith -C tree check
is "$status $out" "0 " "a further work tree of it has it, too"
git config --global merge.kith.driver "kith merge-driver %O %A %B %L %P"
git clone -q people mine
run kith -C mine check
is "$status $out" "0 " "so has a clone where all repositories have it"
git config --global --unset merge.kith.driver
echo 'people: [people, my friends]' >> clone/kith.yaml
run kith -C clone check
is "$out" '.gitattributes:3:1: warning: these no longer fit kith.yaml, and what they miss git merges as text; add `"my friends/**/*.md" merge=kith` [merging]' \
	"lines that kith.yaml has left behind are told of"
echo '"my friends/**/*.md" text merge=kith' >> clone/.gitattributes
run kith -C clone check
is "$status $out" "0 " "unless they say more"
sed -i '$d' clone/.gitattributes
echo '*.md merge=kith' >> clone/.gitattributes
run kith -C clone check
is "$status $out" "0 " "or one of the user's own has it all"
mkdir -p "a vault/my [own] notes" && git -C "a vault" init -q
run kith init "a vault/my [own] notes"
is "$(at "a vault" check-attr merge "my [own] notes/people/x.md" people/x.md | sed 's/.*: //' |
	tr '\n' ' ')" "kith unspecified " "in a part of a repository, by its path"

done_testing
