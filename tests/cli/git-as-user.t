#!/bin/sh
# The repository is the user's: who commits, when, signed or not, what is left out and what is
# half done is all as plain git has it, from wherever git would know it.
. "$(dirname "$0")/lib.sh"

format='%an|%ae|%ad|%cn|%ce|%cd|%G?'
# as_git NAME COMMAND [WRAP]: kith's commit has the author, committer, dates and signature that
# git's own would have here, or both refuse.
as_git() {
	wrap=${2-}
	$wrap git commit -q --allow-empty -m "By git" > "$tmp/git-said" 2>&1
	git_status=$?
	[ $git_status -ne 0 ] || {
		wanted=$(git log -1 --date=raw --format="$format" | clock)
		git reset -q --soft HEAD~
	}
	run $wrap kith log ada coffee: x
	if [ $git_status -eq 0 ]; then
		is "$(git log -1 --date=raw --format="$format" | clock)" "$wanted" "$1"
	else
		is "$status:$(git log -1 --format=%s)" "1:People" "$1: git refuses, and so does kith"
	fi
}
# The present time is written NOW.
clock() {
	awk -v now="$(date +%s)" -F'|' -v OFS='|' '{
		for (i = 3; i <= 6; i += 3) {
			split($i, t, " ")
			if (t[1] - now < 600 && now - t[1] < 600) $i = "NOW " t[2]
		}
		print
	}'
}

# ---- Who commits, and when. ----

ada_and_bob
as_git "who git says you are"
ada_and_bob
git remote add origin https://work.example/journal.git
printf '[user]\n\temail = work@work.example\n' > "$tmp/included"
git config --global 'includeIf.hasconfig:remote.*.url:https://work.example/**.path' "$tmp/included"
as_git "includeIf hasconfig:remote.*.url"
is "$(git log -1 --format=%ae)" work@work.example "the e-mail is that of the remote"
git remote set-url origin https://home.example/journal.git
git checkout -q . && git reset -q --hard HEAD~
as_git "and not of another"
git config --global --unset 'includeIf.hasconfig:remote.*.url:https://work.example/**.path'

ada_and_bob
mkdir -p "$tmp/deeper" && printf '[include]\n\tpath = one\n' > "$tmp/deeper/two" &&
	printf '[user]\n\tname = Of an Include\n' > "$tmp/deeper/one"
git config include.path "$tmp/deeper/two"
as_git "an include in the repository's settings"
ada_and_bob
git config 'includeIf.gitdir:**/journal*/.path' "$tmp/deeper/one"
as_git "includeIf gitdir"
ada_and_bob
git config 'includeIf.onbranch:main.path' "$tmp/deeper/one"
as_git "includeIf onbranch"

ada_and_bob
export GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0='Of the Count' \
	GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1=count@post.example
as_git "GIT_CONFIG_COUNT"
is "$(git log -1 --format=%an)" "Of the Count" "the name is that of GIT_CONFIG_VALUE_0"
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_KEY_1 GIT_CONFIG_VALUE_1
ada_and_bob
git config alias.k '!kith'
run git -c user.name='By Alias' -c user.email=alias@post.example k log ada coffee: x
is "$(git log -1 --format='%an|%ae|%cn')" "By Alias|alias@post.example|By Alias" \
	"git -c user.name=… with an alias (GIT_CONFIG_PARAMETERS)"
ada_and_bob
run git -c commit.gpgSign=true -c gpg.program=false -c alias.k='!kith' k log ada coffee: x
is "$status:$(git log -1 --format=%s)" "1:People" "git -c commit.gpgSign=true, too"

ada_and_bob
git config --global --unset user.email
export EMAIL=of@the.environment
as_git "EMAIL"
ada_and_bob
git config user.useConfigOnly true
as_git "user.useConfigOnly"
git config --global user.email test@post.example
unset EMAIL

ada_and_bob
export GIT_AUTHOR_DATE='2026-03-04 05:06:07 +0200' GIT_COMMITTER_DATE='@1772600000 -0330'
as_git "GIT_AUTHOR_DATE and GIT_COMMITTER_DATE"
is "$(git log -1 --date=raw --format='%ad %cd')" "1772593567 +0200 1772600000 -0330" \
	"which are those of the commit"
