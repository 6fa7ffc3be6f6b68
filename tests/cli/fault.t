#!/bin/sh
# Killed, refused by the disk or left without memory, kith loses nothing: a few of the points
# that `make fault` tries at length.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "faults" "nothing can be preloaded there"; done_testing; }
out=$(KITH_BIN=$kith_bin TMPDIR=$tmp KITH_FAULT_POINTS=14 KITH_FAULT_SECONDS=60 \
	sh "$root/tests/fault/campaign.sh" log-dirty 2>&1)
status=$?
tried=$(printf '%s\n' "$out" | sed -n 's/^\([0-9]*\) points tried, 0 lost$/\1/p')
is "$status" 0 "nothing is lost"
if [ "${tried:-0}" -ge 40 ]; then pass "at dozens of points"; else fail "at dozens of points" "$out"; fi
out=$(KITH_BIN=$kith_bin TMPDIR=$tmp KITH_FAULT_SECONDS=60 \
	KITH_FAULT_CALL='unlink.*/uk/[.]kith-|fsync.*/people\s*$' \
	sh "$root/tests/fault/campaign.sh" merge 2>&1)
like "$out" '^merge, error: [1-9][0-9]* points tried, 0 lost' "nor once a file has its new bytes"
out=$(KITH_BIN=$kith_bin TMPDIR=$tmp sh "$root/tests/fault/campaign.sh" init-new 2>&1)
like "$out" '^init-new, order: [0-9]* points tried, 0 lost' "a new repository is on the disk when that is told"
done_testing
