#!/bin/sh
# Journals at random on several machines, which sync (simulate.pl): no line is lost between them.
#     simulate.sh [FIRST [COUNT]]      from that seed on (1), so many histories (1000)
# KITH_BIN is the program (build/kith). KITH_SECONDS: stop after so many, KITH_KEEP: a folder for the
# journals of what differs; simulate.pl says more. The last line is `N histories, …, N differ`; exit 1
# where anything does.
set -u
here=$(cd "${0%/*}" && pwd -P)
root=${here%/tests/sync}
B=${B:-$root/build}
kith=${KITH_BIN:-$B/kith}
case $kith in /*) ;; *) kith=$PWD/$kith ;; esac
[ -x "$kith" ] || { echo "simulate.sh: $kith is not there: make it first" >&2; exit 1; }
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
keep=${KITH_KEEP-}
case $keep in '' | /*) ;; *) keep=$PWD/$keep ;; esac

tmp=$(mktemp -d "${TMPDIR:-/tmp}/kith-simulate.XXXXXX") || exit 1
tmp=$(cd "$tmp" && pwd -P)
trap 'status=$?; cd /; rm -rf "$tmp"; exit $status' EXIT
trap 'exit 130' INT TERM
. "$root/tests/fault/world.sh"
export GIT_TEMPLATE_DIR= SHIM="$tmp/shim.so"
${CC:-cc} -std=c17 -O1 -fPIC -shared -o "$SHIM" "$root/tests/fault/shim.c" -ldl || exit 1
cd "$tmp" && perl "$here/simulate.pl" "${1-1}" "${2-1000}" "$keep"
