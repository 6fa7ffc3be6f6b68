#!/bin/sh
# The front matter as people have it: where it begins, and what nobody sees in it.
. "$(dirname "$0")/lib.sh"

journal
commit "A journal"

# --- where it begins ---
# begins TEXT NAME: with this before its keys, the front matter is read, and set in its place.
begins() {
	printf -- "$1"'name: Ada Lovelace\norg: Engines\n---\nText.\n' > people/x.md
	commit "$2"
	run kith check
	is "$status:$out" 0: "$2: no finding"
	run kith set x org=Navy
	is "$status $(changed_lines)" "0 -org: Engines
+org: Navy" "$2: a key is set where it stands"
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

# Text that only begins like one.
for text in '{braces} begin the text\n' '+ one\n+ two\n' 'no front matter\n---\n'; do
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

done_testing
