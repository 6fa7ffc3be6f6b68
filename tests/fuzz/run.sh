#!/bin/sh
# Runs each fuzzer, with AddressSanitizer and UBSan, from what the example and the messy
# journal hold.
#     run.sh [SECONDS [NAME...]]     60 each; all of tests/fuzz/fuzz_NAME.c, or only these
# What one finds stays in build/fuzz/found/. Exit 1 where one finds anything.
set -u
export LC_ALL=C.UTF-8
seconds=${1:-60}
[ $# -gt 0 ] && shift
cd "${0%/*}/../.." || exit 1
B=${B:-build}/fuzz
found=$B/found
sanitize=address,undefined
options="-O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all"
seeds=$(mktemp -d) || exit 1
trap 'rm -rf "$seeds"' EXIT
trap 'exit 130' INT TERM
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

make -s -j"$(getconf _NPROCESSORS_ONLN)" B="$B" CC=clang \
	OPT="$options -fsanitize=fuzzer-no-link,$sanitize" "$B/libkith.a" "$B/kith" || exit 1
flags=$(make -s B="$B" --eval='print-flags: ; @echo $(CPPFLAGS) $(LIBFLAGS)' print-flags)

# seed NAME FILE...: copies files, whatever they are called, into a corpus.
seed() {
	mkdir -p "$seeds/$1"
	corpus=$seeds/$1
	shift
	for file; do
		[ -f "$file" ] && cp "$file" "$corpus/$(echo "$file" | cksum | cut -d' ' -f1)"
	done
}

# pages DAY...: the example's review of some days, as it is made, and ticked and wrapped; before
# it stands the byte that fuzz_page takes off.
pages() {
	mkdir -p "$seeds/page"
	for day; do
		for which in 0 1 2; do
			{
				printf %s $which
				"$B/kith" -C templates/example --today "$day" review --stdout 2>/dev/null
			} > "$seeds/page/$day-$which"
			sed '2,$ s/^- \[ \]/- [x]/' "$seeds/page/$day-$which" | fold -s -w 60 \
				> "$seeds/page/$day-$which-wrapped"
		done
	done
}

# edits FILE...: each file with some of the edits that fuzz_edit knows before it.
edits() {
	mkdir -p "$seeds/edit"
	for file; do
		for edit in '0org
New: one
' '1tags
new
' '1phone
home=>+44 1
' '2tags
mentor
' '3email

' '4introduced_by
[[charles-babbage]]=>[[new]]
' 'Pdates
talk=>2026-12-03
'; do
			{
				printf %s "$edit"
				cat "$file"
			} > "$seeds/edit/$(printf %s "$edit$file" | cksum | cut -d' ' -f1)"
		done
	done
}

# bodies FILE...: each with an entry's text before it, and with a task's, as fuzz_body takes them.
bodies() {
	mkdir -p "$seeds/body"
	for file; do
		for before in "%(the move" "A(the book"; do
			{
				printf %s "$before"
				cat "$file"
			} > "$seeds/body/$(echo "$before$file" | cksum | cut -d' ' -f1)"
		done
	done
}

# Queries, as the help has them.
queries() {
	mkdir -p "$seeds/query"
	"$B/kith" help query | sed -n "s/^  kith list //p" | tr -d "'" | split -l 1 - "$seeds/query/"
	printf '%s' 'not (a or "b c") /x(y|[^a-z]{2,3})*?$/ sort:-last limit:3 query:a' > "$seeds/query/all"
}

# versions KIND FILE...: each as it is, with its first lines twice, and without its last one, as
# fuzz_merge takes them.
versions() {
	mkdir -p "$seeds/merge"
	kind=$1
	shift
	for file; do
		{
			printf %s "$kind"
			sed '2,5p' "$file"
			printf '\036'
			sed '$d' "$file"
			printf '\036'
			cat "$file"
		} > "$seeds/merge/$(echo "$file" | cksum | cut -d' ' -f1)"
	done
}

oldIFS=$IFS
IFS='
'
# shellcheck disable=SC2046 # names with blanks, but none with a line's end
seed contact $(find templates/example tests/journals -name '*.md' -type f)
# shellcheck disable=SC2046
bodies $(find templates/example tests/journals -name '*.md' -type f)
# shellcheck disable=SC2046
seed config $(find templates tests/journals -name '*.yaml' -type f)
# shellcheck disable=SC2046
versions 0 $(find templates/example tests/journals -name '*.md' -type f)
# shellcheck disable=SC2046
versions 2 $(find templates tests/journals -name '*.yaml' -type f)
# shellcheck disable=SC2046
seed mustache $(find templates -maxdepth 1 -type f)
# shellcheck disable=SC2046
edits $(find templates/example tests/journals/*/people/front-matter -name '*.md' -type f)
IFS=$oldIFS
cp -r "$seeds/contact" "$seeds/quick"
cp -r "$seeds/contact" "$seeds/html"
ASAN_OPTIONS=detect_leaks=0 queries
ASAN_OPTIONS=detect_leaks=0 pages 2026-06-01 2026-11-23 2026-11-25 2027-01-04

versions 1 "$seeds"/page/*

mkdir -p "$found"
bad=0
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed 's,.*/fuzz_,,; s,\.c$,,')
for name; do
	mkdir -p "$seeds/$name"
	# shellcheck disable=SC2086
	clang -std=c17 $options -fsanitize=fuzzer,$sanitize -o "$B/fuzz_$name" \
		-Itests/fuzz "tests/fuzz/fuzz_$name.c" "$B/libkith.a" $flags || { bad=1; continue; }
	if "$B/fuzz_$name" -max_total_time="$seconds" -max_len=16384 -timeout=10 \
		-rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found/$name-" \
		"$seeds/$name" > "$B/$name.log" 2>&1; then
		echo "$name: nothing found, $(sed -n 's/^stat::number_of_executed_units: *//p' "$B/$name.log") runs"
	else
		echo "$name: FAILED, see $B/$name.log and $found/"
		grep -m 3 -E 'ERROR|runtime error|SUMMARY' "$B/$name.log"
		bad=1
	fi
done
echo "$# fuzzers, $seconds s each"
exit $bad
