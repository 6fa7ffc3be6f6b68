#!/bin/sh
# A change is one commit of exactly that change, whatever else is staged or edited, in
# whatever kind of repository; where that cannot be, it is said, and nothing is lost.
. "$(dirname "$0")/lib.sh"

ada() {
	printf -- '---\nname: Ada Lovelace\norg: Engines\n---\n\n## Log\n- 2026-09-20 coffee: looms\n'
}
# lines DIFF: the lines that it adds and takes away.
lines() {
	grep '^[+-]' | grep -v '^\(+++\|---\)'
}
# fresh: a journal with Ada, committed.
fresh() {
	journal
	ada > people/ada.md
	commit "Ada"
}

fresh
sed -i 's/Engines/Staged/' people/ada.md && git add people/ada.md
sed -i 's/looms/looms and more/' people/ada.md
run kith log ada call: three copies
is "$status" 0 "log beside staged and unstaged lines"
is "$(git show HEAD --format= | lines)" "+- 2026-11-23 call: three copies" "commits its own line alone"
is "$(git diff --cached | lines)" "-org: Engines
+org: Staged" "what was staged stays staged"
is "$(git diff | lines)" "-- 2026-09-20 coffee: looms
+- 2026-09-20 coffee: looms and more" "and the rest unstaged"
is "$(git fsck --strict --no-dangling 2>&1)" "" "the repository is sound"

run kith set ada org=Digital
is "$(git show HEAD --format= | lines)" "-org: Engines
+org: Digital
+formerly:
+  - Staged (until 2026)" "set beside a staged value of the same key"
is "$(git show :people/ada.md | grep org)$(grep org people/ada.md)" "org: Digitalorg: Digital" \
	"sets it everywhere"

# What cannot be committed is written, and said.
fresh
printf -- '- 2026-11-01 call: mine\n- [ ] my own promise\n' >> people/ada.md
run kith done ada 1
is "$status" 1 "a task that HEAD does not have cannot be closed there"
like "$err" 'not committed: .*the last commit has other lines there.*kith commit' "which it says"
like "$(cat people/ada.md)" '^- \[x\] my own promise' "the file has it"
is "$(git log -1 --format=%s)" "Ada" "and nobody else's lines were committed"

fresh
echo 'name: New' > people/new.md && sed -i '1i ---' people/new.md && echo --- >> people/new.md
run kith log new coffee: hello
is "$status" 0 "a file that git does not know"
is "$(git show HEAD --stat --format= | head -1 | cut -d'|' -f1 | tr -d ' ')" "people/new.md" \
	"is committed whole"
ada | sed 's/Ada Lovelace/Bob Stone/' > people/bob.md && git add people/bob.md
run kith log bob coffee: hello
is "$status" 0 "one that is staged and was never committed"
is "$(git log -2 --format=%s)" "Log coffee with Bob Stone
Keep a file as it was" "is committed first as it was staged"
is "$(git status --porcelain)" "" "and nothing is left"
ada | sed 's/Ada Lovelace/Cy Young/' > people/cy.md && git add -N people/cy.md
run kith log cy coffee: hello
is "$status" 0 "git add -N is no contents: committed whole"
is "$(git status --porcelain)" "" "and nothing is left"

fresh
git rm -q --cached people/ada.md
run kith log ada call: hello
is "$(git show HEAD --format= | lines)" "+- 2026-11-23 call: hello" "a staged removal: the line is committed"
is "$(git diff --cached --name-status)" "D	people/ada.md" "and the removal stays staged"

# Other work.
fresh
echo a > tracked.txt && git add tracked.txt && git commit -qm tracked
echo b > tracked.txt && echo staged > staged.txt && git add staged.txt && echo u > untracked.txt
echo n > intent.txt && git add -N intent.txt
before=$(git status --porcelain; git ls-files -s staged.txt tracked.txt intent.txt)
kith log ada coffee > /dev/null
is "$(git status --porcelain; git ls-files -s staged.txt tracked.txt intent.txt)" "$before" \
	"all other work stays as it was"

# Kinds of repositories.
journal
rm -rf .git && git init -q && ada > people/ada.md
run kith log ada coffee
is "$status" 0 "an unborn branch"
is "$(git log --format=%s)" "Log coffee with Ada Lovelace
Keep a file as it was" "gets its first commits"

