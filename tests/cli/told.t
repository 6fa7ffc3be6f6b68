#!/bin/sh
# What kith tells: history in the right direction, and findings where they belong.
. "$(dirname "$0")/lib.sh"

# --- history says what happened, not its opposite ---
journal
bare='name: Ada Lovelace'
# phrase TEXT: what history says of the change that makes people/ada.md hold it.
phrase() {
	printf -- "$1" > people/ada.md
	commit "change"
	run kith history -n 1 --json
	json 'map { @{ $_->{phrases} } } @{ $o->{changes} }'
}
# directions WITH NAME: to put it in and to take it out are told as two things, and the second as a removal.
directions() {
	phrase "---\n$bare\n---\n## Next\n- [ ] b\n\n## Log\n- 2026-01-02 call: b\n" > /dev/null
	put=$(phrase "$1")
	taken=$(phrase "---\n$bare\n---\n## Next\n- [ ] b\n\n## Log\n- 2026-01-02 call: b\n")
	if [ "$put" = "$taken" ]; then
		fail "$2: there and back are told alike" "$put"
	else
		like "$taken" "${3-[Rr]emove|[Tt]ake|[Dd]rop|no longer|not .* any more|[Ww]ithout|[Ff]orget|[Cc]lear|[Ee]nd |[Rr]esume|left}" "$2: taken away: $taken"
	fi
}
for line in 'met: 2024-03-02 at the ball' 'met: at the ball' 'birthday: 1984-11-26' 'cadence: 6 weeks' 'email: a@x.example' \
	'phone: "+44 7700 900123"' 'url: https://a.example' 'address: 1 Mill Lane' 'org: Navy' 'title: CTO' 'location: Bath' \
	'timezone: Europe/London' 'tags: [mentor]' 'interests: [looms]' 'aliases: [Countess]' 'introduced_by: "[[grace]]"' \
	'knows: ["[[grace]]"]' 'dates: {joined: 2020-01-02}' 'snooze: 2027-01-01' 'last_contact: 2026-01-01' 'status: paused' \
	'status: archived' 'status: deceased' 'deceased: 2026-10-01' 'added: 2026-10-01' 'formerly: ["CTO, Navy (2019–2024)"]' \
	'nonsense: x' 'anniversary: 2010-11-25'; do
	directions "---\n$bare\n$line\n---\n## Next\n- [ ] b\n\n## Log\n- 2026-01-02 call: b\n" "$line"
done
for line in 'call: a' 'lunch: a #planned' 'tried' 'note: a'; do
	directions "---\n$bare\n---\n## Next\n- [ ] b\n\n## Log\n- 2026-01-02 call: b\n- 2025-12-01 $line\n" "an entry: $line"
done
for line in '[ ] a' '[ ] #waiting a' '[ ] #topic a' '[x] a' '[ ] a (due:: 2026-12-01)'; do
	directions "---\n$bare\n---\n## Next\n- [ ] b\n- $line\n\n## Log\n- 2026-01-02 call: b\n" "a task: $line"
done
# undone FIELD: done and open again, planned and not planned.
phrase "---\n$bare\n---\n- [ ] a\n" > /dev/null
phrase "---\n$bare\n---\n- [x] a\n" > "$tmp/done"
phrase "---\n$bare\n---\n- [ ] a\n" > "$tmp/open"
ok "a task that is opened again is not told as done" sh -c '! grep -q Done "$1"' - "$tmp/open"

# --- findings stand where they belong ---
journal
printf -- '---\nname: Ada Lovelace\ncadence: 6 weeks\n---\n## Next\n- [ ] send it (due:: 2026-11-18)\n- [ ] call (due:: 2026-11-23)\n\n## Log\n- 2026-09-20 call: x\n' | contact ada.md
printf -- '---\nname: Grace Hopper\ncadence: 2 weeks\n---\n## Next\n- [ ] #waiting slides (due:: 2026-11-20)\n\n## Log\n- 2025-09-20 call: x\n' | contact grace.md
printf -- '---\nname: Linus\ncadence: 4 weeks\n---\n## Log\n- 2026-10-26 call: x\n' | contact linus.md
printf -- '---\nname: Joan Clarke\ncadence: 6 weks\n---\n' | contact joan.md
commit "People"
for words in 'show ada' 'log ada coffee: z' 'set ada location=Bath' 'plan ada friday lunch: z' 'promise ada tea' 'topic ada tea' \
	'ask ada tea' 'wait ada bread' 'done ada bread' 'snooze ada 3 weeks' 'pause ada' 'resume ada' 'archive ada' 'met Zoe' 'add Yann' 'todo ada' \
	'history ada' 'rename zoe Zoe Byron' 'remove zoe-byron --yes' undo; do
	# shellcheck disable=SC2086
	run kith $words
	is "$status" 0 "kith $words: another's finding is not its status"
	unlike "$err" 'joan' "nor told after it"
done
run kith show joan
like "$err" 'people/joan.md:3:10: error' "one of the person is"
for words in check today 'review --stdout'; do
	# shellcheck disable=SC2086
	run kith $words
	like "$out$err" 'joan.md.*:3:10' "kith $words tells it"
done
done_testing
