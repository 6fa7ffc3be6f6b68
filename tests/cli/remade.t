#!/bin/sh
# A page made again within its week: what a person did in it stays to the byte, what the
# contacts say by now is put in beside it.
. "$(dirname "$0")/lib.sh"
page=reviews/2026-W48.md

# Five people, all due, in turn by ratio a b c d e; three places. One with talks last week.
week() {
	journal
	printf 'version: 1\nsince: 2026-01-05\nreview: {reach_out: 3}\n' > kith.yaml
	day=10
	for who in a b c d e; do
		day=$((day + 1))
		contact $who.md <<-END
			---
			name: P$who
			cadence: 6 weeks
			---
			## Next
			- [ ] thing of $who (due:: 2026-11-2$((day - 7)))

			## Log
			- 2026-08-$day call: x
		END
	done
	contact q.md <<-'END'
		---
		name: Q
		---
		## Log
		- 2026-11-17 call: one
		- 2026-11-19 call: two
	END
	commit "People"
	run kith review
	cp $page "$tmp/page"
}
# again [DAY]: made again; what that changed is in $changed, as lines of diff -U0 without heads.
again() {
	cp $page "$tmp/edited"
	run kith review --today "${1-2026-11-23}"
	[ "$status" -le 1 ] || fail "made again" "$err"
	changed=$(diff -a "$tmp/edited" $page | grep '^[<>]' | grep -v '^[<>] generated:')
	cp $page "$tmp/again"
	run kith review --today "${1-2026-11-23}"
	cmp -s $page "$tmp/again" || fail "a third time nothing changes" "$(diff "$tmp/again" $page)"
}
people() {
	sed -n 's/^- \[.\] \*\*\[\(P.\)\].*/\1/p' $page | tr -d '\n'
}

