#!/bin/sh
# The laws of a page that is made again, over weeks at random (page-laws.pl): whatever happened, and
# whatever its reader did to it, it could have been made in one go, with the reader's words in it.
# KITH_WEEKS=5000 prove tests/cli/page-laws.t tries more of them; KITH_FIRST: from another seed on;
# KITH_EXCEPT: a pattern of laws to pass over, so that what stands behind them is seen.
weeks=${KITH_WEEKS-} first=${KITH_FIRST-1} except=${KITH_EXCEPT-}
# Thousands of commits are no work for a disk.
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"
same_each_day "weeks at random"

# A sanitised build is slow.
[ -n "$weeks" ] || { [ -n "$sanitized" ] && weeks=5; } || weeks=30
KITH_EXCEPT=$except perl "$root/tests/cli/page-laws.pl" "$first" "$weeks" > "$tmp/said" 2> "$tmp/err"
like "$(tail -1 "$tmp/said")" "^$weeks weeks" "$weeks weeks are tried"
[ ! -s "$tmp/err" ] || fail "without a warning of perl" "$(head -5 "$tmp/err")"
law() {
	is "$(grep -E "^seed [0-9]+: $1" "$tmp/said" | head -5)" "" "$2"
}
law 'kith ' "kith never fails"
law 'not as printed' "the first page is the one that is printed"
law 'out of order' "sections stand in order"
law 'twice' "no heading, item or line of kith's stands twice"
law 'two blank' "no blank lines are doubled"
law 'glued' "a line stands apart from the item above it"
law 'lost' "what the reader wrote or ticked is there"
law 'doubled' "and there once"
law 'line ends' "a page of CRLF stays one"
law 'came back' "what the reader deleted does not come back"
law 'not the same' "made once more it is the same"
law 'not as made' "after more facts of a day it is as if made in one go"
law 'a day after' "no fact of a day after the week enters it"
done_testing
