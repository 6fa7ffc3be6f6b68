#!/bin/sh
# git's own commands merge a journal's files as what they are, through `kith merge-driver`: no
# marks, no conflict, and nothing lost; and where kith is not there, git's text merge.
. "$(dirname "$0")/lib.sh"

git config --global advice.mergeConflict false
git config --global pull.rebase false
git config --global core.safecrlf false
here=$PWD
marks='^(<<<<<<<|=======|>>>>>>>)'

# versions PATH: the three versions of a file, base, ours and theirs, each after a line `[NAME]` of
# standard input, in a repository of their own: on `main`, with theirs on `other`. One that is not
# given is not there. The test goes on in it.
versions() {
	rm -rf "$here/v" "$here/versions" && mkdir "$here/versions" && cd "$here" || exit 1
	awk -v to="$here/versions/" '/^\[(base|ours|theirs)\]$/ { file = to substr($0, 2, length - 2)
		printf "" > file; next } { print > file }'
	kith init v > /dev/null && cd v || exit 1
	before_base
	on_both "$1"
}
before_base() { :; }
on_both() {
	side base "$1"
	git checkout -q -b other
	side theirs "$1"
	git checkout -q main
	side ours "$1"
}
side() {
	[ -f "$here/versions/$1" ] || return
	mkdir -p "$(dirname "./$2")" && cp "$here/versions/$1" "./$2"
	commit "$1"
}
# merged PATH WANT NAME: that it went without a conflict, and gave these bytes.
merged() {
	is "$status" 0 "$3"
	is "$(git status --porcelain)" "" "$3: nothing is left to do"
	is "$(cat "$1")" "$2" "$3: the file"
}
same_day() {
	versions people/ada.md <<'END'
[base]
---
name: Ada
---
## Log
- 2026-09-20 call: x
[ours]
---
name: Ada
---
## Log
- 2026-11-20 call: a
- 2026-09-20 call: x
[theirs]
---
name: Ada
---
## Log
- 2026-11-20 call: b
- 2026-09-20 call: x
END
}
title_and_org() {
	versions "$1" <<'END'
[base]
---
name: A
title: x
org: y
---
[ours]
---
name: A
title: x2
org: y
---
[theirs]
---
name: A
title: x
org: y2
---
END
}
both='---
name: Ada
---
## Log
- 2026-11-20 call: a
- 2026-11-20 call: b
- 2026-09-20 call: x'

same_day
run git merge -q --no-edit other
merged people/ada.md "$both" "merge, an entry of the same day on both sides"
run git reset -q --hard HEAD^
git clone -q . ../clone && cd ../clone && git reset -q --hard origin/other && kith init . > /dev/null
run git pull -q --no-edit origin main
merged people/ada.md "$both" "pull, in a clone"
cd ../v && rm -rf ../clone || exit 1
run git -C people rebase -q other
merged people/ada.md "$both" "rebase, from a folder below"
git reset -q --hard ORIG_HEAD
run git cherry-pick other
merged people/ada.md "$both" "cherry-pick"
git reset -q --hard HEAD^
git reset -q --soft HEAD^ && git reset -q && git stash -q && git merge -q other
run git stash pop -q
is "$status $(cat people/ada.md)" "0 $both" "stash pop"
git checkout -q .

same_day
run git merge-tree --write-tree main other
is "$status $(git show "$(echo "$out" | head -n 1)":people/ada.md)" "0 $both" "merge-tree"
is "$(git status --porcelain --ignored)" "" "which leaves nothing behind"
git worktree add -q ../tree main -b third
cd ../tree || exit 1
run git merge -q --no-edit other
merged people/ada.md "$both" "in another work tree of the repository"
cd ../v && rm -rf ../tree && git worktree prune || exit 1
cd / || exit 1
run env GIT_DIR="$here/v/.git" GIT_WORK_TREE="$here/v" git merge -q --no-edit other
cd "$here/v" || exit 1
merged people/ada.md "$both" "by GIT_DIR, from elsewhere"

# Two values, and two versions of a paragraph.
versions people/ada.md <<'END'
[base]
---
name: Ada
title: CTO
---
She runs on tea.
[ours]
---
name: Ada
title: CEO
---
She runs on coffee.
[theirs]
---
name: Ada
title: COO
---
She runs on milk.
END
run git merge -q --no-edit other
merged people/ada.md '---
name: Ada
title: CEO
merged: {title: [COO]}
---
She runs on coffee.
<!-- kith: both kept by a merge -->
She runs on milk.' "two values, and two versions of a paragraph"
like "$err" '^kith: people/ada.md: title stays CEO, and COO is kept under merged: `kith set ada title=COO` takes it, `kith set ada merged-=title` leaves it$' "the value is told"
like "$err" '^kith: people/ada.md: both stay: "She runs on coffee." and "She runs on milk."$' "so is the text"
run kith check
like "$out" 'ada.md:4:[0-9]+: warning: for title .* `kith set ada title=COO` takes it' "and by check as long as it stands"
run kith set ada title=COO
is "$(sed -n 3,4p people/ada.md)" "title: COO
---" "set settles it"

