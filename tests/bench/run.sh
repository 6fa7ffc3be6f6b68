#!/bin/sh
# Measures kith against ripgrep and git on journals of many contacts: README.md says how.
#     tests/bench/run.sh [CONTACTS...]
# First reading, below, then writing, in writing.sh.
# KITH is the program (build/kith), KITH_BENCH_ROUNDS the rounds that count (11, at least 5),
# KITH_BENCH_NESTED=1 puts the contacts into 256 subfolders.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."
. tests/bench/journals.sh

nested=${KITH_BENCH_NESTED:+--nested}
rg=$(command -v rg) || fail "ripgrep is not there: apt-get install ripgrep"

# Beside the journal of 1,000 contacts: with daily notes, and with 3,000 commits.
plan_daily() {
	plan "kith due, daily" 0 "$kith" -C "$daily" --today $today due
	for command in list 'review --stdout'; do
		name=${command%% *}
		# shellcheck disable=SC2086
		plan "kith $name now" 0 "$kith" -C "$long" --today $today $command
		# shellcheck disable=SC2086
		plan "kith $name as of" 0 "$kith" -C "$long" --as-of 2026-11-16 $command
	done
	old=$("$git" -C "$long" rev-list -1 --before=2026-05-24T00:00:00Z HEAD)
	plan "git archive" 0 "$git" -C "$long" archive "$old"
	plan "kith list old" 0 "$kith" -C "$long" --as-of "$old" list
}

# One size: what is measured stands below; the bytes of its files go into the results too.
measure() {
	journal=$work/$1${nested:+-nested}
	daily=
	if [ "$1" -eq 1000 ]; then
		daily=$work/1000-daily
		rm -rf "$daily"
		perl tests/bench/daily.pl "$journal" 3000 "$daily"
		long=$work/1000-long
		rm -rf "$long"
		perl tests/bench/past.pl "$journal" 3000 "$long"
	fi
	bytes=$(find "$journal/people" -name '*.md' -exec cat {} + | wc -c)
	times=$rounds
	echo "measuring with $1 contacts" >&2
	if [ "$1" -lt 100 ]; then
		times=$((rounds * 10))
		plan "git --version" 0 "$git" --version
		plan "kith due" 0 "$kith" -C "$journal" --today $today due
	else
		plan "rg -c" 1 "$rg" -j2 -c zzqfoo "$journal/people"
		plan "kith due" 0 "$kith" -C "$journal" --today $today due
		plan "kith review" 0 "$kith" -C "$journal" --today $today review --stdout
		[ "$1" -ne 1000 ] || plan "kith review html" 0 "$kith" -C "$journal" --today $today review --html
		plan "kith list" 0 "$kith" -C "$journal" --today $today list tag:mentor
		plan "kith search" 0 "$kith" -C "$journal" --today $today search zzqfoo
		plan "kith complete" 0 "$kith" -C "$journal" complete -- log an
		plan "kith complete tag" 0 "$kith" -C "$journal" complete -- list tag:m
		plan "git status" 0 "$git" -C "$journal" status
		[ -z "$daily" ] || plan_daily
	fi > "$work/plan"
	run_plan "$1" "$bytes" "$times" "$work/results"
}

# One contact that two sides changed: as git's driver, and as git merges its text.
measure_merge() {
	prepare 30 30
	mkdir -p "$work/merge/people"
	: > "$work/merge/kith.yaml"
	file=$(grep -l '^## Log' "$journal"/people/*.md | sed -n 5p)
	cp "$file" "$work/merge/base"
	sed 's/^## Log.*/&\n\n- 2026-11-20 call: what one said/' "$file" > "$work/merge/ours"
	sed 's/^title: .*/title: Chair/; $a - [ ] send the other thing' "$file" > "$work/merge/theirs"
	for side in base ours theirs; do cp "$work/merge/$side" "$work/merge/.$side"; done
	echo "measuring the merge of one contact" >&2
	{
		plan - 0 "$(command -v cp)" ours .ours
		plan "git merge-file" 0 "$git" merge-file -q .ours .base .theirs
		plan - 0 "$(command -v cp)" ours .ours
		plan "kith merge-driver" 0 "$kith" merge-driver .base .ours .theirs 7 people/a.md
	} > "$work/plan"
	here=$PWD
	cd "$work/merge" && run_plan 1 "$(wc -c < base)" $((rounds * 10)) "$work/results"
	cd "$here"
}

[ $# -gt 0 ] || set -- 30 1000 10000 100000
check_counts "$@"
build
for count; do prepare "$count" "$count${nested:+-nested}" ${nested:+"$nested"}; done
: > "$work/results"
measure_merge
for count; do measure "$count"; done
machine "$("$rg" --version | sed 1q), $("$git" --version)"
awk -f tests/bench/report.awk "$work/results"
check_failed
exec sh tests/bench/writing.sh "$@"
