# Reads the tables of tests/journals/README.md and what `kith check` printed, and compares:
# perl journals.pl README SECTION CHECKED prints TAP-like lines "ok|not ok<TAB>name<TAB>why".
# SECTION: the prefix of the headings wanted, "messy/people/" or "settings/". CHECKED: a file
# of findings; for settings, a folder with one file for each, named like it.
use strict;
use warnings;
my ($readme, $section, $checked) = @ARGV;

sub findings {
	my ($file) = @_;
	my %found;
	open my $in, '<', $file or die "$file: $!";
	while (<$in>) {
		push @{ $found{$1} }, [ "$2:$3", $4 ] if /^(.+?):(\d+):(\d+): (error|warning|hint): /;
	}
	return \%found;
}

my $all = $section eq 'settings/' ? undef : findings($checked);
my ($folder, $count) = ('', 0);
open my $in, '<', $readme or die "$readme: $!";
while (my $line = <$in>) {
	$folder = $1 if $line =~ /^## [^`]*`([^`]*)`/;
	$folder = '' if $line =~ /^## [^`]*$/;
	next unless index($folder, $section) == 0 && $line =~ /^\| `/;
	chomp $line;
	$line =~ s/\\\|/\x01/g;
	my (undef, $name, undef, $want) = map { s/^ +| +$//gr } split /\|/, $line;
	$name =~ s/^`|`$//g;
	# Names that the table cannot spell are tried elsewhere.
	next if $name =~ /\\x|…|</;
	my $path = ($folder =~ s{^messy/}{}r) . $name;
	my @here;
	if (defined $all) {
		@here = @{ $all->{$path} // [] };
	} else {
		@here = @{ findings("$checked/$name")->{'kith.yaml'} // [] };
	}
	my $got = @here ? join(', ', map { "$_->[1] $_->[0]" } @here) : 'nothing';
	my ($kind, $ok) = ('', 0);
	if ($want =~ /\bor (text|read|nothing|warnings?|errors?|never|it matches|a birthday|passed|reviews|reported)\b|\bor an error|says nothing of|not mentioned|by the letter|is a contact of its own|see circle|^as above$/) {
		next;
	} elsif ($want =~ /^(error|warning|hint)s? (?:at |on )?\d+:\d+/) {
		$kind = $1;
		my %places = map { $_ => 1 } $want =~ /\b(\d+:\d+)/g;
		$ok = grep { $_->[1] eq $kind && $places{ $_->[0] } } @here;
	} elsif ($want =~ /^(error|warning|hint)(?:,)? (?:on )?line (\d+)/) {
		$kind = $1;
		my $least = $2;
		$ok = grep { $_->[1] eq $kind && $_->[0] =~ /^(\d+)/ && $1 >= $least } @here;
	} elsif ($want =~ /^(error|warning|hint)/) {
		$kind = $1;
		$ok = grep { $_->[1] eq $kind } @here;
	} elsif ($want =~ /^(nothing|passed over|not a contact|not followed)/) {
		$ok = !@here;
	} else {
		next;
	}
	$count++;
	print $ok ? 'ok' : 'not ok', "\t$path\twant: $want; got: $got\n";
}
die "too few rows: $count\n" if $count < 40;
