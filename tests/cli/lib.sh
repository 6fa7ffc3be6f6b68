# Sourced by each test of the command line: . "$(dirname "$0")/lib.sh"
# A test runs in a folder of its own, away from the user's home and settings, on the day
# 2026-11-23, with the kith under test (KITH_BIN, build/kith by default) first in PATH.
# It speaks TAP: `prove tests/cli/NAME.t` runs it. tests/README.md shows how to write one.
# shellcheck shell=sh
root=$(cd "$(dirname "$0")/../.." && pwd -P)
kith_bin=${KITH_BIN:-$root/build/kith}
case $kith_bin in /*) ;; *) kith_bin=$root/$kith_bin ;; esac
[ -x "$kith_bin" ] || { echo "Bail out! $kith_bin is not there: make it first"; exit 1; }
# Not empty on a sanitised build, where a report ends with status 99 (tests/check/run.sh).
sanitized=${ASAN_OPTIONS-}

tmp=$(mktemp -d "${TMPDIR:-/tmp}/kith-cli.XXXXXX") || exit 1
tmp=$(cd "$tmp" && pwd -P)
trap 'status=$?; cd /; chmod -R u+rwX "$tmp"; rm -rf "$tmp"; exit $status' EXIT
trap 'exit 130' INT TERM
zone=${KITH_TEST_ZONE:-UTC} json_kept=${KITH_JSON-}
for name in $(env | sed -n 's/^\(\(GIT\|KITH\|XDG\|LC\)_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done
unset NO_COLOR VTE_VERSION KONSOLE_VERSION WT_SESSION DOMTERM TERM_PROGRAM COLUMNS LANGUAGE LANG EDITOR VISUAL PAGER CDPATH
export HOME="$tmp/home" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$tmp/gitconfig"
export KITH_TODAY=2026-11-23 LC_ALL=C.UTF-8 TZ="$zone" TERM=dumb PATH="${kith_bin%/*}:$PATH"
cat > "$GIT_CONFIG_GLOBAL" <<END
[user]
	name = Test Person
	email = test@post.example
[init]
	defaultBranch = main
[gc]
	auto = 0
END
mkdir "$HOME" "$tmp/work"
cd "$tmp/work" || exit 1

count=0 failures=0 planned='' journals=0 json_runs=0

# plan N: so many tests will come. done_testing: at the end, instead, and always last.
plan() {
	planned=$1
	echo "1..$1"
}
done_testing() {
	[ -n "$planned" ] || echo "1..$count"
	exit $((failures > 0))
}

# pass NAME; fail NAME [WHY], where WHY may have several lines.
pass() {
	count=$((count + 1))
	echo "ok $count - $1"
}
fail() {
	count=$((count + 1)) failures=$((failures + 1))
	echo "not ok $count - $1"
	[ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}
skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP ${2-}"
}
# same_each_day WHAT: where another clock is set, a test that is long and looks at none is left out.
same_each_day() {
	case ${LD_PRELOAD-} in *faketime*) skip "$1" "it is the same on each day"; done_testing ;; esac
}

# ok NAME COMMAND...: the command succeeds.
ok() {
	name=$1
	shift
	if said=$("$@" 2>&1); then pass "$name"; else fail "$name" "$* failed: $said"; fi
}
# is GOT WANT NAME: the same text.
is() {
	if [ "$1" = "$2" ]; then pass "$3"; else fail "$3" "got:  $1
want: $2"; fi
}
# like TEXT REGEX NAME: a line of the text matches the extended expression; unlike: none does.
like() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then pass "$3"; else fail "$3" "no line matches $2 in:
$1"; fi
}
unlike() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then fail "$3" "a line matches $2 in:
$1"; else pass "$3"; fi
}

# run COMMAND...: its standard output is in $out, its errors in $err, its status in $status
# (the exact bytes in the files $tmp/out and $tmp/err).
run() {
	"$@" > "$tmp/out" 2> "$tmp/err" </dev/null
	status=$?
	[ -z "$sanitized" ] || [ $status -ne 99 ] || fail "no report of a sanitiser" "$(cat "$tmp/err")"
	out=$(tr -d '\0' < "$tmp/out") err=$(tr -d '\0' < "$tmp/err")
	case ${json_kept:+$*:} in kith*json[\ :]*) keep_json "$@" ;; esac
}
# keep_json COMMAND...: what it printed, in the folder KITH_JSON, to be held to its schema later.
keep_json() {
	json_runs=$((json_runs + 1)) json_file=$json_kept/$(basename "$0" .t).$$.$json_runs
	cp "$tmp/out" "$json_file.out" && printf '%s\0' "$@" > "$json_file.words"
}

# expect NAME STATUS <<'END': the last run ended so, and printed exactly what is given: its
# standard output, then, after a line `[stderr]`, its errors (none without that line). The
# test's folder is written TMP.
expect() {
	cat > "$tmp/want"
	{
		cat "$tmp/out"
		[ ! -s "$tmp/err" ] || { echo "[stderr]"; cat "$tmp/err"; }
	} | sed "s|$tmp|TMP|g" > "$tmp/got"
	why=
	[ "$status" -eq "$2" ] || why="status $status, not $2"
	difference=$(diff -a -u -L wanted -L printed "$tmp/want" "$tmp/got") || why="$why
$difference"
	if [ -z "$why" ]; then pass "$1"; else fail "$1" "$why"; fi
}

# journal: a new, empty journal in a repository of its own; the test goes on in it.
journal() {
	journals=$((journals + 1))
	mkdir -p "$tmp/journal$journals/people"
	cd "$tmp/journal$journals" || exit 1
	printf 'version: 1\nsince: 2026-01-05\n' > kith.yaml
	git init -q && commit "A journal"
}
# contact NAME <<'END': the file people/NAME, with what is given.
contact() {
	mkdir -p "$(dirname "people/$1")" && cat > "people/$1"
}
# ada_and_bob: such a journal with two people in it, committed as "People".
ada_and_bob() {
	journal
	printf '%s\n' '---' 'name: Ada Lovelace' '---' '## Log' '- 2026-09-20 coffee: looms' |
		contact ada.md
	printf '%s\n' '---' 'name: Bob Stone' '---' 'See [[ada]].' '' '## Log' \
		'- 2026-08-01 call: brass' | contact bob.md
	commit "People"
}

# two: a bare repository, and two clones of a journal with Ada and Bob: here, and there.
two() {
	rm -rf "$tmp/hub.git" "$tmp/here" "$tmp/there"
	ada_and_bob
	git init -q --bare "$tmp/hub.git"
	mv "$PWD" "$tmp/here" && cd "$tmp/here" || exit 1
	git remote add origin "$tmp/hub.git" && git push -q -u origin main 2>/dev/null
	git clone -q "$tmp/hub.git" "$tmp/there"
	git -C "$tmp/there" config user.name "Grace Hopper"
	git -C "$tmp/there" config user.email grace@post.example
	kith sync -q && kith -C "$tmp/there" sync -q
}
# there COMMAND...: in the other clone.
there() {
	(cd "$tmp/there" && "$@")
}
# commit MESSAGE: everything that has changed.
commit() {
	git add -A && git commit -q -m "$1"
}
# json EXPRESSION: the values of a perl expression on $o, what the last run printed as JSON, one a
# line (`-` for null); nothing where it was no JSON.
json() {
	perl -MJSON::PP -CO -e '
		my $code = shift; local $/; open my $in, "<", shift or die;
		my $o = eval { decode_json(<$in>) } // exit;
		print map { ($_ // "-") . "\n" } eval $code; die $@ if $@' "$1" "$tmp/out"
}
# said_in_commit: the last commit's message, without what seals it, which is another in each.
said_in_commit() {
	git log -1 --format=%B | sed '/^Kith-Made: [0-9a-f]\{16\}$/d'
}
# changed_lines [FOLDER]: the lines of contacts that the last commit added or took away.
changed_lines() {
	git diff --no-color --no-renames -U0 HEAD^ HEAD -- "${1-people}" | sed -n '/^+++ /d; /^--- /d; /^[-+]/p'
}
# state: of the repository and all its files, to compare with later.
state() {
	git rev-parse HEAD
	git status --porcelain
	git ls-files -co | while IFS= read -r file; do cat "$file"; done | cksum
}
