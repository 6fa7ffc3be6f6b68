#!/bin/sh
# Collections of notes as people keep them (tests/vaults), each with the facts that somebody reads
# in it: kith knows them all, and nothing else, and has nothing to complain of.
. "$(dirname "$0")/lib.sh"
vaults=$root/tests/vaults

# facts_of: of everybody in the journal that the test is in.
facts_of() {
	rm -rf "$tmp/shown" && mkdir "$tmp/shown"
	run kith list --json
	json 'map { $_->{slug} } @$o' > "$tmp/slugs"
	while IFS= read -r slug; do
		kith show "$slug" --json > "$tmp/shown/$slug.json" 2> "$tmp/err" || cat "$tmp/err"
	done < "$tmp/slugs"
	perl "$vaults/facts.pl" "$tmp"/shown/*.json
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
done
done_testing
