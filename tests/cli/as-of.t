#!/bin/sh
# --as-of: the journal as it stood on a day or in a commit, to the byte what was said then; and
# what it says where that cannot be.
. "$(dirname "$0")/lib.sh"

# What git commits stands on a day of its own: on DAY COMMAND...
on() {
	GIT_AUTHOR_DATE="$1T12:00:00+0100" GIT_COMMITTER_DATE="$1T12:00:00+0100"
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	KITH_TODAY=$1
	shift
	"$@"
	KITH_TODAY=2026-11-23
	unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}
append() { printf '%s\n' "$2" >> "people/$1"; }

# What is unpacked lies here, and nowhere else.
export XDG_RUNTIME_DIR="$tmp/run"
mkdir "$XDG_RUNTIME_DIR"
left() { ls -A "$XDG_RUNTIME_DIR"; }

# ---- a journal of a year, in a folder of a larger repository ----

mkdir -p "$tmp/vault/notes" "$tmp/vault/me/people" && cd "$tmp/vault" && git init -q
echo 'not of the journal' > notes/idea.md
on 2025-11-01 commit "A vault"
cd me || exit 1
printf 'version: 1\nsince: 2025-12-01\ncadences: {default: 6 weeks}\n' > kith.yaml
contact ada.md <<'END'
---
name: Ada Lovelace
org: Analytical Engines
title: Analyst
cadence: 3 weeks
birthday: 1984-12-10
knows: [grace]
---
Of the [[grace]] kind, see ![[portrait.jpg]] and [[nobody here]].

## Next
- [ ] send her the paper  (due:: 2026-02-01)

## Log
- 2025-11-20 coffee with [[grace]]: the move to Bath
END
contact grace.md <<'END'
---
name: Grace Hopper
org: Navy
tags: [mentor]
---
## Log
- 2025-10-02 call: punch cards #gave
END
printf 'an image' > portrait.jpg
on 2025-12-01 commit "People"
on 2025-12-01 kith review >/dev/null 2>&1
append grace.md '- 2026-01-04 call: compilers #asked'
append ada.md '- 2026-01-05 call: looms'
sed -i 's/^title: Analyst/title: Chief Programmer/' people/ada.md
on 2026-01-05 commit "Talks"
on 2026-01-12 kith review >/dev/null 2>&1
git tag winter
printf -- '---\nname: Bob Stone\ncadence: 6 wekes\nintroduced_by: "[[nobody]]"\n---\n' > people/bob.md
ln -s bob.md people/link.md
ln -s /etc/hostname people/out.md
printf -- '---\nname: [broken\n' > people/broken.md
mkdir -p people/sub templates conflicts/people
printf -- '---\nname: Zoë Ünal\nmet: 2026-02-01\n---\n' > people/sub/zoe.md
printf 'Hello {{title}}: {{> part}}\n' > templates/review.md
printf 'a part\n' > templates/part.md
printf 'x' > conflicts/people/ada.md
printf 'people/** merge=kith\n' > .gitattributes
head -c 5000000 /dev/zero | tr '\0' 'x' > people/large.md
on 2026-02-10 commit "All sorts"
git rm -qr templates people/large.md people/broken.md conflicts && git mv people/grace.md people/grace-hopper.md
sed -i 's/\[\[grace\]\]/[[grace-hopper]]/; s/knows: .*/knows: [grace-hopper]/' people/ada.md
on 2026-03-01 commit "Tidied"
git checkout -q -b side HEAD~1 && echo elsewhere > aside.txt && on 2026-02-20 commit "Aside"
git checkout -q main && on 2026-03-05 git merge -q -m "Merged" side
append ada.md '- 2026-04-01 walk: a plan'
sed -i 's/^- \[ \] send/- [x] send/' people/ada.md
on 2026-04-01 commit "Spring"
on 2026-11-23 kith review >/dev/null 2>&1

