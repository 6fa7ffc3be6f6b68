#!/bin/sh
# Copies that a sync program or a file manager left beside a contact are told as copies: they are
# nobody of their own.
. "$(dirname "$0")/lib.sh"

# copies NAME...: a journal with Ada, and her file again under these names.
copies() {
	journal
	for name in ada.md cy.md "$@"; do
		printf -- '---\nname: Ada Lovelace\nemail: ada@x.example\ncadence: 2 weeks\n---\n## Next\n- [ ] send it (due:: 2026-11-25)\n\n## Log\n- 2026-09-20 call: looms\n' |
			contact "$name"
	done
	sed -i 's/Ada Lovelace/Cy/; s/ada@/cy@/' people/cy.md
	commit "People"
}
for name in 'ada.sync-conflict-20261120-143000-ABCDEFG.md' 'ada (conflicted copy).md' "ada (Ann's conflicted copy 2026-11-20).md" \
	'ada (conflicted copy 2026-11-20 143000).md' 'work/ada.sync-conflict-20261120-143000-ABCDEFG.md' \
	'ada.sync-conflict-20261120-143000.md' 'ada (Conflicted Copy).md'; do
	copies "$name"
	run kith check
	is "$status" 0 "no error: $name"
	like "$out$err" 'cop(y|ies)' "told as a copy"
	like "$out$err" "$(basename "$name" | sed 's/[].()*[]/\\&/g')" "and named"
	run kith list --json
	is "$(json 'map { $_->{slug} } @$o' | sort | tr '\n' ' ')" "ada cy " "nobody of its own"
	run kith review --stdout
	is "$(printf '%s\n' "$out" | grep -c 'send it')" 4 "said once of each"
	run kith log ada coffee
	is "$status" 0 "and no other Ada to ask about"
done
# A link inside the journal to another contact's file.
copies
ln -sf ada.md people/dee.md
run kith check
is "$status" 0 "a link to another file is no error"
like "$out$err" 'dee.md' "it is told"
like "$out$err" 'cop(y|ies)|link' "as what it is"
run kith list --json
is "$(json 'map { $_->{slug} } @$o' | sort | tr '\n' ' ')" "ada cy " "and is nobody"
ln -sf work/../ada.md people/dee.md && mkdir -p people/work && ln -sf ../ada.md people/work/eve.md
run kith list --json
is "$(json 'map { $_->{slug} } @$o' | sort | tr '\n' ' ')" "ada cy " "by whatever path"
# Names of people that only look so.
copies
for name in 'ada (copy editor).md' 'conflicted.md' 'sync-conflict.md'; do
	printf -- '---\nname: %s\n---\n' "${name%.md}" | contact "$name"
done
run kith list --json
is "$(json 'scalar @$o')" 5 "other names are people"
done_testing
