#!/bin/sh
# A file of double size takes about double the time, whatever stands in it, as cmark does: to be
# read, to be edited, to be asked, and for the review. Some families of files are tried; `growth.t
# each`: all of them, and queries; `growth.t all`: with all commands, larger, and with the bodies of
# the journals here.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "growth" "a sanitised build has times of its own"; done_testing; }
same_each_day "growth"
journal
contact good.md <<'END'
---
name: Good Friend
---
END
many=1 folder=
case ${1-} in '') many=10 ;; all) folder=$root/tests/journals/messy/people ;; esac
# shellcheck disable=SC2086 # one word or none
perl "$root/tests/cli/growth.pl" $many $folder > "$tmp/grown"
# Queries of double length likewise, and of files of double size.
[ $many -gt 1 ] || perl "$root/tests/cli/growth-queries.pl" >> "$tmp/grown"
while IFS='	' read -r how family why; do
	if [ "$how" = ok ]; then pass "$family"; else fail "$family" "$why"; fi
done < "$tmp/grown"
if [ "$count" -ge $((100 / many)) ]; then pass "$count families"; else fail "so few families" "$count"; fi
done_testing
