#!/bin/sh
# Weeks at random, lived through the page (apply-laws.pl): the files hold what a model of it says.
# KITH_WEEKS=20000 prove tests/cli/apply-laws.t tries more of them; KITH_FIRST: from another seed on.
weeks=${KITH_WEEKS-} first=${KITH_FIRST-1}
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"
same_each_day "weeks at random"

# A sanitised build is slow.
[ -n "$weeks" ] || { [ -n "$sanitized" ] && weeks=5; } || weeks=20
perl "$root/tests/cli/apply-laws.pl" "$first" "$weeks" > "$tmp/said" 2> "$tmp/err"
like "$(tail -1 "$tmp/said")" "^$weeks weeks, .* 0 differ$" "$weeks weeks differ in nothing"
[ ! -s "$tmp/err" ] || fail "without a warning of perl" "$(head -5 "$tmp/err")"
[ -z "$(sed '$d' "$tmp/said")" ] || sed '$d; 20q; s/^/# /' "$tmp/said"
done_testing
