#!/bin/sh
# Measures `kith sync` of one change each way against `git pull && git push`, by a repository on
# the same disk: README.md says how.
#     tests/bench/syncing.sh [CONTACTS...]
# KITH and KITH_BENCH_ROUNDS as in run.sh. Sizes other than 1,000 and 10,000 are passed over.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."
. tests/bench/journals.sh
export GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=pull.rebase GIT_CONFIG_VALUE_0=false \
	GIT_CONFIG_KEY_1=gc.auto GIT_CONFIG_VALUE_1=0

# A change is committed elsewhere and pushed, and another one here: `between WHO FILE`, before each.
write_between() {
	cat > "$work/between" <<END
set -e
n=\$(cat "$sync/n" 2>/dev/null || echo 0)
echo \$((n + 1)) > "$sync/n"
change() {
	echo "- 2026-11-20 call: change \$n" >> "\$1"
	git commit -q -m "\$n" -- "\$1"
}
cd "$sync/elsewhere"
git pull -q --no-edit && change "$first" && git push -q
cd "$sync/\$1" && change "\$2"
END
	printf 'cd "%s" && git pull -q --no-edit && git push -q\n' "$sync/git" > "$work/pull-push"
}

nth_contact() {
	(cd "$journal" && find people -name '*.md' | sort | sed -n "$1p")
}

measure() {
	prepare "$1" "$1"
	sync=$work/$1-sync
	rm -rf "$sync"
	git clone -q --bare "$journal" "$sync/hub.git"
	for who in elsewhere git kith; do
		git clone -q "$sync/hub.git" "$sync/$who"
		"$kith" init "$sync/$who" > "$work/said"
	done
	first=$(nth_contact 5)
	write_between
	echo "measuring syncing with $1 contacts" >&2
	{
		plan - 0 /bin/sh "$work/between" git "$(nth_contact 9)"
		plan "git pull, push" 0 /bin/sh "$work/pull-push"
		plan - 0 /bin/sh "$work/between" kith "$(nth_contact 13)"
		plan "kith sync" 0 "$kith" -C "$sync/kith" --today $today sync
	} > "$work/plan"
	run_plan "$1" 0 "$rounds" "$work/results-syncing"
	rm -rf "$sync"
}

[ $# -gt 0 ] || set -- 1000 10000
check_counts "$@"
build
: > "$work/results-syncing"
for count; do
	case $count in 1000 | 10000) measure "$count" ;; esac
done
[ -s "$work/results-syncing" ] || exit 0
echo
awk -f tests/bench/report.awk "$work/results-syncing"
check_failed
exec sh tests/bench/peers.sh "$@"
