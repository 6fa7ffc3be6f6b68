#!/bin/sh
# The judge of `make simulate` (tests/sync/Judge.pm) sees each fault that a merge may make.
. "$(dirname "$0")/lib.sh"

cat > judge.pl <<'END'
use strict;
use warnings;
use Judge;
my $base = "---\nname: Ada\ntags: [w0q9]\n---\nProse w0q1.\n\n## Next\n- [ ] send w0q2  (due:: 2026-11-30)\n\n## Log\n- 2026-09-20 call: w0q3\n- 2026-09-19 call: w0q4\n";
# found NAME, ACT, END: what is found where a person makes ACT of the base, and a merge END of that.
sub found {
	my ($name, $act, $end) = @_;
	my $model = Judge::new({ 'people/ada.md' => $base });
	local $_ = $base;
	$act->();
	my $after = $_;
	Judge::act($model, { 'people/ada.md' => $base }, { 'people/ada.md' => $after }, $name);
	$end->();
	print "$name: ", join(', ', map { s/ in .*//r =~ s/people\S* //r } Judge::final($model, { 'people/ada.md' => $_ })) || 'nothing', "\n";
	return;
}
my $log = sub { s/^(## Log\n)/$1- 2026-11-20 call: w1q1\n/m };
my $none = sub { };
found('as it was written', $log, $none);
found('a lost entry', $log, sub { s/.*w1q1\n// });
found('a lost line of before', $none, sub { s/^Prose.*\n//m });
found('a lost tag', $none, sub { s/w0q9// });
found('an entry twice', $log, sub { s/(.*w1q1\n)/$1$1/ });
found('a made up line', $log, sub { s/w1q1/w1q1 or so/ });
found('an entry removed', sub { s/.*w0q4\n// }, $none);
found('a removed entry that came back', sub { s/.*w0q4\n// }, sub { $_ = $base });
found('an entry in another section', $log, sub { s/(.*w1q1\n)//; $_ .= "## Later\n$1" });
found('a marker', $log, sub { $_ .= "<<<<<<< HEAD\n" });
found('a task with two sides\' fields', sub { s/\(due.*/(due:: 2026-12-01)/ }, sub { s/\[ \](.*)/[x]$1  (completion:: 2026-11-30)/ });
found('both kept', sub { s/Prose w0q1/Prose w1q1/ }, sub { s/^Prose/<!-- kith: both kept by a merge -->\nProse w0q1.\nProse/m });
print 'trees: ', Judge::trees(undef, { a => "x\ny\n" }, { a => "x\nz\n" }), '; ', Judge::trees(undef, { a => '' }, { b => '' }),
	'; ', Judge::trees(undef, { a => "x" }, { a => "x" }) || 'same', "\n";
END
run perl -I"$root/tests/sync" judge.pl
expect "each fault is seen, and what is right is none" 0 <<'END'
as it was written: nothing
a lost entry: lost: w1q1
a lost line of before: lost: w0q1
a lost tag: lost: w0q9
an entry twice: doubled: - 2026-11-20 call: w1q1
a made up line: made up: - 2026-11-20 call: w1q1 or so
an entry removed: nothing
a removed entry that came back: came back: w0q4
an entry in another section: moved: w1q1 from 'Log' to 'Later'
a marker: a marker
a task with two sides' fields: nothing
both kept: nothing
trees: a:2: y\n and z\n; a is there once; same
END
done_testing
