#!/bin/sh
# One notion of a line in the whole program: LF, CRLF and a lone CR end one, as for cmark, which
# reads the bodies. What stands behind a CR alone is edited, told and merged like everything else.
. "$(dirname "$0")/lib.sh"

# ends KIND: the text with other ends of lines from the closing line of the front matter on.
ends() {
	perl -e '
		local $/;
		my ($kind, $text) = (shift, scalar <STDIN>);
		my $from = $text =~ /\A---\n.*?\n---\n/s ? $+[0] : 0;
		my ($head, $body) = (substr($text, 0, $from), substr($text, $from));
		my %end = (lf => "\n", cr => "\r", crlf => "\r\n");
		if ($kind eq "mixed") {
			# A CR before an empty line of LF would be one line end with it.
			my $n = 0;
			$body =~ s/\n(?=(\n?))/$1 ? "\r\n" : ("\r", "\n", "\r\n")[$n++ % 3]/ge;
		} elsif ($kind eq "cr-open") {
			$body =~ s/\n\z//;
			$body =~ s/\n/\r/g;
		} else {
			$body =~ s/\n/$end{$kind}/g;
		}
		print $head, $body;' "$1"
}
# plain FILE: its lines with LF, the last one ended.
plain() {
	perl -0777 -pe 's/\r\n?/\n/g; s/\n*\z/\n/' "$1"
}

ada() {
	cat <<'END'
---
name: Ada Lovelace
tags: [mentor]
---
She runs on tea, see [[bob]].

Next
----
- [ ] send the paper
- [ ] call back  (due:: 2026-11-30)
  about the looms

## Log
- 2026-09-20 coffee: the looms
- 2026-08-02 call with [[bob]]: punch cards
  and more of it
END
}
atx() {
	ada | sed -e '/^----$/d' -e 's/^Next$/## Next/'
}
setext() {
	ada | sed -e 's/^## Log$/Log\n---/'
}
bob() {
	printf -- '---\nname: Bob Stone\n---\n## Log\n- 2026-07-01 call: hello\n'
}

