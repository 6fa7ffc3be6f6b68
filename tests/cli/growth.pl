#!/usr/bin/perl
# Contacts that cost a careless reader dear, and how kith's time grows with their size.
#     growth.pl MANY [FOLDER]    in a journal
# MANY: each MANYth family is tried. FOLDER: of contacts, whose bodies are families, too; then each
# command is tried on each family, of larger files, and else only those that do most with it.
# Prints a line `ok|not ok<TAB>family<TAB>why` for each: a command that takes long on a big one is
# compared with itself on one of half its size, by the least processor time of some runs.
#
# A family of DATA is a piece that comes again and again (\n, \r, \t; \s a blank; %d its number), in
# the body or, after `front: `, in the front matter. `item: ` and `task: `: in one line of the body.
use strict;
use warnings;
$| = 1;

# What takes no longer than `short` is quick enough at the largest size, too. Of large files many
# are refused; of the small, none.
my ($many, $all) = @ARGV;
my ($large, $small, $factor, $short) = (1 << 20, $all ? 400_000 : 200_000, 2.3, $all ? 0.12 : 0.05);
sub commands {
	my ($family) = @_;
	return ('list', 'promise -n ada x', 'log -n ada call: x', 'set -n ada org=x', 'review --stdout') if $all;
	return ($family =~ /^front: / ? 'set -n ada org=x' : 'promise -n ada x', 'review --stdout');
}
my %begins = (item => '- 2026-09-20 call: ', task => '- [ ] ');
my %escaped = (n => "\n", r => "\r", t => "\t", s => ' ');

sub pieces {
	my ($n, $piece) = @_;
	return $piece x ($n / length $piece) if $piece !~ /%d/;
	my ($text, $i) = ('', 0);
	$text .= $piece =~ s/%d/$i++/egr while length $text < $n;
	return $text;
}

# Pieces that grow: with runs of the lengths 0, 1, 2, ...
sub growing {
	my ($n, $before, $run, $after) = @_;
	my ($text, $i) = ('', 0);
	$text .= $before . $run x $i++ . $after while length $text < $n;
	return $text;
}

