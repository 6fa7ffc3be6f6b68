#!/bin/sh
# set, snooze, pause, resume, archive: one key's bytes change, what is wrong is refused before
# anything is written, and the commit says what happened.
. "$(dirname "$0")/lib.sh"

journal
contact grace-hopper.md <<'END'
---
# kept by hand
name: Grace Hopper
company: 'Navy'   # for now
Tags:
    - compilers
    - "#navy"
knows: ["[[ada-lovelace|Ada]]"]
shoes: 38
---
A nanosecond is a foot of wire.
END
contact ada-lovelace.md <<'END'
---
name: Ada Lovelace
---
END
contact zoe.md <<'END'
---
name: Zoë Ångström
status: prospect
---
END
commit "People"

# told NAME <<END: people differ from HEAD in these lines; then they are as before.
told() {
	git diff --no-color -U0 people | grep '^[-+]' | grep -v '^\(---\|+++\) [ab/]' > "$tmp/lines"
	cat > "$tmp/want"
	ok "$1" diff "$tmp/want" "$tmp/lines"
	git checkout -q people
}
set_() { run kith set "$@" --no-commit; }

# --- set ---
set_ grace org=Digital Equipment title=Senior Consultant
expect "old and new value; words go on with the value before" 0 <<'END'
Grace Hopper, in people/grace-hopper.md:
  org: Digital Equipment (was Navy)
  title: Senior Consultant
  formerly: Navy (until 2026)
END
told "the synonym, its quotes and the comment stay" <<'END'
-company: 'Navy'   # for now
+company: 'Digital Equipment'   # for now
+title: Senior Consultant
+formerly:
+  - Navy (until 2026)
END
set_ grace tags+=mentor tags-=navy
expect "a list" 0 <<'END'
Grace Hopper, in people/grace-hopper.md:
  tags: compilers, mentor (was compilers, navy)
END
told "in its own style" <<'END'
-    - "#navy"
+    - mentor
END
set_ grace company=
expect "a key goes" 0 <<'END'
Grace Hopper, in people/grace-hopper.md:
  org: gone (was Navy)
  formerly: Navy (until 2026)
END
told "with its line" <<'END'
-company: 'Navy'   # for now
+formerly:
+  - Navy (until 2026)
END
set_ grace introduced_by=ada birthday=1906-12-09 cadence=every 6 weeks met=last friday
expect "people, days and intervals" 0 <<'END'
Grace Hopper, in people/grace-hopper.md:
  cadence: every 6 weeks
  birthday: 1906-12-09
  met: 2026-11-20
  introduced_by: [[ada-lovelace]]
END
told "in the forms of the files" <<'END'
+introduced_by: "[[ada-lovelace]]"
+birthday: 1906-12-09
+cadence: every 6 weeks
+met: 2026-11-20
END
set_ grace knows-=lovelace
expect "a link is taken away by a name" 0 <<'END'
Grace Hopper, in people/grace-hopper.md:
  knows: gone (was [[ada-lovelace|Ada]])
END
told "as it is written" <<'END'
-knows: ["[[ada-lovelace|Ada]]"]
END
set_ grace 'knows=teacher: zoe'
told "a relation keeps its word" <<'END'
-knows: ["[[ada-lovelace|Ada]]"]
+knows: {teacher: "[[zoe]]"}
END
set_ grace shoes=39 motto='No: "never"'
expect "one's own keys" 0 <<'END'
Grace Hopper, in people/grace-hopper.md:
  motto: No: "never"
  shoes: 39 (was 38)
END
told "are quoted where they must be" <<'END'
-shoes: 38
+shoes: 39
+motto: 'No: "never"'
END
set_ grace org=Navy
expect "the same again" 0 <<'END'
nothing to change: it is so already
END
is "$(git status --porcelain)" "" "changes nothing"
for words in location= 'tags-=maths' 'location= email= tags-=maths'; do
	# shellcheck disable=SC2086
	set_ grace $words
	is "$status:$out:$(git status --porcelain)" "0:nothing to change: it is so already:" "what is not there: $words"
done
set_ grace tags+=mentor phone= tags-=maths
is "$status" 0 "and is in nobody's way"
told "who sets something else" <<'END'
+    - mentor
END
set_ grace org=Digital --json
ok "--json" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>); my $f = $o->{fields};
	die unless @$f == 2 && $f->[0]{key} eq "org" && $f->[0]{before}[0] eq "Navy"
	&& $f->[0]{after}[0] eq "Digital" && $o->{did} eq "set" && $o->{slug} eq "grace-hopper";' < "$tmp/out"
