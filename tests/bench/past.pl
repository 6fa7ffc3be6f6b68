#!/usr/bin/perl
# past.pl JOURNAL COMMITS TO: makes a journal beside another one, of the same people, with so many
# commits over three years until today, packed: each adds a talk to one person's file and changes
# their title. Some people are met often, and most seldom: half of the commits are of a quarter.
use strict;
use warnings;
use POSIX 'strftime';

my ($from, $commits, $to) = @ARGV;
my $end = 1795392000; # 2026-11-23
my $step = int(3 * 365 * 86400 / $commits);
my %bytes;
for my $file ("$from/kith.yaml", glob "$from/people/*.md") {
	open my $in, '<', $file or die "$file: $!";
	local $/;
	$bytes{substr $file, 1 + length $from} = <$in>;
}
my @people = sort grep { /^people/ } keys %bytes;
sub git { system('git', '-C', $to, @_) == 0 or die "git @_" }
mkdir $to;
git('init', '-q', '-b', 'main');
open my $out, '|-', 'git', '-C', $to, 'fast-import', '--quiet' or die "fast-import: $!";

sub commit {
	my ($number, $message, @paths) = @_;
	my $time = $end - ($commits - $number) * $step;
	print $out "commit refs/heads/main\ncommitter bench <bench\@post.example> $time +0000\n",
		'data ', length $message, "\n$message\n";
	print $out "M 100644 inline $_\ndata ", length $bytes{$_}, "\n$bytes{$_}\n" for @paths;
	return strftime('%Y-%m-%d', gmtime $time);
}
my $day = commit(0, 'All', 'kith.yaml', @people);
my $n = 0;
for my $i (1 .. $commits - 1) {
	$n = ($n * 31 + 17) % 100003;
	my $path = $people[int(@people * ($n / 100003) ** 2)];
	$bytes{$path} =~ s/^title: .*/title: Chair of Board $i/m;
	$bytes{$path} =~ s/^(## Log\n)/$1- $day call: how it went, $i\n/m;
	$day = commit($i, "Talk $i", $path);
}
close $out or die 'fast-import';
git('reset', '-q', '--hard');
git('gc', '-q');
