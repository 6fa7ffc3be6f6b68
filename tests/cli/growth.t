#!/bin/sh
# A file of double size takes about double the time, whatever stands in it, as cmark does: to be
# read, to be edited, and for the review. `sh tests/cli/growth.t all` tries all commands,
# and the bodies of the journals here.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "growth" "a sanitised build has times of its own"; done_testing; }
case ${LD_PRELOAD-} in *faketime*) skip "growth" "it takes the same on each day"; done_testing ;; esac
journal
contact good.md <<'END'
---
name: Good Friend
---
END
perl "$root/tests/cli/growth.pl" ${1+"$root/tests/journals/messy/people"} > "$tmp/grown"
while IFS='	' read -r how family why; do
	if [ "$how" = ok ]; then pass "$family"; else fail "$family" "$why"; fi
done < "$tmp/grown"
if [ "$count" -gt 100 ]; then pass "$count families"; else fail "so few families" "$count"; fi
done_testing
