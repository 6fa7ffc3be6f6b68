#!/bin/sh
# kith rename and kith merge rewrite each link that a reader of Markdown or Obsidian follows, in all
# notes of the repository, and nothing else; what stays is named.
. "$(dirname "$0")/lib.sh"

# In each file of rows/ a text of a note, and below a line `=>` what it becomes; without, it stays.
mkdir "$tmp/rows"
row() {
	rows=$((${rows:-0} + 1))
	printf '%s\n' "$1" > "$tmp/rows/$rows.name"
	printf '%b\n' "$2" > "$tmp/rows/$rows.was"
	printf '%b\n' "${3-$2}" > "$tmp/rows/$rows.is"
}
# Links, as people and programs write them.
row 'in a table' '| a |\n| - |\n| [[ada\\|Ada]] |' '| a |\n| - |\n| [[grace\\|Ada]] |'
row 'with a title' '[a](ada.md "title") [a](ada.md '"'t'"') [a](ada.md (t))' '[a](grace.md "title") [a](grace.md '"'t'"') [a](grace.md (t))'
row 'in angle brackets' '[a](<ada.md>) [a]( <./ada.md> "t" )' '[a](<grace.md>) [a]( <./grace.md> "t" )'
row 'a definition' 'see [her][r]\n\n[r]: ada.md' 'see [her][r]\n\n[r]: grace.md'
row 'with a title, over lines' 'see [her][r]\n\n[r]:\n  <ada.md>\n  "title"' 'see [her][r]\n\n[r]:\n  <grace.md>\n  "title"'
row 'that nothing uses' '[r]: ../people/ada.md "title"' '[r]: ../people/grace.md "title"'
row 'from where it stands' '[[./ada]] [[../people/ada]] [[./ada.md#x|label]]' '[[./grace]] [[../people/grace]] [[./grace.md#x|label]]'
row 'by path' '[[people/ada.md#x|label]] [[/people/ada]] [[journal/people/ada#^id]]' '[[people/grace.md#x|label]] [[/people/grace]] [[journal/people/grace#^id]]'
row 'encoded' '[a](%61da.md) [a](ad\\\\a.md) [a](..%2fpeople/ada.md#x) [a](people%2Fada.md)' '[a](grace.md) [a](ad\\\\a.md) [a](..%2fpeople/grace.md#x) [a](people/grace.md)'
row 'embedded' '![[ada]] ![[ada#Log|300]] ![a](ada.md)' '![[grace]] ![[grace#Log|300]] ![a](grace.md)'
row 'with a label over lines' '[Ada\nLovelace](ada.md) and [a](\nada.md) [[ada|Ada\nL]]' '[Ada\nLovelace](grace.md) and [a](\ngrace.md) [[grace|Ada\nL]]'
row 'in quotes, over lines' '> [Ada\n> Lovelace](ada.md) and [a](\n> ada.md "t")' '> [Ada\n> Lovelace](grace.md) and [a](\n> grace.md "t")'
row 'in another case' '[[Ada]] [[ADA|x]] [a](Ada.md)' '[[grace]] [[grace|x]] [a](grace.md)'
row 'with the ending' '[[ada.md]] [[ada.md#x]]' '[[grace.md]] [[grace.md#x]]'
row 'without it' '[a](ada) [a](../people/ada#x)' '[a](grace) [a](../people/grace#x)'
row 'in a label, and around one' '[see [[ada]]](x.md) [![i](x.png)](ada.md)' '[see [[grace]]](x.md) [![i](x.png)](grace.md)'
row 'in a heading, an item, bold' '# [[ada]]\n\n- [ ] **[[ada]]** *[a](ada.md)*' '# [[grace]]\n\n- [ ] **[[grace]]** *[a](grace.md)*'
row 'in an item of an item' '- a\n\n    - [[ada]]\n\n      [[ada]]' '- a\n\n    - [[grace]]\n\n      [[grace]]'
row 'in a footnote' 'x[^1]\n\n[^1]: [[ada]]' 'x[^1]\n\n[^1]: [[grace]]'
row 'behind an escaped backslash' '\\\\[[ada]]' '\\\\[[grace]]'
row 'behind a backtick that opens nothing' 'a ` b [[ada]]' 'a ` b [[grace]]'
row 'between percents that are no comment' '100% %of [[ada]]\n\n50%% off [[ada]]' '100% %of [[grace]]\n\n50%% off [[grace]]'
row 'in HTML' '<a href="ada.md">a</a> <img src='"'ada.md'"'>' '<a href="grace.md">a</a> <img src='"'grace.md'"'>'
row 'in what HTML surrounds' '<details>\n\n[[ada]]\n\n</details>' '<details>\n\n[[grace]]\n\n</details>'
row 'with CRLF' '[[ada]]\r\n\r\n[r]: ada.md\r' '[[grace]]\r\n\r\n[r]: grace.md\r'
row 'in front matter' '---\nup: "[[ada]]"\nsee: '"'[[ada|Ada]]'"'\nlist:\n  - "[[ada#x]]"\nbare: [[ada]]\n---\n' '---\nup: "[[grace]]"\nsee: '"'[[grace|Ada]]'"'\nlist:\n  - "[[grace#x]]"\nbare: [[grace]]\n---\n'
# What is no link, or leads elsewhere.
row 'indented code' 'x\n\n    [[ada]] [a](ada.md)\n\ny'
row 'fenced code' '```\n[[ada]]\n```\n\n~~~ [[ada]]\n[a](ada.md)\n\n[r]: ada.md\n~~~'
row 'a code span' '`[[ada]]` ``[a](ada.md)`` `x\n[[ada]]`'
row 'a comment of HTML' '<!-- [[ada]] [a](ada.md) <a href="ada.md"> -->\n\nx <!-- [[ada]]\n[a](ada.md) -->'
row 'a comment of Obsidian' '%% [[ada]] %%\n\nx %%[a](ada.md)%% y\n\n%%\n\n[[ada]]\n\n%%'
row 'an escaped bracket' '\\[[ada]] \\[a](ada.md) \\[r]: ada.md'
row 'an escaped parenthesis' '[a]\\(ada.md)'
row 'a title, an image'"'"'s description' '[a](x.md "[[ada]]") ![[[ada]]](x.png)'
row 'raw HTML' '<div>\n[[ada]] [a](ada.md)\n</div>'
row 'another file' '[[adam]] [[ada byron]] [a](adas) [[lost/ada]] [a](https://x.example/ada.md) [[ada.png]] [a](../../ada.md) [a](ada.md.txt)'
row 'the name alone' 'ada ada.md [ada] (ada.md) [ada]'
row 'a key, and a comment of YAML' '---\n# see [[ada]]\nada: "x" # [a](ada.md)\n"[[ada]]": y\n---\n'
row 'a blank line in a link' '[[ada|x\n\ny]] [a\n\nb](ada.md)'

