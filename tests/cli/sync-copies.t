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
	is "$(json 'map { $_->{slug} } @{ $o->{people} }' | sort | tr '\n' ' ')" "ada cy " "nobody of its own"
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
is "$(json 'map { $_->{slug} } @{ $o->{people} }' | sort | tr '\n' ' ')" "ada cy " "and is nobody"
ln -sf work/../ada.md people/dee.md && mkdir -p people/work && ln -sf ../ada.md people/work/eve.md
run kith list --json
is "$(json 'map { $_->{slug} } @{ $o->{people} }' | sort | tr '\n' ' ')" "ada cy " "by whatever path"
# Names of people that only look so.
copies
for name in 'ada (copy editor).md' 'conflicted.md' 'sync-conflict.md'; do
	printf -- '---\nname: %s\n---\n' "${name%.md}" | contact "$name"
done
run kith list --json
is "$(json 'scalar @{ $o->{people} }')" 5 "other names are people"

# --- what else is nobody, and named with its reason ---
# nobody FILE WHY TEXT: is passed over.
nobody() {
	printf -- "$3" | contact "$1"
	run kith check -v
	like "$out" "^people/$(printf %s "$1" | sed 's/[][{}.*()]/\\&/g'): passed over: $2\$" "passed over: $1"
	rm "people/$1"
}
# somebody FILE TEXT: is a contact.
somebody() {
	printf -- "$2" | contact "$1"
	run kith check -v
	unlike "$out" 'passed over' "somebody: $1"
	rm "people/$1"
}
journal
nobody .hidden.md 'its name begins with a dot' 'x\n'
nobody _draft.md 'its name begins with _' '---\nname: Ada\n---\n'
nobody README.md 'it is about the folder' '---\nname: Ada\n---\n'
nobody Index.md 'it is about the folder' 'x\n'
nobody work/readme.md 'it is about the folder' 'Colleagues.\n'
nobody a.md 'a template of another program' '---\nname: "{{title}}"\n---\n'
nobody a.md 'a template of another program' '---\nname: <%% tp.title %%>\n---\n'
nobody a.md 'a template of another program' '---\nname: ‹%% x %%›\n---\n'
nobody a.md 'a template of another program' '---\norg: x\n---\n# {{title}}\n'
nobody a.md 'a template of another program' '---\nname: {Full Name}\n---\n'
nobody a.md 'a template of another program' '---\nname: "[Full Name]"\n---\n'
nobody a.md 'a template of another program' '# <Full Name>\n'
nobody '{Full Name}.md' 'a template of another program' 'x\n'
somebody work/ada/README.md '---\nemail: ada@x.example\n---\n'
somebody a.md '---\nname: [[Ada Byron]]\n---\n'
somebody a.md '---\nname: {first: Ada, last: Byron}\n---\nwrites {{x}}\n'
somebody a_b.md '---\nname: Ada (Byron)\n---\n'
mkdir -p people/templates people/_old people/.trash
touch people/templates/a.md people/_old/b.md people/.trash/c.md
run kith check -v
expect "folders are named once" 0 <<'END'
people/templates: hint: passed over: a folder of templates; `ignore` in kith.yaml says that this is right [left-out]
people/.trash/: passed over: its name begins with a dot
people/_old/: passed over: its name begins with _
people/templates/: passed over: a folder of templates
[stderr]
kith: 0 contacts, 3 notes passed over; 0 errors, 0 warnings, 1 hint
END
run kith check --json -v
is "$(json '$o->{passed}[2]{path} . " " . $o->{passed_over}')" "people/templates 3" "and in JSON"
done_testing
