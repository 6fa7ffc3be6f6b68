#!/usr/bin/perl
# Runs test programs that speak TAP, several at a time, as prove does (it is prove's engine),
# but counts every test and shows the whole output of the programs that fail.
#     tap.pl STEP JOBS COUNTS PROGRAM...
# Says on descriptor 3, where that is a terminal, how far the step is.
# Writes "PASSED FAILED" to the file COUNTS. A program that ends badly without a failed test
# counts as one that failed, and so does every test that was planned and not run.
use strict;
use warnings;
use TAP::Harness;

my ($step, $jobs, $counts, @programs) = @ARGV;
my (%output, %skipped);
my $harness = TAP::Harness->new({
	jobs => $jobs, merge => 1, verbosity => -3, exec => ['timeout', '900'],
});
$harness->callback(made_parser => sub {
	my ($parser, $test) = @_;
	my $name = $test->[0];
	$output{$name} = '';
	# cmocka says "not ok" of what it skips.
	$parser->callback(test => sub { $skipped{$name}{$_[0]->number} = 1 if $_[0]->has_skip });
	$parser->callback(ALL => sub { $output{$name} .= $_[0]->raw . "\n" });
});
my $ended = 0;
my $terminal;
undef $terminal if !(open($terminal, '>&=', 3) && -t $terminal);
$harness->callback(after_test => sub {
	syswrite $terminal, sprintf("\r\e[K%-10s %d of %d programs", $step, ++$ended, scalar @programs)
		if $terminal;
});
my $all = $harness->runtests(@programs);

my ($passed, $failed) = (0, 0);
for my $name ($all->descriptions) {
	my ($parser) = $all->parsers($name);
	my @bad = grep { !$skipped{$name}{$_} } $parser->failed;
	my $missing = ($parser->tests_planned // 0) - $parser->tests_run;
	my $wrong = @bad + ($missing > 0 ? $missing : 0);
	my $ending = $parser->wait ? ', ended with status ' . $parser->exit : '';
	my @errors = $parser->parse_errors;
	$wrong = 1 if !$wrong && ($ending || @errors || !defined $parser->tests_planned);
	$passed += $parser->tests_run - @bad;
	$failed += $wrong;
	next unless $wrong;
	print "---- $name\n$output{$name}---- $name: $wrong failed";
	print " (@bad)" if @bad;
	print "$ending\n";
	print "     $_\n" for @errors;
}
open my $file, '>', $counts or die "$counts: $!\n";
print $file "$passed $failed\n";
close $file or die "$counts: $!\n";
print $passed + $failed, ' tests in ', scalar(@programs), " programs\n";
exit($failed ? 1 : 0);
