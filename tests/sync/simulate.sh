#!/bin/sh
# Journals at random on several machines, which sync (simulate.pl): no line is lost between them.
#     simulate.sh [FIRST [COUNT]]      from that seed on (1), so many histories (1000)
# KITH_BIN is the program (build/kith). KITH_JOBS: so many at once (as many as there are processors).
# KITH_SECONDS: stop after so many, KITH_KEEP: a folder for the journals of what differs; simulate.pl
# says more. The last line is `N histories, …, N differ`; exit 1 where anything does.
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
# Nothing that git keeps to be quick: fsck would start a program for each.
git config --global core.commitGraph false
git config --global core.multiPackIndex false
export GIT_TEMPLATE_DIR= SHIM="$tmp/shim.so"
${CC:-cc} -std=c17 -O1 -fPIC -shared -o "$SHIM" "$root/tests/fault/shim.c" -ldl || exit 1
first=${1-1} count=${2-1000} jobs=${KITH_JOBS:-$(nproc)}
[ "$count" -ge $((2 * jobs)) ] || jobs=1
job=0
while [ $job -lt "$jobs" ]; do
	from=$((count * job / jobs)) job=$((job + 1))
	mkdir "$tmp/$job" && cd "$tmp/$job" || exit 1
	perl "$here/simulate.pl" $((first + from)) $((count * job / jobs - from)) "$keep" > "$tmp/said.$job" &
done
wait
# The last line of each is a sum: all of them in one.
cat "$tmp"/said.* | JOBS=$jobs perl -ne '
	BEGIN { $seconds = 0 }
	if (!/^\d+ histories, .* differ$/) { print; next }
	$jobs++;
	$sum{$2} += $1 while s/(\d+) (histories|differ|(?!seconds)\w[\w ]*?)(?=,| in |$)//;
	$seconds = $1 if /(\d+) seconds/ && $1 > $seconds;
	END {
		my ($n, $differ) = delete @sum{"histories", "differ"};
		print "$n histories", (map { ", $sum{$_} $_" } sort keys %sum), " in $seconds seconds, $differ differ\n";
		exit($differ > 0 || $jobs < $ENV{JOBS});
	}'
