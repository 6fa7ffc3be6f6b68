#!/bin/sh
# Somebody else saves a file at the very moment when kith gives it its name, or takes it away:
# what they saved is there afterwards, with kith's change, or without it and told.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "races" "nothing can be preloaded there"; done_testing; }
${CC:-cc} -std=c17 -O1 -fPIC -shared -o "$tmp/race.so" "$root/tests/fault/race.c" -ldl || exit 1

# race NAME HOW COUNT COMMAND...: with so many saves of that file by somebody else, the last of
# them is in the journal afterwards; where nothing else is told, kith's change too.
race() {
	file=$1 how=$2 saves=$3
	shift 3
	ada_and_bob
	rm -f "$tmp"/save.*
	for i in $(seq "$saves"); do
		if [ "$how" != RACE_SAVES ]; then
			echo "- 2026-01-0$i call: by hand $i" > "$tmp/save.$i"
		else
			{ cat "people/$file"; echo "- 2026-01-0$i call: by hand $i"; } > "$tmp/save.$i"
		fi
	done
	run env LD_PRELOAD="$tmp/race.so" RACE_NAME="$file" $how="$tmp/save" $plain "$@"
	what="$*: $file is saved $saves times ($how)"
	left=$(ls "$tmp"/save.* 2>/dev/null | wc -l)
	[ "$left" -lt "$saves" ] || fail "$what: the race happened" "$out$err"
	last=$((saves - left))
	if grep -rq "by hand $last" people; then
		pass "$what: the last is there"
	else
		fail "$what: the last is there" "$out$err
$(head -50 people/*)"
	fi
	is "$(find . -name '.kith-*' -not -path './.git/*')" "" "$what: no temporary file is left"
	git fsck --strict > "$tmp/said" 2>&1 || fail "$what: fsck" "$(cat "$tmp/said")"
}
plain=
for times in 1 2 3; do
	race ada.md RACE_SAVES $times kith log ada coffee: x
	is "$status:$(grep -c 'coffee: x' people/ada.md)" "0:1" "in the end kith's turn comes"
done
# What is written into the file that stands there for a moment only has no other place.
for times in 1 2 3; do
	race ada.md RACE_APPENDS $times kith log ada coffee: x
	for i in $(seq $last); do
		ok "what was appended in turn $i is there, too" grep -rq "by hand $i" people
	done
	if [ "$status" -eq 0 ]; then
		like "$(cat people/ada.md)" 'coffee: x' "and so is kith's entry"
	else
		like "$err" 'people/ada.md' "or it is said that somebody changed it, and where it is"
		ok "which is so" test -f people/ada.md.kept
	fi
done
# Who has it open writes on into the file that they opened, which must be the one that stays.
if perl -e 'open my $in, "<", $0; exit !fcntl($in, 1024, 0)' "$tmp/gitconfig"; then
	race ada.md RACE_HOLDS 1 kith log ada coffee: x
	is "$status:$(grep -c 'coffee: x' people/ada.md)" "0:1" "in the end kith's turn comes"
	race ada.md RACE_HOLDS 1 kith remove -y ada
	is "$status" 1 "what somebody writes into is not removed"
	race bob.md RACE_HOLDS 1 kith merge ada bob
	people
	mkfifo "$tmp/opened" "$tmp/go"
	( exec 7>> people/ada.md; : > "$tmp/opened"; read -r line < "$tmp/go"; echo "$line" >&7 ) &
	: < "$tmp/opened"
	run kith log ada coffee: x
	is "$status" 1 "a file that another program has open is left alone"
	like "$err" 'people/ada.md: is open in another program' "which is said"
	echo '- 2026-01-01 call: by hand' > "$tmp/go"
	wait
	run kith log ada coffee: x
	is "$status:$(grep -c 'by hand\|coffee: x' people/ada.md)" "0:2" "and when it is closed, it goes on"
else
	skip "who has it open" "there are no leases here"
fi
race ada.md RACE_SAVES 1 kith set ada org=Digital
is "$status:$(grep -c Digital people/ada.md)" "0:1" "tried again on what was saved"
race ada.md RACE_SAVES 1 kith remove -y ada
is "$status" 1 "what was saved is not removed unseen"
race ada.md RACE_APPENDS 1 kith remove -y ada
race ada.md RACE_SAVES 1 kith rename ada 'Ada King'
race bob.md RACE_SAVES 1 kith rename ada 'Ada King'
race bob.md RACE_SAVES 1 kith merge ada bob
race bob.md RACE_APPENDS 1 kith merge ada bob
race ada.md RACE_SAVES 1 kith merge ada bob
ada_and_bob
kith log ada coffee: x > "$tmp/said"
cp people/ada.md "$tmp/save.1" && echo '- 2026-01-01 call: by hand' >> "$tmp/save.1"
run env LD_PRELOAD="$tmp/race.so" RACE_NAME=ada.md RACE_SAVES="$tmp/save" kith undo
like "$(cat people/ada.md)" 'by hand' "kith undo: what was saved is there"

# Where names cannot be exchanged it works as well as it can.
ada_and_bob
run env LD_PRELOAD="$tmp/race.so" RACE_PLAIN=1 kith log ada coffee: x
is "$status:$(grep -c 'coffee: x' people/ada.md)" "0:1" "a file system without exchange: kith log works"
run env LD_PRELOAD="$tmp/race.so" RACE_PLAIN=1 kith remove -y bob
is "$status:$(ls people)" "0:ada.md" "and remove"
is "$(git status --porcelain)" "" "and all is committed"
done_testing
