# Sourced by the scripts beside it, which run at the top of the project: the tools and the journals
# of the benches. What stands here is in the stamp of the journals: a change makes them anew.
# shellcheck shell=sh

fail() {
	echo "bench: $*" >&2
	exit 1
}

rounds=${KITH_BENCH_ROUNDS:-11}
kith=${KITH:-build/kith}
work=${TMPDIR:-/tmp}/kith-bench
today=2026-11-23
tab=$(printf '\t')

[ "$rounds" -ge 5 ] 2>/dev/null || fail "KITH_BENCH_ROUNDS is a number from 5 on"
[ -x "$kith" ] || fail "$kith is not there: make it first"
case $kith in /*) ;; *) kith=$PWD/$kith ;; esac
git=$(command -v git) || fail "git is not there"

# What a person has set for these programs must not change what is measured.
unset RIPGREP_CONFIG_PATH KITH_DIR KITH_TODAY GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
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

# prepare COUNT NAME [--nested]: the journal, unless the one that is there is made by the same
# sources. Sets `journal` to its folder, and made=1 where it was made now.
prepare() {
	journal=$work/$2
	made=
	stamp=$(cat tests/bench/generate.c tests/bench/page.* tests/bench/world.* \
		tests/bench/tables.* tests/bench/journals.sh | cksum)
	[ "$(cat "$journal.stamp" 2>/dev/null)" = "$stamp" ] && return
	echo "making a journal of $1 contacts in $journal" >&2
	rm -rf "$journal" "$journal.stamp"
	"$work/generate" "$journal" "$1" ${3:+"$3"} >&2
	record "$journal"
	[ -z "$(git -C "$journal" status --porcelain)" ] || fail "$journal has changes"
	echo "$stamp" > "$journal.stamp"
	made=1
}

# plan NAME STATUS COMMAND...: a line for pairs. ripgrep ends with 1 where it finds nothing.
plan() {
	line=$1
	shift
	for word; do line=$line$tab$word; done
	echo "$line"
}

# run_plan COUNT BYTES TIMES RESULTS: measures what $work/plan holds; sets failed=1 where a
# command ended otherwise than it should.
run_plan() {
	"$work/pairs" "$3" < "$work/plan" > "$work/figures" || failed=1
	sed "s/^/$1$tab$2$tab/" "$work/figures" >> "$4"
}

machine() {
	sed -n 's/^model name[^:]*: */processor  /p' /proc/cpuinfo | sed 1q
	echo "cores      $(getconf _NPROCESSORS_ONLN), two of them used"
	echo "kernel     $(uname -sr), $(uname -m)"
	echo "Debian     $(cat /etc/debian_version 2>/dev/null || echo unknown)"
	echo "disk       $(df --output=fstype "$work" | sed 1d), under $work"
	echo "against    $*"
	echo "rounds     $rounds after one to warm up"
}

check_counts() {
	for count; do
		case $count in '' | 0* | *[!0-9]*) fail "$count is not a number of contacts" ;; esac
	done
}

failed=
check_failed() {
	[ -z "$failed" ] || fail "a command ended otherwise than it should: its figures mean nothing"
}
