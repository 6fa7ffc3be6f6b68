#!/bin/sh
# What other programs take for the like of it with the same people, for the record: there is no
# target. README.md says what each does; one that is not installed is passed over.
#     tests/bench/peers.sh [CONTACTS...]
# Only 1,000 and 10,000 contacts are measured. KITH as in run.sh.
set -eu
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/../.."
. tests/bench/journals.sh

has() {
	command -v "$1" > /dev/null && return
	echo "$1 is not there: passed over" >&2
	return 1
}

# Each program's own settings and index, made outside the time that counts.
prepare_peers() {
	prepare "$1" "$1"
	peers=$work/$1-peers
	rm -rf "$peers"
	perl tests/bench/peers.pl "$journal" "$peers"
	printf '[addressbooks]\n[[people]]\npath = %s\n' "$peers/cards" > "$peers/khard.conf"
	printf '[database]\npath=%s\n[user]\nname=me\nprimary_email=me@post.example\n' "$peers/mail" \
		> "$peers/notmuch.conf"
	printf 'data.location=%s\nconfirmation=no\ngc=off\nhooks=off\n' "$peers/task" > "$peers/taskrc"
	mkdir "$peers/task"
	has notmuch && notmuch --config="$peers/notmuch.conf" new --quiet
	has task && task "rc:$peers/taskrc" rc.verbose=nothing import "$peers/tasks.json" > "$work/null" 2>&1
	has khard || :
	has hledger || :
}

kith_plan() {
	label=$1
	shift
	plan "$label" 0 "$kith" -C "$journal" --today $today "$@"
}

measure() {
	prepare_peers "$1"
	echo "measuring other programs with $1 contacts" >&2
	{
		kith_plan "list: kith" list
		! path=$(command -v khard) || plan "list: khard" 0 "$path" -c "$peers/khard.conf" list
		kith_plan "search: kith" search bridge
		! path=$(command -v notmuch) ||
			plan "search: notmuch" 0 "$path" "--config=$peers/notmuch.conf" search bridge
		kith_plan "tasks: kith" todo
		! path=$(command -v task) || plan "tasks: task" 0 "$path" "rc:$peers/taskrc" list
		kith_plan "talks: kith" timeline last-week
		! path=$(command -v hledger) || plan "talks: hledger" 0 "$path" -f "$peers/talks.journal" \
			register -b 2026-11-16 -e 2026-11-23
	} > "$work/plan"
	run_plan "$1" 0 3 "$work/results-peers"
	rm -rf "$peers"
}

[ $# -gt 0 ] || set -- 1000 10000
check_counts "$@"
build
: > "$work/results-peers"
for count; do
	case $count in 1000 | 10000) measure "$count" ;; esac
done
[ -s "$work/results-peers" ] || exit 0
echo
awk -f tests/bench/report.awk "$work/results-peers"
check_failed
