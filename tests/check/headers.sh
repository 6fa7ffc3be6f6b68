#!/bin/sh
# Every header compiles alone, and included twice.
. "${0%/*}/common.sh"
unit=$(mktemp) || exit 1
trap 'rm -f "$unit"' EXIT
echo 'typedef int not_empty;' > "$unit"
headers=$(find lib cmd -name '*.h' 2>/dev/null | sort)
# shellcheck disable=SC2016,SC2086 # the inner shell's $1; a list of names without spaces
printf '%s\n' $headers | xargs -P "$jobs" -I{} ${CC:-cc} $(flags) -fsyntax-only -x c \
	-include {} -include {} "$unit" || exit 1
echo "$(printf '%s\n' $headers | wc -l) headers"
