#!/bin/sh
# Shows that nothing is ever lost: kith is killed, refused by the disk and left without memory,
# at each call that changes something on disk (shim.c), and then a person goes on (points.pl);
# many kiths and gits work at once (together.sh); every kind of edit is made on thousands of
# contacts (roundtrip.c).
#     campaign.sh [NAME...]       the scenarios below, `together` and `roundtrip`; all by default
# KITH_BIN is the program (build/kith). KITH_FAULT_SECONDS: how long each kind of fault is tried
# in each scenario (10; memory half as long); KITH_FAULT_POINTS: at most so many points of each.
# KITH_FAULT_CALL: only at calls that match it, as KITH_FAULT_LIST shows them.
# KITH_FAULT_LIST=1 prints the calls, KITH_FAULT_KEEP=1 keeps the copies.
# The last line is `N points tried, N lost`; exit 1 where anything was lost.
set -u
here=$(cd "${0%/*}" && pwd -P)
root=${here%/tests/fault}
B=${B:-$root/build}
kith=${KITH_BIN:-$B/kith}
case $kith in /*) ;; *) kith=$PWD/$kith ;; esac
[ -x "$kith" ] || { echo "campaign.sh: $kith is not there: make it first" >&2; exit 1; }
seconds=${KITH_FAULT_SECONDS:-10}

tmp=$(mktemp -d "${TMPDIR:-/tmp}/kith-fault.XXXXXX") || exit 1
trap 'status=$?; cd /; [ -n "${KITH_FAULT_KEEP-}" ] && echo "kept: $tmp" || rm -rf "$tmp"; exit $status' EXIT
trap 'exit 130' INT TERM
. "$here/world.sh"

export SHIM="$tmp/shim.so"
${CC:-cc} -std=c17 -O1 -fPIC -shared -o "$SHIM" "$here/shim.c" -ldl || exit 1

tried=0 lost=0 bad=0
# scenario NAME PREPARE COMMAND NEXT [KINDS]: all kinds of faults in one; PREPARE makes the journal.
scenario() {
	case $wanted in *" $1 "*) ;; *) return ;; esac
	folder=$tmp/$1
	mkdir "$folder" && (cd "$folder" && world && "$2") > "$tmp/said" 2>&1 || {
		echo "$1: its journal could not be made:"
		cat "$tmp/said"
		bad=1
		return
	}
	for kind in ${5-order kill error memory}; do
		allowed=$seconds
		[ $kind != memory ] || allowed=$(((seconds + 1) / 2))
		perl "$here/points.pl" "$1" "$folder" "$allowed" "$kind" "$3" "$4" > "$tmp/said" 2>&1 || bad=1
		sed "s/^$1: /$1, $kind: /" "$tmp/said"
		add=$(sed -n 's/^[a-z-]*: \([0-9]*\) points tried[^,]*, \([0-9]*\) lost.*/\1 \2/p' "$tmp/said")
		add=${add:-0 0}
		tried=$((tried + ${add% *})) lost=$((lost + ${add#* }))
	done
	[ -n "${KITH_FAULT_KEEP-}" ] || rm -rf "$folder"
}

all='log log-dirty log-hooks set rename merge remove commit edit undo undo-merge review apply sync
	driver init-new'
wanted=" ${*:-$all together roundtrip} "
next='kith log grace-hopper "call: hello"'

scenario log plain 'kith log ada-lovelace "call: the move to Bath"' "$next"
scenario log-dirty dirty 'kith log ada-lovelace "call: the move to Bath"' "$next"
scenario log-hooks hooks 'kith log ada-lovelace "call: the move to Bath"' "$next"
scenario set plain 'kith set ada-lovelace org="Analytical Engines" title=CTO' "$next"
scenario rename dirty 'kith rename ada-lovelace "Ada King"' "$next"
scenario merge plain 'kith merge grace-hopper ada-lovelace' 'kith log charles-babbage "call: hello"'
# --for-good: the judge removes without a commit, too, to see what it comes to.
scenario remove plain 'kith remove -y --for-good ada-lovelace' "$next"
scenario commit dirty 'kith commit people/ada-lovelace.md' "$next"
scenario undo-merge merged 'kith undo' "$next"
scenario undo logged 'kith undo' "$next"
scenario review plain 'kith review' 'kith review'
# A file that cannot be written is left out and told, and the rest is applied: no error is judged.
scenario apply ticked 'kith apply' "$next" 'order kill memory'
# Nothing is pushed: what a killed git leaves elsewhere is its own matter.
scenario sync diverged 'kith sync --no-push --no-commit' "$next"
# What git does with the file is its own matter: nothing is flushed to the disk.
scenario driver handed_over 'kith merge-driver .base .ours .theirs 7 people/grace-hopper.md' \
	'kith merge-driver .base .ours .theirs 7 people/grace-hopper.md' 'kill error memory'
scenario init-new bare_folder 'kith init' 'kith init' order
# The editor itself is not disturbed.
scenario edit plain 'env EDITOR="env -u LD_PRELOAD sed -i s/Engines/Digital/" kith edit ada-lovelace' "$next"
# Only by name: while a folder is made a journal, there is none yet in which the next run could go on.
scenario init vault 'kith init' 'kith init'

case $wanted in *' together '*)
	KITH_BIN=$kith sh "$here/together.sh" || bad=1 ;;
esac
case $wanted in *' roundtrip '*)
	B=$B sh "$here/roundtrip.sh" || bad=1 ;;
esac
[ $bad -eq 0 ] || echo "not all could be tried, or something was lost: see above"
echo "$tried points tried, $lost lost"
[ $bad -eq 0 ] && [ "$lost" -eq 0 ]
