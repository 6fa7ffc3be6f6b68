#!/bin/sh
# The front matter as people have it: where it begins, what is empty in it, the dates in it.
. "$(dirname "$0")/lib.sh"

journal
commit "A journal"

# --- where it begins ---
# begins TEXT NAME: with this before its keys, the front matter is read, and set in its place.
begins() {
	printf -- "$1"'name: Ada Lovelace\nlocation: Bath\n---\nText.\n' > people/x.md
	commit "$2"
	run kith check
	is "$status:$out" 0: "$2: no finding"
	run kith set x location=Leeds
	is "$status $(changed_lines)" "0 -location: Bath
+location: Leeds" "$2: a key is set where it stands"
	run kith snooze x 3 weeks
	is "$(tr -d '\r' < people/x.md | grep -c '^---$') $(git diff HEAD^ HEAD | grep -c '^+snooze:')" "2 1" "$2: and added"
}
begins '---\n' "a first line"
begins '\n---\n' "a blank line before it"
begins '\n \n\t\n---\n' "several"
begins '\r\n---\r\n' "a blank line that ends in CRLF"
begins '\357\273\277\n---\n' "a byte-order mark and a blank line"

# foreign TEXT NAME: another kind of front matter is an error with the way out; nothing writes a second.
foreign() {
	printf -- "$1" > people/x.md
	commit "$2"
	before=$(cat people/x.md)
	run kith check
	is "$status" 1 "$2: an error"
	like "$out" '^people/x.md:[12]:1: error: .*---' "$2: at its place, with the way out"
	for words in 'set x org=Navy' 'snooze x 3 weeks' 'archive x'; do
		# shellcheck disable=SC2086
		run kith $words
		is "$(cat people/x.md)" "$before" "$2: kith $words writes no second one"
		ok "$2: kith $words says that it did not" test "$status" -ne 0
	done
	run kith rename x Ada Byron
	is "$(grep -c '^---$' people/*.md)" "$(printf '%s\n' "$before" | grep -c '^---$')" "$2: nor does rename"
	git reset -q --hard && git clean -qf
}
foreign '---yaml\nname: Ada\norg: Engines\n---\nText.\n' "---yaml"
foreign '--- yaml\nname: Ada\norg: Engines\n---\nText.\n' "--- yaml"
foreign '+++\nname = "Ada"\norg = "Engines"\n+++\nText.\n' "+++"
foreign '{\n"name": "Ada",\n"org": "Engines"\n}\n\nText.\n' "{"
foreign '{"name": "Ada", "org": "Engines"}\n\nText.\n' "{ in one line"
foreign '\n+++\nname = "Ada"\n+++\nText.\n' "+++ after a blank line"
foreign '\357\273\277+++\nname = "Ada"\n+++\nText.\n' "+++ after a byte-order mark"
foreign '```yaml\nname: Ada\norg: Engines\n```\nText.\n' "a code block"
foreign 'name: Ada\norg: Engines\n---\nText.\n' "no line above the keys"
foreign '# Ada\n\n---\nname: Ada\norg: Engines\n---\nText.\n' "a heading above it"
foreign '<!-- mine -->\n---\nname: Ada\norg: Engines\n---\nText.\n' "a comment above it"

# Text that only begins like one.
for text in '{braces} begin the text\n' '+ one\n+ two\n' 'no front matter\n---\n' 'Note: she likes tea\n---\n' '```yaml\n- a\n```\n' 'A.\n\n---\nNote: x\n---\n' 'Name: a\nOrg: b\n'; do
	printf -- "$text" > people/x.md
	run kith check
	is "$status:$out" 0: "is none: $text"
done

