#!/bin/sh
# What a merge kept for both sides is told until somebody settles it: values under `merged`, two
# versions of a paragraph with a comment between. What it could not read is nobody's. Somebody who
# was added on two machines, under two names, may be one.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'END'
---
name: Ada Lovelace
title: CTO
org: Engines
phone: {mobile: "+44 1", work: "+44 9"}
merged: {title: [COO, Head of O'Neil], phone.mobile: ["+44 2"], address: [{a: b}], name: [Ada King]}
---
She runs on tea.
<!-- kith: both kept by a merge -->
She runs on coffee.
END
commit "Merge"
run kith check
expect "each value and comment, with the command that settles it" 0 <<'END'
people/ada.md:6:18: warning: for title a merge also kept "COO": `kith set ada title=COO` takes it, `kith set ada merged-=title` leaves it [kept]
people/ada.md:6:23: warning: for title a merge also kept "Head of O'Neil": `kith set ada "title=Head of O'Neil"` takes it, `kith set ada merged-=title` leaves it [kept]
people/ada.md:6:55: warning: for phone.mobile a merge also kept "+44 2": `kith set ada phone.mobile=+44 2` takes it, `kith set ada merged-=phone.mobile` leaves it [kept]
people/ada.md:6:75: warning: for address a merge also kept "{a: b}": write it in where it is right, and then `kith set ada merged-=address` [kept]
people/ada.md:6:91: warning: for name a merge also kept "Ada King": write it in where it is right, and then `kith set ada merged-=name` [kept]
people/ada.md:9:1: warning: a merge kept here what both sides said; mend it, and delete this comment [kept]
END
run kith review --stdout
like "$out" '^## Needs a look' "the review has them"
like "$out" 'ada.md:6:18.*warning: for title a merge also kept .*kith set ada title=COO' "with the command"
like "$out" 'ada.md:9:1.*a merge kept here what both sides said' "and the comment"
run kith show ada
like "$out" '^  merged +COO .title., Head of O.Neil .title., \+44 2 .phone.mobile.' "a person's page shows it"
run kith show ada --json
like "$out" '"merged": \[' "as JSON, too"

run kith set ada title=COO
expect "what is chosen is written, all for that key goes, and it is no new post" 0 <<END
Ada Lovelace, in people/ada.md:
  title: COO (was CTO)
  merged: phone.mobile: +44 2, address: {a: b}, name: Ada King (was title: COO, title: Head of O'Neil, phone.mobile: +44 2, address: {a: b}, name: Ada King)
committed $(git rev-parse HEAD | cut -c1-10)
END
is "$(git log -1 --format=%s)" "Ada Lovelace is now COO; Settle what a merge kept of Ada Lovelace" "the commit says so"
run kith set ada org=Digital
like "$(grep merged people/ada.md)" 'phone.mobile: ."\+44 2".' "another key settles nothing"
run kith set ada phone.work=+44 8
is "$(grep -E 'phone' people/ada.md | head -n 1)" 'phone: {mobile: "+44 1", work: "+44 8"}' "one label is set alone"
like "$(grep merged people/ada.md)" 'phone.mobile' "and settles no other"
run kith set ada tel.mobile=+44 2
is "$(grep -E 'phone|merged' people/ada.md)" 'phone: {mobile: "+44 2", work: "+44 8"}
merged: {address: [{a: b}], name: [Ada King]}' "by its label, it takes the other's place"
run kith undo
run kith set ada 'phone+=mobile +44 2'
is "$(grep -E 'phone|merged' people/ada.md)" 'phone: {mobile: ["+44 1", "+44 2"], work: "+44 8"}
merged: {address: [{a: b}], name: [Ada King]}' "one added beside is settled"
run kith set ada merged-=address
is "$(grep merged people/ada.md)" 'merged: {name: [Ada King]}' "left, it goes alone"
run kith set ada merged-=name
is "$(grep merged: people/ada.md)" "" "and the map with the last one"
run kith undo
is "$(grep merged: people/ada.md)" 'merged: {name: [Ada King]}' "undo brings it back"
contact bob.md <<'END'
---
merged: by hand
merged_values: {title: [CEO]}
title: CTO
---
END
commit "Bob"
run kith check
like "$out" '^people/bob.md:3:25: warning: for title a merge also kept "CEO"' "merged_values, where merged is one's own"
unlike "$out" 'bob.md:2' "which stays one's own"
run kith set bob title=CEO
is "$(cat people/bob.md)" "---
merged: by hand
title: CEO
---" "and is settled as well"

mkdir -p reviews && printf '# Week\n- call\n<!-- kith: both kept by a merge -->\n- ring\n' > reviews/2026-W47.md
run kith check
like "$out" '^reviews/2026-W47.md:3:1: warning: a merge kept here' "in a review's page, too"

echo 'merged: {cadence_default: [rare], reviews: [weeks]}' >> kith.yaml
run kith check
is "$status" 0 "kith.yaml knows it"
number=$(grep -n '^merged' kith.yaml | cut -d: -f1)
like "$out" "^kith.yaml:$number:10: warning: for cadence_default a merge also kept \"rare\", and nothing is said of it now: write what is right, and then take cadence_default in this line out" "and says where it is settled"
printf 'since: 2026-01-05\ncadence_default: light\nreview: {late: 1 week}\nmerged:\n  cadence_default: [close]\n  review.late: [2 weeks]\n' > kith.yaml
run kith check
like "$out" '^kith.yaml:5:3: warning: for cadence_default a merge also kept "close", and line 2 has the one that holds: write what is right, and then take this line out' "with both lines"
like "$out" '^kith.yaml:6:3: warning: for review.late a merge also kept "2 weeks", and line 3 has' "of a setting in a map, too"
sed -i '4,5d; s/light/close/' kith.yaml && sed -i '/review.late/d' kith.yaml
run kith check
unlike "$out" 'a merge also kept .* line' "settled so, it is told no more"

printf 'people: .\n' > kith.yaml
mkdir conflicts && echo "x: [" > conflicts/eve.md
run kith check -v
like "$out" '^conflicts/: passed over: what a merge could not read' "conflicts/ is passed over"
like "$out" '^conflicts/eve.md: warning: a merge could not read it.* \[conflicts\]$' "what is in it is told"
cd "$tmp/work" && mkdir twins && cd twins && git init -q && echo 'people: people' > kith.yaml && mkdir people
person() {
	printf -- '---\nname: %s\n%b\n---\n' "$2" "$3" > "people/$1.md"
}
person ada "Ada Lovelace" 'email: ada@x.example\nphone: +44 7700 900123'
person ada-king "Ada King" 'phone: [1, 07700 900123]\nemail: [a@b.example, Ada@X.example]'
person countess "Countess" 'aliases: [ada lovelace]\nknows: bob'
person bob "Bob" 'email: bob@x.example'
person eve "Eve" 'email: bob@x.example\nknows: [[bob]]'
for i in 1 2 3 4 5; do person "s$i" "Shop $i" 'phone: 030 1234567'; done
for i in 1 2; do person "m$i" "Mother $i" 'aliases: [mum]\nphone: 4711'; done
run kith check twins
expect "the same name, e-mail or number, but for those who know each other, and what many share" 0 <<'END'
people/ada.md:3:8: hint: people/ada-king.md has the same e-mail; if they are one, `kith merge ada-king ada`, and if not, `knows` in one of them says so [twins]
people/countess.md:3:11: hint: people/ada.md has the same name; if they are one, `kith merge ada countess`, and if not, `knows` in one of them says so [twins]
END
run kith list
is "$err" "" "only check asks"
done_testing
