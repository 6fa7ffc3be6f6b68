#!/bin/sh
# Builds, and says on standard error how far it is: on a terminal in one line, otherwise in a
# few. Silent when nothing is to be done. Descriptor 3, where it is open, takes it instead.
#     build.sh [TARGET or VARIABLE=VALUE...]     all by default
set -u
cd "${0%/*}/../.." || exit 1
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# Make's own variables would tie the makes in here to a job server that they cannot reach.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
{ true >&3; } 2>/dev/null || exec 3>&2
[ -t 3 ] && terminal=1 || terminal=0

total=$(make -n "$@" 2>/dev/null | grep -c -e ' -c -o ')
{
	make -k -j "$jobs" "$@"
	echo "status $?"
} | awk -v total="$total" -v terminal=$terminal '
function tell(what) {
	printf terminal ? "\r\033[K%s…" : "%s\n", what
	fflush()
	told = 1
}

/ -c -o / {
	count++
	part = int(count * 4 / total)
	if (terminal || count == 1 || part != before)
		tell(sprintf("building kith (%d of %d)", count, total))
	before = part
}

/ -o [^ ]*\/kith / {
	tell("linking kith")
}

/^status / {
	status = $2
}

END {
	if (told && terminal)
		printf "\r\033[K"
	exit status
}' >&3