git checkout -q people
run kith set -n grace org=Digital
like "$out" "^\\+company: 'Digital'   # for now$" "--dry-run"
is "$(git status --porcelain)" "" "writes nothing"

# refused WANT WORDS...: with that status, nothing printed or written, a word of why on stderr.
refused() {
	wanted=$1 why=$2
	shift 2
	run kith set "$@"
	is "$status:$out:$(git status --porcelain)" "$wanted::" "kith set $*"
	like "$err" "$why" "says why"
}
refused 2 'kith rename grace-hopper' grace name=Grace Murray Hopper
refused 2 'kith rename' grace family=Murray
refused 2 'did you mean "birthday"' grace brithday=1906-12-09
refused 2 'is not a date' grace birthday=soon
refused 2 'did you mean "every 6 weeks"' grace cadence=every 6 weks
refused 2 'may be 3 April or 4 March' grace met=03/04/2026
refused 2 '@' grace email=nobody
refused 2 'KEY=VALUE' grace org
refused 2 'kith set grace-hopper' grace hopper org=X
refused 1 'nobody is called "babbage"' grace introduced_by=babbage
refused 1 'nobody is called' nobody org=X
refused 2 'is not a date' grace org=Digital birthday=soon
set_ grace brithday=1906-12-09 --force
told "--force takes a key that looks like a slip" <<'END'
+brithday: 1906-12-09
END

# What is wrong with a file is told at its place.
printf -- '---\nname: Twice\ntags: [a]\ntags: [b]\n---\n' > people/twice.md
run kith set twice tags+=x
is "$status:$out" "1:" "a key that stands there twice"
like "$err" '^kith: people/twice.md:4: .*a second time' "with its file and line"
printf -- '---\nname: Twice\n---\n## Log\n<!--\n' > people/twice.md
for flag in -n --no-commit; do
	run kith log twice coffee $flag
	is "$status:$out" "1:" "a comment that never closes: kith log $flag"
	like "$err" '^kith: people/twice.md:[0-9]+: ' "with its file and line"
done
rm people/twice.md

# --- snooze ---
for words in '3 weeks' 'in 3 weeks' 'dec 14' 'until dec 14' '2026-12-14' '21d'; do
	# shellcheck disable=SC2086
	run kith snooze grace $words --no-commit
	is "$status:$out" "0:no check-in with Grace Hopper before Mon 14 Dec, in 3 weeks, in people/grace-hopper.md" \
		"snooze $words"
	told "writes the day" <<'END'
+snooze: 2026-12-14
END
done
for words in yesterday today 2026-11-23 soon '0 weeks' 03/04/2027; do
	# shellcheck disable=SC2086
	run kith snooze grace $words
	is "$status:$out:$(git status --porcelain)" "2::" "snooze $words"
done
run kith snooze grace off
expect "off where there is none" 0 <<'END'
nothing to change: it is so already
END
kith snooze grace 3 weeks --no-commit > /dev/null
run kith snooze grace off --no-commit
expect "off" 0 <<'END'
Grace Hopper is not snoozed any more, in people/grace-hopper.md
END
is "$(git status --porcelain)" "" "takes it out again"

# --- pause, resume, archive ---
run kith pause grace hopper --no-commit
expect "pause" 0 <<'END'
Grace Hopper is paused, in people/grace-hopper.md
END
run kith pause grace
expect "paused already" 0 <<'END'
nothing to change: it is so already
END
run kith archive grace --no-commit
expect "archive" 0 <<'END'
Grace Hopper is archived, in people/grace-hopper.md
END
run kith resume grace --no-commit
expect "resume" 0 <<'END'
Grace Hopper is active again, in people/grace-hopper.md
END
is "$(git status --porcelain)" "" "and the file is as it was"
run kith resume grace
expect "active already" 0 <<'END'
nothing to change: it is so already
END
run kith pause zoe --no-commit
expect "a status of one's own is told" 0 <<'END'
Zoë Ångström is paused (status was prospect), in people/zoe.md
END
git checkout -q people
kith set zoe status=deceased --no-commit > /dev/null
for command in pause resume archive; do
	run kith $command zoe
	is "$status:$out" "1:" "$command of somebody who is dead"
	like "$err" 'kith set zoe status=' "is no slip of the hand"
