#!/bin/sh
# The tree: what stands at the top, and no line that ends in spaces. Long functions are told,
# not judged, unless a comment `long:` above says why.
. "${0%/*}/common.sh"
bad=0

top='cmd lib templates tests Makefile README.md LICENSE'
found=$(git ls-files -z 2>/dev/null | cut -zd/ -f1 | sort -zu | tr '\0' '\n')
for name in ${found:-$(ls)}; do
	case " $top build " in
	*" $name "*) ;;
	*) case $name in .*) ;; *) echo "$name: has no place at the top"; bad=1 ;; esac ;;
	esac
done
for name in $top; do
	[ -e "$name" ] || { echo "$name: is missing"; bad=1; }
done

texts=$(find cmd lib tests .ci Makefile README.md \( -name journals -o -name vaults \) -prune -o \
	\( -name '*.[chtS]' -o -name '*.sh' -o -name '*.p[lm]' -o -name '*.awk' -o -name '*.def' \
	-o -name '*.md' -o -name Makefile -o -path .ci/run \) -type f -print 2>/dev/null | sort)
for text in $texts; do
	grep -nH "[[:space:]]\$" "$text" && bad=1
	[ -z "$(tail -c 1 "$text")" ] || { echo "$text: no newline at the end"; bad=1; }
	case $text in tests/cli/*.t | .ci/run)
		[ -x "$text" ] || { echo "$text: must be executable"; bad=1; } ;;
	esac
done

# shellcheck disable=SC2046 # names without spaces
awk '
FNR == 1 { start = 0; why = -9; head = "" }
/long:/ { why = FNR }
/^[a-z].*\(/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head); at = FNR; said = FNR - why < 4 }
/^\{/ { start = FNR }
/^\}/ {
	if (start && FNR - start > 81 && !said)
		printf "%s:%d: %s has %d lines\n", FILENAME, at, head, FNR - start - 1
	start = 0
}' $(find lib cmd -name '*.c' 2>/dev/null | sort) /dev/null |
	sed 's/^/for your information: /'
[ $bad -eq 0 ] && echo "$(printf '%s\n' $texts | wc -l) files"
exit $bad
