#!/bin/sh
# Who knows whom: of one, from one to another, and the whole as a graph.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'END'
---
name: Ada "Countess" \ Lovelace
tags: x
knows: {sister: "[[bob]]"}
---
## Log
- 2026-09-20 call with [[bob]] and [[cid]]: the grant
- 2026-12-20 lunch with Dan #planned
END
contact bob.md <<'END'
---
name: Bob Stone
introduced_by: "[[ada]]"
tags: x
---
## Log
- 2026-09-20 call with [[ada]] and [[cid]]: the grant
- 2026-10-01 call with [[cid]]
END
contact cid.md <<'END'
---
name: Cid
---
Speaks of [[dan|Dan]] and [[nobody]], and `[[eve]]`.
END
printf -- '---\nname: Dan\n---\n' | contact dan.md
printf -- '---\nname: Eve\nstatus: archived\n---\n' | contact eve.md
run kith graph ada
expect "of one; a meeting in two files is one" 0 <<'END'
  Bob Stone  introduced, knows, 1 talk, last 2026-09-20
  Cid        1 talk, last 2026-09-20
END
run kith graph bob
is "$(echo "$out" | head -n 1)" '  Ada "Countess" \ Lovelace  introduced by, knows, 1 talk, last 2026-09-20' "seen from the other"
is "$(echo "$out" | tail -n 1)" '  Cid                        2 talks, last 2026-10-01' "and how often"
run kith graph ada dan
expect "from one to another" 0 <<'END'
Ada "Countess" \ Lovelace
  1 talk, last 2026-09-20: Cid
  a link: Dan
END
run kith graph ada eve
is "$status:$err" "1:kith: nobody is known to lead from one to the other" "no way"
run kith graph ada ada
expect "to oneself" 0 <<'END'
Ada "Countess" \ Lovelace
END
run kith graph
expect "all ties, for eyes" 0 <<'END'
who                        whom       how
Ada "Countess" \ Lovelace  Bob Stone  introduced, knows, 1 talk, last 2026-09-20
Ada "Countess" \ Lovelace  Cid        1 talk, last 2026-09-20
Bob Stone                  Cid        2 talks, last 2026-10-01
Cid                        Dan        a link
END
run kith graph --where tag:x
is "$status:$(echo "$out" | tail -n +2)" \
	'0:Ada "Countess" \ Lovelace  Bob Stone  introduced, knows, 1 talk, last 2026-09-20' "of some"
run kith graph --where tag:nobody
is "$status:$out:$err" "0::kith: nobody is known to know another of them" "or of none"
run kith graph --dot
expect "the whole, without who is tied to nobody" 0 <<'END'
graph kith {
	node [shape=box, style=rounded, fontname="sans-serif"];
	n0 [label="Ada \"Countess\" \\ Lovelace"];
	n1 [label="Bob Stone"];
	n2 [label="Cid"];
	n3 [label="Dan"];
	n0 -- n1 [dir=forward, tooltip="introduced, knows, 1 talk, last 2026-09-20"];
	n0 -- n2 [dir=none, tooltip="1 talk, last 2026-09-20"];
	n1 -- n2 [dir=none, tooltip="2 talks, last 2026-10-01"];
	n2 -- n3 [dir=none, style=dotted, tooltip="a link"];
}
END
run kith graph --where tag:x --json
is "$(json 'map { join " ", $_->{a}, $_->{b}, $_->{introduced}, $_->{talks}, $_->{last} } @{$o->{ties}}')" \
	"ada bob ada 1 2026-09-20" "of whom a query means"
run kith graph eve
expect "of somebody who is alone" 0 <<'END'
[stderr]
kith: nobody is known to know them
END
# ---- pictures ----

if command -v dot > /dev/null; then
	run kith graph --where tag:x --format svg
	is "$status:$(grep -c '<text' "$tmp/out"):$(grep -c '^<svg' "$tmp/out")" "0:2:1" "a picture"
	run kith graph ada --format png -o "$tmp/ada.png"
	is "$status:$out:$(head -c 4 "$tmp/ada.png" | tail -c 3)" "0:wrote $tmp/ada.png:PNG" "into a file"
	run kith graph ada dan --format svg -o "$tmp/ada.png"
	is "$status:$(head -c 5 "$tmp/ada.png")" "0:<?xml" "which another picture may take the place of"
	cat > people/hostile.md <<'END'
---
name: '</text><script>x()</script> &lt;b&gt; \N\G\E "]; evil [label=x]; <![CDATA['
knows: [ada]
---
END
	run kith graph hostile --format svg
	is "$status:$(grep -c '<script\|<!\[CDATA' "$tmp/out"):$(grep -c '<text' "$tmp/out")" "0:0:2" "a name is no markup"
	like "$out" '&lt;/text&gt;&lt;script&gt;x\(\)&lt;/script&gt; &amp;lt;b&amp;gt; \\N\\G\\E &quot;\]; evil \[label=x\]; &lt;!\[CDATA\[</text>' "but is written as it is"
	rm people/hostile.md
else
	skip "pictures" "Graphviz is not there"
fi
mkdir "$tmp/bin"
with_dot() {
	printf '#!/bin/sh\n%s\n' "$1" > "$tmp/bin/dot"
	chmod +x "$tmp/bin/dot"
	shift
	run env PATH="$tmp/bin:$PATH" kith graph "$@"
}
run env PATH="$tmp/bin" "$(command -v kith)" graph --format svg
expect "without Graphviz" 1 <<'END'
[stderr]
kith: the program dot is not there: install graphviz, or take --format dot
END
with_dot 'cat > /dev/null; echo words >&2; exit 3' --format svg
expect "where it fails" 1 <<'END'
[stderr]
kith: dot could not draw it; see --format dot
END
with_dot 'kill -9 $$' --format png
is "$status" 1 "or is killed"
with_dot 'exec echo done' --format svg
is "$status:$out" "0:done" "where it does not read what it gets"
perl -e 'for my $i (1 .. 700) { open my $f, ">", "people/x$i.md" or die;
	printf $f "---\nname: %s %d\nknows: x%d\n---\n", "long " x 60, $i, $i % 700 + 1 }'
kith graph --dot > "$tmp/whole" 2> "$tmp/null"
with_dot 'exec cat' --format svg
is "$(($(wc -c < "$tmp/whole") > 200000))" 1 "a graph that no pipe holds"
ok "goes through at once, both ways" cmp "$tmp/out" "$tmp/whole"
rm people/x*.md
for mine in mine '{"my": "settings"}' '<?xml version="1.0"?><opml/>'; do
	echo "$mine" > "$tmp/mine.svg"
	run kith graph --format dot -o "$tmp/mine.svg"
	is "$status:$(cat "$tmp/mine.svg")" "1:$mine" "what is no picture is not written over"
done
run kith graph ada --format dot -o "$tmp/ada.dot"
is "$status:$(head -n 1 "$tmp/ada.dot")" "0:graph kith {" "a graph goes into a file, too"
run kith graph ada --format dot -o -
is "$status:$(echo "$out" | head -n 1):$(ls -d ./- 2> "$tmp/null")" "0:graph kith {:" \
	"- is standard output"
for words in 'ada bob cid' 'ada --where tag:x' '--where tagg:x' '--format gif' '-o x.svg' 'ada -o x.svg' \
	'--json --format svg'; do
	# shellcheck disable=SC2086
	run kith graph $words
	is "$status:$out" "2:" "kith graph $words is wrong usage"
done
done_testing
