#!/bin/sh
# What notes and entries say: what is found, in which order, and where; for eyes, editors, pipes.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'END'
---
name: Ada Zółć
tags: mentor
org: grant
---
She spoke of a Grant, and
of granting wishes to Łukasz.

- the “gray” paper

## Log
- 2026-02-20 lunch: the grants
- 2026-09-20 call with [[bob]]: grant accepted
  - and the grey cat, GRÄY too
- 2025-01-01 letter: zolc
END
contact bob.md <<'END'
---
name: Bob Grant
status: archived
---
## Next
- [ ] #waiting the grant's papers  (due:: 2026-12-01)

## Interaction log
### 2026-10-02 call
A long one: one two three four five six seven eight nine ten eleven twelve and the grant, at last
END
printf -- '---\nname: "\\e[31mXu"\n---\nnoodles \033[31mred\033[0m\tand‮ more\n' > people/xu.md
contact east.md <<'END'
---
name: 山田
---
昨日は東京大学で会った。
END

run kith search grant
expect "people first, then whole words, the latest first, then beginnings of words" 0 <<'END'
day         name       line  text
            Bob Grant     1
2026-10-02  Bob Grant    10  …eight nine ten eleven twelve and the grant, at last
2026-09-20  Ada Zółć     13  call with [[bob]]: grant accepted
            Ada Zółć      6  She spoke of a Grant, and
2026-02-20  Ada Zółć     12  lunch: the grants
            Bob Grant     6  [ ] #waiting the grant's papers (due:: 2026-12-01)
END
places() { kith search --format plain "$@" | cut -d: -f1-3 | paste -sd' ' -; }
is "$(places grant ada)" "people/ada.md:13:33 people/ada.md:6:16 people/ada.md:12:25" "a word may be the person's name"
is "$(places accepted)" "people/ada.md:13:39" "a word of an entry"
is "$(places gray)" "people/ada.md:14:23 people/ada.md:9:8" "without case and marks, with what belongs to an entry"
is "$(places zolc lukasz)" "people/ada.md:7:23" "a name, and a word without its marks"
is "$(places '"grant and of"')" "people/ada.md:6:16" "one after the other, over a line's end"
is "$(places '"grant accepted" or noodles')" "people/ada.md:13:33 people/xu.md:4:1" "or"
is "$(places grant not accepted tag:mentor)" "people/ada.md:6:16 people/ada.md:12:25" "not, and whose"
is "$(places grant is:archived limit:2)" "people/bob.md:1:1 people/bob.md:10:84" "so many"
is "$(places 東京)" "people/east.md:4:4" "a script without blanks"
is "$(places log)" "" "kith's own headings are no notes"
is "$(places -e 'gr[aä]y')" "people/ada.md:14:23 people/ada.md:9:8" "an expression"
is "$(places -e 'gr[ae]y|the/x' ada)" "people/ada.md:14:13 people/ada.md:9:8" "and words"
is "$(places -e '^noodles|\bcat\b')" "people/ada.md:14:18 people/xu.md:4:1" "lines and words have ends"
run kith search noodles
unlike "$out" "$(printf '\033')" "no escapes"
run kith search noodles --json
ok "--json" perl -MJSON::PP -e 'local $/; my $l = decode_json(<STDIN>)->{hits}; die unless @$l == 1;
	my $h = $l->[0]; die if defined $h->{day} || $h->{path} ne "people/xu.md" || $h->{line} != 4 ||
	$h->{text} !~ /^noodles/;' < "$tmp/out"
run kith search grant --format csv limit:2
expect "csv" 0 <<'END'
day,name,place,text
,Bob Grant,people/bob.md:1:1,
2026-10-02,Bob Grant,people/bob.md:10:84,"…eight nine ten eleven twelve and the grant, at last"
END
run kith search zzz
expect "nothing" 0 <<'END'
[stderr]
kith: nothing is found
END
for words in '' 'tag:mentor' '"x' '-e (' 'grant sort:last' "-e $(yes '(a*)*' | head -400 | tr -d '\n')"; do
	# shellcheck disable=SC2086
	run kith search $words
	is "$status:$out" "2:" "kith search $words is wrong usage"
done
# Ten thousand hits are a page, and a reader may go away.
{ printf -- '---\nname: Many\n---\n'; yes -- '- a hit' | head -10000; } > people/many.md
run kith search hit
is "$(wc -l < "$tmp/out"):$err" "101:kith: 9900 more; limit:10000 shows all" "a page of many"
is "$(places hit | wc -w)" 10000 "all of them for a program"
run sh -c "kith search hit --format plain | head -n 1"
is "$status:$out" "0:people/many.md:4:5: a hit" "a reader that goes away"
for width in 1 20 200; do
	run env COLUMNS=$width kith search grant
	is "$status" 0 "in $width columns"
done
done_testing