week
is "$(people)" PaPbPc "three people stand under Reach out"
perl -0pi -e 's/- \[ \] (\*\*\[Pa\].*)/- [x] $1/; s/(\*\*\[Pb\].*\n.*\n)/$1    - a comment\n  - call: she got the grant #gave\n\n    a paragraph\n/;
	s/(call with .*one\*\n)/$1  - ask how it went\n/; s/(## Last week)/A paragraph of mine.\n\n$1/;
	s/\z/\n## My notes\n\n*all in italics*\n\n- [ ] a task of mine\n- trailing blanks  \n/' $page
again
is "$changed" "" "an edited page stays to the byte"
again 2026-11-24
is "$(echo "$changed" | grep -c '^<')" "$(echo "$changed" | grep -c '^>')" "the next day only lines change"
unlike "$changed" '^< +[^ *-]|^< .*(comment|grant|paragraph|ask|mine|blanks)' "none of the person's"

# --- people ---
week
sed -i 's/^## Log/&\n- 2026-11-24 call: talked/' people/a.md
again 2026-11-25
like "$changed" '^>   - \*talked on Tue 24\*$' "who was talked to stays, and it says so"
is "$(people)" PaPbPc "the place is not filled again"
for silence in 'status: paused' 'status: archived' 'status: deceased' removed; do
	week
	for who in a b c; do
		if [ "$silence" = removed ]; then rm people/$who.md; else sed -i "s/^cadence/$silence\n&/" people/$who.md; fi
	done
	perl -pi -e 's/- \[ \] (\*\*\[Pa\])/- [x] $1/; s/(\*\*\[Pb\].*\n)/$1  - mine\n/' $page
	again 2026-11-24
	is "$(people)" PaPbPd "$silence: who is ticked or written under stays, and takes a place"
	if [ "$silence" = removed ]; then
		unlike "$(cat $page)" 'thing of a' "$silence: promises to them go"
	else
		like "$(cat $page)" '^- \[ \] .*thing of a \^p-' "$silence: what was promised to them stands"
	fi
done

# --- words in a first line; dates and plans of somebody who is silenced ---
for silence in 'status: archived' removed; do
	week
	for who in a b; do
		perl -0pi -e 's/## Next\n/- 2026-11-25 lunch: with noodles #planned\n$&/;
			s/cadence/birthday: 1950-11-26\n$&/; s/thing of/give the *thing* of/' people/$who.md
	done
	run kith review
	perl -pi -e 's/( \^[rdph]-)/ after 5pm$1/ if /\[Pa\]/' $page
	for who in a b; do
		if [ "$silence" = removed ]; then rm people/$who.md; else sed -i "s/^cadence/$silence\n&/" people/$who.md; fi
	done
	before=$(grep -c 'after 5pm' $page)
	again
	is "$(grep -c 'after 5pm' $page)" "$before" "$silence: words in a first line are kept"
	unlike "$(grep -v 'lunch\|thing' $page)" '\[Pb\]' "$silence: of the rest, what is as kith wrote it goes"
	if [ "$silence" = removed ]; then
		unlike "$(cat $page)" 'Pb.*(noodles|thing)' "$silence: a plan and a promise go, too"
	else
		like "$(cat $page)" 'Pb.*noodles.*\^h-' "$silence: a plan stands"
		like "$(cat $page)" 'Pb.*thing.*\^p-' "$silence: and a promise"
	fi
done
week
iconv -f UTF-8 -t UTF-16 people/a.md > "$tmp/wide"
cp "$tmp/wide" people/a.md
again
is "$(people)" PaPbPc "somebody whose file cannot be read stays, and takes a place"
like "$changed" '^>   - \*its file cannot be read: see Needs a look\*$' "and it says so"
week
sed -i 's/^cadence/birthday: 1950-11-26\n&/' people/a.md
run kith review
sed -i 's/1950-11-26/1950-03-26/' people/a.md
again
like "$changed" '^>   - \*now on Fri 26 Mar 2027\*$' "a date that moved away says where it is"

# --- promises ---
week
sed -i 's/- \[ \] thing of a.*/- [x] thing of a (due:: 2026-11-24) (completion:: 2026-11-24)/' people/a.md
sed -i 's/- \[ \] thing of b/- [-] thing of b/' people/b.md
sed -i 's/2026-11-26/2026-11-27/' people/c.md
sed -i '/thing of d/d' people/d.md
sed -i 's/- \[ \] thing of e.*/&\n- [ ] another thing (due:: 2026-11-25)/' people/e.md
again 2026-11-24
for line in '\*done on Tue 24\*' '\*dropped\*' '\*now Fri 27\*' '\*changed since, or taken out\*' \
	'\*\*Wed 25\*\* .* another thing \^p-'; do
	like "$changed" "^> .*$line" "$line"
done
is "$(echo "$changed" | grep '^<' | grep -c '\^')" 0 "no first line changes"

# --- pages out of shape ---
week
perl -0pi -e 's/## Reach out\n//; s/(- \[ \] \*\*\[Pc\].*\n(?:  .*\n)*)//; s/(## Last week)/$ENV{X}$1/' $page
cp $page "$tmp/edited"
run kith review
is "$(grep -c '\^r-' $page)" 2 "a heading and an item taken out: the item stays off, the others stand once"
like "$(cat $page)" '^## Reach out$' "and the heading with it"
week
sed -i 's/$/\r/' $page
sed -i 's/^## Log/&\n- 2026-11-24 call: talked/' people/a.md
again 2026-11-24
is "$(grep -c . $page)" "$(grep -c "$(printf '\r')\$" $page)" "a page with CRLF stays one in every line"
week
perl -0pi -e 's/(\^r-\w+\n)/$1  ```\n  code\n/' $page
again
is "$changed" "" "a fence that is not closed hides nothing"
week
printf '%s' "$(cat $page)" > $page
again
is "$changed" "" "a page without its last line end"
week
printf '\357\273\277' | cat - $page > "$tmp/bom" && cp "$tmp/bom" $page
again
is "$changed" "" "a page with a byte-order mark"
week
rm -r people
printf -- '- [ ] a task of mine\n' > "$tmp/mine"
sed -n '/^## /q;p' "$tmp/page" | cat - "$tmp/mine" > $page
run kith review
is "$status" 0 "a quiet week with a task of one's own can be made again"
git checkout -q people
run kith review
is "$status:$(grep -c '\^r-' $page)" 0:3 "and is no longer quiet"
like "$(cat $page)" '^- \[ \] a task of mine$' "the task stays"
week
echo "shopping" > $page
run kith review
is "$status:$(cat $page)" 1:shopping "what is no review is not touched"
: > $page
run kith review
ok "an empty file is filled" cmp $page "$tmp/page"

week
long=$(printf 'word%.0s ' $(seq 100))
sed -i "s/^name: Pa/name: Pa $long\ninterests: [$long, b, c, d, e, f, g, h]\nemail: $(echo $long | tr -d ' ')@a.example/" people/a.md
run kith review --stdout
is "$(echo "$out" | grep -c 'word.*…')" 4 "long names, interests and addresses are cut"
like "$out" 'into .*…, b, c, d, e, f and 2 more' "of many interests some are counted"

# --- names that could break a page ---
week
contact 'a*b``c_d [e].md' <<'END'
---
name: "*Star* `tick` _low_ [x](y)"
cadence: 6 weks
---
- [ ] send *the* `book` _now_ to a*b (due:: 2026-11-25)
- 2026-11-18 call: *stars* and `ticks` and a\*b
- 2026-09-20 call: x
END
again
cp $page "$tmp/page"
again
is "$changed" "" "markup in names, texts and files comes once"
is "$(grep -c 'weks' $page)" 1 "also in a finding"
done_testing
