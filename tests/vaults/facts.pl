#!/usr/bin/perl
# Prints what kith says of a person, from `kith show WHO --json`, as the lines of a vault's facts:
# `NAME | KIND | VALUE`, sorted. `nothing` where it says nothing.
use strict;
use warnings;
use JSON::PP;

binmode STDOUT, ':utf8';
my @lines;
for my $file (@ARGV) {
	local $/;
	open my $in, '<', $file or die "$file: $!";
	my $o = decode_json(<$in>);
	my @of;
	my $say = sub { push @of, "$o->{name} | $_[0] | $_[1]" };
	my $labelled = sub {
		my ($kind, $list) = @_;
		for my $v (@$list) {
			my $label = lc($v->{label} // '');
			$say->($kind, $label =~ /^(mobile|linkedin|)$/ ? $v->{text} : "$label $v->{text}");
		}
	};
	$say->('alias', $_) for @{$o->{aliases}};
	$labelled->('email', $o->{emails});
	$labelled->('phone', $o->{phone});
	$labelled->('url', $o->{url});
	$say->('org', $_) for @{$o->{org}};
	$say->('title', $_) for @{$o->{title}};
	$say->('tag', $_) for @{$o->{tags}};
	$say->('formerly', $_) for @{$o->{formerly}};
	$say->('interests', join ', ', @{$o->{interests}}) if @{$o->{interests}};
	$say->('location', $o->{location}) if $o->{location};
	$say->('cadence', $o->{cadence}) if $o->{cadence_from} eq 'own';
	$say->('last', $o->{last}) if $o->{last};
	$say->('planned', $o->{planned}) if $o->{planned};
	my $met = join ' ', grep { defined } @{$o->{met}}{qw(day text)};
	$say->('met', $met) if $met ne '';
	for my $d (@{$o->{dates}}) {
		$say->($d->{what} eq 'birthday' ? ('birthday', $d->{day}) : ('date', "$d->{what} $d->{day}"));
	}
	for my $kind (['promise', 'promises'], ['waiting', 'waiting'], ['topic', 'topics']) {
		$say->($kind->[0], $_->{text} . ($_->{due} ? ", due $_->{due}" : '')) for @{$o->{$kind->[1]}};
	}
	my @days = map { $_->{day} } grep { $_->{kind} =~ /contact|planned/ } @{$o->{entries}};
	$say->('entries', "@days") if @days;
	push @lines, @of ? @of : "$o->{name} | nothing |";
}
print "$_\n" for sort @lines;
