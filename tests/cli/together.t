#!/bin/sh
# Several kiths and gits at work in one journal at once lose nothing: a quick part of what
# `make fault` does at length.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "many at once" "too slow on a sanitised build"; done_testing; }
out=$(KITH_BIN=$kith_bin TMPDIR=$tmp sh "$root/tests/fault/together.sh" 10 4 2>&1)
status=$?
is "$status" 0 "four processes, each ten times"
like "$out" '^together, one: 40 of 40 entries, 40 commits' "into one contact"
like "$out" '^together, many: 40 of 40 entries, 40 commits' "into many contacts"
[ $status -eq 0 ] || fail "what was lost" "$out"
done_testing