journal
printf -- '---\nname: Ada\n---\nI am [[ada]].\n' | contact ada.md
i=0
while [ $i -lt $rows ]; do
	i=$((i + 1))
	cp "$tmp/rows/$i.was" "people/n$i.md"
	mkdir -p notes && cp "$tmp/rows/$i.was" "notes/n$i.md"
done
# By name alone the journal and Obsidian both find them from another folder.
commit "People and notes"
run kith rename ada Grace --slug grace
is "$status" 0 "somebody gets another name"
like "$out" '^links rewritten in [0-9]+ contacts, 0 reviews and [0-9]+ other notes$' "and it is said where links are"
like "$(cat people/grace.md)" 'I am \[\[grace\]\]' "in the own file, too"
is "$(git status --porcelain)" "" "all of it in one commit"
i=0
while [ $i -lt $rows ]; do
	i=$((i + 1))
	is "$(cat "people/n$i.md")" "$(cat "$tmp/rows/$i.is")" "$(cat "$tmp/rows/$i.name")"
done
run kith undo
is "$status:$(git diff HEAD~2 --stat)" "0:" "undo takes all of it back, to the byte"

# What only a contact says without brackets.
journal
printf -- '---\nname: Ada\n---\n' | contact ada.md
printf -- '---\nname: Bob\nknows: [ada, cy]\nintroduced_by: ada\nnick: ada\n---\n' | contact bob.md
printf -- '---\nname: Cy\nknows: {boss: ada.md, friend: "people/ada"}\nrelated:\n- ada\n---\n' | contact cy.md
printf -- '---\nknows: [ada]\n---\n' > note.md
commit "People"
kith rename ada Grace --slug grace > /dev/null
is "$(cat people/bob.md)" '---
name: Bob
knows: [grace, cy]
introduced_by: grace
nick: ada
---' "slugs without brackets where they mean somebody"
is "$(cat people/cy.md)" '---
name: Cy
knows: {boss: grace.md, friend: "people/grace"}
related:
- grace
---' "paths, too"
is "$(sed -n 2p note.md)" "knows: [ada]" "in another note a word is a word"