done
git checkout -q people

# --- commits ---
message() { git log -1 --format='%s|%(trailers:key=Kith,valueonly,separator=%x2C)'; }
run kith set grace org=Digital
is "$status:$err" "0:" "set commits"
is "$(message)" "Grace Hopper is now at Digital|set grace-hopper" "its message"
kith snooze grace 3 weeks > /dev/null
is "$(message)" "Snooze Grace Hopper until 2026-12-14|snooze grace-hopper" "snooze's"
kith pause grace > /dev/null
is "$(message)" "Pause Grace Hopper|pause grace-hopper" "pause's"
kith resume grace > /dev/null
is "$(message)" "Resume Grace Hopper|resume grace-hopper" "resume's"
kith archive grace -m 'Out of sight' > /dev/null
is "$(message)" "Out of sight|archive grace-hopper" "-m"
is "$(git status --porcelain):$(git log --oneline | wc -l)" ":7" "one commit each, and nothing left"
# --- synonyms that say something of their own: set by their name, and text where they are text ---
journal
contact ada.md <<'END'
---
name: Ada
phone: "+44 1"
url: https://a.example
last interaction: coffee at the pub
---
END
commit "A person"

run kith set ada mobile=+442 linkedin=https://l.example/ada
is "$status $(changed_lines)" '0 +mobile: "+442"
+linkedin: https://l.example/ada' "a mobile and a profile stand beside the phone and the page"
run kith show ada
like "$out" 'phone +\+44 1, \+442 \(mobile\)$' "both phones are shown"
like "$out" 'url +https://a.example, https://l.example/ada \(linkedin\)$' "and both addresses"
run kith set ada phone=+443
is "$(changed_lines)" '-phone: "+44 1"
+phone: "+443"' "another phone leaves the mobile"
run kith set ada mobile=
is "$(changed_lines)" '-mobile: "+442"' "which goes by its own name"

# --- a synonym that holds no date ---
run kith set ada last_contact=2026-11-01
is "$(changed_lines)" "+last_contact: 2026-11-01" "a text that a synonym holds is not written over"
run kith show ada
like "$out" 'last interaction: coffee at the pub' "it is a key of one's own"
like "$out" 'last +2026-11-01' "and the day counts"
# --- what org and title replace ---
# kept NAME FORMERLY WORDS...: what stands under `formerly` after setting these, one a line.
kept() {
	name=$1 want=$2
	shift 2
	run kith set tom "$@" --no-commit
	run kith show tom --json
	is "$(json '@{$o->{formerly}}')" "$want" "$name"
}
post() {
	contact tom.md <<END
---
name: Tom
$1
---
END
}
post 'org: Navy
title: Commander'
kept "a new post keeps the old one" "Commander, Navy (until 2026)" org=Digital title=Senior Consultant
is "$(sed -n '/^formerly/,/^---/p' people/tom.md)" 'formerly:
  - Commander, Navy (until 2026)
---' "in the file, as a list"
kept "the same again changes nothing" "Commander, Navy (until 2026)" org=digital
post 'org: Navy
title: Commander'
kept "the org alone" "Commander, Navy (until 2026)" org=Digital
kept "and the title after it is the same change" "Commander, Navy (until 2026)" title=Admiral
kept "but another title is another one" "Commander, Navy (until 2026)
Admiral, Digital (2026)" title=Chief
kept "what ended since the journal began is followed by this one" "Commander, Navy (until 2026)
Admiral, Digital (2026)
Chief, Digital (2026–2027)" --today 2027-03-01 org=
post 'org: [Navy, Yale]
title: Commander'
kept "one of two organisations" "Yale (until 2026)" org-=Yale
kept "another one more ends none" "Yale (until 2026)" org+=Bell
post 'company: Navy
missions: Ensign, Yale (1930-1943)'
kept "under the file's own keys; what is older than the journal is no start" "Ensign, Yale (1930-1943)
Navy (until 2026)" company=Digital
post 'org: Navy'
kept "what is told of it in the same breath counts" "Dean, Yale (2001)" org=Digital 'formerly=Dean, Yale (2001)'
post 'location: Bath'
kept "nothing was there before" "" org=Digital
printf 'version: 1\nformerly: off\n' > kith.yaml
post 'org: Navy'
kept "formerly: off" "" org=Digital
git checkout -q kith.yaml
post 'formerly:
  - {title: Dean, employer: Yale, start: 1999-09, end: 2004}
  - {role: Ensign, org: "[[navy|Navy]]", end: 1943}
  - Clerk'
