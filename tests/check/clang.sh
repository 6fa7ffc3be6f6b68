#!/bin/sh
# clang builds everything without a warning. A build of its own, so that only what changed
# is compiled again; what make does not build is only looked at.
. "${0%/*}/common.sh"
make -s -k -j "$jobs" B="$B/clang" CC=clang OPT=-O0 all units || exit 1
others=$(find tests/bench tests/fuzz -name '*.c' 2>/dev/null | sort)
# shellcheck disable=SC2046,SC2086 # flags; names without spaces
[ -z "$others" ] || printf '%s\n' $others |
	xargs -P "$jobs" -n 1 clang $(flags CC=clang) -fsyntax-only || exit 1
echo "$(find "$B/clang" -name '*.o' | wc -l) objects"