# same COMMIT WHEN DAY COMMAND...: the run in a checkout, and those from the tip, give the same bytes.
same() {
	commit=$1 word=$2 today=$3
	shift 3
	(cd "$tmp/then.d/me" && run kith --today "$today" "$@" && echo "status $status" >> "$tmp/err" &&
		cat "$tmp/out" "$tmp/err" > "$tmp/then")
	for when in "$commit" "$word"; do
		run kith --as-of "$when" "$@"
		echo "status $status" >> "$tmp/err"
		cat "$tmp/out" "$tmp/err" > "$tmp/now"
		cmp -s "$tmp/then" "$tmp/now" || different="$different
kith $* in $when: $(diff -a "$tmp/then" "$tmp/now")"
	done
}
# as_then COMMIT DAY WHEN: all that reads, by the commit and by WHEN.
as_then() {
	git worktree add -q --detach "$tmp/then.d" "$1"
	different=
	while read -r line; do
		# shellcheck disable=SC2086
		same "$1" "$3" "$2" $line
	done <<-'END'
		today
		today --json
		due
		due --within 3months
		review --stdout
		review --json
		review --stdout --next
		list
		list --format csv --columns name,org,last,path
		list tag:mentor sort:last
		search e
		timeline 2025-10-01..2026-12-31
		show ada
		show --all --json ada
		show bob
		brief ada
		stats
		stats --json
		graph
		todo
		todo --done
		todo ada
		check
		check -v
		check --json
		history
		history -p --all
		history ada
	END
	git worktree remove --force "$tmp/then.d"
	is "$different" "" "all is as it was on $2"
}
as_then HEAD 2026-11-23 today
as_then HEAD~1 2026-04-01 2026-04-01
as_then HEAD~2 2026-03-05 "2026-03-05"
as_then HEAD~3 2026-03-01 2026-03-01
as_then HEAD~4 2026-02-10 2026-02-10
as_then winter 2026-01-12 2026-01-12
as_then winter~1 2026-01-05 2026-01-05
as_then winter~2 2025-12-01 2025-12-01
is "$(left)" "" "and nothing is left of it"

# ---- which day ----

day() { run kith --as-of "$1" today; is "$(sed -n 1p "$tmp/out")" "$2" "$3"; }
day 2026-02-15 "Sunday 15 February 2026 · 7 people" "a day without a commit has what was before it"
day "15 feb" "Sunday 15 February 2026 · 7 people" "in words"
day 2026-02 "Saturday 28 February 2026 · 7 people" "a month is its last day"
day 2026-W03 "Sunday 18 January 2026 · 2 people" "a week likewise"
day 2026 "Monday 23 November 2026 · 5 people" "as far as it went"
day yesterday "Sunday 22 November 2026 · 5 people" "yesterday"
day winter "Monday 12 January 2026 · 2 people" "a commit is its day"
day "$(git rev-parse --short winter)" "Monday 12 January 2026 · 2 people" "by its name"
day 'HEAD@{0}' "Monday 23 November 2026 · 5 people" "and by all that git knows"
run kith --as-of winter --today 2026-01-20
like "$out" "^Tuesday 20 January 2026" "--today says another day"
run kith --as-of winter --today tomorrow
like "$out" "^Tuesday 13 January 2026" "in words, from that day"
kith show --all --as-of HEAD ada > "$tmp/clean"
append ada.md '- 2026-11-22 call: not committed'
run kith show --all --as-of HEAD ada
ok "what is not committed is not seen" cmp "$tmp/clean" "$tmp/out"
run kith --as-of HEAD
unlike "$out" "not committed|synced" "and not told of"
git checkout -q people
on 2026-11-23 env GIT_COMMITTER_DATE=2026-11-22T23:30:00-0500 git commit -q --allow-empty -m west
day 2026-11-22 "Sunday 22 November 2026 · 5 people" "a day ends where the committer was"
run kith --as-of 2026-11-22 history -n1
git branch -q 2026-01-05 HEAD
run kith --as-of 2026-01-05 list
is "$status" 0 "a date wins over a branch of that name"
like "$err" "^kith: --as-of 2026-01-05 is taken for the day 2026-01-05; the commit of that name is [0-9a-f]{10}$" \
	"and that is said"
git branch -qD 2026-01-05

# ---- what cannot be ----

run kith list --as-of nonsense
expect "neither a day nor a commit" 2 <<'END'
[stderr]
kith: list: --as-of: "nonsense" is not a date (such as 2026-11-30, tuesday, nov 30 or "in 3 weeks"), and no commit that git knows
See: kith list --help
END
run kith list --as-of 03/04/2026
is "$status" 2 "a date of two readings"
run kith list --as-of tomorrow
expect "a day ahead" 2 <<'END'
[stderr]
kith: list: --as-of looks back, and 2026-11-24 is still ahead
See: kith list --help
END
run kith list --as-of 2025-11-15
expect "before it began" 1 <<'END'
[stderr]
kith: --as-of: there was no journal on 2025-11-15: it begins on 2025-12-01
END
run kith list --as-of 2025-01-15
is "$status$err" "1kith: --as-of: there was no journal on 2025-01-15: it begins on 2025-12-01" \
	"before there was a commit"
