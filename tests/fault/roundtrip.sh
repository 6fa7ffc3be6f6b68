#!/bin/sh
# Builds roundtrip.c and runs it on invented contacts, and on every one of the example journal
# the test journals and vaults.
#     roundtrip.sh [COUNT]        so many invented ones (1000)
# Exit 1 where an edit did something else than it was meant to.
set -u
export LC_ALL=C.UTF-8
cd "${0%/*}/../.." || exit 1
B=${B:-build}
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
mkdir -p "$B/fault"
make -s B="$B" "$B/libkith.a" || exit 1
flags=$(make -s B="$B" --eval='print-flags: ; @echo $(CPPFLAGS)' print-flags)
libraries=$(make -s B="$B" --eval='print-flags: ; @echo $(LIBFLAGS)' print-flags)
# shellcheck disable=SC2086
${CC:-cc} -std=c17 -O1 -g $flags -Itests/fault -o "$B/fault/roundtrip" tests/fault/roundtrip.c \
	tests/fault/judge.c tests/fault/texts.c "$B/libkith.a" $libraries || exit 1
find templates/example tests/journals tests/vaults -name '*.md' -type f -print0 | sort -z |
	xargs -0 "$B/fault/roundtrip" "${1:-1000}" || exit 1
# Edit after edit on the same ones: some 20,000.
find tests/vaults -name '*.md' -type f -print0 | sort -z |
	xargs -0 "$B/fault/roundtrip" -n 12 0
