#!/bin/sh
# The harness itself: what fails must be seen to fail, and nothing of the user's gets in.
. "$(dirname "$0")/lib.sh"

# inner SCRIPT: a test of its own, as prove would run it.
inner() {
	run env KITH_BIN="$kith_bin" TMPDIR="$tmp" sh -c ". '$root/tests/cli/lib.sh'
$1" "$root/tests/cli/inner.t"
}

# refuses NAME SCRIPT: one test that fails, and a status that tells.
refuses() {
	inner "$2
done_testing"
	is "$(printf '%s\n' "$out" | grep -c '^not ok 1 - it$') $status" "1 1" "$1 fails"
}
accepts() {
	inner "$2
done_testing"
	is "$(printf '%s\n' "$out" | grep -v '^#')/$status" "ok 1 - it
1..1/0" "$1 passes"
}

accepts "is" 'is a a it'
refuses "is, with another text," 'is a b it'
refuses "is, with an empty text," 'is "" b it'
accepts "like" 'like "one
two" "^tw" it'
refuses "like, without a match," 'like one "^n" it'
accepts "unlike" 'unlike one "^n" it'
refuses "unlike, with a match," 'unlike one ne it'
accepts "ok" 'ok it true'
refuses "ok, with a command that fails," 'ok it false'
accepts "expect" 'run echo hello
expect it 0 <<END
hello
END'
accepts "expect, with errors and a status," 'run sh -c "echo hello; echo no >&2; exit 3"
expect it 3 <<END
hello
[stderr]
no
END'
accepts "expect, with the folder of the test," 'run pwd
expect it 0 <<END
TMP/work
END'
refuses "expect, with another output," 'run echo hello
expect it 0 <<END
hallo
END'
like "$out" '^# -hallo$' "the difference shows what was wanted"
like "$out" '^# \+hello$' "and what was printed"
refuses "expect, with another status," 'run sh -c "exit 2"
expect it 0 </dev/null'
refuses "expect, with errors that were not wanted," 'run sh -c "echo no >&2"
expect it 0 </dev/null'
refuses "expect, without the errors that were wanted," 'run true
expect it 0 <<END
[stderr]
no
END'
refuses "expect, without the last line end," 'run printf hello
expect it 0 <<END
hello
END'

inner 'sanitized=1
run sh -c "exit 99"
pass "did not look"
done_testing'
is "$status" 1 "a report of a sanitiser fails, even where nobody looks"
inner 'plan 2
pass one
skip two "no need"
done_testing'
is "$out" "1..2
ok 1 - one
ok 2 - two # SKIP no need" "a plan comes first"
inner 'exit 7'
is "$status" 7 "a test that ends early keeps its status"
run env KITH_BIN=/nowhere/kith sh -c ". '$root/tests/cli/lib.sh'" "$root/tests/cli/inner.t"
like "$out" '^Bail out!' "without a program nothing is tested"

run env HOME=/root XDG_CONFIG_HOME=/x GIT_DIR=/x KITH_DIR=/x NO_COLOR=1 COLUMNS=9 LC_TIME=C \
	KITH_BIN="$kith_bin" TMPDIR="$tmp" sh -c ". '$root/tests/cli/lib.sh'
echo \"\$HOME|\${XDG_CONFIG_HOME-}|\${GIT_DIR-}|\${KITH_DIR-}|\${NO_COLOR-}|\${COLUMNS-}|\${LC_TIME-}\"
echo \"\$KITH_TODAY|\$LC_ALL|\$TZ|\$(git config user.name)\"" "$root/tests/cli/inner.t"
like "$out" '/home\|\|\|\|\|\|$' "the user's settings stay outside"
like "$out" '^2026-11-23\|C.UTF-8\|UTC\|Test Person$' "day, language, zone and name are fixed"
is "$(command -v kith)" "$kith_bin" "kith is the one under test"

journal
contact folder/ada.md <<'END'
---
name: Ada
---
END
is "$(git log --format='%s, by %an')" "A journal, by Test Person" "a journal is a repository"
is "$(git status --porcelain -uall)" "?? people/folder/ada.md" "a contact is a file in it"
commit "Ada"
is "$(git status --porcelain)$(git log -1 --format=%s)" "Ada" "commit takes everything"
is "$(find "$tmp" -mindepth 1 -maxdepth 1 -name 'kith-cli.*')" "" "every test removes its folder"
done_testing
