#!/bin/sh
# What has external linkage is defined in one object, counting kith and its git module together:
# what two of them define means the one or the other, as the loader has it. Called as
# `externals.sh ROOT BUILD` for the objects of BUILD.
[ $# -lt 2 ] || B=$2
. "${0%/*}/common.sh"
objects=$(find cmd lib -name '*.c' 2>/dev/null | sort | sed "s,^,$B/,; s,c\$,o,")
# shellcheck disable=SC2086 # names without spaces
for object in $objects; do
	[ -f "$object" ] || { echo "$object is not there: make first"; exit 1; }
done
# shellcheck disable=SC2086
nm -A -P -g --defined-only $objects | awk '
{
	source = $1
	sub(/[.]o:$/, ".c", source)
	if ($2 in first) {
		print $2 ": in " first[$2] " and " source
		bad = 1
	}
	first[$2] = source
	count++
}
END {
	print count + 0 " names"
	exit bad || !count
}'
