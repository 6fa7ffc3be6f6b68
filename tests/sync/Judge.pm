# What becomes of what people wrote: a model that knows words and lines, and nothing of kith's code.
# It is told of every act of a person as the files before and after it; a merge may then neither lose
# a word that nobody took away, nor bring back what was, nor make up a line, nor double one.
package Judge;
use strict;
use warnings;

my $both = '<!-- kith: both kept by a merge -->';
sub words { return $_[0] =~ /\b(w\d+q\d+)\b/g }

# A line as what it says: without bullet, mark, fields, quotes' depth and the comment of both kept.
sub plain {
	my ($line) = @_;
	$line =~ s/\r$//;
	$line =~ s/\s*\Q$both\E//;
	$line =~ s/\s*\((?:due|created|completion|cancelled):: [^)]*\)//g;
	return $line =~ s/^\s*(?:[-*+] )?(?:\[.\] )?//r =~ s/\s+$//r;
}
# All that a tree says: {words, lines => {plain line => times in one file}, blocks => {word => item},
# sections => {word => heading above it}}.
sub facts {
	my ($tree) = @_;
	my %facts = (words => {}, lines => {}, blocks => {}, sections => {});
	for my $path (keys %$tree) {
		my @lines = split /\n/, $tree->{$path};
		my %times;
		my $section = $path =~ /^people/ && @lines && $lines[0] =~ /^---/ ? 'front matter' : '';
		for my $i (0 .. $#lines) {
			$section = '' if $section eq 'front matter' && $i && $lines[$i] =~ /^---/;
			$section = $1 =~ s/ w\d.*//r if $lines[$i] =~ /^## (.*?)\s*$/;
			my @words = words($lines[$i]) or next;
			$facts{words}{$_}{$path} = 1 for @words;
			$times{ plain($lines[$i]) }++;
			$facts{sections}{$_} = $section for $path =~ /^people/ && $lines[$i] !~ /^## / ? @words : ();
			next if $lines[$i] !~ /^- / || $path !~ /^people/;
			my $to = $i + 1;
			$to++ while $to < @lines && $lines[$to] =~ /^\s+\S/;
			my $item = join "\n", map { s/\r$//r } @lines[ $i .. $to - 1 ];
			$facts{blocks}{$_} = $item for @words;
		}
		for (keys %times) { $facts{lines}{$_} = $times{$_} if $times{$_} > ($facts{lines}{$_} // 0) }
	}
	return \%facts;
}

# A model of a journal that begins so.
sub new {
	my ($tree) = @_;
	my %model = map { ($_ => {}) } qw(written removed lines blocks sections moved paged);
	act(\%model, {}, $tree, 'begin');
	return \%model;
}
# A person did something: these are the files before and after.
sub act {
	my ($model, $before, $after, $what) = @_;
	my ($was, $is) = map { facts($_) } $before, $after;
	for my $word (keys %{ $is->{words} }) {
		# What was written elsewhere is written here once more: taken away there, it stays.
		$model->{moved}{$word} = 1 if !$was->{words}{$word} && $model->{written}{$word};
		$model->{written}{$word} = 1 if !$was->{words}{$word};
		$model->{paged}{$word} = 1 if grep { /^reviews/ } keys %{ $is->{words}{$word} };
		# Of a file that moves, another machine's edits come back under the other name.
		$model->{moved}{$word} = 1 if join(' ', sort keys %{ $was->{words}{$word} // {} }) ne join(' ', sort keys %{ $is->{words}{$word} }) && $was->{words}{$word};
	}
	for my $word (keys %{ $was->{words} }) {
		next if $is->{words}{$word};
		$model->{removed}{$word} = 1;
		$model->{from}{$_}{$word} = 1 for keys %{ $was->{words}{$word} };
		$model->{moved}{$word} = 1 if grep { !exists $after->{$_} } keys %{ $was->{words}{$word} };
	}
	# A file that is taken away comes back as another machine has it.
	for my $path (grep { !exists $after->{$_} } keys %$before) {
		$model->{moved}{$_} = 1 for keys %{ $model->{from}{$path} // {} };
	}
	for (keys %{ $is->{lines} }) {
		my $n = $is->{lines}{$_};
		$model->{lines}{$_} = $n if $n > ($was->{lines}{$_} // 0) && $n > ($model->{lines}{$_} // 0);
	}
	for my $kind ('blocks', 'sections') {
		$model->{$kind}{$_}{ $is->{$kind}{$_} } = 1 for keys %{ $is->{$kind} };
	}
	return;
}

# What is between two trees; nothing where they are the same.
sub trees {
	my (undef, $x, $y) = @_;
	for my $path (sort keys %{ { %$x, %$y } }) {
		return "$path is there once" if !exists $x->{$path} || !exists $y->{$path};
		next if $x->{$path} eq $y->{$path};
		my ($l, $r) = map { [ split /(?<=\n)/, $_ ] } $x->{$path}, $y->{$path};
		my $n = 0;
		$n++ while $n < @$l && $n < @$r && $l->[$n] eq $r->[$n];
		return "$path:" . ($n + 1) . ': ' . join(' and ', map { defined $_->[$n] ? $_->[$n] =~ s/\n/\\n/r =~ s/\r/\\r/r : '(end)' } $l, $r);
	}
	return '';
}

# What is wrong with the files that all have in the end.
sub final {
	my ($model, $tree) = @_;
	my $facts = facts($tree);
	my @wrong;
	for my $path (sort keys %$tree) {
		push @wrong, "a marker in $path" if $tree->{$path} =~ /^(<{7}|>{7}|\|{7})( |\r?$)/m;
	}
	for my $word (sort keys %{ $model->{written} }) {
		push @wrong, "lost: $word" if !$facts->{words}{$word} && !$model->{removed}{$word};
		push @wrong, "came back: $word in " . join ' ', sort keys %{ $facts->{words}{$word} }
			if $facts->{words}{$word} && $model->{removed}{$word} && !$model->{moved}{$word} && !$model->{paged}{$word}
			&& keys %{ $model->{blocks}{$word} // {} } == 1;
	}
	for my $word (sort keys %{ $facts->{sections} }) {
		my ($was, $is) = ($model->{sections}{$word}, $facts->{sections}{$word});
		push @wrong, "moved: $word from " . join(' or ', map { "'$_'" } sort keys %$was) . " to '$is'" if $was && !$was->{$is} && !$model->{paged}{$word};
	}
	for my $path (grep { /^people/ } sort keys %$tree) {
		my ($head, $merged, $kept, %times) = (0, 0, 0);
		my $n = 0;
		for (split /\r?\n/, $tree->{$path}) {
			$head = !$head if /^---$/ && (!$n || $head);
			$n++;
			$merged = /^merged/ || $merged && /^\s/ if $head;
			$kept = /\Q$both\E/ if !/^\s/;
			my @words = words($_) or next;
			next if grep { $model->{paged}{$_} } @words;
			my $line = plain($_);
			# Of an item that both sides changed both stay, with what is nested below them; so do
			# two versions of one that a third has taken away.
			push @wrong, "doubled: $path: $_" if ++$times{$line} > ($model->{lines}{$line} // 1) && !$kept && !grep { $model->{removed}{$_} } @words;
			# Lists and maps are united item by item.
			next if $head && ($merged || /[\[{]/ || /^aliases|^\s/ || /#/);
			push @wrong, "made up: $path: $_" if !$model->{lines}{$line};
		}
	}
	return @wrong;
}

1;