# A vault, in which the journal is a folder; the person's own work stays theirs.
mkdir -p "$tmp/vault/journal/people" "$tmp/vault/Daily" "$tmp/vault/private" "$tmp/vault/sub" && cd "$tmp/vault" || exit 1
git init -q && git init -q sub && git -C sub commit -q --allow-empty -m Sub
printf 'version: 1\nsince: 2026-01-05\n' > journal/kith.yaml
printf -- '---\nname: Ada\n---\n- 2026-11-02 call\n' > journal/people/ada.md
printf 'private/\nleft.md\n' > .gitignore
printf 'See [her](journal/people/ada.md).\n' > README.md
printf 'With [[ada]].\n\nMore.\n' > Daily/2026-11-02.md
printf '[[../journal/people/ada]]\n' > Daily/relative.md
mkdir -p journal/reviews && printf '[[ada]] [a](../people/ada.md)\n' > journal/reviews/thoughts.md
printf '<!-- -->\n' > journal/people/_template.md
printf '[[ada]]\n' | tee private/x.md sub/x.md left.md > .hidden.md
commit "A vault" 2> /dev/null
echo "My own." >> Daily/2026-11-02.md
echo "Staged." >> README.md && git add README.md
printf '[[ada]]\n' > new.md
run kith -C journal rename ada Grace --slug grace
is "$status" 0 "in a vault it goes, too"
like "$err" '^../left.md: warning: git ignores this note, so its links to "ada" stay' "what git ignores stays, and is named"
unlike "$err" 'private|sub|hidden' "folders that it ignores, and other repositories are not looked into"
is "$(cat README.md Daily/* journal/reviews/thoughts.md new.md)" 'See [her](journal/people/grace.md).
Staged.
With [[grace]].

More.
My own.
[[../journal/people/grace]]
[[grace]] [a](../people/grace.md)
[[grace]]' "links are rewritten wherever they are"
is "$(cat .hidden.md left.md private/x.md sub/x.md)" '[[ada]]
[[ada]]
[[ada]]
[[ada]]' "and nowhere else"
is "$(git status --porcelain -uno --ignore-submodules)" ' M Daily/2026-11-02.md
M  README.md' "what was staged is staged, what was not is not"
is "$(git diff --ignore-submodules | grep '^[-+][^-+]'; git diff --cached | grep '^[-+][^-+]')" '+My own.
+Staged.' "and only that"
is "$(git log --format=%s -2)" 'Rename Ada to Grace
Keep a file as it was' "a note that git did not know is committed by itself first"
is "$(git show --format= --name-only HEAD | tr '\n' ' ')" 'Daily/2026-11-02.md Daily/relative.md README.md journal/people/ada.md journal/people/grace.md journal/reviews/thoughts.md new.md ' "the commit holds the links, and no more"
is "$(git show HEAD:Daily/2026-11-02.md)" 'With [[grace]].

More.' "without what was being written"
run kith -C journal undo
is "$status:$(git diff HEAD~2 HEAD --stat)" "0:" "undo takes them back outside of the journal, too"
is "$(git status --porcelain -uno --ignore-submodules)" ' M Daily/2026-11-02.md
M  README.md' "and leaves what is one's own"
run kith -C journal rename -n ada Grace --slug grace
like "$out" '^\+\+\+ b/Daily/relative.md' "--dry-run shows them"
run kith -C journal rename ada Grace --slug grace --no-commit
is "$status:$(cat Daily/relative.md)" "0:[[../journal/people/grace]]" "--no-commit writes them"
git checkout -q . && git clean -qfd journal
kith -C journal rename ada Grace --slug grace --json > "$tmp/out" 2> /dev/null
is "$(json '$o->{other_notes}')" 5 "JSON counts them"