my (@names, %makes);
sub family {
	my ($name, $make) = @_;
	push @names, $name;
	my $front = $name =~ /^front: /;
	$makes{$name} = sub { "---\nname: Ada\n" . ($front ? '' : "---\n") . $make->($_[0]) . ($front ? "\n---\n" : "\n") };
}
while (my $line = <DATA>) {
	chomp $line;
	my ($where, $piece) = $line =~ /^(?:(front|item|task): )?(.*)$/;
	$piece =~ s/\\([nrts])/$escaped{$1}/g;
	my $begins = $begins{ $where // '' } // '';
	family($line, sub { $begins . pieces($_[0], $piece) });
}
my %grown = (
	'rows of backticks that grow' => ['', '`', "e\n"],
	'runs of backticks that grow' => ['e', '`', ''],
	'runs of stars that grow' => [' a', '*', ' '],
	'fences that grow' => ["\n", '~', "\n"],
	'quotes that nest' => ['>', '>', " a\n"],
	'lists that nest' => ['', '  ', "- a\n"],
	'front: maps that nest' => ['', ' ', "a:\n"],
	'front: lists that nest' => ["a:\n", ' ', "-\n"],
);
for my $name (sort keys %grown) {
	family($name, sub { growing($_[0], @{ $grown{$name} }) });
}
for my $file ($all ? sort glob "$all/{body,bytes,entries,links,tasks}/*.md" : ()) {
	open my $in, '<:raw', $file or next;
	local $/;
	my $text = <$in> =~ s/^---\r?\n.*?\n---\r?\n//sr;
	family($file =~ s{^\Q$all/}{}r, sub { pieces($_[0], $text =~ s/%d/%/gr) }) if length $text;
}

my $stands = '';
sub put {
	my ($family, $bytes) = @_;
	return if $stands eq "$bytes $family";
	open my $out, '>:raw', 'people/ada.md' or die "people/ada.md: $!\n";
	print $out $makes{$family}->($bytes);
	close $out;
	$stands = "$bytes $family";
}

# The least processor time of some runs on the family's file of that size. Each is of `times` runs
# in a row: the clock goes by hundredths of a second.
sub took {
	my ($family, $bytes, $command, $runs, $times) = @_;
	put($family, $bytes);
	my $least;
	for (1 .. $runs) {
		my $before = (times)[2] + (times)[3];
		for (1 .. $times) {
			system "kith $command > /dev/null 2>&1 < /dev/null";
			return "status $?" if $? & 127 || $? >> 8 > 1;
		}
		my $took = ((times)[2] + (times)[3] - $before) / $times;
		$least = $took if !defined $least || $took < $least;
	}
	return $least;
}

# Why the time does not grow as the size does; '' where it does.
sub grows_too_fast {
	my ($family, $command, $size) = @_;
	my ($whole, $half) = (took($family, $size, $command, 1, 1));
	return $whole if $whole =~ /status/;
	return '' if $whole < $short;
	my $times = $whole < 0.3 ? int(0.3 / $whole) + 1 : 1;
	# What is not linear is not so at any try; what is may be disturbed.
	for my $runs (1, 3, 9, 27) {
		$half = took($family, $size / 2, $command, $runs, $times);
		$whole = took($family, $size, $command, $runs, $times);
		return '' if $whole < $short || $whole <= $factor * $half;
	}
	return "kith $command, $size bytes: $whole s, half of it: $half s. ";
}
for my $family (map { $_ % $many ? () : $names[$_] } 0 .. $#names) {
	put($family, $large) if $all;
	my $size = $all && system('kith list > /dev/null 2>&1') == 0 ? $large : $small;
	my $why = join '', map { grows_too_fast($family, $_, $size) } commands($family);
	print $why eq '' ? 'ok' : 'not ok', "\t$family\t$why\n";
}
__DATA__
[
![
![[]()
[a](
[a](b)
[[a|
[]
](
<
<a\s
<!--
<?
<![CDATA[
&
&amp;
*
_
**a\s
*a_\s
a**b
`
` ``\s
\
a\t
\t
%%
"
|a
a
\s
(due:: 2026-11-30)\s
item: [[good]],\s
item: #a\s
item: a:\s
item: a & b,\s
item: 2026-09-20\s
item: a@b.c\s
task: (due::\s
task: 📅 2026-11-30\s
task: (
task: ^a\s
-\s
- [ ]\s
1.\s
>\s
- >\s
\n
a\r
- a\r
-\n
- a\n\n
a\n
a\n\n
a\n===\n
===\n
- a\n---\n
* * *\n
# a\n
###### a%d\n
## Log\n- 2026-09-20 call: a\n
## Next\n- [ ] a\n
```\n
~~~ a\n
    a\n
<div>\n
<div>\n\n
<!-- a -->\n
%%\n%%\n
[a]: b\n
[a%d]: /b\n
[a%d]\n
[a]: b "c\n
| a | b |\n
|---|\n
> a\n
- [ ] a\n
- [x] a\n
- [ ] a%d (created:: 2026-11-02)\n
  - [ ] a\n
- 2026-09-20 call: a\n
- 2026-09-20 call with good: a%d #gave\n
- 2026-09-20 call with a, b & c: a\n
- 2026-09-20 call with [[good]] and [[p%d]]: a\n
- 2026-02-30 call\n
- 20%d-01-01 a\n
<<<<<<< a\n
>>>>>>> a\n
front: k%d: v\n
front: k: v\n
front: k%d:\n
front: emaill%d: v\n
front: tags:\n
front: # a\n
front: \n
front: k%d: v\r
front: tags: [a%d,\s
front: cadence: [6 weks,\s
front: aliases: [Ada %d,\s
front: knows: [p%d,\s
front: knows: [good,\s
front: email: [a%d@b.c,\s
front: a: [
front: a: {a:\s
front: a: "\\n
front: a: ''
front: a: &a%d x\n
front: a%d: *a\n
front: a%d: !t x\n
front: -\s
front: ?\s
front: <<: a\n
