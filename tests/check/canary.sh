#!/bin/sh
# The sanitised builds catch what they are there for. Called as `canary.sh ROOT BUILD` with
# the name of each fault and a word of the report that it must bring:
#     canary.sh . build/san heap heap-buffer-overflow leak LeakSanitizer
build=$2
. "${0%/*}/common.sh"
shift 2
quiet=$(setarch -R true 2>/dev/null && echo "setarch -R")
count=0
while [ $# -ge 2 ]; do
	# shellcheck disable=SC2086
	report=$(ASAN_OPTIONS=exitcode=99 TSAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99 \
		$quiet "$build/canary" "$1" 2>&1) && status=0 || status=$?
	case $status/$report in
	99/*"$2"*) count=$((count + 1)) ;;
	*)
		printf '%s\n' "$report"
		echo "the fault '$1' was not caught as $2 (status $status): is $build sanitised?"
		exit 1 ;;
	esac
	shift 2
done
echo "$count faults caught"
