#!/bin/sh
# Many at work at once: processes that each make commits by `kith log`, one that runs
# `git add` on other files and one that edits others beside them; into one contact, then into
# many. Afterwards everything is there.
#     together.sh [LOGS [PROCESSES]]      200 each, 4
# KITH_BIN is the program (build/kith). Exit 1 where anything is lost.
set -u
here=$(cd "${0%/*}" && pwd -P)
kith=${KITH_BIN:-${here%/tests/fault}/build/kith}
case $kith in /*) ;; *) kith=$PWD/$kith ;; esac
[ -x "$kith" ] || { echo "together.sh: $kith is not there: make it first" >&2; exit 1; }
logs=${1:-200} processes=${2:-4}

tmp=$(mktemp -d "${TMPDIR:-/tmp}/kith-together.XXXXXX") || exit 1
trap 'status=$?; cd /; rm -rf "$tmp"; exit $status' EXIT
trap 'exit 130' INT TERM
. "$here/world.sh"

bad=0
# wrong WHAT: says so, once for each.
wrong() {
	echo "# $round: $*"
	bad=1
}

# log P: one process; what it says and how each one ended goes into files of its own.
log() {
	at=0
	while [ $at -lt "$logs" ]; do
		at=$((at + 1))
		case $round in one) who=ada-lovelace ;; *) who=contact-$(((at + $1) % 10)) ;; esac
		kith log "$who" "call: number $1-$at" > "$tmp/said.$1" 2>&1 ||
			{ echo "log $1-$at ended with $?:"; cat "$tmp/said.$1"; } >> "$tmp/failed"
	done
}

# Until the logs are done: `git add` of one file after the other.
add() {
	at=0
	while [ ! -e "$tmp/done" ]; do
		at=$((at + 1))
		echo "foreign $at" > "foreign/$at.txt"
		until git add "foreign/$at.txt" 2> "$tmp/said.add"; do
			grep -q 'index.lock' "$tmp/said.add" || { cat "$tmp/said.add" >> "$tmp/failed"; break; }
		done
	done
	echo $at > "$tmp/added"
}

# Likewise: lines at the end of files that nobody commits, contacts among them.
edit() {
	at=0
	while [ ! -e "$tmp/done" ]; do
		at=$((at + 1))
		echo "edit $at" >> edited.txt
		echo "edit $at" >> people/grace-hopper.md
		sleep 0.02
	done
	echo $at > "$tmp/edits"
}

# Every commit: one line put into one contact, the one that its message tells of.
check_commits() {
	git log --reverse --format='commit %s' -p -U0 "$start.." | awk -v wanted="$total" -v round="$round" '
	function judge() {
		if (count && (files != 1 || plus != 1 || minus != 0)) {
			printf "# %s: a commit has %d files, %d lines more, %d less: %s\n", round, files, plus, minus, subject
			bad = 1
		}
		files = plus = minus = 0
	}
	/^commit / { judge(); count++; subject = $0; body = 0; next }
	/^diff --git/ { files++; body = 0; next }
	/^@@/ { body = 1; next }
	body && /^\+/ { plus++; if ($0 !~ /call: number [0-9]+-[0-9]+$/) { print "# a line: " $0; bad = 1 } next }
	body && /^-/ { minus++ }
	END {
		judge()
		if (count != wanted) {
			printf "# %s: %d commits, not %d\n", round, count, wanted
			bad = 1
		}
		exit bad
	}' || bad=1
}

check() {
	entries=$(cat people/*.md | grep -c 'number [0-9]*-[0-9]*$')
	different=$(cat people/*.md | grep -o 'number [0-9]*-[0-9]*$' | sort -u | wc -l)
	[ "$entries" -eq "$total" ] && [ "$different" -eq "$total" ] ||
		wrong "$entries entries, $different different ones, not $total"
	check_commits
	said=$(git diff --name-only | tr '\n' ' ')
	[ "$said" = "edited.txt people/grace-hopper.md " ] || wrong "differs from the index: $said"
	added=$(cat "$tmp/added")
	staged=$(git diff --cached --name-only | grep -c '^foreign/')
	[ "$staged" -eq "$added" ] || wrong "$staged of $added files that git added are in the index"
	others=$(git diff --cached --name-only | grep -v '^foreign/')
	[ -z "$others" ] || wrong "also in the index: $others"
	edits=$(cat "$tmp/edits")
	for file in edited.txt people/grace-hopper.md; do
		found=$(grep -c '^edit ' $file)
		[ "$found" -eq "$edits" ] || wrong "$found of $edits lines are in $file"
	done
	said=$(git fsck --strict --no-dangling --no-progress 2>&1) || wrong "git fsck: $said"
	left=$(find . -name '.kith-*' -o -path './.git/*' \( -name '*.lock' -o -name 'kith-*' \) |
		grep -v '^\./\.git/kith\.lock$')
	[ -z "$left" ] || wrong "left behind: $left"
	[ ! -e "$tmp/failed" ] || wrong "$(head -n 20 "$tmp/failed")"
	echo "together, $round: $entries of $total entries, $(git rev-list --count "$start..") commits," \
		"$staged of $added adds, $edits edits; $(($(date +%s) - began)) s"
}

# together ROUND: `one` contact, or `many`.
together() {
	round=$1 began=$(date +%s)
	total=$((logs * processes))
	rm -rf "$tmp/done" "$tmp/failed" "$tmp/$round"
	mkdir "$tmp/$round" && cd "$tmp/$round" && world > "$tmp/said" 2>&1 || exit 1
	for at in 0 1 2 3 4 5 6 7 8 9; do
		printf -- '---\nname: Contact %s\n---\n## Log\n- 2026-01-0%s call\n' $at $((at % 9 + 1)) \
			> "people/contact-$at.md"
	done
	mkdir foreign
	git add -A && git commit -q -m 'Contacts' || exit 1
	start=$(git rev-parse HEAD)
	add &
	adding=$!
	edit &
	editing=$!
	pids=
	for process in $(seq "$processes"); do
		log "$process" &
		pids="$pids $!"
	done
	# shellcheck disable=SC2086
	wait $pids
	touch "$tmp/done"
	wait $adding $editing
	check
}

together one
together many
[ $bad -eq 0 ]
