#!/bin/sh
# Who is meant by a query: on the command line, in kith.yaml and in the help, whose examples
# are tried here; what a slip is told; and the formats in which people are listed.
. "$(dirname "$0")/lib.sh"

journal
cat >> kith.yaml <<'END'
queries: {mentors: "tag:mentor last:..3mo"}
END
contact ada.md <<'END'
---
name: Ada Lovelace
aliases: Countess
org: Analytical Engines
location: London
tags: [mentor, maths]
email: [ada@engines.example, "a,\"b\"@x.example"]
birthday: 1984-12-10
met: 2026-03-02
introduced_by: "[[grace]]"
hobby: sailing
cadence: 6 weeks
---
## Log
- 2026-02-20 lunch: the gray slides, over noodles
END
contact grace.md <<'END'
---
name: Grace Hopper
formerly: Digital (1970–1986)
tags: friend
interests: climbing
cadence: none
---
## Log
- 2026-11-20 call: Acme, again
END
contact old.md <<'END'
---
name: Old Friend
org: Acme
tags: mentor
status: archived
birthday: 1950-01-02
---
END
contact xu.md <<'END'
---
name: "\e[31mXu\e[0m, \"Q\""
email: xu@x.example
---
END

# --- words, as they are typed ---
names() { kith list --format plain --columns slug "$@" | paste -sd' ' -; }
is "$(names)" "xu ada grace" "everybody who is active"
is "$(names LOVELACE)" "ada" "a word"
is "$(names 'org:Analytical Engines')" "ada" "an argument with a blank is one value"
is "$(names org:"Analytical Engines" countess)" "ada" "whatever quotes the shell took"
is "$(names 'tag:mentor last:..3mo')" "ada" "a whole query in one argument"
is "$(names -- -tag:mentor)" "xu grace" "- is not"
is "$(names tag:mentor or tag:friend)" "ada grace" "or, with nobody archived"
is "$(names not tag:friend or is:archived)" "xu ada old" "unless a status is asked for"
is "$(names --all tag:mentor)" "ada old" "--all"
is "$(names --tag mentor --tag maths)" "ada" "--tag"
is "$(names --tag mentor ada or grace)" "ada" "--tag of all that is asked for"
is "$(names query:mentors)" "ada" "a query of kith.yaml"
run kith list tag:mentor
expect "who is left out is told" 0 <<'END'
name          role, organisation  last        due         tags
Ada Lovelace  Analytical Engines  2026-02-20  2026-03-09  mentor, maths
[stderr]
kith: 1 more is paused, archived or deceased; --all lists them too
END
run kith list zzz
expect "nobody" 0 <<'END'
[stderr]
kith: nobody fits
END
run kith list --explain query:mentors or not has:email sort:-last
expect "--explain" 0 <<'END'
one of
  all of
    has the tag mentor
    the last contact: until 2026-08-22
  not
    has the e-mail
sorted by last, the last first
END

# --- a slip ---
run kith list ada "tagg:mentor"
expect "an unknown key" 2 <<'END'
[stderr]
kith: list: there is no key "tagg" (did you mean "tag"?)
  ada tagg:mentor
      ^
See: kith help query
END
run kith list "$(printf 'name:\033[31mada is:\303\251')"
is "$status:$out" "2:" "what is shown of a query"
unlike "$err" "$(printf '\033')" "has no escapes"
run kith list "$(head -c 3000 /dev/zero | tr '\0' 'a') (ada"
is "$status" 2 "a long one"
like "$err" '^  a{39} \(ada$' "is shown where it is wrong"
for words in '"ada' '(ada' 'ada)' '/ad[a/' '/(a*)*' 'last:2026-02-30' 'last:soon' 'is:pausd' 'limit:many' \
	'sort:nothing' 'query:none' 'has:nothing' 'cadence:often' 'ada or' 'not' '*' 'tag:'; do
	run kith list "$words"
	is "$status:$out" "2:" "kith list $words is wrong usage"
	like "$err" '^  +\^$' "with its place"
done
run kith list '/(a*)*b(c|d)*$/ or /(x+x+)+y/'
is "$status" 0 "an expression that makes others go back for ever"
limited=$(kith list "/(.*,){30}P/" "/((a{1,9}){1,9}){1,9}/" 2>&1)
like "$limited" 'nobody fits|too large' "one that counts"

# --- queries of kith.yaml ---
cp kith.yaml "$tmp/kept"
cat >> kith.yaml <<'END'
# one more
cadences: {close: 3 weeks}
END
sed -i 's/^queries: .*/queries: {mentors: "tag:mentor is:pausd", ring: "query:ring", fine: cadence:close}/' kith.yaml
run kith check
expect "check tells what is wrong in them, at its place" 1 <<END
kith.yaml:$(grep -n ^queries kith.yaml | cut -d: -f1):35: error: is: cannot be "pausd" (did you mean "paused"?) [queries]
kith.yaml:$(grep -n ^queries kith.yaml | cut -d: -f1):56: error: in the query "ring" of kith.yaml: the query "ring" leads back to itself [queries]
END
cp "$tmp/kept" kith.yaml

