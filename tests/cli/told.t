#!/bin/sh
# What kith tells: history in the right direction, names of other scripts, narrow terminals,
# neutral colours, and findings where they belong.
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

# --- narrow terminals ---
journal
i=0
for name in 'Bartholomew Featherstonehaugh' 'Ann Lee' 'Wilhelmina Kowalczyk-Montgomery' '山田 太郎 花子 次郎 三郎'; do
	i=$((i + 1))
	printf -- '---\nname: %s\norg: International Consolidated Instruments\ntitle: Undersecretary\ntags: [mentor, mathematics]\nemail: somebody@international.example\n---\n## Next\n- [ ] send the extraordinarily comprehensive documentation (due:: 2026-11-2%s)\n- [ ] #waiting acknowledgement of the correspondence (due:: 2026-11-20)\n\n## Log\n- 2026-02-0%s meeting: conversation about international standardisation\n- 2026-11-26 lunch: celebratory refreshments #planned\n' \
		"$name" $i $i | contact "p$i.md"
done
commit "People"
for words in due list todo today 'show p1' 'list -a' history; do
	for width in 40 60; do
		# shellcheck disable=SC2086
		run env COLUMNS=1000 kith $words
		printf '%s\n' "$out" | tr -s ' \t' '\n\n' | sort -u > "$tmp/words"
		# shellcheck disable=SC2086
		run env COLUMNS=$width kith $words
		printf '%s\n' "$out" > "$tmp/narrow"
		is "$(perl -CS -MEncode -e 'my ($words, $narrow, $width) = @ARGV;
			open my $in, "<:utf8", $words; my %word = map { chomp; ($_ => 1) } <$in>; open $in, "<:utf8", $narrow;
			my %broken; while (<$in>) { for (split) { next if /\x{2026}$/ || $word{$_}; $broken{$_} = 1 } }
			print join(" ", sort keys %broken)' "$tmp/words" "$tmp/narrow" $width)" "" "kith $words at $width columns breaks no word"
	done
done
for words in due list todo today; do
	# shellcheck disable=SC2086
	run env COLUMNS=40 kith $words
	is "$(perl -CS -e 'open my $in, "<:utf8", shift; while (<$in>) { chomp; s/[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe6f}\x{ff00}-\x{ff60}]/xx/g;
		print "$_\n" if length > 40 }' "$tmp/out")" "" "kith $words at 40 columns stays within them"
done

run env COLUMNS=60 kith todo
unlike "$out" '(extraordin|comprehen|acknowledg|correspond)…' "a text is cut behind a word"

# --- neutral in the terminal, too ---
journal
printf -- '---\nname: Ada Lovelace\ncadence: 6 weeks\n---\n## Next\n- [ ] send it (due:: 2026-11-18)\n- [ ] call (due:: 2026-11-23)\n\n## Log\n- 2026-09-20 call: x\n' | contact ada.md
printf -- '---\nname: Grace Hopper\ncadence: 2 weeks\n---\n## Next\n- [ ] #waiting slides (due:: 2026-11-20)\n\n## Log\n- 2025-09-20 call: x\n' | contact grace.md
printf -- '---\nname: Linus\ncadence: 4 weeks\n---\n## Log\n- 2026-10-26 call: x\n' | contact linus.md
commit "People"
red=$(printf '\033\\[[0-9;]*(31|91|41|38;5;(1|9|160|196))[;0-9]*m')
for words in due today todo list 'show ada' 'show grace'; do
	# shellcheck disable=SC2086
	run env TERM=xterm kith $words --color always
	unlike "$out" "$red" "kith $words: no red that grows"
	unlike "$out" '[0-9]+ (days|weeks|months|years) late|overdue' "kith $words: no reproach"
done
run kith due
like "$out" 'worth reviving|can wait' "but the page's words"
run env TERM=xterm kith due --color always
like "$out" "$(printf '\033')\\[[0-9;]+m[^$(printf '\033')]*today" "colour marks what is for today"

# --- findings stand where they belong ---
printf -- '---\nname: Joan Clarke\ncadence: 6 weks\n---\n' | contact joan.md
commit "Joan"
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

# --- what is wrong in the settings is told by what writes, too ---
journal
kith add Ada Lovelace > "$tmp/said" 2>&1
kith add Bob Stone > "$tmp/said" 2>&1
printf 'version: 1\ncommitt: manual\n' > kith.yaml
commit "Settings"
while IFS= read -r command; do
	run env EDITOR="sed -i \$aMore." sh -c "kith $command"
	is "$(printf '%s\n' "$err" | grep -c '^kith.yaml:2:1: error: unknown setting "committ"')" 1 \
		"kith $command tells what is wrong in kith.yaml, once"
done <<'END'
log ada coffee: x
promise ada y
done ada
set ada org=x
snooze ada 2w
edit ada
commit
add Cyd
met Dora
rename bob Eva
merge eva ada
remove -y cyd
undo
END
printf '\n' > kith.yaml
run env EDITOR=true kith edit eva
is "$err" "" "what is right is not told"

journal
printf '%s\n' '---' 'name: Ada Lovelace' 'tags: [a, b]' 'org: "Mills"' 'aliases: [x, y]' 'own: [1, 2]' \
	'birthday: 1984-11-26' '---' | contact ada.md
commit "Ada"
printf '%s\n' '---' 'aliases:' '  - y' '  - x' 'birthday: "1984-11-26"' 'name: Ada Lovelace' 'tags:' \
	'  - b' '  - a' 'own:' '  - 1' '  - 2' 'org: Mills' '---' | contact ada.md
run kith commit
is "$(git log -1 --format=%s)" "Tidy the file of Ada Lovelace" "what an editor only rewrote is tidied"
done_testing
