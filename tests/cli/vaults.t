#!/bin/sh
# Collections of notes as people keep them (tests/vaults), each with the facts that somebody reads
# in it: kith knows them all, and nothing else, and has nothing to complain of.
. "$(dirname "$0")/lib.sh"
vaults=$root/tests/vaults

# facts_of: of everybody in the journal that the test is in.
facts_of() {
	rm -rf "$tmp/shown" && mkdir "$tmp/shown"
	run kith list --json
	json 'map { $_->{slug} } @{ $o->{people} }' > "$tmp/slugs"
	while IFS= read -r slug; do
		kith show "$slug" --json > "$tmp/shown/$slug.json" 2> "$tmp/err" || cat "$tmp/err"
	done < "$tmp/slugs"
	perl "$vaults/facts.pl" "$tmp"/shown/*.json
}

# any COUNT: a number below it, in $any; the same ones each time.
seed=${SEED:-7} edits=${EDITS:-6}
any() {
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	any=$((seed / 65536 % $1))
}

# edit_any: one edit of somebody, at random; some are refused.
edit_any() {
	any "$(wc -l < "$tmp/slugs")"
	slug=$(sed -n "$((any + 1))p" "$tmp/slugs")
	any 8
	case $any in
	0) run kith log "$slug" call: brass ;;
	1) run kith log "$slug" 2026-10-01 coffee: "a saw
and a file" ;;
	2) run kith set "$slug" birthday=1970-01-02 org=Mills ;;
	3) run kith set "$slug" email+=x@mills.example tags+=saws ;;
	4) run kith promise "$slug" bring the saw by 2026-12-24 ;;
	5) run kith plan "$slug" 2026-12-01 lunch: nails ;;
	6) run kith set "$slug" phone=030 100 title=Smith location= ;;
	7) run kith rename "$slug" "Nell $seed" ;;
	esac
	[ $any -ne 7 ] || { kith list --json > "$tmp/out"; json 'map { $_->{slug} } @{ $o->{people} }' > "$tmp/slugs"; }
}

for facts in "$vaults"/*.facts; do
	vault=$(basename "$facts" .facts)
	cp -R "$vaults/$vault" "$tmp/$vault" && cd "$tmp/$vault" || exit 1
	git init -q
	[ -e kith.yaml ] || run kith init --yes
	facts_of > "$tmp/facts"
	difference=$(LC_ALL=C sort "$facts" | diff -u -L "$vault.facts" -L kith - "$tmp/facts")
	if [ -z "$difference" ]; then pass "$vault: all facts, and no others"
	else fail "$vault: all facts, and no others" "$difference"; fi
	run kith check
	is "$(grep -E ': (error|warning):' "$tmp/out" "$tmp/err")" "" "$vault: no complaint"

	commit "The vault"
	first=$(git rev-parse HEAD)
	for _ in $(seq "$edits"); do edit_any; done
	made=$(git rev-list --count "$first..HEAD")
	for _ in $(seq "$made"); do run kith undo; done
	is "$(git status --short && git diff --stat "$first")" "" "$vault: $made edits and undone, the first bytes"
done
done_testing
