#!/bin/sh
# Settings that lead into git's own folder are refused where they are read, and no link leads a
# change there.
. "$(dirname "$0")/lib.sh"

# ---- kith.yaml and .git ----

# into KEY VALUE: kith.yaml says so; it is told, and .git stays as it was.
into() {
	journal
	kith add Ada Lovelace > "$tmp/said" 2>&1
	printf 'version: 1\n%s: %s\n' "$1" "$2" > kith.yaml
	commit "Settings"
	mkdir -p .git/hooks/sub
	find .git -type f | sort > "$tmp/before"
	run kith check
	is "$status" 1 "$1: $2: kith check ends with 1"
	like "$out" '^kith.yaml:2:[0-9]+: error: .*[gG][iI][tT]' "$1: $2: and says where"
	for command in review list; do
		run sh -c "kith $command"
		like "$out
$err" '^kith.yaml:2:[0-9]+: error: ' "$1: $2: so does kith $command"
	done
	is "$(find .git -type f | grep -v '/objects/\|/logs/\|kith\.lock\|COMMIT_EDITMSG' | sort)" "$(grep -v '/objects/\|/logs/\|kith\.lock\|COMMIT_EDITMSG' "$tmp/before")" \
		"$1: $2: nothing comes into .git"
}
into reviews .git/refs/heads
into reviews .GIT
into reviews ./.git/refs/heads
into reviews people/../.git/refs/heads
into reviews .git/
into reviews "'.//.Git//refs'"
into reviews sub/.git/refs
into people .git
into people "[people, .git/hooks]"
into people "[people, 'people/./../.git/refs']"
into people '"\x2egit"'
into people GIT~1
into reviews "'sub/.git./x'"

journal
kith add Ada Lovelace > "$tmp/said" 2>&1
printf 'version: 1\nreviews: .github/reviews\npeople: [people, .gitted, git]\n' > kith.yaml
mkdir -p .github .gitted git && commit "Settings"
run kith review
is "$status:$(ls .github/reviews)" "0:2026-W48.md" "a folder that is only called alike is fine"

# By a link it is not written, either.
journal
printf -- '---\nname: Ada\n---\n- 2026-09-20 call: x\n' > people/ada.md
ln -s .git/refs/heads reviews
ln -s ../.git/config people/config.md
commit "Links"
cp .git/config "$tmp/config"
run kith review
is "$status:$(ls .git/refs/heads)" "1:main" "a link into .git gets no page"
run kith log config coffee: x
is "$status" 1 "and nobody is there"
ok "git's settings are as they were" cmp .git/config "$tmp/config"

done_testing
