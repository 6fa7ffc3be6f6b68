#!/bin/sh
# Random files of two people, merged: every entry, task, value and text of both is in the one file
# that stays, or it is refused, told, and nothing has changed. What is asked knows nothing of how
# kith merges: each thing that is made has a word of its own, which is looked for, and what kith
# read as talks before it reads afterwards. MERGES=10000 tries so many (200 by default), SEED=N others.
. "$(dirname "$0")/lib.sh"
same_each_day "random merges"

cat > "$tmp/merges.pl" <<'END'
use strict;
use warnings;
use JSON::PP;
my ($count, $seed) = @ARGV;
srand $seed;
my $next = 0;
my @shared;
sub pick { $_[rand @_] }
sub word { sprintf 'w%06dw', ++$next }
sub day { sprintf '202%d-%02d-%02d', rand 6, 1 + rand 12, 1 + rand 28 }

# Each gives lines; some stand in both files.
my @things = (
	sub { my $m = pick('- ', '* ', '+ ', '1. '); $m . day() . ' ' . pick('call', 'coffee', 'email')
		. pick('', '', ' with [[grace]]', ' with [[ada]] and [[grace]]', ' with [[bob]]')
		. ': ' . word() },
	sub { '- ' . day() . ' call: ' . word(), '  more ' . word(), '  - nested ' . word() },
	sub { '- ' . day() . ' call: ' . word(), 'lazy ' . word() },
	sub { '### ' . day() . ' lunch: ' . word(), word(), '' },
	sub { '- [ ] ' . word() . pick('', '  (due:: ' . day() . ')', ' #waiting') },
	sub { '- [x] ' . word() . '  (completion:: ' . day() . ')' },
	sub { '- [ ] ' . word(), '  below ' . word() },
	sub { word() . ' words ' . word() },
	sub { '', word(), '' },
	sub { '> quoted ' . word(), '' },
	sub { '```', '- 2026-01-01 call: ' . word(), '```' },
	sub { '- item ' . word() },
	sub { "    code " . word() },
	sub { '', '| a |', '|---|', '| ' . word() . ' |', '' },
	sub { word() . "\xC2\x85" . word() . "\xE2\x80\xA8" . word() },
	sub { '**Org**: ' . word() },
	sub { '' }, sub { '' },
	sub { pick('## Log', '## Next', '## Ideas', '# Bob Stone', '### 2025') },
	sub { '', pick('Log', 'Next', 'Thoughts'), pick('---', '====='), '' },
	sub { '- - ' . word() }, sub { '***' }, sub { '<!-- ' . word() . ' -->', '' },
);
my @keys = (
	sub { 'org: ' . word() }, sub { 'title: ' . word() },
	sub { 'tags: [' . word() . ', ' . word() . ']' }, sub { 'tags:', '  - ' . word() },
	sub { 'email: ' . word() . '@x.org' }, sub { 'interests: [' . word() . ']' },
	sub { 'location: ' . word() }, sub { 'hobby: ' . word() },
	sub { 'notes: |', '  ' . word(), '  ' . word() },
	sub { 'dates:', '  ' . word() . ': ' . day() },
);
sub lines {
	my ($from, $n, @out) = (shift, shift);
	for (1 .. $n) {
		my @one = @shared && rand() < 0.15 ? @{pick(@shared)} : pick(@$from)->();
		push @shared, [@one] if $from == \@things && rand() < 0.2;
		push @out, @one;
	}
	@out;
}
sub join_lines {
	my ($kind, @lines) = @_;
	my %end = (lf => "\n", cr => "\r", crlf => "\r\n", nel => "\xC2\x85");
	join '', map { $_ . ($kind eq 'mixed' ? pick("\n", "\r", "\r\n") : $end{$kind}) } @lines;
}
sub keys_once {
	my (%had, @out);
	for (1 .. rand 4) {
		my @one = pick(@keys)->();
		push @out, @one if !$had{(split /:/, $one[0])[0]}++;
	}
	@out;
}
sub contact {
	my $name = shift;
	my $text = '';
	my @keys = keys_once();
	if ($name eq 'Ada' || rand() < 0.6) {
		$text = join_lines(pick('lf', 'lf', 'cr', 'crlf', 'mixed'), '---');
		$text .= join_lines(pick('lf', 'lf', 'lf', 'cr', 'crlf', 'mixed', 'nel'),
			"name: $name Stone", @keys);
		$text .= "\n" if $text !~ /[\r\n]\z/;
		$text .= join_lines(pick('lf', 'cr', 'crlf'), '---');
	}
	$text .= join_lines(pick('lf', 'cr', 'cr', 'crlf', 'mixed'), lines(\@things, 1 + rand 12));
	$text =~ s/[\r\n]+\z// if rand() < 0.3;
	$text;
}
sub slurp { local (@ARGV, $/) = shift; my $s = <>; $s // '' }
sub spew { my ($path, $s) = @_; open my $f, '>:raw', $path or die; print $f $s; close $f }
# The talks as kith reads them: words alone, in which no name of the two stands.
sub talks {
	my $json = eval { decode_json(scalar `kith show -a --json $_[0] 2> /dev/null`) } or return;
	map { join ' ', $_->{day}, $_->{channel} // '', ($_->{text} =~ /w\d{6}w/g) }
		grep { !$_->{in} } @{$json->{entries}};
}
sub promises {
	my $json = eval { decode_json(scalar `kith show -a --json $_[0] 2> /dev/null`) } or return;
	map { join ' ', $_->{due} // '', ($_->{text} =~ /w\d{6}w/g) }
		map { @{$json->{$_}} } 'promises', 'waiting';
}

my ($merged, $refused, $bad) = (0, 0, 0);
for my $n (1 .. $count) {
	@shared = ();
	my %was = (ada => contact('Ada'), bob => contact('Bob'));
	spew("people/$_.md", $was{$_}) for keys %was;
	my @talks = map { talks($_) } 'ada', 'bob';
	my @promises = map { promises($_) } 'ada', 'bob';
	my $said = `kith merge ada bob 2>&1`;
	my @why;
	if (-e 'people/bob.md') {
		$refused++;
		push @why, 'refused and changed' if slurp('people/ada.md') ne $was{ada} || slurp('people/bob.md') ne $was{bob};
		push @why, 'refused without a word' if $said !~ /\S/;
	} else {
		$merged++;
		my $now = slurp('people/ada.md');
		my %is = map { $_ => 1 } $now =~ /w\d{6}w/g;
		push @why, "$_ is lost" for grep { !$is{$_} } "$was{ada}$was{bob}" =~ /w\d{6}w/g;
		my %marks = map { $_ => 1 } $now =~ /(\[[ x]\] w\d{6}w)/g;
		push @why, "$_ is lost" for grep { !$marks{$_} } "$was{ada}$was{bob}" =~ /(\[[ x]\] w\d{6}w)/g;
		my %talks = map { $_ => 1 } talks('ada');
		push @why, "no talk any more: $_" for grep { !$talks{$_} } @talks;
		my %promises = map { $_ => 1 } promises('ada');
		push @why, "no promise any more: $_" for grep { !$promises{$_} } @promises;
	}
	print "REFUSED $said" if $ENV{SHOW} && -e 'people/bob.md';
	next if !@why;
	$bad++;
	s/\r/~/g for values %was;
	print "try $n: @why\n--- ada\n$was{ada}\n--- bob\n$was{bob}\n--- $said\n--- now\n", slurp('people/ada.md') =~ s/\r/~/gr, "\n";
	last if $bad >= 3;
}
print "$merged merged, $refused refused\n";
exit($bad || $merged < $count / 2);
END
mkdir "$tmp/loose" && cd "$tmp/loose" && mkdir people
printf 'commit: manual\n' > kith.yaml
printf -- '---\nname: Grace\n---\n' > people/grace.md
run perl "$tmp/merges.pl" "${MERGES:-200}" "${SEED:-1}"
is "$status" 0 "random merges keep what both files say: $(tail -n 1 "$tmp/out")"
[ "$status" -eq 0 ] || fail "what was lost" "$out$err"
done_testing
