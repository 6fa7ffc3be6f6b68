#!/bin/sh
# Measures kith against ripgrep and git on journals of many contacts: README.md says how.
#     tests/bench/run.sh [CONTACTS...]
# KITH is the program (build/kith), KITH_BENCH_ROUNDS the rounds that count (11, at least 5),
# KITH_BENCH_NESTED=1 puts the contacts into 256 subfolders.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

fail() {
	echo "bench: $*" >&2
	exit 1
}

rounds=${KITH_BENCH_ROUNDS:-11}
kith=${KITH:-build/kith}
work=${TMPDIR:-/tmp}/kith-bench
nested=${KITH_BENCH_NESTED:+--nested}
today=2026-11-23
tab=$(printf '\t')

[ "$rounds" -ge 5 ] 2>/dev/null || fail "KITH_BENCH_ROUNDS is a number from 5 on"
[ -x "$kith" ] || fail "$kith is not there: make it first"
case $kith in /*) ;; *) kith=$PWD/$kith ;; esac
rg=$(command -v rg) || fail "ripgrep is not there: apt-get install ripgrep"
git=$(command -v git) || fail "git is not there"

# What a person has set for these programs must not change what is measured.
unset RIPGREP_CONFIG_PATH KITH_DIR GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@post.example
export GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@post.example

build() {
	mkdir -p "$work"
	(cd tests/bench &&
		${CC:-cc} -std=c17 -O2 -Wall -Wextra -o "$work/pairs" pairs.c &&
		${CC:-cc} -std=c17 -O2 -Wall -Wextra -o "$work/generate" \
			generate.c page.c world.c tables.c)
}

# commit JOURNAL DAY MESSAGE: all that has changed.
commit() {
	git -C "$1" add -A
	GIT_AUTHOR_DATE="$2T09:00:00Z" GIT_COMMITTER_DATE="$2T09:00:00Z" \
		git -C "$1" commit -q -m "$3"
}

# The first commit holds everyone; then, in the week before today, a few people change their job.
record() {
	git -C "$1" init -q
	git -C "$1" config gc.auto 0
	git -C "$1" config maintenance.auto false
	git -C "$1" config core.looseCompression 1
	commit "$1" 2026-11-02 "All contacts"
	find "$1/people" -name '*.md' | sort | sed -n '1,10p' | while read -r file; do
		sed 's/^title: .*/title: Chair of the Board/' "$file" > "$1.new"
		cmp -s "$1.new" "$file" && continue
		cat "$1.new" > "$file"
		commit "$1" 2026-11-18 "A new title"
	done
	rm -f "$1.new"
}

# prepare COUNT: the journal, unless the one that is there is made by the same sources.
prepare() {
	journal=$work/$1${nested:+-nested}
	stamp=$(cat tests/bench/generate.c tests/bench/page.* tests/bench/world.* \
		tests/bench/tables.* tests/bench/run.sh | cksum)
	[ "$(cat "$journal.stamp" 2>/dev/null)" = "$stamp" ] && return
	echo "making a journal of $1 contacts in $journal" >&2
	rm -rf "$journal" "$journal.stamp"
	"$work/generate" "$journal" "$1" ${nested:+"$nested"} >&2
	record "$journal"
	[ -z "$(git -C "$journal" status --porcelain)" ] || fail "$journal has changes"
	echo "$stamp" > "$journal.stamp"
}

# plan NAME STATUS COMMAND...: a line for pairs. ripgrep ends with 1 where it finds nothing.
plan() {
	line=$1
	shift
	for word; do line=$line$tab$word; done
	echo "$line"
}

# One size: what is measured stands below; the bytes of its files go into the results too.
measure() {
	journal=$work/$1${nested:+-nested}
	bytes=$(find "$journal/people" -name '*.md' -exec cat {} + | wc -c)
	echo "measuring with $1 contacts" >&2
	if [ "$1" -lt 100 ]; then
		times=$((rounds * 10))
		plan "git --version" 0 "$git" --version
		plan "kith due" 0 "$kith" -C "$journal" --today $today due
	else
		times=$rounds
		plan "rg -c" 1 "$rg" -j2 -c zzqfoo "$journal/people"
		plan "kith due" 0 "$kith" -C "$journal" --today $today due
		plan "kith review" 0 "$kith" -C "$journal" --today $today review --stdout
		plan "git status" 0 "$git" -C "$journal" status
	fi > "$work/plan"
	"$work/pairs" "$times" < "$work/plan" > "$work/figures" || failed=1
	sed "s/^/$1$tab$bytes$tab/" "$work/figures" >> "$work/results"
}

machine() {
	sed -n 's/^model name[^:]*: */processor  /p' /proc/cpuinfo | sed 1q
	echo "cores      $(getconf _NPROCESSORS_ONLN), two of them used"
	echo "kernel     $(uname -sr), $(uname -m)"
	echo "Debian     $(cat /etc/debian_version 2>/dev/null || echo unknown)"
	echo "against    $("$rg" --version | sed 1q), $("$git" --version)"
	echo "rounds     $rounds after one to warm up"
}

failed=
[ $# -gt 0 ] || set -- 30 1000 10000 100000
for count; do
	case $count in '' | 0* | *[!0-9]*) fail "$count is not a number of contacts" ;; esac
done
build
for count; do prepare "$count"; done
: > "$work/results"
for count; do measure "$count"; done
machine
awk -f tests/bench/report.awk "$work/results"
[ -z "$failed" ] || fail "a command ended otherwise than it should: its figures mean nothing"