first=$(git rev-list --max-parents=0 HEAD)
run kith list --as-of "$first"
is "$status$err" "1kith: --as-of: there is no journal in $first: it begins on 2025-12-01" \
	"a commit without it"
run kith list --as-of 'HEAD:me/kith.yaml'
is "$status" 2 "no commit"
for line in "log ada call" "set ada title=x" "apply" "commit" "undo --list" "sync" "init" "edit ada" "help"; do
	# shellcheck disable=SC2086
	run kith $line --as-of winter
	like "$status$err" "^2kith: [a-z]*: --as-of goes only with what reads the journal$" "not with $line"
done
run kith review --as-of winter
like "$err" "^kith: review: --as-of goes only with --stdout, --json, --html or --output$" "no page of that day is written"
run kith check --fix --as-of winter
like "$err" "^kith: check: --as-of does not go with --fix$" "and nothing is mended"
is "$(git status --porcelain)" "" "all is as it was"

git clone -q --depth 1 "file://$tmp/vault" "$tmp/shallow"
run kith -C "$tmp/shallow/me" list --as-of 2026-04-01
like "$status$err" "^1kith: --as-of: there was no journal on 2026-04-01: it begins on 2026-11-2[23]; this clone lacks what was before: git fetch --unshallow brings it$" \
	"a shallow clone"
run kith -C "$tmp/shallow/me" list --as-of today
like "$out" "Grace Hopper" "which has its last commit"
mkdir -p "$tmp/none/people" && echo 'version: 1' > "$tmp/none/kith.yaml"
run kith -C "$tmp/none" list --as-of 2026-04-01
like "$status$err" "^1kith: --as-of: there is no git repository" "without a repository"
git -C "$tmp/none" init -q
run kith -C "$tmp/none" list --as-of 2026-04-01
is "$status$err" "1kith: --as-of: the journal is in no commit yet" "without a commit"
printf 'version: 1\ncommit: manual\n' > "$tmp/none/kith.yaml"
(cd "$tmp/none" && on 2026-04-01 commit "By hand")
run kith -C "$tmp/none" list --as-of 2026-04-01
is "$status" 0 "with commits made by hand"
is "$(left)" "" "nothing is left of any"

# ---- trees that nobody makes ----

