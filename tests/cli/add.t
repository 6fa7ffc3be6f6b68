#!/bin/sh
# add and met: a new person's file, its place, who is there already, and the commit.
. "$(dirname "$0")/lib.sh"

# added FILE NAME <<END: its bytes, but for the day it was added, which stands in its front matter.
added() {
	cat > "$tmp/want"
	is "$(grep -c '^added: 2026-11-23$' "$1")" 1 "$2: the day it was added"
	sed '/^added: 2026-11-23$/d' "$1" > "$tmp/rest"
	ok "$2" diff "$tmp/want" "$tmp/rest"
}
# holds FILE NAME <<END: its bytes.
holds() {
	cat > "$tmp/want"
	ok "$2" diff "$tmp/want" "$1"
}
# like `then: ...` but for the slug.
then_() { echo "then: kith log $1 TEXT, kith set $1 KEY=VALUE, kith edit $1"; }

journal
contact ada-lovelace.md <<'END'
---
name: Ada Lovelace
aliases: [Countess]
email: Ada@analytical.example
phone: {mobile: "+44 7700 900123"}
met: 2024-03-02
---
END
contact grace-hopper.md <<'END'
---
name: Grace Hopper
---
END
commit "People"

# --- add ---
run kith add Michael Faraday org=Royal Institution title=Professor tags=physics,candles cadence=close --no-commit
expect "add" 0 <<END
added Michael Faraday, in people/michael-faraday.md
next check-in: 2026-12-05, in 12 days
$(then_ michael-faraday)
END
added people/michael-faraday.md "the file" <<'END'
---
name: Michael Faraday
org: Royal Institution
title: Professor
tags: [physics, candles]
cadence: close
---
END
run kith add '#1: "Łukasz" Żółć' --no-commit
added people/1-lukasz-zolc.md "a name that YAML must have in quotes" <<'END'
---
name: '#1: "Łukasz" Żółć'
---
END
run kith add -n Mary Somerville introduced_by=ada 'knows=pupil: ada'
is "$status $(sed '/^+added: 2026-11-23$/d; s/^@@ .*/@@/' "$tmp/out")" '0 diff --git a/people/mary-somerville.md b/people/mary-somerville.md
new file mode 100644
--- /dev/null
+++ b/people/mary-somerville.md
@@
+---
+name: Mary Somerville
+introduced_by: "[[ada-lovelace]]"
+knows: {pupil: "[[ada-lovelace]]"}
+---' "--dry-run; people become links"
ok "writes nothing" test ! -e people/mary-somerville.md
run kith add Mary Somerville --json --no-commit
ok "--json" perl -MJSON::PP -e 'local $/; my $o = decode_json(<STDIN>); die unless $o->{did} eq "add"
	&& $o->{slug} eq "mary-somerville" && $o->{path} eq "people/mary-somerville.md" && $o->{changed};' < "$tmp/out"

# --- who is there already ---
rm -f people/m* people/1*
for words in 'Ada Lovelace' 'ADA  LOVELACE' 'Countess' 'X aliases=Ada Lovelace' 'X email=ada@ANALYTICAL.example' \
	'X phone=07700 900123' 'X phone=0044-7700-900-123' 'X phone=mobile +44 7700 900123'; do
	# shellcheck disable=SC2086
	run kith add $words
	is "$status:$out:$(git status --porcelain)" "1::" "kith add $words"
	like "$err" '^  Ada Lovelace  people/ada-lovelace.md  the same (name|e-mail|phone)' "shows her"
done
for words in 'Ada' 'X phone=900124' 'X phone=+44 7700 900124' 'X email=a@b.example'; do
	# shellcheck disable=SC2086
	run kith add $words -n
	is "$status" 0 "kith add $words is another"
done
run kith add Ada Lovelace --force --no-commit
like "$out" '^added Ada Lovelace, in people/ada-lovelace-2.md$' "--force takes the next file name"
run kith add Ada Lovelace --force --no-commit
like "$out" 'people/ada-lovelace-3.md$' "and the next"
run kith add Ada Lovelace --slug ada-of-bath --no-commit
like "$out" 'in people/ada-of-bath.md$' "--slug"
run kith add Ada Lovelace --slug ADA-lovelace
is "$status:$out" "1:" "a slug that is taken, but for case"
rm -f people/ada-lovelace-[23].md people/ada-of-bath.md
mkdir -p people/old && mv people/grace-hopper.md people/old/
run kith add Grace Brewster --slug grace-hopper
is "$status" 1 "in a subfolder as well"
mv people/old/grace-hopper.md people/
for slug in ../x .x 'a/b' '' 'a]]b' 'a#b' "$(printf 'a\tb')"; do
	run kith add Xaver --slug "$slug"
	is "$status:$out:$(git status --porcelain)" "2::" "--slug '$slug'"
done
for words in 'org=X' 'X name=Y' 'X email=nope' 'X cadence=6 weks' 'X brithday=1984-11-26' '  '; do
	# shellcheck disable=SC2086
	run kith add $words
	is "$status:$out:$(git status --porcelain)" "2::" "kith add $words is wrong usage"