versions people/ada.md <<'END'
[ours]
---
name: Ada
email: a@x.example
---
[theirs]
---
name: Ada
phone: 12
---
END
run git merge -q --no-edit other
is "$status $(sort people/ada.md | tr '\n' ' ')" "0 --- --- email: a@x.example name: Ada phone: 12 " \
	"added on both sides"

# Renamed here, edited there.
versions people/ada.md <<'END'
[base]
---
name: Ada
org: Engines
location: Bath
tags: [maths, mentor]
---
She runs on tea and long letters.

## Log
- 2026-09-20 call: x
- 2026-09-19 call: w
- 2026-09-18 call: v
[theirs]
---
name: Ada
org: Engines
location: Bath
tags: [maths, mentor]
---
She runs on tea and long letters.

## Log
- 2026-11-20 call: b
- 2026-09-20 call: x
- 2026-09-19 call: w
- 2026-09-18 call: v
END
git mv people/ada.md people/lady-ada.md && sed -i 's/^- 2026-09-20/- 2026-11-20 call: a\n&/' people/lady-ada.md && commit Rename
run git merge -q --no-edit other
is "$status $(ls people)" "0 lady-ada.md" "renamed on one side"
is "$(sed -n '/Log/,$p' people/lady-ada.md | sed -n 2,4p)" "- 2026-11-20 call: a
- 2026-11-20 call: b
- 2026-09-20 call: x" "with the entries of both"

# Line ends.
same_day
for branch in main other; do
	git checkout -q $branch && sed -i 's/$/\r/' people/ada.md && commit Ends
done
git checkout -q main
run git merge -q --no-edit other
is "$status $(cat people/ada.md)" "0 $(printf '%s\n' "$both" | sed 's/$/\r/')" "CR LF on both sides"

versions kith.yaml <<'END'
[base]
version: 1
leap_day: february
reviews: reviews
[ours]
version: 1
leap_day: march
reviews: reviews
[theirs]
version: 1
leap_day: february
reviews: weeks
END
run git merge -q --no-edit other
merged kith.yaml "version: 1
leap_day: march
reviews: weeks" "settings, in lines that touch"

versions reviews/2026-W48.md <<'END'
[base]
# Week 48

## Reach out

- [ ] **[Ada](../people/ada.md)** ^r-1
- [ ] **[Bob](../people/bob.md)** ^r-2
[ours]
# Week 48

## Reach out

- [x] **[Ada](../people/ada.md)** ^r-1
- [ ] **[Bob](../people/bob.md)** ^r-2
[theirs]
# Week 48

## Reach out

- [ ] **[Ada](../people/ada.md)** ^r-1
  - the grant came through
- [-] **[Bob](../people/bob.md)** ^r-2
END
run git merge -q --no-edit other
merged reviews/2026-W48.md "# Week 48

## Reach out

- [x] **[Ada](../people/ada.md)** ^r-1
  - the grant came through
- [-] **[Bob](../people/bob.md)** ^r-2" "a review's page, by its ids"