# clear: nothing but the settings, and no change of anybody's.
clear() {
	git reset -q --hard
	rm -rf people && mkdir people
}
# try TEXT END COMMAND: what the command makes of the file, and prints, with those ends of lines.
try() {
	clear
	"$1" | ends "$2" > people/ada.md
	bob > people/bob.md
	git add -A && git commit -q --allow-empty -m People
	cp people/ada.md "$tmp/before"
	(eval "$3") > "$tmp/$2.out" 2>&1
	echo "status $?" >> "$tmp/$2.out"
	sed -i -e '/^committed /d' -e 's/ ([0-9a-f]\{10\})$//' "$tmp/$2.out"
	for file in people/*.md; do
		echo "== $file"
		plain "$file"
	done > "$tmp/$2.files"
	git log -1 --format=%B > "$tmp/$2.message"
}
# alike TEXT END COMMAND NAME: as with LF, in every respect but the ends of lines.
alike() {
	try "$1" "$2" "$3"
	why=$(diff -a -u -L "with LF" -L "with $2" "$tmp/lf.out" "$tmp/$2.out"
		diff -a -u -L "with LF" -L "with $2" "$tmp/lf.files" "$tmp/$2.files"
		diff -a -u -L "with LF" -L "with $2" "$tmp/lf.message" "$tmp/$2.message")
	if [ -z "$why" ]; then pass "$4"; else fail "$4" "$(printf '%s' "$why" | tr '\r' '~')"; fi
}

journal
while read -r command; do
	for text in ada atx setext; do
		try "$text" lf "$command"
		like "$(cat "$tmp/lf.out")" '^status 0$' "$command: works on the lines of $text"
		for end in crlf cr cr-open mixed; do
			alike "$text" "$end" "$command" "$command: the lines of $text end in $end"
		done
	done
done <<'END'
kith log ada coffee: the move to Bath
kith promise ada bring the book by friday
kith done ada send
kith topic ada would brass do
kith plan ada friday lunch: dumplings
kith set ada org=Digital tags+=maths
kith show ada
END
while read -r command; do
	try ada lf "$command"
	like "$(cat "$tmp/lf.out")" '^status [01]$' "$command: works where lines end in LF"
	for end in crlf cr mixed; do
		alike ada "$end" "$command" "$command: the lines end in $end"
	done
done <<'END'
kith snooze ada 3 weeks
kith wait ada the slides
kith rename bob 'Robert Stone'
kith log ada,bob friday call: both
kith todo
kith check; sed -i 's/2026-08-02/2026-13-02/' people/ada.md; kith check
sed -i 's/the looms/the looms, again/g' people/ada.md; kith commit
sed -i 's/2026-08-02 call/2026-08-03 call/' people/ada.md; kith commit
kith list ada --json
END

# Undo gives the bytes back, whatever ends the lines.
for end in crlf cr cr-open mixed; do
	for command in 'log ada coffee: x' 'promise ada x' 'done ada send' 'set ada org=X' \
		'rename bob Robert'; do
		try ada "$end" "kith $command; kith undo"
		ok "$command and undo, lines end in $end: the bytes are those before" \
			cmp people/ada.md "$tmp/before"
	done
done

# What somebody else's line is stays as it is: only new bytes come in.
try ada cr 'kith log ada coffee: the move to Bath'
is "$(perl -0777 -ne 'print tr/\r//' people/ada.md)" \
	"$(($(perl -0777 -ne 'print tr/\r//' "$tmp/before") + 1))" \
	"a new line ends as its neighbours do, and theirs stay"

# A merge takes it all. The files as they are: no line of them is LF.
# merges NAME WORDS ADA BOB: after the merge each word is in Ada's file; or it is refused, and told.
merges() {
	clear
	printf '%b' "$3" > people/ada.md
	printf '%b' "$4" > people/bob.md
	commit "$1"
	cp -r people "$tmp/people"
	run kith merge ada bob
	why=
	if [ "$status" -ne 0 ]; then
		diff -r people "$tmp/people" > /dev/null || why="refused, and changed the files"
		[ -n "$err" ] || why="refused without a word"
	else
		for word in $2; do
			grep -aq -e "$word" people/ada.md || why="$why $word is lost"
		done
	fi
	rm -rf "$tmp/people"
	if [ -z "$why" ]; then pass "$1"; else fail "$1" "$why:
$out$err
$(tr '\r' '~' < people/ada.md)"; fi
}
head='---\nname: Ada\n---\n'
mine="$head## Log\n- 2026-01-01 call: one\n"
merges "merge: entries behind a CR" "one two three" "$mine" \
	'## Log\r- 2025-01-01 call: two\r- 2025-01-02 call: three\r'
is "$status:$(kith show ada | grep -c '  call: ')" "0:3" "and all are read as talks afterwards"
merges "merge: a title and text behind it" "one text" "$mine" '# Bob\rtext'
is "$status" 0 "and that is merged, not refused"
merges "merge: a task behind a CR" "one twelve" "$mine" '## Next\r- [ ] twelve'
is "$status:$(kith todo | grep -c twelve)" "0:1" "and it is read as a task afterwards"
merges "merge: headings that are underlined" "one two words" "$mine" \
	'Log\r---\r- 2025-01-01 call: two\r\rIdeas\r=====\rwords\r'
merges "merge: a section between two others" "one two words book" "$mine" \
	'## Next\r- [ ] book\r## Ideas\rwords\r## Log\r- 2025-01-01 call: two\r'
merges "merge: text before and after entries" "one two above below" "$mine" \
	'above\r\r## Log\r- 2025-01-01 call: two\r\rbelow\r'
merges "merge: entries that are headings" "one two inside" "$mine" \
	'## Log\r### 2025-01-01 call: two\rinside\r'
merges "merge: lines that belong to an entry" "one two nested lazy" "$mine" \
	'## Log\r- 2025-01-01 call: two\r  nested\rlazy\r'
merges "merge: a file that is CR alone, its front matter too" "one two Bobby" "$mine" \
	'---\rname: Bobby\r---\r## Log\r- 2025-01-01 call: two\r'
merges "merge: CR in the one that stays" "one two words" \
	"$head"'words\r## Log\r- 2026-01-01 call: one\r' '## Log\n- 2025-01-01 call: two\n'
merges "merge: CR in both" "one two words more" \
	"$head"'words\r## Log\r- 2026-01-01 call: one' 'more\r## Log\r- 2025-01-01 call: two'
merges "merge: LF, CRLF and CR in one file" "one two three words" "$mine" \
	'words\r\n## Log\r- 2025-01-01 call: two\n- 2025-01-02 call: three\r'
merges "merge: a CR within an entry of LF lines" "one two three" "$mine" \
	'## Log\n- 2025-01-01 call: two\r- 2025-01-02 call: three\n'
merges "merge: the same entry, and another behind its CR" "one three" "$mine" \
	'## Log\n- 2026-01-01 call: one\r- 2025-01-02 call: three\n'
merges "merge: the same task, and text behind its CR" "task words" \
	"$head## Next\n- [ ] task\n" '## Next\n- [ ] task\rwords\n'
merges "merge: code behind a CR" "one two words" "$mine" \
	'```\rwords\r```\r## Log\r- 2025-01-01 call: two\r'
merges "merge: a table and a quote behind a CR" "one cell quoted" "$mine" \
	'| a |\r|---|\r| cell |\r\r> quoted\r'
merges "merge: a field of the body behind a CR" "one Navy" "$mine" 'Text\r\r**Org**: Navy\r'
merges "merge: values behind a CR in the front matter" "one Navy mentor" "$mine" \
	'---\norg: Navy\rtags: [mentor]\n---\n'
merges "merge: NEL, LS and PS end no line of a body" "one two words" "$mine" \
	'words\xc2\x85## Log\xe2\x80\xa8- 2025-01-01 call: two\xe2\x80\xa9x\n'
merges "merge: NEL in the front matter" "one Navy mentor" "$mine" \
	'---\norg: Navy\xc2\x85tags: [mentor]\n---\n'
merges "merge: no last line end on either side" "one two" "$head- 2026-01-01 call: one" \
	'- 2025-01-01 call: two'

# The week's page.
clear
ada > people/ada.md && commit "Ada"
kith review > "$tmp/said"
perl -0777 -pi -e '
	s/\n- \[ \] (\*\*.*?\n)/\n- [x] $1  my own words\n/; s/(\A.*?\n---\n)//s and $h = $1;
	s/\n/\r/g; $_ = "$h$_"' reviews/2026-W48.md
commit "Ticked"
run kith --today 2026-11-24 review
like "$(plain reviews/2026-W48.md)" '^- \[x\] \*\*' "review: a tick stays, where CR ends the lines"
like "$(plain reviews/2026-W48.md)" '^  my own words$' "and so do the words below it"
is "$(plain reviews/2026-W48.md | grep -c 'Ada Lovelace\](')" 1 "and nothing is there twice"
done_testing
