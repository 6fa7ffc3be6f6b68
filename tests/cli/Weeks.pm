# What weeks at random begin with (page-laws.pl, apply-laws.pl): chance that is the same on every
# machine, days that are counted from the page's Monday, files, and a folder for each week.
package Weeks;
use strict;
use warnings;
use Exporter 'import';
use File::Path qw(make_path remove_tree);
use POSIX qw(strftime);
use Time::Local qw(timegm);
our @EXPORT = qw(seed chance one day spew slurp new_week keep_week end_weeks);

my $state;
sub seed {
	my ($seed) = @_;
	$state = $seed * 7919 + 17;
	chance(2) for 1 .. 3;
	return;
}
sub chance {
	my ($n) = @_;
	$state = ($state * 1103515245 + 12345) % 2147483648;
	return int($state / 65536) % $n;
}
sub one { return $_[ chance(scalar @_) ] }

# --- 2026-11-23 and so many days ---
my $monday = timegm(0, 0, 12, 23, 10, 2026) / 86400;
sub day { return strftime('%Y-%m-%d', gmtime(86400 * ($monday + $_[0]))) }

# --- files; one that is not there has no text ---
sub spew {
	my ($file, $text) = @_;
	open my $out, '>:utf8', $file or die "$file: $!";
	print $out $text;
	close $out or die "$file: $!";
	return;
}
sub slurp {
	my ($file) = @_;
	open my $in, '<:utf8', $file or return '';
	local $/;
	return scalar <$in> // '';
}

# --- a week's folder, which is the one that all happens in ---
sub end_weeks {
	my ($root) = @_;
	chdir '/';
	return remove_tree($root);
}
sub new_week {
	my ($root) = @_;
	end_weeks($root);
	make_path("$root/people");
	chdir $root or die "$root: $!";
	return;
}
# keep_week ROOT, KEEP, SEED: a copy of it in the folder KEEP, if one is named.
sub keep_week {
	my ($root, $keep, $seed) = @_;
	return if !$keep;
	make_path($keep);
	return system 'cp', '-r', $root, "$keep/$seed";
}
1;
