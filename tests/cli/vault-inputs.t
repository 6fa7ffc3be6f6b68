#!/bin/sh
# What lies about in vaults beside what is meant: each is told or passed over, and the rest counts.
. "$(dirname "$0")/lib.sh"

journal
cat >> kith.yaml <<'END'
daily: {folder: Daily}
meetings: {folders: [Meetings]}
END
mkdir -p Daily Meetings
printf '%s\n' '---' 'name: Ada Lovelace' '---' | contact ada.md
printf '%s\n' '---' 'name: Call' '---' | contact call.md
printf '%s\n' '- [[ada]] call: looms' > Daily/2026-11-20.md

# last_of WHO: the day of the last contact.
last_of() {
	run kith show "$1" --json
	json '$o->{last} // "none"'
}

printf '%s\n' '- [[ada]] call: of next year' > Daily/2027-03-01.md
is "$(last_of ada)" 2026-11-20 "a daily note of next year is no last contact"
printf '%s\n' '- call the plumber' '- call with [[ada]]: brass' 'Call me.' > Daily/2026-11-21.md
is "$(last_of ada) $(last_of call)" "2026-11-21 none" "a name that is a common word is nobody in a text"

{ printf '%s\n' '---' 'date: 2026-11-22' 'attendees:'; seq -f '  - "[[Guest %g]]"' 499
	printf '%s\n' '  - "[[ada]]"' '---'; } > Meetings/all.md
is "$(last_of ada)" 2026-11-22 "the last of 500 attendees is there"
run kith check
is "$status" 0 "and nobody complains of the others"
rm Meetings/all.md

# A megabyte of Dataview, and drawings.
{ printf '%s\n' '```dataview'; yes 'WHERE contains(people, "[[ada]]") AND date = 2026-11-22' | head -20000
	printf '%s\n' '```'; } > Daily/2026-11-22.md
{ printf '%s\n' '---' 'name: Bob Stone' '---'; cat Daily/2026-11-22.md
	printf '%s\n' '## Log' '- 2026-11-19 call: brass'; } | contact bob.md
is "$(last_of ada) $(last_of bob)" "2026-11-21 2026-11-19" "queries are code, and what follows counts"
printf '%s\n' '---' 'excalidraw-plugin: parsed' 'tags: [excalidraw]' 'name: <% tp.file.title %>' '---' \
	> Daily/2026-11-18.md
cp Daily/2026-11-18.md people/Sketch.excalidraw.md
run kith check -v
like "$out" '^people/Sketch.excalidraw.md: passed over: a template' "a form to be filled is nobody"
is "$status" 0 "and no error"
rm people/Sketch.excalidraw.md

# Folders of programs, and a vault within.
mkdir -p people/.obsidian people/.trash people/Old/.git people/Old/.obsidian
for folder in .obsidian .trash Old/.obsidian; do
	printf '%s\n' '---' 'name: Eve' '---' > "people/$folder/eve.md"
done
printf '%s\n' '---' 'name: Old Friend' '---' > people/Old/old.md
printf 'people: .\n' > people/Old/kith.yaml
run kith list --json
is "$(json 'join " ", sort map { $_->{slug} } @{ $o->{people} }')" "ada bob call old" "folders of programs hold nobody, one of notes does"
run kith -C people/Old list --json
is "$(json 'join " ", sort map { $_->{slug} } @{ $o->{people} }')" old "and is a journal of its own from within"
: > people/.Fay.md.icloud
run kith check
like "$out" '^people/.Fay.md.icloud:1:1: warning: not read: iCloud keeps it' "what iCloud keeps is told"
rm -r people/Old people/.Fay.md.icloud

printf '%s\n' '---' 'name: Ada Other' '---' | contact sub/ADA.md
run kith check
is "$status" 1 "case twins are an error"
like "$out" '^people/(ada|sub/ADA).md:1:1: error: .*(sub/ADA|ada).md' "that names both"
run kith list --json
is "$(json 'scalar @{ $o->{people} }')" 4 "both are listed"
rm -r people/sub

if [ "$(id -u)" -ne 0 ]; then
	mkdir people/shut && chmod 000 people/shut
	run kith check
	like "$out" '^people/shut:1:1: error: this folder cannot be read' "a folder that is shut is told"
	is "$(last_of ada)" 2026-11-21 "and the others count"
	chmod 700 people/shut
else
	skip "a folder that is shut is told" "root reads all"
fi

# Of many notes few are people's.
cd "$tmp" && mkdir vault && cd vault || exit 1
mkdir -p Notes People
for i in 1 2 3; do printf '%s\n' '---' 'type: person' '---' > "People/Person $i.md"; done
perl -e 'for (1 .. 3000) { open my $f, ">", "Notes/$_.md" or die; print $f "---\ntype: note\n---\n# Note $_\n- 2026-11-20 call\n" }'
run kith init --yes
run kith list --json
is "$(json 'scalar @{ $o->{people} }')" 3 "three of three thousand notes are people"
done_testing
