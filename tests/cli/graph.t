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
if command -v dot > /dev/null; then
	ok "Graphviz takes it" sh -c 'kith graph | dot -Tsvg > /dev/null'
fi
run kith graph --where tag:x --json
is "$(json 'map { join " ", $_->{a}, $_->{b}, $_->{introduced}, $_->{talks}, $_->{last} } @{$o->{ties}}')" \
	"ada bob ada 1 2026-09-20" "of whom a query means"
run kith graph eve
expect "of somebody who is alone" 0 <<'END'
[stderr]
kith: nobody is known to know them
END
for words in 'ada bob cid' 'ada --where tag:x' '--where tagg:x'; do
	# shellcheck disable=SC2086
	run kith graph $words
	is "$status:$out" "2:" "kith graph $words is wrong usage"
done
done_testing
