#!/bin/sh
# The git module shows its one table and nothing else. Called as `exports.sh ROOT [MODULE]`.
. "${0%/*}/common.sh"
nm -D --defined-only "${2:-$B/kith-git.so}" | awk '
{ print $3; if ($3 != "kith_git_module") bad = 1; else found = 1 }
END { exit bad || !found }'