done
run kith add X introduced_by=nobody
is "$status" 1 "introduced by nobody"

# --- names that make one slug ---
run kith add .. --no-commit
like "$out" 'in people/contact.md$' "a name without letters"
run kith add 🎉 --no-commit
like "$out" 'in people/contact-2.md$' "and another one"
contact bob.md <<'END'
---
name: Robert Stone
---
END
run kith add Bob --no-commit
like "$out" 'in people/bob-2.md$' "a slug of somebody with another name"
run kith add Łukasz Żółć --no-commit
run kith add 'Lukasz, Zolc' --no-commit
is "$status:$out" "1:" "a name that makes the same slug may be the same person"
like "$err" '^kith: people/lukasz-zolc.md is there already.*--force.*--slug|^  Łukasz Żółć' "which is said"
git clean -qf people

# --- met ---
run kith met Emmy Noether yesterday at the ACM dinner via ada org=Göttingen --no-commit
expect "met" 0 <<END
added Emmy Noether, met 2026-11-22 at the ACM dinner, in people/emmy-noether.md
next check-in: 2026-11-29, in 6 days
$(then_ emmy-noether)
END
holds people/emmy-noether.md "the file" <<'END'
---
name: Emmy Noether
met: 2026-11-22 at the ACM dinner
introduced_by: "[[ada-lovelace]]"
org: Göttingen
---
END
rm people/emmy-noether.md
# met WORDS = NAME | MET: what the new file says.
met() {
	want=$1
	shift
	run kith met "$@" -n
	is "$(sed -n 's/^+\(name\|met\|introduced_by\): //p' "$tmp/out" | tr '\n' '|')" "$want" "kith met $*"
}
met 'Bo|2026-11-23|' Bo
met 'Bo|2026-11-20|' Bo last friday
met 'Bo Diddley|2026-11-09|' Bo Diddley 2 weeks ago
met 'Bo|2026-11-23 at a bar at noon via Rome|' Bo 'at' a bar 'at' noon 'via Rome' 2>/dev/null
met 'Bo|2026-11-23 at a bar|"[[ada-lovelace]]"|' Bo via ada at a bar
met 'Bo|2026-03-02 at a bar via the back door|"[[ada-lovelace]]"|' Bo 2 mar 2026 at a bar via the back door via ada lovelace
met 'Ming Sun|2026-11-22|' 'Ming Sun' sunday
for words in 'Ming Sun' 'Bo tomorrow' 'Bo 2027-01-01' 'Bo 2026-02-30' 'Bo 03/04/2026' 'Bo at' 'Bo via' 'Bo met=2026-01-01' \
	'Bo via ada introduced_by=grace' 'org=X'; do
	# shellcheck disable=SC2086
	run kith met $words
	is "$status:$out:$(git status --porcelain)" "2::" "kith met $words is wrong usage"
done
run kith met Ming Sun
like "$err" 'kith met "Ming Sun"$' "both writings are shown"
run kith met Grace Hopper at the ACM dinner
is "$status" 1 "somebody who is there, and has no met"
like "$err" 'kith set grace-hopper .?met=2026-11-23 at the ACM dinner' "gets one so"
run kith met Ada Lovelace
unlike "$err" 'kith set' "one who has it does not"

# --- settings and templates ---
mkdir templates
cat > templates/contact.md <<'END'
---
name: {{{yaml}}}
cadence: light
added: {{today}}
---
# {{name}}

## Log
END
kith add 'A*b Co: x' org=Royal --no-commit > /dev/null
holds people/a-b-co-x.md "a template of one's own" <<'END'
---
name: "A*b Co: x"
cadence: light
added: 2026-11-23
org: Royal
---
# A\*b Co: x

## Log
END
printf -- '---\nname: Somebody\n---\n' > templates/contact.md
run kith add Cee
is "$status:$out" "1:" "one that makes somebody else"
like "$err" 'templates/contact.md' "is told"
rm -r templates people/a-b-co-x.md
cat >> kith.yaml <<'END'
people: [folk, people]
file_names: name
only: {type: person, tag: friends}
END
run kith add 'Dee / [Dum]' tags=twins --no-commit
added 'folk/Dee - -Dum-.md' "file_names: name, the first folder, and what only asks for" <<'END'
---
name: Dee / [Dum]
tags: [twins, friends]
type: person
---
END
git checkout -q . && rm -r folk

# --- commits ---
message() { git log -1 --format='%s|%(trailers:key=Kith,valueonly,separator=%x2C)'; }
run kith add Michael Faraday org=Royal Institution
is "$status:$err" "0:" "add commits"
is "$(message)" "Add Michael Faraday|add michael-faraday" "its message"
run kith met Emmy Noether via michael
is "$(message)" "Add Emmy Noether|met emmy-noether" "met's"
is "$(git status --porcelain):$(git log --oneline | wc -l)" ":4" "one commit each, and nothing left"
done_testing
