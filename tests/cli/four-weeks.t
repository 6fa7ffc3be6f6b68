#!/bin/sh
# Four weeks with forty people, day by day, as somebody lives them: nothing is misunderstood
# without a word, nothing is asked that is known, and every evening all is committed.
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/lib.sh"

journal
printf 'version: 1\nsince: 2024-11-25\ncadence_by_tag: {mentor: 2 months}\n' > kith.yaml
perl -e '
	use POSIX "strftime"; my $today = 1795392000 / 86400; my $seed = 7;
	sub chance { $seed = ($seed * 1103515245 + 12345) % 2147483648; int($seed / 65536) % $_[0] }
	sub day { strftime("%Y-%m-%d", gmtime(86400 * ($today + $_[0]))) }
	for my $n (1 .. 40) {
		my @l = ("---", "name: Friend $n");
		push @l, "cadence: " . (qw(2~weeks 6~weeks 2~months 1~year none)[chance(5)] =~ s/~/ /r) if chance(2);
		push @l, "birthday: " . (1950 + chance(50)) . substr(day(chance(365)), 4) if chance(3);
		push @l, "tags: [mentor]" if !chance(6);
		push @l, "status: " . (qw(archived paused deceased)[chance(3)]) if !chance(10);
		push @l, "---", "## Next";
		push @l, "- [ ] thing $n (due:: " . day(chance(40) - 10) . ")" if !chance(3);
		push @l, "- [ ] #waiting answer $n (due:: " . day(chance(30) - 5) . ")" if !chance(4);
		push @l, "", "## Log", map { "- " . day(-$_) . " call: talk $n" } sort { $a <=> $b } map { 1 + chance(300) } 1 .. chance(6);
		open my $out, ">", "people/friend-$n.md"; print $out map { "$_\n" } @l; close $out;
	}'
commit "Forty people"
cat > "$tmp/editor" <<'END'
#!/bin/sh
printf '\nNoted on %s.\n' "$KITH_TODAY" >> "$1"
END
chmod +x "$tmp/editor"
export EDITOR="$tmp/editor"

: > "$tmp/wrong"
wrong() { printf '%s: %s\n' "$KITH_TODAY" "$1" >> "$tmp/wrong"; }
# does WORDS...: it works, says nothing on standard error, and leaves nothing uncommitted.
does() {
	run kith "$@"
	[ "$status" -eq 0 ] || wrong "kith $*: status $status: $err"
	[ -z "$err" ] || [ "$1" = review ] || [ "$status" -ne 0 ] || wrong "kith $*: $err"
	[ -z "$(git status --porcelain)" ] || wrong "kith $*: left uncommitted: $(git status --porcelain)"
	git add -A && git commit -q -m "Left over" > /dev/null 2>&1
}
n=0
for offset in $(seq 0 27); do
	KITH_TODAY=$(date -u -d "2026-11-23 + $offset days" +%Y-%m-%d)
	tomorrow=$(date -u -d "2026-11-23 + $((offset + 1)) days" +%Y-%m-%d)
	n=$((n + 1))
	[ $((offset % 7)) -ne 0 ] || does review -e
	[ $((offset % 7)) -ne 0 ] || [ $offset -eq 0 ] || does review --last
	run kith
	case $out in *"Enjoy it"*) [ "$(printf '%s\n' "$out" | grep -c .)" -le 5 ] || wrong "Enjoy it, and more: $out" ;; esac
	# The lunch that was planned yesterday is held today.
	[ $offset -eq 0 ] || does log "friend-$(((n - 1) % 40 + 1))" lunch: "planned $((n - 1))"
	does plan "friend-$((n % 40 + 1))" "$tomorrow" lunch: "planned $n"
	does log "friend-$((n * 7 % 40 + 1))" coffee the looms number $n
	does log "friend-$((n * 11 % 40 + 1))" yesterday call: news $n
	does promise "friend-$((n * 3 % 40 + 1))" send paper $n before friday
	[ $((n % 5)) -ne 0 ] || does add "New Person $n"
	[ $((n % 5)) -ne 1 ] || does met "Fresh Person $n" at the fair via friend-1
	[ $((n % 4)) -ne 0 ] || does log "friend-$((n * 5 % 40 + 1))" tried
	[ $((offset % 7)) -ne 3 ] || does review
	run kith due
	late=$(printf '%s\n' "$out" | grep 'New Person.*\(months\|years\) late')
	[ -z "$late" ] || wrong "somebody added is months late: $late"
	page=$(ls reviews/*.md | tail -1)
	grep -q 'planned on' "$page" && for held in $(seq 1 $((n - 1))); do
		sed -n '/^## Did it happen/,/^## /p' "$page" | grep -q "planned $held " && wrong "asked about a lunch that was held: planned $held"
	done
	perl -0ne 'exit(/\n---\n.*\n\n\n/s)' "$page" || wrong "two blank lines in $page"
	[ -z "$(grep '^## ' "$page" | sort | uniq -d)" ] || wrong "a section twice in $page"
	[ -z "$(grep -o '\^[rdpwh]-[a-z2-7]*' "$page" | sort | uniq -d)" ] || wrong "an item twice in $page"
	[ $((offset % 7)) -ne 6 ] || for monday in reviews/*.md; do
		grep -q '^Noted on' "$monday" || wrong "a note is lost in $monday"
	done
done
is "$(cut -c1-150 "$tmp/wrong" | head -20)" "" "four weeks without a misunderstanding"
KITH_TODAY=2026-12-20
run kith check
is "$status:$out" 0: "nothing is amiss in the files"
is "$(grep -rl 'planned [0-9]' people | wc -l)" 28 "the plans are there"
is "$(grep -rh '^- 20.*: [-–—·] ' people)" "" "and no separator was written as text"
is "$(git fsck 2>&1 | grep -v '^dangling\|^notice')" "" "the repository is sound"
like "$(git log --format=%s | grep -c 'Left over')" '^0$' "no evening left anything over"
for week in 48 49 50 51; do
	like "$(git show HEAD:reviews/2026-W$week.md 2> /dev/null)" '^Noted on' "week $week has its note in git"
done
done_testing
