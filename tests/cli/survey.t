#!/bin/sh
# `kith init` in a folder that has notes looks first, shows what it found and the settings that
# fit, and writes them when told; `kith check` tells later what the settings leave out.
. "$(dirname "$0")/lib.sh"

mkdir "$tmp/vault" && cd "$tmp/vault" || exit 1
mkdir -p People Daily .obsidian/plugins/obsidian-tasks-plugin Meetings .trash Drawings
printf '%s\n' '---' 'tags: [people]' 'birthday: 1984-11-26' 'last_interaction: 2026-10-01' '---' \
	'## Catch-ups' '- 2026-09-20 coffee: looms' '- 2026-08-01 call: cards' '## Waiting for' \
	'- [ ] #task her answer' > "People/Ada Lovelace.md"
printf '%s\n' '---' 'type: company' '---' > "People/Engines Ltd.md"
printf '%s\n' '- [[Ada Lovelace]] call: the grant' > Daily/20-11-2026.md
printf '%s\n' '---' 'date: 2026-11-01' 'attendees: ["[[Ada Lovelace]]"]' '---' > Meetings/Tide.md
printf '{"folder": "Daily", "format": "DD-MM-YYYY"}' > .obsidian/daily-notes.json
printf '{"globalFilter": "#task"}' > .obsidian/plugins/obsidian-tasks-plugin/data.json
printf '%s\n' '---' 'type: person' '---' > .trash/Old.md
head -c 700000 /dev/zero | tr '\0' 'x' > Drawings/Sketch.excalidraw.md

run kith init
expect "what was found is shown, and nothing written" 1 <<'END'
People/: 1 note of people · 1 with a birthday · 1 with `last_interaction`
  people: People
  only: {tag: people}
      the other 1 there are nobody
  log_headings: [Catch-ups, Log, Interactions, Contact log, Meeting log, Meetings, Communications, Conversations]
      2 dated lines under *Catch-ups*, which is no log section yet
  task_headings: [Next, {Waiting for: waiting}]
      sections that say whose their tasks are
  keep_last_contact: true
      what logs a talk then sets `last_interaction`, too
  daily: {folder: Daily, form: "%d-%m-%Y"}
      1 daily note, whose conversations may count
  meetings: {folders: [Meetings]}
      1 note of meetings, whose people may count
  task_tags: {promise: task}
      the Tasks plugin takes boxes with #task alone
[stderr]
kith: nothing was written; with --yes, kith.yaml gets these settings, and you may change them there
END
is "$(ls)" "Daily
Drawings
Meetings
People" "nothing was made"

run kith init --yes
is "$status" 0 "with --yes they are written"
is "$(ls)" "Daily
Drawings
Meetings
People
kith.yaml" "no empty people/ beside People/"
is "$(grep -c '^log_headings: \[Catch-ups, \|^people: People$\|^#  Communications' kith.yaml)" 2 \
	"in the places of their explanations"
run kith check
is "$status" 0 "the settings are understood"
unlike "$out" 'kith.yaml: hint' "and nothing is left to propose"
run kith show ada
like "$out" 'last +2026-11-20' "the first answer is right"
like "$out" 'her answer' "her answer is waited for"

mkdir people People 2>/dev/null
cd "$tmp" && mkdir plain && cd plain || exit 1
printf '%s\n' '# Shopping' '- milk' > list.md
run kith init
is "$status" 0 "a folder without people is made a journal as ever"
is "$(ls)" "kith.yaml
list.md
people" "with a folder for them"

journal
printf '%s\n' '---' 'name: Ada' 'last_met_up: 2026-10-01' '---' '## Catch-ups' \
	'- 2026-09-20 coffee: looms' | contact ada.md
mkdir Meetings
printf '%s\n' '---' 'date: 2026-11-01' 'attendees: [Ada]' '---' > Meetings/Tide.md
run kith check
expect "a check is silent about hints, and where all is well" 0 </dev/null
run kith check left-out
expect "check tells the same as hints" 0 <<'END'
kith.yaml: hint: 1 dated line under *Catch-ups*, which is no log section yet: `log_headings: [Catch-ups, Log, Interactions, Contact log, Meeting log, Meetings, Communications, Conversations]` here says so [left-out]
kith.yaml: hint: 1 note of meetings, whose people may count: `meetings: {folders: [Meetings]}` here says so [left-out]
people: hint: the key "last_met_up" (1 note) looks like a last contact, and is one of your own; kith reads `last_contact` [left-out]
END

journal
printf '%s\n' 'About us.' | contact README.md
for name in a b; do printf '%s\n' '---' 'name: "{{title}}"' '---' | contact "$name.md"; done
run kith check left-out
expect "templates and READMEs are told of, one line a kind" 0 <<'END'
people/README.md: hint: passed over: it is about the folder; `ignore` in kith.yaml says that this is right [left-out]
people/a.md: hint: passed over: a template of another program, as others are (see `kith check -v`); `ignore` in kith.yaml says that this is right [left-out]
END
echo 'ignore: [people/README.md, people/a.md, people/b.md]' >> kith.yaml
run kith check left-out
unlike "$out" hint "and no more where the settings name them"

journal
printf '%s\n' '---' 'email: ada@x.example' 'shoe: 39' '---' '# Ada' 'birthday:: 1984-11-26' '' \
	'She hums.' '' '## Next' '- [ ] the paper (due: 2026-11-30)' '## Log' '- 2026-09-20 coffee:' \
	'  looms' '- 2026-12-24 call #planned' | contact ada.md
run kith check --read ada
is "$(sed 's/  *$//; s/   */|/g' "$tmp/out")" "|1|---
|2|email: ada@x.example|email
|3|shoe: 39|a key of your own
|4|---
|5|# Ada|the name
|6|birthday:: 1984-11-26|birthday
|7
|8|She hums.
|9
|10|## Next|a section of tasks
|11|- [ ] the paper (due: 2026-11-30)|a promise, due 2026-11-30
|12|## Log|a section of talks
|13|- 2026-09-20 coffee:|a talk: 2026-09-20 coffee
|14|looms|belongs to it
|15|- 2026-12-24 call #planned|a plan: 2026-12-24 call" "--read tells what each line was taken for"
run kith check --read ada --json
is "$(json 'scalar grep { $_->{what} } @{ $o->{lines} }')" 10 "in JSON, too"
run kith check --read nobody
is "$status" 1 "of somebody there is"
done_testing