fresh
git checkout -q --detach
run kith log ada coffee
is "$status" 0 "a detached HEAD"
is "$(git log -1 --format=%s)$(git rev-list --count main)" "Log coffee with Ada Lovelace2" \
	"moves, and no branch does"

fresh
git worktree add -q "$tmp/linked$journals" -b side && cd "$tmp/linked$journals" || exit 1
run kith log ada coffee
is "$status" 0 "a linked work tree"
is "$(git log -1 --format=%s side) $(git status --porcelain)" "Log coffee with Ada Lovelace " "commits there"

fresh
inner=$PWD
mkdir "$tmp/super" && cd "$tmp/super" && git init -q &&
	git -c protocol.file.allow=always submodule --quiet add "$inner" notes && git commit -qm sub
cd notes || exit 1
run kith log ada coffee
is "$status" 0 "a submodule"
is "$(git log -1 --format=%s)" "Log coffee with Ada Lovelace" "commits in itself"
is "$(git -C .. log -1 --format=%s)" sub "and not around it"

mkdir -p "$tmp/vault/notes" && cd "$tmp/vault" && git init -q && cp -r "$inner/kith.yaml" "$inner/people" notes &&
	git add . && git commit -qm vault && cd notes || exit 1
run kith log ada coffee
is "$(git show HEAD --format= --name-only)" "notes/people/ada.md" "a journal in a folder of a repository"

fresh
mkdir people/a people/b && ada > people/a/eve.md && ada > people/b/fay.md && commit more
git sparse-checkout set --no-cone '/*' '!people/b' 2> /dev/null
run kith log eve coffee
is "$status" 0 "a sparse checkout"
is "$(git ls-files people/b) $(git show HEAD --stat --format= | grep -c fay)" "people/b/fay.md 0" \
	"keeps what is not checked out"

fresh
git config core.autocrlf true
rm people/ada.md && git checkout -q people/ada.md
run kith log ada coffee
is "$(grep -c "$(printf '\r')" people/ada.md)" "$(grep -c '' people/ada.md)" "autocrlf: CRLF in the file"
is "$(git cat-file -p HEAD:people/ada.md | grep -c "$(printf '\r')")" 0 "LF in the commit"
is "$(git show HEAD --format= | lines)" "+- 2026-11-23 coffee" "one line of change"
is "$(git status --porcelain)" "" "and git sees nothing else"

fresh
git init -q --bare "$tmp/bare$journals"
git checkout -q -b other && sed -i 's/looms/other/' people/ada.md && git commit -qam other
git checkout -q main && sed -i 's/looms/mine/' people/ada.md && git commit -qam mine
git merge other > /dev/null 2>&1
cp people/ada.md "$tmp/before"
run kith log ada coffee
is "$status" 1 "in the middle of a merge it refuses"
ok "and nothing is changed" diff people/ada.md "$tmp/before"
git merge --abort

printf 'people/eve.md\n' > .gitignore && ada > people/eve.md && commit ignore
run kith log eve coffee
is "$status" 1 "a file that git ignores"
like "$err" 'gitignore' "is not committed, and why is said"
ada > "$tmp/before" && ok "nor written" diff people/eve.md "$tmp/before"

mkdir "$tmp/nogit" && cp -r kith.yaml people "$tmp/nogit" && cd "$tmp/nogit" || exit 1
GIT_CEILING_DIRECTORIES=$tmp run kith log ada coffee: no git
is "$status" 1 "without git"
like "$err" 'not committed: there is no git repository' "it says so"
like "$(cat people/ada.md)" 'coffee: no git' "and writes"

# A repository that libgit2 cannot open: refused, but for what needs no git.
mkdir "$tmp/sha256" && cp -r kith.yaml people "$tmp/sha256" && cd "$tmp/sha256" &&
	git init -q --object-format=sha256 || exit 1
run kith log ada coffee: in vain
is "$status" 1 "a repository of SHA-256"
like "$err" 'objects in the format sha256.*commit: manual' "is refused, and what helps is said"
run kith
is "$status $err" "0 " "kith alone reads it"
echo 'commit: manual' >> kith.yaml
run kith log ada coffee: by hand
is "$status $err" "0 " "and commit: manual writes"
like "$(cat people/ada.md)" 'coffee: by hand' "the file"