# --- characters that nobody sees ---
# unseen TEXT NAME: in a front matter, the line of it is told.
unseen() {
	printf -- "---\nname: Ada\n$1\n---\n" > people/x.md
	run kith check
	like "$out" '^people/x.md:3:[0-9]+: (error|warning): ' "told: $2"
	before=$(cat people/x.md)
	run kith set x cadence=9w
	[ "$status" -ne 0 ] || is "$(grep -c 'cade.*nce' people/x.md)" 1 "and no second key is written: $2"
}
unseen '\302\240cadence: 6 weeks' "a no-break space before a key"
unseen 'cadence\302\240: 6 weeks' "behind a key"
unseen 'cade\342\200\213nce: 6 weeks' "a zero-width space in a key"
unseen '\342\200\213cadence: 6 weeks' "before a key"
unseen '\357\273\277cadence: 6 weeks' "a byte-order mark before a key"
unseen 'cadence\342\200\216: 6 weeks' "a mark of direction"
unseen 'cade\302\255nce: 6 weeks' "a soft hyphen"
unseen '\342\200\257cadence: 6 weeks' "a narrow no-break space"
unseen '\343\200\200cadence: 6 weeks' "an ideographic space"
rm people/x.md

# --- empty is absent ---
printf -- '---\nname: Ada\n---\n## Log\n- 2026-11-02 call: x\n' > people/x.md
run kith show x --json
# bare: what is known of a person, without the keys as they are written.
bare() { sed '/"cadence_written"/d; /"own"/,$d'; }
bare < "$tmp/out" > "$tmp/bare"
# nothing KEY VALUE: as if the key were not there, and no finding.
nothing() {
	printf -- '---\nname: Ada\n%s: %s\n---\n## Log\n- 2026-11-02 call: x\n' "$1" "$2" > people/x.md
	run kith show x --json
	findings=$err
	if [ -n "$findings" ]; then
		fail "empty: $1: $2" "$findings"
	elif bare < "$tmp/out" | cmp -s "$tmp/bare" -; then
		pass "empty: $1: $2"
	else
		fail "empty: $1: $2" "$(bare < "$tmp/out" | diff "$tmp/bare" -)"
	fi
}
typed='birthday cadence last_contact snooze added deceased met email phone url'
for key in $typed org title location tags aliases interests introduced_by knows dates status; do
	for value in '' '~' 'null' '""' "''" '[]' '{}' '[""]'; do
		nothing $key "$value"
	done
done
for key in $typed; do
	for value in unknown Unknown '"?"' '?' 'n/a' 'N/A' '"-"' '-'; do
		nothing $key "$value"
	done
done
nothing birthday '[null]'
nothing email '["", ""]'
nothing phone '{mobile: ""}'
nothing phone '{mobile: }'
nothing dates '{joined: ""}'
nothing dates '{joined: unknown}'
nothing deceased no
nothing deceased false
is "$(printf '%s' "$(kith set x birthday=unknown -n 2>&1 | grep -c '^+birthday: unknown')")" 0 "an unknown birthday is not written as one"

# --- dates ---
# birthday VALUE DAY: reads as that day, without a finding.
day_of() {
	printf -- '---\nname: Ada\n%s: %s\n---\n' "$1" "$2" > people/x.md
	run kith show x --json
	findings=$err
	is "$(json '$o->{dates}[0]{day}')${findings:+ $findings}" "$3" "$1: $2"
}
for value in 1990-05-04 '"[[1990-05-04]]"' '[[1990-05-04]]' '4 May 1990' 'May 4, 1990' '4 may 1990' 'May 4 1990' \
	1990.05.04 1990/05/04 19900504 '1990-05-04 10:00' '1990-05-04T00:00:00Z' '1990-05-04T00:00:00+02:00'; do
	day_of birthday "$value" 1990-05-04
done
day_of birthday 14.05.1990 1990-05-14
day_of birthday 26.11.1990 1990-11-26
day_of birthday '"[[Daily/1990-05-04]]"' 1990-05-04
for value in 'May 4' '4 May' '--05-04' '05-04' 'XXXX-05-04' '--0504'; do
	printf -- '---\nname: Ada\nbirthday: %s\n---\n' "$value" > people/x.md
	run kith show x --json
	findings=$err
	is "$(json '$o->{dates}[0]{next}')${findings:+ $findings}" 2027-05-04 "birthday: $value"
done
for value in 03/04/1990 3/4/1990; do
	printf -- '---\nname: Ada\nbirthday: %s\n---\n' "$value" > people/x.md
	run kith check
	is "$status" 1 "birthday: $value is refused"
	like "$out" '1990-03-04.*1990-04-03|1990-04-03.*1990-03-04' "with both days"
	printf -- '---\nname: Ada\n---\n' > people/x.md
	run kith set x birthday=$value --no-commit
	is "$status" 2 "kith set birthday=$value, too"
