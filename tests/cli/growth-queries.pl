#!/usr/bin/perl
# Queries that cost a careless reader dear, and how kith's time grows with their length and with the
# size of the files that they are asked of.
#     growth-queries.pl    in a journal
# Prints a line `ok|not ok<TAB>family<TAB>why` for each. A family is a query of about so many bytes
# and a body: what takes long at both is compared with itself at a query of half the length, and at
# a file of half the size, by the least processor time of some runs.
use strict;
use warnings;
$| = 1;

# What takes no longer than `short` is quick enough at the largest, too. A query has 4,096 bytes.
my ($bytes, $length, $factor, $short) = (400_000, 3600, 2.3, 0.05);

sub times_in {
	my ($n, $piece) = @_;
	return $piece x ($n / length $piece);
}
# name, command, query of n bytes, piece of the body, front matter of n bytes
my @families = (
	['words', 'list', sub { 'text:zz' . times_in($_[0], ' text:zz') }, "zy a\n"],
	['words that are alternatives', 'list', sub { 'text:zz' . times_in($_[0], ' or text:zz') }, "zy a\n"],
	['words of a search', 'search', sub { 'a' . times_in($_[0], ' zzzz') }, "zzzy a\n\n"],
	['words that are found', 'search', sub { 'aaaa' . times_in($_[0], ' aaaa') }, "aaaa\n\n"],
	['words in one paragraph', 'search', sub { 'a' . times_in($_[0], ' zzzz') }, 'zzzy a '],
	['words of another script', 'search', sub { "\xc3\xa9x" . times_in($_[0], " \xc3\xa9x") }, "\xc3\xa9\xcc\x81 "],
	['letters of such a script', 'search', sub { times_in($_[0], "\xe7\x8e\x8b") . 'x' }, "\xe7\x8e\x8b"],
	['a phrase that nearly fits', 'search', sub { '"a' . times_in($_[0] / 8, ' a') . ' b"' }, 'a '],
	['a phrase in entries', 'search', sub { '"a' . times_in($_[0] / 8, ' a') . ' b"' }, "- 2026-09-20 call: a a a\n"],
	['parentheses in parentheses', 'list', sub { times_in($_[0], '((((((((text:zz)))))))) or ') . 'text:zz' }, "zy a\n"],
	['what it is not', 'list', sub { 'text:a' . times_in($_[0], ' not text:zz') }, "zy a\n"],
	['alternatives that nest', 'list', sub { times_in($_[0], '(text:zz or (text:zz or (text:zz or (text:zz)))) or ') . 'text:zz' }, "zy a\n"],
	['both, and one of them, in turn', 'search', sub { times_in($_[0], '(zzzz or (a (zzzz or (a zzzz)))) or ') . 'zz' }, "a\n\n"],
	['a long word', 'search', sub { times_in($_[0], 'a') . 'b' }, 'a'],
	['a long expression', 'search', sub { '/' . times_in($_[0] / 16, 'a') . 'b/' }, 'a'],
	['what may be there or not', 'search', sub { '/' . times_in($_[0] / 32, 'a?') . times_in($_[0] / 32, 'a') . 'b/' }, 'a'],
	['repeats in repeats', 'search', sub { '/' . times_in($_[0] / 8, '(((a*)*)*)*') . 'b/' }, 'a'],
	['anything, and anything', 'search', sub { '/' . times_in($_[0] / 32, '.*') . 'b/' }, 'a'],
	['alternatives in an expression', 'search', sub { '/(' . times_in($_[0] / 16, 'ab|') . 'c)+d/' }, 'ab'],
	['classes', 'search', sub { '/' . times_in($_[0] / 16, '[a-z]') . '0/' }, 'az'],
	['counts', 'search', sub { '/(a{0,' . int($_[0] / 200) . '}){0,8}b/' }, 'a'],
	['an expression at every line', 'search', sub { '/^(x|y)*' . times_in($_[0] / 32, 'z?') . 'b$/' }, "xyxyxyz\n\n"],
	['tags', 'list', sub { 'tag:x' . times_in($_[0], ' tag:x') }, "a\n", sub { 'tags: [' . times_in($_[0] / 16, 'xy,') . 'xy]' }],
	['names', 'list', sub { 'zz' . times_in($_[0], ' or zz') }, "a\n", sub { 'aliases: [' . times_in($_[0] / 16, 'zy,') . 'zy]' }],
	['a timeline of words', 'timeline', sub { 'text:zz' . times_in($_[0], ' or text:zz') }, "- 2026-09-20 call: zy a\n"],
	['what it is sorted by', 'list', sub { times_in(2 * $_[0] / $length, 'sort:tag sort:-name ') . 'text:a' }, "a\n", sub { 'tags: [' . times_in($_[0] / 16, 'xy,') . 'xy]' }],
);

my $stands = '';
sub put {
	my ($family, $size) = @_;
	return if $stands eq "$size $family->[0]";
	open my $out, '>:raw', 'people/ada.md' or die "people/ada.md: $!\n";
	print $out "---\nname: Ada\n", $family->[4] ? $family->[4]->($size) . "\n" : '', "---\n",
		times_in($family->[4] ? 100 : $size, $family->[3]), "\n";
	close $out;
	$stands = "$size $family->[0]";
}

sub took {
	my ($family, $query, $size, $runs, $times) = @_;
	my @command = ('kith', $family->[1], '--', $family->[2]->($query));
	put($family, $size);
	my $least;
	for (1 .. $runs) {
		my $before = (times)[2] + (times)[3];
		for (1 .. $times) {
			my $child = fork() // die "fork: $!\n";
			if (!$child) {
				open STDOUT, '>', '/dev/null';
				open STDERR, '>', '/dev/null';
				open STDIN, '<', '/dev/null';
				exec @command or exit 127;
			}
			waitpid $child, 0;
			return "status $?: $family->[1]" if $? & 127 || $? >> 8 > 1;
		}
		my $took = ((times)[2] + (times)[3] - $before) / $times;
		$least = $took if !defined $least || $took < $least;
	}
	return $least;
}

sub grows_too_fast {
	my ($family, $half_query, $half_size, $what) = @_;
	my $whole = took($family, $length, $bytes, 1, 1);
	return $whole if $whole =~ /status/;
	return '' if $whole < $short;
	my $times = $whole < 0.3 ? int(0.3 / $whole) + 1 : 1;
	my $half;
	for my $runs (1, 3, 9) {
		$half = took($family, $half_query, $half_size, $runs, $times);
		return $half if $half =~ /status/;
		$whole = took($family, $length, $bytes, $runs, $times);
		return '' if $whole < $short || $whole <= $factor * $half;
	}
	return "kith $family->[1]: $whole s, $what: $half s. ";
}
for my $family (@families) {
	my $why = grows_too_fast($family, $length / 2, $bytes, 'half of the query')
		. grows_too_fast($family, $length, $bytes / 2, 'half of the file');
	print $why eq '' ? 'ok' : 'not ok', "\tquery: $family->[0]\t$why\n";
}
