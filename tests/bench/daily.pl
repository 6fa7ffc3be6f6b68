#!/usr/bin/perl
# daily.pl JOURNAL NOTES FROM: makes a journal beside another one, of the same people (by a link),
# with so many daily notes of 2 KB: each names three of them where it counts, and others where it
# does not.
use strict;
use warnings;
use POSIX 'strftime';

my ($from, $notes, $to) = @ARGV;
my @slugs = map { m{([^/]+)\.md$} } sort glob("$from/people/*.md");
mkdir $to;
mkdir "$to/Daily";
system('cp', '-R', "$from/people", "$to/people") == 0 or die "people: $!";
open my $settings, '>', "$to/kith.yaml" or die "kith.yaml: $!";
print $settings "version: 1\nsince: 2026-01-05\ndaily: {folder: Daily}\n";
my $n = 0;
sub somebody { $n = ($n * 31 + 17) % 100003; return '[[' . $slugs[$n % @slugs] . ']]' }
for my $i (1 .. $notes) {
	my $day = strftime('%Y-%m-%d', gmtime(1795392000 - $i * 86400));
	open my $note, '>', "$to/Daily/$day.md" or die "$day: $!";
	print $note "---\ntags: daily\n---\n# $day\n\n## Morning\n";
	print $note '- ', somebody(), " call: the plan of the week, and what is left of it\n";
	print $note '- coffee with ', somebody(), ": how they are, and the new house\n";
	for my $line (1 .. 18) {
		print $note "- words about the day that name nobody, and [[Project $line]], a link: ",
			"as most lines are\n";
		print $note '- [ ] write to ', somebody(), " about yesterday\n" if $line % 6 == 0;
	}
	print $note "\n## Evening\n", somebody(), " was in the paper. A book, and early to bed.\n";
}