done
for value in '4 May 1990' 'May 4, 1990' 14.05.1990 1990.05.04 26.11.1990 '[[1990-05-04]]' 'May 4' '4 May' '--05-04'; do
	printf -- '---\nname: Ada\n---\n' > people/x.md
	run kith set x "birthday=$value" --no-commit
	is "$status" 0 "kith set birthday=$value"
	run kith check
	is "$status:$out" 0: "is written so that it is read"
	run kith show x --json
	like "$(json '$o->{dates}[0]{next}')" '^2027-05-(04|14)$|^2026-11-26$' "as a birthday"
done
for key in last_contact 'last contacted' lastContact; do
	for value in 14.10.2026 '[[2026-10-14]]' '14 Oct 2026' 2026.10.14; do
		printf -- '---\nname: Ada\n%s: %s\n---\n' "$key" "$value" > people/x.md
		run kith show x --json
		is "$(json '$o->{last}')$err" 2026-10-14 "$key: $value"
	done
done
# month VALUE LAST
month() {
	printf -- '---\nname: Ada\nlast_contact: %s\n---\n' "$1" > people/x.md
	run kith check
	is "$status:$out" 0: "last_contact: $1"
	run kith show x --json
	is "$(json '$o->{last}')" "$2" "is $2"
}
month 2026-03 2026-03-31
month 2026-02 2026-02-28
month 2026-11 2026-11-23
month '"2025-12"' 2025-12-31

# --- dates of one's own ---
# silent TEXT NAME: no error.
silent() {
	printf -- "---\nname: Ada\n$1\n---\n" > people/x.md
	run kith check
	is "$status:$(printf '%s\n' "$out" | grep -c error)" 0:0 "$2"
}
silent 'dates: "1914–2007"' "a span of years"
silent 'dates: 1914-2007' "with a hyphen"
silent 'dates: {life: 1914–2007}' "as a value"
silent 'dates: [born in Bath, "2019: moved"]' "texts without a date"
silent 'dates: {wedding: some day in May}' "a text as a value"
silent 'dates: {wedding: --11-25 yearly}' "yearly without a year"
silent 'dates: ["--11-25 wedding"]' "in a list"
silent 'anniversary: --11-25' "a key of its own"
for text in 'dates: {wedding: --11-25}' 'dates: ["--11-25 wedding"]' 'dates: {wedding: Nov 25}' 'anniversary: --11-25' \
	'anniversary: 2010-11-25' 'milestones: {wedding: --11-25 yearly}' 'dates: {wedding: 25.11.2010 yearly}'; do
	printf -- "---\nname: Ada\n%s\n---\n" "$text" > people/x.md
	run kith show x --json
	is "$(json '$o->{dates}[0]{next}')" 2026-11-25 "$text comes back"
done

# --- days ahead that cannot be ---
for line in 'birthday: 2027-05-04' 'born: 2026-11-24' 'last_contact: 2026-12-01' 'last contacted: 2027-01-01'; do
	printf -- '---\nname: Ada\n%s\n---\n' "$line" > people/x.md
	run kith check
	is "$status" 0 "$line is no error"
	like "$out" '^people/x.md:3:[0-9]+: warning: ' "but a warning"
	run kith show x --json
	is "$(json '$o->{last}')" - "and no contact"
done
printf -- '---\nname: Ada\nbirthday: 2026-11-23\nlast_contact: 2026-11-23\n---\n' > people/x.md
run kith check
is "$status:$out" 0: "today is none"

# --- what is after today is looked at ---
journal
contact ada.md <<'END'
---
name: Ada
birthday: 2027-01-01
last_contact: 2026-12-01
---
END
for command in check 'review --stdout' due; do
	# shellcheck disable=SC2086
	run kith $command
	like "$out$err" 'ada.md:3:11.*warning: "2027-01-01" is ahead of today' "kith $command warns of a birthday ahead"
	like "$out$err" 'ada.md:4:15.*warning: "2026-12-01" is ahead of today' "and of a last contact"
done
done_testing
