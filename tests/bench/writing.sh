#!/bin/sh
# Measures `kith log` against `git commit` of the same edit: README.md says how.
#     tests/bench/writing.sh [CONTACTS...]
# The journals are flat up to 10,000 contacts, and beyond in 256 subfolders; sizes below 1,000 are
# passed over. KITH and KITH_BENCH_ROUNDS as in run.sh.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."
. tests/bench/journals.sh

# prepare_writing COUNT: a journal of its own, all in one pack, as it was when it was made.
prepare_writing() {
	nested=
	[ "$1" -le 10000 ] || nested=--nested
	prepare "$1" "$1-writing" $nested
	if [ -n "$made" ]; then
		git -C "$journal" gc -q
		git -C "$journal" tag start
		return
	fi
	git -C "$journal" reset -q --hard start
	git -C "$journal" reflog expire --expire=now --all
	git -C "$journal" prune --expire=now
}

# Somebody in the middle whose name nobody else has: sets `path`, below the journal, and `name`.
choose() {
	(cd "$journal" && grep -rH '^name: [^"]*$' people) | sed 's/:name: /\t/' | sort > "$work/names"
	cut -f 2 "$work/names" | sort | uniq -u > "$work/single"
	line=$(awk -F "$tab" 'NR == FNR { single[$0]; n++; next }
		FNR == 1 { middle = int('"$1"' / 2) }
		FNR >= middle && ($2 in single) && $2 ~ /^[A-Za-z ]+$/ { print; exit }' \
		"$work/single" "$work/names")
	path=${line%%"$tab"*}
	name=${line#*"$tab"}
	slug=${path##*/}
	slug=${slug%.md}
	[ -n "$slug" ] || fail "nobody in $journal has a name of their own"
}

# The edit that git commits is kith's own, made outside the time that counts.
plan_git() {
	label=$1
	shift
	plan - 0 "$kith" -C "$journal" --today $today log --again --no-commit "$slug" "call: the same edit"
	plan "$label" 0 "$git" -C "$journal" "$@" commit -q -m x -- "$path"
}

measure() {
	prepare_writing "$1"
	choose "$1"
	echo "measuring writing with $1 contacts: $path" >&2
	git -C "$journal" status > "$work/status"
	{
		plan_git "git commit" -c core.fsync=all -c core.fsyncMethod=fsync
		plan "kith log" 0 "$kith" -C "$journal" --today $today log --again "$slug" "call: the same edit"
		plan_git "git, default"
		[ "$1" -ne 10000 ] || plan "kith log NAME" 0 "$kith" -C "$journal" --today $today \
			log --again "$name" "call: the same edit"
	} > "$work/plan"
	before=$(git -C "$journal" rev-list --count HEAD)
	run_plan "$1" 0 "$rounds" "$work/results-writing"
	commits=$(($(git -C "$journal" rev-list --count HEAD) - before))
	expected=$(((rounds + 1) * $(grep -cv '^-' "$work/plan")))
	[ $commits -eq $expected ] || fail "$commits commits instead of $expected in $journal"
	git -C "$journal" fsck --no-dangling --connectivity-only 2>&1 | grep . && fail "in $journal"
	[ -z "$(git -C "$journal" status --porcelain)" ] || fail "$journal has changes"
}

[ $# -gt 0 ] || set -- 1000 10000 100000
check_counts "$@"
build
: > "$work/results-writing"
for count; do
	[ "$count" -lt 1000 ] || measure "$count"
done
[ -s "$work/results-writing" ] || exit 0
echo
machine "$("$git" --version), with core.fsync=all and without"
awk -f tests/bench/report.awk "$work/results-writing"
check_failed
exec sh tests/bench/syncing.sh "$@"