# tree MODE TYPE ID NAME...: a tree of these entries, by its raw bytes. NAME: for printf.
raw() {
	: > "$tmp/tree"
	while [ $# -gt 0 ]; do
		printf "$1 $3\\0" >> "$tmp/tree"
		printf '%s' "$2" | perl -ne 'print pack "H*", $_' >> "$tmp/tree"
		shift 3
	done
	git hash-object -t tree -w --literally --stdin < "$tmp/tree"
}
journal
on 2026-01-01 commit "Begun"
blob=$(printf -- '---\nname: Eve\n---\n' | git hash-object -w --stdin)
yaml=$(git rev-parse HEAD:kith.yaml)
# hostile NAME ENTRY...: a journal whose people are these.
hostile() {
	name=$1
	shift
	commit=$(on 2026-02-01 git commit-tree -m hostile "$(raw 100644 "$yaml" kith.yaml 40000 "$(raw "$@")" people)")
	run kith list --as-of "$commit"
}
for name in .. . .git .GIT git~1 'a/b' '.git\342\200\214'; do
	hostile "$name" 100644 "$blob" "$name"
	like "$status$err" "^1kith: --as-of: that commit holds a file that cannot be on a disk: people/" \
		"a file named $name"
done
hostile control 100644 "$blob" 'a\033[31m\001.md'
is "$status" 0 "a name with control characters"
unlike "$out$err" "$(printf '\033')" "is shown without them"
target=$(printf '%s' "$tmp/outside" | git hash-object -w --stdin)
mkdir "$tmp/outside"
sub=$(raw 100644 "$blob" planted.md)
hostile "through a link" 120000 "$target" d 40000 "$sub" d
is "$status$(ls "$tmp/outside")" 1 "a folder with the name of a link"
hostile "link and file" 120000 "$target" e.md 100644 "$blob" e.md
is "$status$(ls "$tmp/outside")" 1 "a file with the name of a link"
hostile "an empty link" 100644 "$blob" eve.md 120000 "$(git hash-object -w --stdin < /dev/null)" l.md
is "$status$(echo "$out" | grep -c Eve)" 01 "a link to nowhere, which no disk holds, is left out"
hostile "a submodule" 100644 "$blob" eve.md 160000 "$blob" sub
is "$status" 0 "a submodule"
hostile "a long name" 100644 "$blob" "$(head -c 300 /dev/zero | tr '\0' a).md"
like "$status$err" "^1kith: --as-of: cannot unpack people/a*.md: File name too long" "a name that is too long"
hostile "no such blob" 100644 1234567890123456789012345678901234567890 a.md
like "$status$err" "^1kith: --as-of: the repository lacks a copy of people/a.md" "a file that is not there"
bomb=$sub
for level in 1 2 3 4 5 6 7; do
	bomb=$(raw 40000 "$bomb" a 40000 "$bomb" b 40000 "$bomb" c 40000 "$bomb" d 40000 "$bomb" e \
		40000 "$bomb" f 40000 "$bomb" g 40000 "$bomb" h)
done
hostile "a bomb" 40000 "$bomb" a
is "$status$err" "1kith: --as-of: that commit holds more files than can be read" \
	"more files than anybody has"
deep=$sub
for level in $(seq 120); do deep=$(raw 40000 "$deep" d); done
hostile "deep" 40000 "$deep" d
like "$status$err" "too deep in folders" "folders in folders"
long=$(head -c 250 /dev/zero | tr '\0' d) deep=$sub
for level in $(seq 16); do deep=$(raw 40000 "$deep" "$long"); done
hostile "a long path" 40000 "$deep" "$long"
like "$status$err" "^1kith: --as-of: that commit holds a file that cannot be on a disk: people/ddd" "a path that is too long"
is "$(left)" "" "of which nothing is left"
huge=$(head -c 100000000 /dev/zero | git hash-object -w --stdin)
hostile "huge" 100644 "$huge" huge.md
like "$status$err" "people/huge.md:1:1: error: .*larger than max_file" "a huge file"
is "$(left)" "" "nothing is left of any"

# ---- bytes as git keeps them ----

cd "$tmp/vault/me" || exit 1
kith show --all --as-of HEAD ada > "$tmp/clean"
printf '*.md text eol=crlf\n' > .gitattributes
rm people/ada.md && git checkout -q people/ada.md
run kith show --all --as-of HEAD ada
ok "other ends of lines say the same" cmp "$tmp/clean" "$tmp/out"
git checkout -q .gitattributes && rm people/ada.md && git checkout -q people/ada.md
git config filter.swap.smudge 'tr AB BA' && git config filter.swap.clean 'tr AB BA'
printf 'ada.md filter=swap\n' > .git-attributes && git config core.attributesFile "$PWD/.git-attributes"
run kith show --as-of winter ada
like "$out" "^Bda Lovelace" "a filter's work is done"
git config --remove-section filter.swap && rm .git-attributes
if [ -n "$sanitized" ]; then skip "no room" "ulimit"; else
	(ulimit -f 1; run kith list --as-of HEAD; printf '%s' "$status$err" > "$tmp/said")
	like "$(cat "$tmp/said")" "^1kith: --as-of: cannot unpack [a-zA-Z0-9/.-]*: File too large$" \
		"no room anywhere"
	is "$(left)" "" "and nothing is left"
fi

# ---- what ends it early ----

cd "$tmp/vault/me" || exit 1
printf -- '---\nname: Big\n---\n## Log\n' | contact big.md
perl -e 'printf "- 2026-01-%02d call: number %d %s\n", $_ % 28 + 1, $_, "and so on " x 10 for 1..5000' \
	>> people/big.md
on 2026-11-22 commit "Much"
mkfifo "$tmp/fifo"
# killed SIGNAL: while it waits for somebody to read on.
killed() {
	kith show --all --as-of HEAD big > "$tmp/fifo" 2>/dev/null &
	pid=$!
	exec 9< "$tmp/fifo"
	for try in $(seq 300); do [ -n "$(left)" ] && break; sleep 0.1; done
	unlike "$(left)" '^$' "its folder is there"
	kill -"$1" $pid
	wait $pid 2>/dev/null
	exec 9<&-
	for try in $(seq 300); do [ -z "$(left)" ] && break; sleep 0.1; done
	is "$(left)" "" "and killed by $1 it leaves nothing"
}
killed TERM
killed HUP
killed KILL
XDG_RUNTIME_DIR="$tmp/nowhere" TMPDIR="$tmp/nowhere" run kith list --as-of winter
like "$out" "Grace Hopper" "another place will do"

run kith list --help
like "$out" "--as-of" "the help knows it"
done_testing
