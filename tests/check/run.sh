#!/bin/sh
# What `make check` runs, in this order: builds, then looks at the sources, then runs every
# test on the plain build and again on a sanitised one.
#     run.sh [STEP...]     all steps, or only those named
# A step says one line; its whole output is in build/check/STEP.log, and when it fails it is
# shown, but for the tests that passed.
# The last line is `N passed, N failed`: every gate and every single test counts as one.
steps=${*:-build format headers layers purity files clang selftest san unit san-unit tsan cli san-cli}
set --
. "${0%/*}/common.sh"

logs=$B/check
mkdir -p "$logs"
logs=$(cd "$logs" && pwd -P)
case $B in /*) build=$B ;; *) build=$home/$B ;; esac
export B
scratch=$(mktemp -d) && chmod 755 "$scratch" || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
quiet=$(setarch -R true 2>/dev/null && echo "setarch -R")

# told STEP STATUS START: the line of a step, and its output where it failed.
told() {
	took=$(($(date +%s) - $3))
	if [ "$2" -eq 0 ]; then
		printf '%-9s ok      %s (%d s)\n' "$1" "$(tail -n 1 "$logs/$1.log")" $took
		grep '^for your information' "$logs/$1.log"
	else
		printf '%-9s FAILED  (%d s)\n' "$1" $took
		grep -v '^ok ' "$logs/$1.log" | tail -n 500 | sed 's/^/    /'
		echo "    (all of it: ${logs#"$home"/}/$1.log)"
	fi
}

# gate STEP COMMAND...: one check, which passes or fails.
gate() {
	step=$1 start=$(date +%s)
	shift
	"$@" > "$logs/$step.log" 2>&1
	status=$?
	[ $status -eq 0 ] && passed=$((passed + 1)) || failed=$((failed + 1))
	told "$step" $status "$start"
	return $status
}

# tests STEP BUILD PROGRAM...: programs that speak TAP, with nothing of the user's around them.
tests() {
	step=$1 which=$2 start=$(date +%s)
	shift 2
	if [ ! -e "$1" ]; then
		echo "there is no $1" > "$logs/$step.log"
		failed=$((failed + 1))
		told "$step" 1 "$start"
		return
	fi
	rm -rf "$logs/$step-report."* "$scratch/home" "$scratch/counts"
	mkdir "$scratch/home"
	options=exitcode=99:log_path=$logs/$step-report
	[ "$which" = "$build" ] && options=
	# shellcheck disable=SC2086
	env -i PATH="$PATH" HOME="$scratch/home" TMPDIR="$scratch" LC_ALL=C.UTF-8 TZ=UTC \
		CMOCKA_MESSAGE_OUTPUT=TAP KITH_BIN="$which/kith" KITH_GIT_MODULE="$which/kith-git.so" \
		ASAN_OPTIONS="${options:+$options:detect_stack_use_after_return=1}" \
		UBSAN_OPTIONS="${options:+$options:print_stacktrace=1}" \
		$quiet perl "$here/tap.pl" "$jobs" "$scratch/counts" "$@" \
		> "$logs/$step.log" 2>&1 </dev/null
	status=$?
	good=0 bad=1
	[ -f "$scratch/counts" ] && read -r good bad < "$scratch/counts"
	# A report counts even where a test did not mind the status.
	for report in "$logs/$step-report."*; do
		[ -f "$report" ] || continue
		cat "$report" >> "$logs/$step.log"
		[ "$bad" -gt 0 ] || bad=1
		status=1
	done
	passed=$((passed + good)) failed=$((failed + bad))
	told "$step" $status "$start"
}

# The longest first, as far as their size tells.
units() {
	ls -S tests/unit/*.c 2>/dev/null | sed "s,^tests,$1,; s,\.c\$,,"
}

make_san() {
	make -s -k -j "$jobs" B="$B/san" SAN=address all units "$B/san/canary" || return 1
	sh "$here/canary.sh" . "$B/san" heap heap-buffer-overflow arena use-after-poison \
		leak LeakSanitizer sum "signed integer overflow"
}

make_all() {
	make -s -k -j "$jobs" all units && echo built
}

# shellcheck disable=SC2046 # names without spaces
for step in $steps; do
	case $step in
	build) gate build make_all || break ;;
	format | headers | layers | files | clang | selftest | tsan) gate "$step" sh "$here/$step.sh" ;;
	purity)
		gate purity sh "$here/purity.sh"
		gate exports sh "$here/exports.sh" ;;
	san) gate san make_san ;;
	unit) tests unit "$build" $(units "$build") ;;
	san-unit) tests san-unit "$build/san" $(units "$build/san") ;;
	cli) tests cli "$build" tests/cli/*.t ;;
	san-cli) tests san-cli "$build/san" tests/cli/*.t ;;
	*) echo "run.sh: there is no step $step" >&2; failed=$((failed + 1)) ;;
	esac
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