# --- columns and formats ---
run kith list ada --columns name,email,via,hobby,birthday
expect "columns" 0 <<'END'
name          email                                 via           hobby    birthday
Ada Lovelace  ada@engines.example, a,"b"@x.example  Grace Hopper  sailing  1984-12-10
END
run kith list --format csv --columns name,email ada or xu
expect "csv" 0 <<'END'
name,email
"[31mXu[0m, ""Q""",xu@x.example
Ada Lovelace,"ada@engines.example, a,""b""@x.example"
END
run kith list --format tsv --columns slug,last sort:last
is "$out" "$(printf 'slug\tlast\nada\t2026-02-20\ngrace\t2026-11-20\nxu\t')" "tsv"
run kith list --format ndjson --columns slug,email,last
expect "ndjson: an object a line" 0 <<'END'
{"slug":"xu","email":["xu@x.example"],"last":null}
{"slug":"ada","email":["ada@engines.example","a,\"b\"@x.example"],"last":"2026-02-20"}
{"slug":"grace","email":[],"last":"2026-11-20"}
{"slug":"old","email":[],"last":null}
END
kith list --json > "$tmp/json"
run kith list --format json
ok "--json is --format json" cmp "$tmp/json" "$tmp/out"
run kith list --format xml
is "$status" 2 "another format"
for columns in '' is nothing name,,last "$(yes name | head -17 | paste -sd, -)"; do
	run kith list --columns "$columns"
	is "$status:$out" "2:" "--columns $columns"
done
printf '{{#people}}{{name}}: {{#email}}<{{.}}>{{/email}}\n{{/people}}' > "$tmp/list.txt"
run kith list ada --template "$tmp/list.txt"
is "$out" 'Ada Lovelace: <ada@engines.example><a,"b"@x.example>' "a template"
printf '{{#people}}' > "$tmp/bad.txt"
run kith list --template "$tmp/bad.txt"
is "$status:$out" "1:" "a template that is none"
for width in 1 20 80 200; do
	run env COLUMNS=$width kith list --columns name,org,email,via
	is "$status" 0 "in $width columns"
done
run env COLUMNS=80 kith list --columns name,email
unlike "$out" "$(printf '\033')" "no escapes"

# --- due and todo ---
cat >> people/ada.md <<'END'

## Next
- [ ] send her the paper  (due:: 2026-11-30)
- [ ] #waiting her slides  (due:: 2026-12-30)
END
printf -- '\n## Next\n- [ ] the compiler  (due:: 2026-11-29)\n' >> people/old.md
run kith due in:london
like "$out" '^Ada Lovelace' "due: who fits"
run kith due org:acme
expect "and nobody else; what is promised stays" 0 <<'END'
Dates, plans and promises
Sun 29 Nov  Old Friend  you promised: the compiler
END
run kith todo tag:mentor due:..1w
expect "todo: due: is the task's day" 0 <<'END'
Promised
  1  in 6 days  Old Friend    the compiler
  1  in 7 days  Ada Lovelace  send her the paper
END
run kith todo tag:mentor limit:1
is "$(echo "$out" | wc -l)" 2 "limit: counts what is listed"
run kith todo countess
is "$(echo "$out" | sed -n 2p)" "  1  in 7 days  send her the paper" "a person's name is that person"
run kith todo acme or engines
is "$(echo "$out" | grep -c 'Old\|Ada')" 3 "words that several have are all of them"
run kith todo nobody
is "$status" 1 "nobody"
like "$err" 'nobody is called "nobody"' "is told as a name"
run kith todo tag:nobody
is "$status:$err" "0:kith: nobody fits" "and as a query"
for words in 'todo sort:last' 'due sort:last' 'due "x' 'todo is:x'; do
	# shellcheck disable=SC2086
	run kith $words
	is "$status:$out" "2:" "kith $words is wrong usage"
done
sed -i '/^## Next/,$d' people/old.md people/ada.md

# --- the help: each example is understood, and finds somebody ---
kith help query | sed -n 's/^  \(kith .*\)/\1/p' > "$tmp/examples"
ok "there are examples" test "$(wc -l < "$tmp/examples")" -gt 25
while read -r line; do
	run sh -c "$line"
	is "$status" 0 "$line"
	case $line in
	*dormant* | *:3mo..* | *due:* | *2025* | *cadence:none* | *sort:* | *not\ * | *tag:friend*) ;;
	*:*) like "$out" 'Ada|Grace' "finds somebody" ;;
	esac
done < "$tmp/examples"
done_testing