# Hooks and signing.
fresh
mkdir -p .git/hooks && printf '#!/bin/sh\necho "no $(git diff --cached --name-only)" >&2\nexit 1\n' > .git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
run kith log ada coffee: hooked
is "$status" 1 "a hook that refuses"
like "$err" 'no people/ada.md' "is heard"
like "$(cat people/ada.md)" 'coffee: hooked' "the file stays edited"
is "$(git log -1 --format=%s)" "Ada" "and nothing is committed"
is "$(git diff --cached --name-only)" "" "nor staged"
git checkout -q people/ada.md
run kith log ada coffee: passed --no-verify
is "$status" 0 "--no-verify passes over it"
printf '#!/bin/sh\necho "Signed-off: me" >> "$1"\n' > .git/hooks/commit-msg && chmod +x .git/hooks/commit-msg
rm .git/hooks/pre-commit
kith log ada call: signed off > /dev/null
like "$(git log -1 --format=%B)" '^Signed-off: me$' "commit-msg works"
rm .git/hooks/commit-msg
if command -v ssh-keygen > /dev/null; then
	ssh-keygen -q -t ed25519 -N '' -f "$tmp/key" && git config gpg.format ssh &&
		git config user.signingKey "$tmp/key.pub" && git config commit.gpgSign true
	run kith log ada letter: signed
	is "$status" 0 "commit.gpgSign with ssh"
	like "$(git cat-file -p HEAD)" '^gpgsig -----BEGIN SSH SIGNATURE' "signs"
	git config --unset commit.gpgSign
else
	skip "commit.gpgSign with ssh" "there is no ssh-keygen"
	skip "signs" "there is no ssh-keygen"
fi

# Odd files.
fresh
mkdir real && mv people/ada.md real/ada.md && ln -s ../real/ada.md people/ada.md && commit link
run kith log ada coffee: linked
is "$status" 0 "a link inside the journal"
ok "stays a link" test -L people/ada.md
is "$(git show HEAD --format= --name-only)" "real/ada.md" "and its file is changed"
ada > "$tmp/outside.md" && ln -s "$tmp/outside.md" people/out.md
run kith log out coffee
is "$status" 1 "a link out of the journal"
ada > "$tmp/before" && ok "is not followed" diff "$tmp/outside.md" "$tmp/before"
rm people/out.md && mkfifo people/fifo.md
run kith log fifo coffee
is "$status" 1 "a FIFO is not opened"
rm people/fifo.md
printf -- '---\nname: Bad\n<<<<<<< HEAD\norg: a\n=======\norg: b\n>>>>>>> x\n---\n' > people/bad.md
cp people/bad.md "$tmp/before"
run kith set bad org=c
is "$status" 1 "a half-merged file is refused"
ok "and stays" diff people/bad.md "$tmp/before"
rm people/bad.md
{ ada; printf '<<<<<<< HEAD\n- 2026-09-01 call: a\n=======\n- 2026-09-02 call: b\n>>>>>>> x\n'; } > people/bad.md
cp people/bad.md "$tmp/before"
run kith log bad coffee
is "$status" 1 "marks of a merge in the log"
like "$err" 'people/bad.md:9:1: a merge left its marks here' "are found at their line"
ok "and nothing is written between them" diff people/bad.md "$tmp/before"
rm people/bad.md
chmod 640 real/ada.md
kith log ada call: mode > /dev/null
is "$(stat -c %a real/ada.md)" 640 "the mode stays"
if [ "$(id -u)" -ne 0 ]; then
	chmod 555 real
	run kith log ada call: readonly
	is "$status" 1 "a folder that cannot be written"
	chmod 755 real
fi
exec 9< . && flock 9
(sleep 1; exec 9<&-) &
exec 9<&-
run kith log ada coffee: after the lock
is "$status" 0 "a kith waits for another"
wait
: > .git/index.lock
run kith log ada coffee: locked
is "$status" 1 "a lock of git's own is respected"
like "$err" 'index.lock' "and named"
ok "and left alone" test -f .git/index.lock
rm .git/index.lock
is "$(git status --porcelain)" "" "with nothing written"
done_testing
