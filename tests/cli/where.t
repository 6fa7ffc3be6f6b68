#!/bin/sh
# set, snooze, pause, resume and archive of all whom a query means: who is shown, what is asked,
# one commit, and nothing where somebody's file is in the way.
. "$(dirname "$0")/lib.sh"

journal
ada_and_bob
for n in 1 2 3; do
	printf -- '---\nname: Acme %d\norg: ACME Inc # old\ntags: [acme]\n---\n' $n | contact "acme-$n.md"
done
printf -- '---\nname: Gone\ntags: [acme]\nstatus: archived\n---\n' | contact gone.md
commit "People"
commits() { git rev-list --count HEAD; }
before=$(commits)

run kith set --where tag:acme org=Acme
is "$status" 2 "it asks first"
is "$out" "  Acme 1  people/acme-1.md
  Acme 2  people/acme-2.md
  Acme 3  people/acme-3.md" "of whom"
like "$err" '1 more is paused, archived or deceased; is: in the query means them' "and tells who is left out"
like "$err" 'say --yes here' "where nobody can be asked"
is "$(git status --porcelain):$(commits)" ":$before" "and changes nothing"
run kith set --where tag:acme org=Acme -n
is "$(echo "$out" | grep -c '^+org: Acme # old')" 3 "-n shows the difference"
run kith set --where tag:acme org=Acme --yes
is "$status" 0 "--yes"
like "$out" '^Acme 2, in people/acme-2.md:$' "says what became of each"
like "$out" '^  org: Acme \(was ACME Inc\)$' "and how"
is "$(commits)" "$((before + 1))" "one commit"
like "$(git log -1 --format=%s)" '^Acme 1 is now at Acme; Acme 2 is now at Acme' "with a message of all"
is "$(git log -1 --format=%b | grep '^Kith:')" "Kith: set --where" "and a trailer"
is "$(sed -n 3p people/acme-3.md)" "org: Acme # old" "no other byte of the line"
run kith set --where tag:acme org=Acme --yes
expect "again" 0 <<'END'
nothing to change: it is so already
[stderr]
kith: 1 more is paused, archived or deceased; is: in the query means them
END
run kith undo
is "$(sed -n 3p people/acme-3.md):$(git status --porcelain)" "org: ACME Inc # old:" "kith undo takes all back"
run kith snooze --where 'acme-1 or acme-2' 3 weeks -y
is "$status:$(grep -l 'snooze: 2026-12-14' people/*.md | paste -sd' ' -)" "0:people/acme-1.md people/acme-2.md" "snooze"
run kith pause --where tag:acme --yes --json
ok "pause, as JSON" perl -MJSON::PP -e 'local $/; my $m = decode_json(<STDIN>);
	die unless $m->{did} eq "pause" && $m->{changed} && @{$m->{people}} == 3;' < "$tmp/out"
run kith resume --where is:paused --yes
is "$status:$(grep -c '^status' people/acme-1.md)" "0:0" "resume: a status that is asked for"
run kith archive --where 'tag:acme not acme-1' --yes
is "$(grep -l 'status: archived' people/*.md | wc -l)" 3 "archive"
run kith set --where 'tag:acme or ada' introduced_by=bob --yes
is "$(grep -h introduced_by people/acme-1.md people/ada*.md | sort -u)" 'introduced_by: "[[bob]]"' "links"
# Nothing is written where one of the files is in the way.
printf -- '---\nname: Odd\ntags: &x [acme]\norg: {a: b}\n---\n' > people/odd.md
sum=$(cat people/acme-1.md | cksum)
run kith set --where 'acme or odd' org+=X --yes
[ "$status" -eq 0 ] || is "$(cat people/acme-1.md | cksum)" "$sum" "all or nothing"
rm people/odd.md
run kith set --where tag:none org=X --yes
is "$status:$err" "1:kith: nobody fits" "nobody"
for words in 'set --where tagg:x org=X' 'set --where tag:acme' 'set --where tag:acme name=X --yes' 'set --where  org=X' \
	'pause --where tag:acme ada' 'snooze --where tag:acme soon' 'set --where tag:acme birthday=never --yes' 'pause' 'set ada'; do
	# shellcheck disable=SC2086
	run kith $words
	is "$status:$out" "2:" "kith $words is wrong usage"
done
done_testing
