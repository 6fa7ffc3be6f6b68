#!/bin/sh
# The page before a meeting: of one person, of several, of the next meeting; as a template says.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'END'
---
name: Ada Lovelace
org: "[[Analytical Engines]]"
title: CTO
tags: [mentor]
interests: [looms, tea]
birthday: 1984-12-10
knows: {friend: "[[cid]]"}
---
## Next
- [ ] the paper  (due:: 2026-11-30)
- [ ] #waiting her slides
- [ ] #topic would brass do? [[bob]]

## Log
- 2026-11-25 12:30 lunch with [[bob]]: noodles #planned
- 2026-08-20 call with [[bob]]: the _grant_ \[x\]
- 2026-11-01 note: a thought
END
contact bob.md <<'END'
---
name: Bob Stone
org: Analytical Engines
introduced_by: "[[ada]]"
email: bob@x.example
location: Bath
tags: mentor
---
## Log
- 2026-11-20 coffee: compilers
- 2026-10-02 call with [[cid]]: the move
END
contact cid.md <<'END'
---
name: Cid
---
END
run kith brief ada
expect "of one" 0 <<'END'
Ada Lovelace · CTO, Analytical Engines
  last talk, Thu 20 Aug (13 weeks ago): call: the _grant_ \[x\]
  planned, Wed 25 Nov 12:30: lunch: noodles
  you promised: the paper (in 7 days)
  you wait for: her slides
  to bring up: would brass do? Bob Stone
  Thu 10 Dec: turns 42
  into looms, tea
  knows Cid, Bob Stone
  since then you, Fri 20 Nov, Bob Stone: coffee: compilers
  since then you, Fri 2 Oct, Bob Stone and Cid: call: the move
  not known: nothing since August, no e-mail, no phone, not where they live
END
run kith brief cid
expect "of somebody of whom little is known" 0 <<'END'
Cid
  last talk, Fri 2 Oct (7 weeks ago): call: the move
  knows Ada Lovelace, Bob Stone
  since then you, Fri 20 Nov, Bob Stone: coffee: compilers
  not known: no e-mail, no phone, no birthday, not what they do, not where they live
END
run kith brief --next
is "$status:$(echo "$out" | sed -n 1p)" "0:Wed 25 Nov 12:30: lunch: noodles" "of the next meeting"
is "$(echo "$out" | sed -n 3,7p)" "Ada Lovelace and Bob Stone
  last together, Thu 20 Aug (13 weeks ago): call: the _grant_ \\[x\\]
  Bob Stone was introduced by Ada Lovelace
  at: Analytical Engines
  tag: mentor" "with what connects them"
like "$out" '^Bob Stone · Analytical Engines · Bath$' "and of each"
run kith brief bob,cid,bob --json
ok "--json" perl -MJSON::PP -e 'local $/; my $m = decode_json(<STDIN>); die unless @{$m->{people}} == 2;
	die if defined $m->{meeting} || $m->{together}{last}{text} ne "call: the move" ||
	@{ $m->{people}[1]{promises} } || $m->{people}[1]{unknown}[0] ne "no e-mail, no phone";' < "$tmp/out"
mkdir -p templates
printf '{{#people}}{{name}} {{>more}}{{/people}}' > templates/brief.txt
printf '<{{slug}}>' > templates/more.txt
run kith brief ada
is "$out" "Ada Lovelace <ada>" "a template of one's own"
printf '{{#people}}' > "$tmp/bad.txt"
run kith brief ada --template "$tmp/bad.txt"
is "$status" 1 "a template that is none"
like "$err" 'bad.txt:1:1: ' "is told at its place"
rm -r templates
sed -i '/#planned/d' people/ada.md
run kith brief --next
expect "nothing is planned" 0 <<'END'
[stderr]
kith: no meeting is planned
END
run kith brief ada,nobody
is "$status:$out" "1:" "nobody is called so"
for words in '' '--next ada'; do
	# shellcheck disable=SC2086
	run kith brief $words
	is "$status:$out" "2:" "kith brief $words is wrong usage"
