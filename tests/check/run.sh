#!/bin/sh
# What `make check` and `make check-more` run: builds, looks at the sources, runs every test.
#     run.sh [STEP...]     `check` and `more` stand for the steps of these two; check by default
# A step says one line when it begins and one when it ends, or, on a terminal, how far it is.
# Its whole output is in build/check/STEP.log, and when it fails it is shown, but for the tests
# that passed.
# The last line is `N passed, N failed`: every gate and every single test counts as one.
steps=
for step in "${@:-check}"; do
	case $step in
	check) steps="$steps build format headers layers names purity files selftest unit cli" ;;
	more) steps="$steps build package two-days clang san san-unit san-cli tsan growth pages fuzz fault simulate" ;;
	*) steps="$steps $step" ;;
	esac
done
set --
. "${0%/*}/common.sh"

logs=$B/check
mkdir -p "$logs"
logs=$(cd "$logs" && pwd -P)
case $B in /*) build=$B ;; *) build=$home/$B ;; esac
export B
# In memory, where there is room and programs may run there: much of the tests' time goes
# into waiting for a disk.
scratch=$(mktemp -d /dev/shm/kith.XXXXXX 2>/dev/null) && printf '#!/bin/sh\n' > "$scratch/run" &&
	chmod 755 "$scratch" "$scratch/run" && "$scratch/run" &&
	[ "$(df -Pk "$scratch" | awk 'END { print $4 }')" -gt 1000000 ] || {
	rm -rf "$scratch"
	scratch=$(mktemp -d) && chmod 755 "$scratch" || exit 1
}
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
if [ -t 1 ]; then exec 3>&1; else exec 3>/dev/null; fi
passed=0 failed=0 missed=
quiet=$(setarch -R true 2>/dev/null && echo "setarch -R")

# begin STEP: the line of a step that begins.
begin() {
	step=$1 start=$(date +%s)
	if [ -t 3 ]; then printf '%-10s …' "$step"; else echo "$step begins"; fi
}

# told STATUS: the line of a step that ends, and its output where it failed.
told() {
	took=$(($(date +%s) - start))
	[ ! -t 3 ] || printf '\r\033[K'
	if [ "$1" -eq 0 ]; then
		printf '%-10s ok      %s (%d s)\n' "$step" "$(tail -n 1 "$logs/$step.log")" $took
		grep '^for your information' "$logs/$step.log"
	else
		printf '%-10s FAILED  (%d s)\n' "$step" $took
		grep -v '^ok ' "$logs/$step.log" | tail -n 500 | sed 's/^/    /'
		echo "    (all of it: ${logs#"$home"/}/$step.log)"
		what=$(grep -E '^(not ok|---- .* failed)' "$logs/$step.log" | grep -v '# SKIP' | head -n 10)
		missed="$missed
failed: $step: $(printf '%s' "${what:-$(tail -n 2 "$logs/$step.log")}" | tr '\n' ';')"
	fi
}

# gate STEP COMMAND...: one check, which passes or fails.
gate() {
	begin "$1"
	shift
	"$@" > "$logs/$step.log" 2>&1
	status=$?
	[ $status -eq 0 ] && passed=$((passed + 1)) || failed=$((failed + 1))
	told $status
	return $status
}

# tests STEP BUILD PROGRAM...: programs that speak TAP, with nothing of the user's around them.
# clock: a command that sets another one; zone: where that is.
# kept: a folder for what they have printed as JSON.
clock='' zone=UTC kept=
tests() {
	begin "$1"
	which=$2
	shift 2
	if [ ! -e "$1" ]; then
		echo "there is no $1" > "$logs/$step.log"
		failed=$((failed + 1))
		told 1
		return
	fi
	rm -rf "$logs/$step-report."* "$scratch/home" "$scratch/counts"
	mkdir "$scratch/home"
	options=exitcode=99:log_path=$logs/$step-report
	[ "$which" = "$build" ] && options=
	# shellcheck disable=SC2086
	env -i PATH="$PATH" HOME="$scratch/home" TMPDIR="$scratch" LC_ALL=C.UTF-8 TZ="$zone" \
		KITH_TEST_ZONE="$zone" KITH_JSON="$kept" NO_FAKE_STAT=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
		CMOCKA_MESSAGE_OUTPUT=TAP KITH_BIN="$which/kith" KITH_GIT_MODULE="$which/kith-git.so" \
		ASAN_OPTIONS="${options:+$options:detect_stack_use_after_return=1}" \
		UBSAN_OPTIONS="${options:+$options:print_stacktrace=1}" \
		LSAN_OPTIONS="suppressions=$scratch/leaks:print_suppressions=0" \
		$quiet $clock perl "$here/tap.pl" "$step" $((jobs * 2)) "$scratch/counts" "$@" \
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
	told $status
}

# libgit2 1.5 leaks at each extension of a repository's format that it looks at; libedit what it
# was told of keys.
printf 'leak:libpcre2\nleak:wcsdup\n' > "$scratch/leaks"

# The longest first, as far as their size tells.
units() {
	ls -S tests/unit/*.c 2>/dev/null | sed "s,^tests,$1,; s,\.c\$,,"
}

# Days on which something turns, the first and those of summer time in the middle of the tests;
# git and all other programs have that clock, too. day DAY UTC [ZONE]
day() {
	clock="faketime -m -f +$(($(date -u -d "$2" +%s) - $(date +%s)))" zone=${3-UTC}
	# shellcheck disable=SC2046 # names without spaces
	tests "$1" "$build" tests/cli/*.t $(units "$build")
	clock='' zone=UTC
	# What libfaketime leaves behind.
	for left in /dev/shm/faketime_shm_*; do
		[ -e "$left" ] && ! kill -0 "${left##*_}" 2>/dev/null &&
			rm -f "$left" "/dev/shm/sem.faketime_sem_${left##*_}"
	done
}
berlin=CET-1CEST,M3.5.0,M10.5.0/3
two_days() {
	day 2026-12-31 '2026-12-31 23:59:40'
	day 2027-03-28 '2027-03-28 00:59:40' $berlin
}
days() {
	two_days
	day 2027-01-01 '2027-01-01 00:00:05'
	day 2027-10-31 '2027-10-31 00:59:40' $berlin
	day 2028-02-29 '2028-02-29 12:00:00'
	day 2040-06-15 '2040-06-15 12:00:00'
}

make_san() {
	sh "$here/build.sh" B="$B/san" SAN=address all units "$B/san/canary" || return 1
	sh "$here/canary.sh" . "$B/san" heap heap-buffer-overflow arena use-after-poison \
		leak LeakSanitizer sum "signed integer overflow"
}

make_all() {
	sh "$here/build.sh" all units && echo built
}

# shellcheck disable=SC2046 # names without spaces
for step in $steps; do
	case $step in
	build) gate build make_all || break ;;
	format | headers | layers | names | files | clang | selftest | tsan) gate "$step" sh "$here/$step.sh" ;;
	purity)
		gate purity sh "$here/purity.sh"
		gate exports sh "$here/exports.sh"
		gate externals sh "$here/externals.sh" ;;
	san) gate san make_san ;;
	unit) tests unit "$build" $(units "$build") ;;
	san-unit) tests san-unit "$build/san" $(units "$build/san") ;;
	cli)
		kept=$scratch/json
		mkdir "$kept"
		tests cli "$build" tests/cli/*.t
		gate schemas /usr/bin/python3 tests/schema/check.py "$build/kith" "$kept"
		kept= ;;
	san-cli) tests san-cli "$build/san" tests/cli/*.t ;;
	two-days) two_days ;;
	days) days ;;
	package | package-install) gate "$step" sh "$here/package.sh" . "${step#package-}" ;;
	growth)
		gate growth sh tests/cli/growth.t each
		gate merge-growth env KB=100 "$build/unit/test_merge_growth" ;;
	pages) gate pages env TMPDIR="$scratch" sh "$here/pages.sh" ;;
	fuzz) gate fuzz sh tests/fuzz/run.sh 5 ;;
	fault) gate fault env KITH_FAULT_SECONDS=1 TMPDIR="$scratch" sh tests/fault/campaign.sh ;;
	simulate) gate simulate env KITH_SECONDS=900 TMPDIR="$scratch" sh tests/sync/simulate.sh 1 1000 ;;
	*) echo "run.sh: there is no step $step" >&2; failed=$((failed + 1)) ;;
	esac
done
# Once more what failed: of a long run often only the end is looked at.
[ -z "$missed" ] || echo "${missed#?}"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
