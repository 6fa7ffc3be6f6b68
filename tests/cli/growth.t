#!/bin/sh
# A file of double size takes about double the time, whatever stands in it: as cmark does.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "growth" "a sanitised build has times of its own"; done_testing; }
journal
# The least processor time of five runs, at sizes that double until it is long enough to tell.
cat > "$tmp/grow.pl" <<'END'
my ($piece, @command) = @ARGV;
$piece =~ s/\\b/ /g;
$piece =~ s/\\r/\r/g; $piece =~ s/\\n/\n/g;
my $last;
for (my $size = 16384; $size <= 1048576; $size *= 2) {
	open my $out, '>', 'people/ada.md' or die;
	print $out "---\nname: Ada\n---\n", $piece x ($size / length $piece), "x\n";
	close $out;
	my $least;
	for (1 .. 5) {
		my $before = (times)[2] + (times)[3];
		system "@command > /dev/null 2>&1 < /dev/null";
		my $took = (times)[2] + (times)[3] - $before;
		$least = $took if !defined $least || $took < $least;
		last if $took > 1;
	}
	my $base = defined $last && $last > 0.12 ? $last : 0.12;
	die "$size bytes: $least s, half of it: $last s\n" if defined $last && $least > 2.3 * $base;
	$last = $least;
	last if $least > 0.6;
}
END
# What is not linear is not so at any try; what is may be disturbed.
grows() {
	perl "$tmp/grow.pl" "$@" || perl "$tmp/grow.pl" "$@" || perl "$tmp/grow.pl" "$@"
}
while IFS= read -r piece; do
	for command in 'kith list' 'kith promise -n ada x'; do
		ok "$command grows with the file: $piece" grows "$piece" $command
	done
done <<'END'
-\b
a\r
[
![[]()
>\b
- [ ] a\r
- 2026-09-20 call: a\n
END
done_testing
