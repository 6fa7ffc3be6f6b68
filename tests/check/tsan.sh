#!/bin/sh
# Reading a journal of 2,000 contacts under ThreadSanitizer brings no report.
. "${0%/*}/common.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
quiet=$(setarch -R true 2>/dev/null && echo "setarch -R")
make -s -j "$jobs" B="$B/tsan" SAN=thread "$B/tsan/kith" "$B/tsan/canary" || exit 1
sh "$here/canary.sh" . "$B/tsan" race "data race" || exit 1
(cd tests/bench && ${CC:-cc} -O1 -o "$work/generate" generate.c page.c world.c tables.c) || exit 1
"$work/generate" "$work/journal" 2000 >/dev/null || exit 1
# shellcheck disable=SC2086
TSAN_OPTIONS=exitcode=99 $quiet "$B/tsan/kith" -C "$work/journal" --today 2026-11-23 due \
	> "$work/out" 2> "$work/err"
status=$?
[ $status -eq 0 ] && [ ! -s "$work/err" ] && [ -s "$work/out" ] || {
	head -n 200 "$work/err"
	echo "kith due ended with status $status, $(wc -l < "$work/out") lines"
	exit 1
}
echo "2,000 contacts, $(wc -l < "$work/out") lines"