unset GIT_COMMITTER_DATE
ada_and_bob
as_git "GIT_AUTHOR_DATE alone"
unset GIT_AUTHOR_DATE
ada_and_bob
export GIT_AUTHOR_DATE='no day at all'
as_git "a date that is none"
unset GIT_AUTHOR_DATE
for name in GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL; do
	ada_and_bob
	export "$name="
	as_git "$name, but empty"
	unset "$name"
done
ada_and_bob
git config user.email ''
as_git "an empty user.email"
ada_and_bob
git config author.name '<>'
as_git "an author.name of which nothing remains"
ada_and_bob
export GIT_CONFIG_GLOBAL=/dev/null EMAIL=of@the.environment
as_git "EMAIL, and no name but the system's"
export GIT_CONFIG_GLOBAL="$tmp/gitconfig"
unset EMAIL
ada_and_bob
export GIT_AUTHOR_NAME=Writer GIT_COMMITTER_EMAIL=c@post.example
as_git "GIT_AUTHOR_NAME and GIT_COMMITTER_EMAIL"
unset GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL
ada_and_bob
git config author.name 'An Author' && git config committer.email c@post.example
as_git "author.name and committer.email"

# Signing by a program that always can.
cat > "$tmp/sign" <<'END'
#!/bin/sh
cat > /dev/null
printf '%s\n' '-----BEGIN PGP SIGNATURE-----' '' 'none' '-----END PGP SIGNATURE-----'
echo '[GNUPG:] SIG_CREATED ' >&2
END
chmod +x "$tmp/sign"
ada_and_bob
git remote add origin https://work.example/journal.git
printf '[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = %s\n' "$tmp/sign" > "$tmp/included"
git config 'includeIf.hasconfig:remote.*.url:https://work.example/**.path' "$tmp/included"
run kith log ada coffee: x
like "$(git cat-file commit HEAD)" '^gpgsig ' "commit.gpgSign in what a remote includes: it is signed"
ada_and_bob
git config gpg.program "$tmp/sign"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=commit.gpgSign GIT_CONFIG_VALUE_0=true
run kith log ada coffee: x
like "$(git cat-file commit HEAD)" '^gpgsig ' "commit.gpgSign in the environment: it is signed"
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0

# Hooks where the environment says.
ada_and_bob
mkdir "$tmp/hooks" && printf '#!/bin/sh\nexit 1\n' > "$tmp/hooks/pre-commit" && chmod +x "$tmp/hooks/pre-commit"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0="$tmp/hooks"
run kith log ada coffee: x
is "$status:$(git log -1 --format=%s)" "1:People" "core.hooksPath in the environment: its hook refuses"
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0

