# Shared by the gates: each is called as `sh tests/check/NAME.sh [ROOT]`, looks at the tree
# at ROOT (its own by default, another one in the self-test), prints what is wrong as
# `path:line: what`, then a line that sums up, and exits 1 when anything is wrong.
# shellcheck shell=sh
set -u
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd -P)
home=${here%/tests/check}
B=${B:-build}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# Make's own variables would tie the makes in here to a job server that they cannot reach.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
cd "${1:-$home}" || exit 1

# The flags that make compiles with, for what is compiled without it.
flags() {
	make -s --no-print-directory -C "$home" B="$B" "$@" \
		--eval='print-flags: ; @echo $(CPPFLAGS) $(CFLAGS)' print-flags
}

# Every C file of the tree.
sources() {
	find cmd lib tests -name '*.[ch]' 2>/dev/null | sort
}