# What cannot be read: by lines, and where they clash, ours.
broken() {
	versions people/ada.md <<END
[base]
---
name: Ada
---
one
two
three
four
[ours]
---
name: Ada
---
$1
two
three
four
[theirs]
---
name: [Ada
---
$2
two
three
4
END
}
broken 1 one
run git merge -q --no-edit other
is "$status $(tr '\n' ' ' < people/ada.md)" "0 --- name: [Ada --- 1 two three 4 " "a side that is broken: by lines"
broken 1 uno
before=$(cat people/ada.md)
run git merge -q --no-edit other
is "$status $(git status --porcelain)" "1 UU people/ada.md" "which clash: a conflict"
is "$(cat people/ada.md)" "$before" "with ours as it was, without marks"
like "$err" '^kith: people/ada.md: one side cannot be read: .*ours stays as it is; .git show :3:people/ada.md. is theirs$' "which is told, with the way to theirs"
like "$(git show :3:people/ada.md)" '^uno$' "which git has"
is "$(ls -A)" ".git
.gitattributes
.gitignore
kith.yaml
people" "nothing else is left"

# None of kith's: git's text merge, marks and all.
text() {
	versions "$1" <<'END'
[base]
one
two
three
[ours]
1
two
three
[theirs]
uno
two
3
END
}
text people/README.md
run git merge -q --no-edit other
is "$status" 1 "a note that is no contact clashes as ever"
like "$(cat people/README.md)" "$marks" "with marks"
is "$(grep -cE '^(1|uno|3)$' people/README.md)" 3 "and all lines"

# Odd names, in a part of a bigger repository.
before_base() {
	mkdir -p "a vault/[my] notes" && kith init "$PWD-x" > /dev/null && rm -rf "$PWD-x"
	git rm -q kith.yaml .gitattributes .gitignore && commit Vault
	kith init "a vault/[my] notes" > /dev/null
	printf 'people: ["who else", "!b"]\n' > "a vault/[my] notes/kith.yaml"
	commit Settings
	(cd "a vault/[my] notes" && kith init > /dev/null 2>&1)
}
for name in "who else/Ann O'Neil \$(touch it) \"q\".md" '!b/-a.md' 'who else/a b/ä%P.md'; do
	path="a vault/[my] notes/$name"
	title_and_org "$path"
	run git merge -q --no-edit other
	merged "$path" "---
name: A
title: x2
org: y2
---" "$name"
	is "$(ls it 2> /dev/null)" "" "$name: is no command"
done
before_base() { echo 'people: .' > kith.yaml && git commit -q -a -m Settings && kith init > /dev/null 2>&1; }
title_and_org -a.md
run git merge -q --no-edit other
is "$status $(sed -n 3,4p ./-a.md | tr '\n' ' ')" "0 title: x2 org: y2 " "a name that begins like an option"
before_base() { :; }

# Without kith, or with one that dies, git merges the text: no line is lost.
mkdir "$here/bin"
for tool in git sh; do ln -s "$(command -v $tool)" "$here/bin/$tool"; done
full=$PATH
without() {
	PATH=$here/bin:/usr/bin:/bin
	export PATH
	run "$@"
	PATH=$full
}
if [ -z "$(PATH=$here/bin:/usr/bin:/bin command -v kith)" ]; then
	versions people/ada.md <<'END'
[base]
one
two
three
[ours]
1
two
three
[theirs]
one
two
3
END
	without git merge -q --no-edit other
	is "$status $(tr '\n' ' ' < people/ada.md)" "0 1 two 3 " "without kith, by lines"
	same_day
	without git merge -q --no-edit other
	is "$status" 1 "without kith, a clash is one"
	like "$(cat people/ada.md)" "$marks" "with marks"
	is "$(grep -c '^- 2026-' people/ada.md)" 3 "and every line"
else
	skip "without kith" "kith is in /usr/bin"
fi
for end in 'kill -9 $$' 'exit 3' 'kill -SEGV $$'; do
	printf '#!/bin/sh\n%s\n' "$end" > "$here/bin/kith" && chmod +x "$here/bin/kith"
	same_day
	without git merge -q --no-edit other
	is "$status $(grep -c '^- 2026-' people/ada.md)" "1 3" "a kith that ends by $end loses no line"
done

# By itself.
run kith merge-driver
is "$status" 2 "it needs its words"
run kith merge-driver --help
like "$out" 'nobody types it' "and says what it is"
run kith --help
unlike "$out" 'merge-driver' "and is in no list"
mkdir "$here/by-itself" && cd "$here/by-itself" && : > kith.yaml
printf -- '---\nname: A\n---\n' > a && cp a o && sed 's/^name.*/&\norg: B/' o > b
if [ -z "$sanitized" ] && command -v strace > /dev/null; then
	strace -f -qq -e trace=openat,execve,fsync -o "$tmp/trace" kith merge-driver o a b 7 people/a.md
	is "$(grep -c 'libgit2\|kith-git' "$tmp/trace") $(grep -c 'execve' "$tmp/trace") $(grep -c fsync "$tmp/trace")" \
		"0 1 0" "it loads no libgit2, starts nothing, and waits for no disk"
	ok "it merges" cmp -s a b
else
	skip "it loads no libgit2" "no strace here"
fi
for file in o a b; do
	{ echo '---'; for i in 1 2 3 4 5 6 7 8; do echo "k$i: $file"; done; echo '---'; } > "$file"
done
run kith merge-driver o a b 7 people/a.md
is "$status $(echo "$err" | wc -l)" "0 6" "of many values a few are said"
like "$err" '^kith: people/a.md: and 3 more; kith check names them$' "and how many there are"
sed 's/: o/: a/' o > a
run kith merge-driver o a b 9 people/a.md
is "$status$err" 0 "of a base that git makes for itself nothing is said"
like "$(cat a)" '^merged:' "but it is merged"
rm kith.yaml
run kith merge-driver o a b 7 people/a.md
is "$status" 2 "outside of a journal it merges nothing"
done_testing