# It costs nothing where nothing of the kind is set.
ada_and_bob
if [ -z "$sanitized" ] && command -v strace > /dev/null; then
	strace -f -qq -e trace=execve -o "$tmp/trace" kith log ada coffee: x > "$tmp/said" 2>&1
	is "$(grep -c 'execve("[^"]*/git"' "$tmp/trace")" 0 "no git is started where nothing asks for it"
else
	skip "no git is started where nothing asks for it" "no strace here"
fi

# ---- GIT_DIR and GIT_WORK_TREE, as vcsh sets them. ----

ada_and_bob
top=$PWD
mv .git "$tmp/elsewhere.git"
export GIT_DIR="$tmp/elsewhere.git" GIT_WORK_TREE="$top"
run kith log ada coffee: x
is "$status:$(git log -1 --format=%s)" "0:Log coffee with Ada Lovelace" "GIT_DIR and GIT_WORK_TREE are honoured"
is "$(git status --porcelain)" "" "and nothing is left over"
run kith undo
is "$status:$(git log -1 --format=%s | cut -c1-4)" "0:Undo" "by undo, too"
run kith history ada
is "$status" 0 "by history"
echo notes >> people/bob.md
run kith
like "$out$err" 'not committed' "by kith"
run kith commit
is "$status:$(git status --porcelain)" "0:" "and by commit"
printf '#!/bin/sh\ngit diff --cached --quiet && exit 1\necho "$GIT_DIR" > %s/seen\n' "$tmp" > "$GIT_DIR/hooks/pre-commit"
chmod +x "$GIT_DIR/hooks/pre-commit"
(cd people && kith log ada call: y > "$tmp/said" 2>&1)
is "$(cat "$tmp/seen" 2>/dev/null)" "$tmp/elsewhere.git" "a hook sees them"
unset GIT_WORK_TREE GIT_DIR
ada_and_bob
top=$PWD
mv .git "$tmp/plain.git" && git --git-dir="$tmp/plain.git" config core.worktree "$top"
export GIT_DIR="$tmp/plain.git"
run kith log ada coffee: x
is "$status:$(git log -1 --format=%s)" "0:Log coffee with Ada Lovelace" "GIT_DIR alone, with core.worktree"
unset GIT_DIR
# A hook of another repository may call kith: what it says of itself is not the journal's.
# libgit2 1.5 leaks a work tree that is set to what it is.
if [ -n "$sanitized" ]; then
	skip "a work tree that the journal is not in" "libgit2 leaks there"
else
	ada_and_bob
	git init -q "$tmp/project" && (cd "$tmp/project" && git commit -q --allow-empty -m Project)
	export GIT_DIR="$tmp/project/.git" GIT_WORK_TREE="$tmp/project"
	run kith log ada coffee: x
	unset GIT_DIR GIT_WORK_TREE
	is "$status:$(git log -1 --format=%s)" "0:Log coffee with Ada Lovelace" \
		"a work tree that the journal is not in says nothing of it"
	is "$(git -C "$tmp/project" log -1 --format=%s)" "Project" "and gets no commit"
fi

# ---- Somebody else's repository. ----

ada_and_bob
if [ "$(id -u)" = 0 ] && chown -R 12345 . 2> /dev/null; then
	run kith log ada coffee: x
	like "$err" 'belongs to another user.*safe\.directory' "somebody else's repository is not opened"
	export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$PWD"
	run kith log ada coffee: x
	is "$status" 0 "but where safe.directory in the environment names it"
	export GIT_CONFIG_VALUE_0="$tmp"
	run kith log ada call: x
	is "$status" 1 "and no other"
	unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
else
	skip "somebody else's repository" "only root can make one"
fi

# ---- What is ignored. ----

ada_and_bob
echo 'people/secret.md' >> .git/info/exclude
printf -- '---\nname: Secret\n---\n' > people/secret.md
run kith log secret coffee: x
like "$err$out" '\.git/info/exclude' ".git/info/exclude is called by its name"
unlike "$err" '\.gitignore' "and not by another"

# ---- What is open. ----

# conflict: a merge with one, in ada.md.
conflict() {
	ada_and_bob
	git checkout -q -b side && echo theirs >> people/ada.md && git commit -q -a -m Theirs
	git checkout -q main && echo ours >> people/ada.md && git commit -q -a -m Ours
	git merge side > /dev/null 2>&1
}
conflict
run kith commit
is "$status:$(git log -1 --format=%s)" "1:Ours" "a merge with a conflict is not finished"
like "$err" 'git add: people/ada.md$' "which is named"
git checkout -q --ours people/ada.md && git add people/ada.md
run kith log ada coffee: x
is "$status:$(git status --porcelain)" "1:" "nothing else is committed in a merge"
like "$err" 'a merge; kith commit finishes it .*git merge --abort' "and the ways out are named"
run kith
like "$out" '^The repository is in the middle of a merge; kith commit finishes it' "by kith, too"
run kith commit people/ada.md
is "$(git log -1 --format=%s)" "Ours" "as in git, no part of a merge is committed"
run kith commit -n
is "$status:$(git log -1 --format=%s)" "0:Ours" "-n finishes nothing"
like "$err" 'a merge is open, and would be finished' "and says so"
run kith commit
is "$status:$(git log -1 --format='%s|%P')" "0:Merge branch 'side'|$(git rev-parse HEAD^1) $(git rev-parse side)" \
	"kith commit finishes a merge that is solved to ours, with two parents and git's message"
is "$(git log -1 --format=%b)$(git status --porcelain)" "" "without git's remarks, and nothing is left"
run kith log ada coffee: x
is "$status" 0 "and all is as before"

conflict
git checkout -q --theirs people/ada.md && git add people/ada.md
echo more >> people/bob.md
mkdir -p .git/hooks && printf '#!/bin/sh\nexit 1\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
run kith commit
is "$status:$(git log -1 --format=%s)" "1:Ours" "a hook may refuse a merge"
unlike "$(kith 2>&1)" 'kith commit commits' "while it is open, kith commit is not said to commit files"
like "$(kith 2>&1)" '^1 file is not committed yet\.$|^2 files are not committed yet\.$' "which are counted"
run kith commit --no-verify --json -m '-v: ours'
is "$status:$(git log -1 --skip=1 --format='%s|%an')|$(git log -1 --format=%s)" \
	"0:-v: ours|Test Person|-v: ours" "with the message given, and what was not staged after it"
is "$(json '$o->{merge}, $o->{commit}')" "$(git rev-parse HEAD^ HEAD)" "in JSON: both"

ada_and_bob
git checkout -q -b side && echo theirs >> people/ada.md && git commit -q -a -m Theirs
git checkout -q main && echo ours >> people/ada.md && git commit -q -a -m Ours
for how in "rebase side" "cherry-pick side" "revert HEAD~1"; do
	git $how > /dev/null 2>&1
	run kith log ada coffee: x
	is "$status" 1 "git $how: refused"
	like "$err" "git ${how%% *} --continue goes on with it, git ${how%% *} --abort" "with the ways out"
	run kith
	like "$out" "git ${how%% *} --continue" "which kith names"
	unlike "$out" 'kith commit' "and not kith commit"
	git "${how%% *}" --abort
done
git bisect start HEAD HEAD~1 > /dev/null 2>&1
run kith log ada coffee: x
like "$err" 'git bisect reset' "a bisection, too"
git bisect reset > /dev/null 2>&1

# ---- What is not committed. ----

# settled NAME: kith counts no file, or kith commit commits all that it counts.
settled() {
	counted=$(kith 2> /dev/null | grep 'not committed')
	kith commit > "$tmp/said" 2>&1
	is "$(kith 2> /dev/null | grep 'not committed')" "" "$1: it ends"
	[ "$2" != none ] || is "$counted" "" "$1: none is counted"
}
for autocrlf in input true; do
	ada_and_bob
	git config core.autocrlf $autocrlf
	sed -i 's/$/\r/' people/ada.md
	settled "CRLF with autocrlf=$autocrlf" none
	echo more >> people/ada.md
	settled "and a line more" some
	like "$(cat "$tmp/said")" '^committed ' "which is committed"
	ada_and_bob
	sed -i 's/$/\r/' people/ada.md && commit CRLF && git config core.autocrlf $autocrlf
	sed -i 's/\r$//' people/ada.md
	settled "CRLF in git, LF here, autocrlf=$autocrlf" some
done
ada_and_bob
echo '* text=auto' > .gitattributes && sed -i 's/$/\r/' people/ada.md
git add .gitattributes && git -c core.autocrlf=false commit -q -a -m Attributes
git add --renormalize .
settled "line ends made anew" some
for mode in true false; do
	ada_and_bob
	git config core.fileMode $mode
	chmod +x people/ada.md
	settled "a mode with core.fileMode=$mode" none
	git update-index --chmod=+x people/bob.md
	settled "a staged mode" none
	like "$(cat "$tmp/said")" 'mode.*: .*people/bob.md \(git status' "which is named"
	echo more >> people/ada.md
	settled "and a line" some
done
ada_and_bob
git init -q "$tmp/other" && git -C "$tmp/other" commit -q --allow-empty -m Other
git -c protocol.file.allow=always submodule add -q "$tmp/other" people/other > /dev/null 2>&1
settled "a submodule that is staged" some
git commit -q -m Submodule
printf -- '---\nname: Sub\n---\n' > people/other/sub.md
settled "a new file in a submodule" none
git -C people/other add . && git -C people/other commit -q -m Sub
settled "a submodule that went on" none
run kith log sub coffee: x
is "$status" 1 "a contact in a submodule is not committed here"
like "$err" 'not committed: people/other is a submodule: commit it there .*, then people/other itself$' "and where is said"
run kith commit people/other/sub.md
like "$err" 'commit it there' "also where it is named"
git init -q people/nested && touch people/nested/x.md
settled "a repository of its own" none
ada_and_bob
echo x > photo.png && ln -s ada.md people/link.md && mkfifo people/fifo.md
settled "what belongs to no journal" none
ada_and_bob
head -c 5000000 /dev/zero | tr '\0' a > people/big.md
settled "a file that is too large" none
ada_and_bob
echo more >> people/ada.md && git add people/ada.md && git show HEAD:people/ada.md > people/ada.md
settled "staged and taken back" none
git rm -q --cached people/bob.md
settled "gone from the index alone" none
ada_and_bob
git config filter.up.clean 'tr a-z A-Z' && git config filter.up.smudge 'tr A-Z a-z'
echo '*.md filter=up' > .gitattributes && git add --renormalize . && commit Filter
sed -i 's/looms/LOOMS/' people/ada.md && chmod +x people/bob.md
settled "a filter that makes it as it was" none

ada_and_bob
mkdir -p "$HOME/.config/git" && printf '\n*.glob\n' > "$HOME/.config/git/ignore"
printf '#\npeople/ign*\n!people/ign-not.md\n' > .gitignore && commit Ignore
echo '/people/ex.md' > .git/info/exclude && echo 'zz*' > "$tmp/excludes"
touch people/ignored.md people/ex.md 'people/a b.glob' people/ign-not.md people/zz.md
ignored() {
	run kith commit "$1"
	is "$status:$err" "1:kith: git ignores $1 ($2), so it cannot be committed" "$2 is named"
}
ignored people/ignored.md '.gitignore:2: people/ign*'
ignored people/ex.md '.git/info/exclude:1: /people/ex.md'
ignored 'people/a b.glob' "$HOME/.config/git/ignore:2: *.glob"
git config core.excludesFile "$tmp/excludes"
ignored people/zz.md "$tmp/excludes:1: zz*"
run kith commit people/ign-not.md
is "$status" 0 "what is not ignored is committed"
rm "$HOME/.config/git/ignore"
# --- git stash pop that left conflicts: no merge, and still nothing can be committed ---
ada_and_bob
sed -i 's/looms/LOOMS/' people/ada.md && git stash -q
sed -i 's/looms/brass/' people/ada.md && commit "Other"
git stash pop > "$tmp/said" 2>&1
run kith
like "$out" 'in the middle of conflicts, which git stash pop .*git add' "after git stash pop kith says what is to be done"
unlike "$out" 'kith commit commits' "and nothing that would be refused"
run kith commit
like "$err" 'unresolved conflicts.*git add' "nor does kith commit"
git checkout -q --theirs people/ada.md && git add people/ada.md
run kith log ada call: x
is "$status" 0 "then all is as ever"

# --- ident: what git writes into a line at a checkout is in nobody's way ---
ada_and_bob
echo '*.md ident' > .gitattributes && printf '\n$Id$ costs $5\n' >> people/ada.md && commit "Named"
rm people/ada.md && git checkout -q people/ada.md
like "$(cat people/ada.md)" '^\$Id: [0-9a-f]+ \$ costs' "git writes a name"
cp people/ada.md "$tmp/was"
for command in 'log ada coffee: x' 'set ada org=X' 'rename ada Ada\ King'; do
	run sh -c "kith $command"
	is "$status$(git status --porcelain)" 0 "kith $command beside it"
	run kith undo
	is "$status$(git status --porcelain)$(cmp people/ada.md "$tmp/was" 2>&1)" 0 "and undo, to the byte"
done
run kith remove -y ada
run kith undo
is "$status$(git status --porcelain)$(sed 's/\$Id: .*\$ c/$Id$ c/' "$tmp/was" | cmp people/ada.md - 2>&1)" 0 "and after kith remove"

done_testing