# What may mean another note, or cannot be read, stays and is named.
journal
printf -- '---\nname: Ada\n---\n' | contact ada.md
mkdir -p notes/ships
printf 'The ship.\n' > notes/ships/ada.md
printf 'The [[ada]], [the ship](ships/ada.md), [[people/ada]].\n' > notes/fleet.md
printf 'With [[ada]].\n' | contact bob.md
printf -- '---\na: [x\nb: "[[people/ada]]"\n---\n[[people/ada]]\n' > notes/broken.md
printf '[[people/ada]]\n' > notes/huge.md
printf 'max_file: 1 MiB\n' >> kith.yaml
head -c 1100000 /dev/zero | tr '\0' x >> notes/huge.md
commit "Ships"
run kith rename ada Grace --slug grace
is "$status" 0 "what must stay is no failure"
like "$err" '^notes/fleet.md:1:7: warning: "ada" may mean notes/ships/ada.md, too, so this link stays as it is$' "a name of two notes"
is "$(cat notes/fleet.md people/bob.md)" 'The [[ada]], [the ship](ships/ada.md), [[people/grace]].
With [[grace]].' "its path is plain, and in the journal it is the person's"
like "$err" '^notes/broken.md:3:7: warning: the link to "people/ada" stays as it is: not all could be read here$' "a place that cannot be read"
is "$(sed -n 5p notes/broken.md)" "[[people/grace]]" "below it all can"
like "$err" '^notes/huge.md: warning: cannot be read' "a file that cannot be read"

# A merge, from one folder to another.
journal
printf -- '---\nname: Ada\n---\nI was [me](ada.md).\n' | contact old/ada.md
printf -- '---\nname: Grace\n---\n' | contact grace.md
printf '[[ada]] [[people/old/ada|x]] [a](../people/old/ada.md) [a](<../people/old/ada.md> "t")\n\n[r]: /people/old/ada.md\n' > notes.md
mkdir notes && mv notes.md notes/x.md
printf '[a](old/ada.md) [[./old/ada]] `[[ada]]`\n' | contact bob.md
commit "Two files"
run kith merge grace ada
is "$status" 0 "merge rewrites them, too"
is "$(cat notes/x.md people/bob.md)" '[[grace]] [[people/grace|x]] [a](../people/grace.md) [a](<../people/grace.md> "t")

[r]: /people/grace.md
[a](grace.md) [[grace]] `[[ada]]`' "each as it was written"

# A name that must be encoded, or cannot stand in a link of that kind.
journal
printf -- '---\nname: Ada\n---\n' | contact ada.md
printf '[[ada]] [a](ada.md) [a](<ada.md>) <a href="ada.md">x</a>\n\n[r]: ada.md "t"\n' | contact bob.md
printf -- '---\nnick: [[ada]]\n---\n[[ada]]\n' | contact cy.md
commit "People"
run kith rename ada "Ada (Tom & Co): x" --slug "Ada (Tom & Co): x"
is "$status" 0 "an odd name"
is "$(cat people/bob.md)" '[[Ada (Tom & Co): x]] [a](Ada%20%28Tom%20%26%20Co%29:%20x.md) [a](<Ada (Tom %26 Co): x.md>) <a href="Ada (Tom %26 Co): x.md">x</a>

[r]: Ada%20%28Tom%20%26%20Co%29:%20x.md "t"' "is encoded where it must"
like "$err" '^people/cy.md:2:9: warning: the link to "ada" stays as it is' "where it cannot stand, that is named"
kith rename 'ada (tom & co): x' Ada --slug ada > /dev/null 2>&1
is "$(cat people/bob.md)" '[[ada]] [a](ada.md) [a](<ada.md>) <a href="ada.md">x</a>

[r]: ada.md "t"' "and all of it is found again"
done_testing