done
# ---- what is new in their file since the last talk ----

# on DAY: commits all that has changed as on that day.
on() {
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" commit "a change"
}
# gus TITLE LINE...: Gus, whom one last talked to on 10 October, with that title and these lines.
gus() {
	{
		printf -- '---\nname: Gus\ntitle: %s\n' "$1"
		shift
		printf '%s\n' "$@" --- '- 2026-10-10 call: hello'
	} > people/gus.md
	touch -d 2026-11-20 people/gus.md
}
news() {
	printf '%s\n' "$out" | grep 'new since' || :
}
gus Clerk 'org: "[[Mills]]"'
on 2026-09-01
gus Foreman 'org: "[[Mills]]"'
on 2026-10-01
gus 'Chief *Clerk*' 'org: "[[Mills]]"' 'email: g@x.example'
on 2026-10-20
gus 'Director' 'org: Saws' 'email: g@x.example' 'phone: 1'
on 2026-11-02
run kith brief gus
is "$(news)" "  new since then, title: Foreman → Director
  new since then, org: Mills → Saws
  new since then, email: g@x.example" "what changed since: from what was known at the talk, and not what came before"
run kith brief gus --json
ok "--json has it" perl -MJSON::PP -e 'local $/; my $m = decode_json(<STDIN>);
	my $c = $m->{people}[0]{changed}; die unless @$c == 3 && $c->[0]{key} eq "title" &&
	$c->[0]{before}[0] eq "Foreman" && !@{$c->[2]{before}};' < "$tmp/out"
run kith brief gus --html -o "$tmp/gus.html"
like "$(cat "$tmp/gus.html")" '<dt>new since then</dt><dd><bdi>title: Foreman → Director</bdi></dd>' "and a page"
run kith --today 2026-10-25 brief gus
like "$(news)" 'title: Foreman → Director$' "with the file as it is now, as of another day"
run kith --today 2026-10-15 brief gus
is "$(news)" "" "and nothing from days ahead"
gus Foreman 'org: Saws' 'email: g@x.example'
run kith brief gus
is "$(news | sed -n 1p)" "  new since then, org: Mills → Saws" "what was taken back is nothing new, committed or not"
gus Director 'org: Saws' 'email: g@x.example' 'phone: 1'
git mv people/gus.md people/august.md
on 2026-11-05
touch -d 2026-11-20 people/august.md
run kith brief august
like "$(news)" 'title: Foreman → Director$' "through a rename"
git mv people/august.md people/gus.md
on 2026-11-06
touch -d 2026-10-09 people/gus.md
run kith brief gus
is "$status:$(news)" "0:" "a file that was not written since is not asked for in history"
if command -v strace > "$tmp/null" && [ -z "$sanitized" ]; then
	strace -f -e trace=openat -o "$tmp/opened" kith brief gus > "$tmp/null"
	is "$(grep -c kith-git "$tmp/opened")" 0 "nor is git's library loaded for it"
	touch -d 2026-11-20 people/gus.md
	strace -f -e trace=openat -o "$tmp/opened" kith brief gus > "$tmp/null"
	ok "as it is for one that was" grep -q kith-git "$tmp/opened"
else
	skip "git's library is not loaded" "strace is not there, or not with a sanitiser"
fi
contact new.md <<'END'
---
name: New
title: Clerk
---
- 2026-10-10 call: hello
END
on 2026-11-03
touch -d 2026-11-20 people/new.md
run kith brief new
is "$status:$(news)" "0:" "somebody who came since has no news"
mv .git "$tmp/git"
touch -d 2026-11-20 people/gus.md
run kith brief gus
is "$status:$(news):$err" "0::" "without a repository nothing is said of it"
mv "$tmp/git" .git

printf -- '---\nname: "\\e[31m%s"\n---\n' "$(yes 山 | head -300 | tr -d '\n')" > people/wide.md
run kith brief wide
unlike "$out" "$(printf '\033')" "no escapes"
done_testing