kept "posts as maps are read" "Dean, Yale (1999–2004)
Ensign, Navy (until 1943)
Clerk" location=Bath
run kith show tom
like "$out" '^  formerly +Dean, Yale .1999.2004.,? Ensign' "and shown"
post 'org: Navy
title: Commander'
commit "Tom"
run kith set tom org=Digital title=Admiral
is "$(git log -1 --format=%s)" "Tom is now Admiral at Digital" "the commit tells what is new alone"
like "$out" '^  formerly: Commander, Navy .until 2026.$' "the report all of it"

# One label of a key.
labelled() {
	printf -- '---\nname: T\n%b\n---\n' "$1" > people/t.md
	label_want=$2
	shift 2
	run kith set t --no-commit "$@"
	is "$(sed '1,2d; $d' people/t.md)" "$label_want" "$*"
}
labelled 'phone: {mobile: "1", work: 2} # x' 'phone: {mobile: "3", work: 2} # x' phone.mobile=3
labelled 'tel:\n  Mobile: [5, 6] # x\n  home: 6' 'tel:
  Mobile: 34 # x
  home: 6' phone.mobile=34
labelled 'tel:\n  mobile: [5, 6]\n  home: 6' 'tel:
  mobile: [6]
  home: 6' phone.mobile-=5
labelled 'tel:\n  mobile: [5, 6]\n  home: 6' 'tel:
  home: 6' phone.mobile=
labelled 'phone: {mobile: 1}' 'phone: {mobile: [1, 2], car: 3}' phone.mobile+=2 phone.car=3
labelled 'phone: 12' 'phone: [12, mobile 34]' phone.mobile=34
labelled 'a: 1' 'a: 1
phone: {mobile: 34}' phone.mobile=34
labelled 'knows: {sister: "[[ada]]"}' 'knows: {sister: "[[eve]]"}' knows.sister=eve
labelled 'phone: [12, mobile 56]' 'phone: [12, mobile 56]' phone.mobile=34
like "$err" 'phone holds no map of labels here; `phone-=` and `phone.=` change one of its values' "a list of texts is not guessed at"
labelled 'email: {work: a@b}' 'email: {work: a@b}' email.work=nono
is "$status" 2 "values are checked"
labelled 'a: 1' 'a: 1' phone.=3
is "$status" 2 "a label is needed"
labelled 'bio: x' 'bio: see x.y=3' bio=see x.y=3

journal
printf '%s\n' 'formerly: off' >> kith.yaml
printf '%s\n' '---' 'EMAIL[HOME]: ada@x.example' '---' '# Ada Lovelace' 'birthday:: 1984-11-26' \
	'org:: [[Engines]]' '' '| Key | Value |' '| --- | --- |' '| Phone | 020 55501 |' '' \
	'- **City**: Bath' '- tags:: maths, looms' '- Birthday: a day in spring' | contact ada.md
cp people/ada.md "$tmp/ada"
commit "Ada"
run kith set ada birthday=1984-11-27 org=Mills phone+=020 55502 city= tags+=chess tags-=maths \
	'EMAIL[HOME]=ada@y.example'
is "$status" 0 "fields in the text are set"
is "$(changed_lines)" "-EMAIL[HOME]: ada@x.example
+EMAIL[HOME]: ada@y.example
-birthday:: 1984-11-26
-org:: [[Engines]]
+birthday:: 1984-11-27
+org:: Mills
+| Phone | 020 55502 |
-- **City**: Bath
-- tags:: maths, looms
+- tags:: looms, chess" "where they stand, and nothing else"
run kith undo
ok "undo gives the first bytes" cmp -s people/ada.md "$tmp/ada"
run kith set ada timezone=Europe/London
is "$(changed_lines)" "+timezone: Europe/London" "what does not stand there goes into the front matter"
printf '%s\n' '---' 'title: Bob Stone' '---' | contact bob-stone.md
commit "Bob"
run kith set bob title=Engineer
is "$(sed -n '2,3p' people/bob-stone.md)" "title: Bob Stone
role: Engineer" "a title that is the name by the file's is left alone"
done_testing
