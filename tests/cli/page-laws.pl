# Weeks at random, and what people do to their page: perl page-laws.pl FIRST COUNT [KEEP]
# Each seed from FIRST on makes a journal, has its page written, and then some times over changes
# the journal, the page or both, and has it made again. After each time the laws below hold. Prints
# a line for each law that a seed broke, and at last `N weeks, N broken`; KEEP: a folder that keeps
# the journals of those.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Weeks;
binmode STDOUT, ':utf8';

my ($first, $count, $keep) = @ARGV;
# Every other week the page is edited as programs, and careless people, do.
my $hard;
my $root = "$ENV{PWD}/laws";
my $page = 'reviews/2026-W48.md';
my @sections = ('This week', 'Reach out', 'Ahead', 'Just passed', 'Did it happen?', 'Waiting for', 'What changed',
	'Give and ask', 'Drifting', 'Last week', 'A year ago', 'Needs a look');
my %place = map { ($sections[$_] => $_) } 0 .. $#sections;

# --- a journal: people as a list of {slug, head, tasks, entries}, written as files ---
my (@people, $number);
sub entry {
	my ($from, $to, $tail) = @_;
	return day($from + chance($to - $from + 1)) . ' ' . one(qw(call coffee lunch email)) . ": talk " . ++$number . ($tail // '');
}
sub person {
	my ($n) = @_;
	my %p = (slug => "p$n", head => ["name: P$n"], tasks => [], entries => []);
	push @{ $p{head} }, one('cadence: 2 weeks', 'cadence: 6 weeks', 'cadence: none', 'cadence: monthly', 'cadence: 6 weks', ());
	push @{ $p{head} }, 'birthday: ' . (1950 + chance(40)) . substr(day(chance(40) - 18), 4) if !chance(4);
	push @{ $p{head} }, 'met: ' . day(-chance(30)) if !chance(6);
	push @{ $p{head} }, 'email: p@post.example' if !chance(3);
	add_entry(\%p) for 1 .. chance(5);
	add_task(\%p) for 1 .. chance(3);
	return \%p;
}
sub add_entry {
	my ($p) = @_;
	push @{ $p->{entries} },
		!chance(4) ? entry(-30, 15, ' #planned')
		: !chance(5) ? day(-chance(20)) . ' tried'
		: !chance(3) ? entry(-400, -200)
		: entry(-120, -1, one('', '', ' #asked', ' #gave'));
}
sub add_task {
	my ($p) = @_;
	push @{ $p->{tasks} }, '[ ] ' . one('', '', '#waiting ', '#topic ') . 'thing ' . ++$number
		. one('', ' (due:: ' . day(chance(60) - 35) . ')', ' (due:: ' . day(chance(14)) . ')');
}
# The page, whatever ends its lines.
sub read_page { return slurp($page) =~ s/\r\n/\n/gr }
sub write_people {
	unlink glob 'people/*.md';
	for my $p (@people) {
		my @e = sort { substr($b, 0, 10) cmp substr($a, 0, 10) } @{ $p->{entries} };
		spew("people/$p->{slug}.md", join('', "---\n", (map { "$_\n" } @{ $p->{head} }), "---\n",
			(@{ $p->{tasks} } ? ("## Next\n", map { "- $_\n" } @{ $p->{tasks} }) : ()), "\n## Log\n", map { "- $_\n" } @e));
	}
}

# --- the page, as lines ---
my @own;        # what the person wrote, each line with a mark of its own
my %deleted;    # ids of items taken out of the page
my %ticked;
my $mark = 0;
# What was done to the page as a whole, after which not each law can hold.
my ($crlf, $moved, $glued, %doubled);
sub mine { push @own, "my words " . ++$mark; return $own[-1] }

# An item: its first line and what is nested below it, as offsets; sections: [name, from, to].
sub items {
	my ($l) = @_;
	my @items;
	for (my $i = 0; $i < @$l; $i++) {
		next if $l->[$i] !~ /^(?:[-*]|\d+\.) +\[(.)\] /;
		my ($mark, $to) = ($1, $i + 1);
		$to++ while $to < @$l && $l->[$to] =~ /^(?:  |\t)/;
		# Text that was wrapped goes on below.
		my $first = $l->[$i];
		for ($i + 1 .. $to - 1) {
			last if $l->[$_] =~ /^\s+(?:[-*]|\d+\.) /;
			$first .= " $l->[$_]";
		}
		push @items, { id => $1, mark => $mark, from => $i, to => $to } if $first =~ /(\^[rdpwh]-[a-z2-7]{7})/;
	}
	return @items;
}
sub sections {
	my ($l) = @_;
	my @found;
	for my $i (0 .. $#$l) {
		my $name = $l->[$i] =~ /^## +(.*?)[ #]*$/ ? $1 : $i < $#$l && $l->[ $i + 1 ] =~ /^-{3,}$/ && $l->[$i] =~ /^\w/ && $i > 9 ? $l->[$i] : next;
		$found[-1]{to} = $i if @found;
		push @found, { name => $name, from => $i, to => scalar @$l };
	}
	return @found;
}
sub edit {
	my @l = split /\n/, read_page();
	my @items = items(\@l);
	my @sections = grep { exists $place{ $_->{name} } } sections(\@l);
	my $what = $hard ? chance(26) : chance(14);
	my $item = @items ? one(@items) : undef;
	my $section = @sections ? one(@sections) : undef;
	if ($what == 0 && $item) {    # a tick, or another mark
		$ticked{ $item->{id} } = one('x', 'x', '-', '>');
		$l[ $item->{from} ] =~ s/\[.\]/[$ticked{ $item->{id} }]/;
	} elsif ($what == 1 && $item) {    # lines of one's own below an item
		splice @l, $item->{to}, 0, map { "  - " . mine() } 0 .. chance(2);
	} elsif ($what == 2 && $item) {    # words in a first line
		my $words = mine();
		$l[ $item->{from} ] =~ s/ (\^[rdpwh]-)/ $words $1/;
	} elsif ($what == 3 && $section) {    # a paragraph at the end of a section
		my $at = $section->{to};
		$at-- while $l[ $at - 1 ] eq '';
		splice @l, $at, 0, '', mine();
	} elsif ($what == 4) {    # a section of one's own at the end
		push @l, '', '## ' . mine(), '', '- ' . mine(), '- [ ] ' . mine();
	} elsif ($what == 5 && $item && "@l[$item->{from} .. $item->{to} - 1]" !~ /my words/) {    # an item taken out
		splice @l, $item->{from}, $item->{to} - $item->{from};
		$deleted{ $item->{id} } = 1;
	} elsif ($what == 6 && $section && "@l[$section->{from} .. $section->{to} - 1]" !~ /my words/) {    # a section taken out
		$deleted{ $_->{id} } = 1 for grep { $_->{from} > $section->{from} && $_->{from} < $section->{to} } @items;
		splice @l, $section->{from}, $section->{to} - $section->{from};
		pop @l while @l && $l[-1] eq '';
	} elsif ($what == 7 && $section) {    # a heading of another kind
		splice @l, $section->{from}, 1, $section->{name}, '-' x 9 if $l[ $section->{from} ] =~ /^##/;
	} elsif ($what == 8 && $section) {    # words between a heading and what follows
		my $h = $l[ $section->{from} ] =~ /^##/ ? 1 : 2;
		splice @l, $section->{from} + $h, 0, '', mine() if ($l[ $section->{from} + $h ] // '') eq '';
	} elsif ($what == 9 && $item) {    # an item of one's own behind one
		splice @l, $item->{to}, 0, one('- ', '- [ ] ', '* ') . mine();
	} elsif ($what == 10 && $item && $item->{to} - $item->{from} > 1) {    # a line of kith's below an item taken out
		splice @l, $item->{from} + 1, 1 if $l[ $item->{from} + 1 ] =~ /^  - \*.*\*$/;
	} elsif ($what == 11 && $section) {    # a line of kith's in a section taken out, with its blank line
		my ($at) = grep { $l[$_] =~ /^\*[^*].*\*$/ } $section->{from} .. $section->{to} - 1;
		splice @l, $at - 1, 2 if defined $at && $l[ $at - 1 ] eq '';
	} elsif ($what == 12 && $section) {    # a heading with words of one's own before it
		splice @l, $section->{from}, 0, mine(), '';
	} elsif ($what == 13 && @items > 1) {    # two neighbours change places
		my $n = chance($#items);
		my ($x, $y) = @items[ $n, $n + 1 ];
		splice @l, $x->{from}, $y->{to} - $x->{from}, @l[ $y->{from} .. $y->{to} - 1 ], @l[ $x->{from} .. $x->{to} - 1 ]
			if $x->{to} == $y->{from};
	} elsif ($what == 14) {    # another system's line ends
		$crlf = !$crlf;
	} elsif ($what == 15) {    # another program's bullets, or those of one item
		my ($from, $to) = !$item || chance(2) ? (body_at(\@l), $#l) : ($item->{from}, $item->{to} - 1);
		s/^(\s*)- /$1* / for @l[ $from .. $to ];
	} elsif ($what == 16) {    # tabs
		s/^  ([-*]) /\t$1 / for @l[ body_at(\@l) .. $#l ];
	} elsif ($what == 17 && $section && $l[ $section->{from} ] =~ /^##/) {    # a heading alone taken out
		splice @l, $section->{from}, ($l[ $section->{from} + 1 ] // 'x') eq '' && $l[ $section->{from} - 1 ] eq '' ? 2 : 1;
	} elsif ($what == 18 && @sections > 1) {    # a section at another place
		my ($x, $y) = (one(@sections), one(@sections));
		if ($x->{to} <= $y->{from}) {
			splice @l, $y->{to}, 0, ($y->{to} == @l ? '' : ()), @l[ $x->{from} .. $x->{to} - 1 ];
			splice @l, $x->{from}, $x->{to} - $x->{from};
			$moved = 1;
		}
	} elsif ($what == 19 && $item && "@l[$item->{from} .. $item->{to} - 1]" !~ /my words/) {    # an item twice
		splice @l, $item->{to}, 0, @l[ $item->{from} .. $item->{to} - 1 ];
		$doubled{ $item->{id} }++;
	} elsif ($what == 20) {    # no blank lines, in a section or everywhere
		my ($from, $to) = !$section || chance(2) ? (body_at(\@l), $#l) : ($section->{from}, $section->{to} - 1);
		my @kept = grep { $_ < $from || $_ > $to || $l[$_] ne '' || ($l[$_ + 1] // '') =~ /^-{3,}$|^\w/ || ($l[$_ - 1] // '') =~ /^\w/ } 0 .. $#l;
		@l = @l[@kept];
		$glued = 1;
	} elsif ($what == 21 && $item) {    # a number for a bullet
		$l[ $item->{from} ] =~ s/^[-*] (.*)/1. $1/ and s/^/ / for @l[ $item->{from} + 1 .. $item->{to} - 1 ];
	} elsif ($what == 22) {    # long lines wrapped
		my $at = body_at(\@l);
		@l = (@l[ 0 .. $at - 1 ], map { /^(\s*)((?:[-*]|\d+\.) +)?.{40}/ && !/^#/ ? wrapped($_, $1 . ' ' x length($2 // '')) : $_ } @l[ $at .. $#l ]);
	} elsif ($what == 23) {    # another program's italics
		s/^(\s*(?:[-*] )?)\*([^*_]+)\*$/$1_$2_/ for @l[ body_at(\@l) .. $#l ];
	} elsif ($what == 24 && $section && $l[ $section->{from} ] =~ /^##/) {    # a heading closed, or with blanks
		$l[ $section->{from} ] =~ s/^## (.*?)[ #]*$/one("## $1 ##", "##   $1", "## $1  ")/e;
	} elsif ($what == 25) {    # blanks at the ends, and no last line end
		$l[$_] .= '  ' for grep { $l[$_] =~ /^  - \*/ && chance(2) } body_at(\@l) .. $#l;
	}
	my $end = $crlf ? "\r\n" : "\n";
	spew($page, join($end, @l) . ($what == 25 ? '' : $end));
}
sub body_at {
	my ($l) = @_;
	my $i = 1;
	$i++ while $i < @$l && $l->[$i] ne '---';
	return $i + 1;
}
# Words of a line over two lines.
sub wrapped {
	my ($line, $indent) = @_;
	return $line =~ /^(.{30,}?\S) (?=[^-*+\d\s#>^].)(.*)$/ ? ($1, "$indent$2") : $line;
}

# --- what happens in the journal: 1 where it only adds ---
sub happen {
	my ($today, $adds) = @_;
	my $p = one(@people);
	my $what = chance($adds ? 3 : 8);
	if ($what == 0) {
		push @{ $p->{tasks} }, '[ ] ' . one('', '#waiting ') . 'thing ' . ++$number . ' (due:: ' . day(chance(50) - 30) . ')';
	} elsif ($what == 1) {
		push @{ $p->{entries} }, entry(-20, -1, ' #planned');
	} elsif ($what == 2) {
		push @people, { slug => 'q' . ++$number, head => [ "name: Q$number", 'cadence: none', 'birthday: 1970' . substr(day(chance(34) - 14), 4) ],
			tasks => [], entries => [] };
	} elsif ($what == 3) {
		push @{ $p->{entries} }, day($today) . ' ' . one('call', 'tried', 'lunch') . ': talk ' . ++$number;
	} elsif ($what == 4) {
		s/^\[ \]/[x]/ and last for @{ $p->{tasks} };
	} elsif ($what == 5) {
		s/ #planned// and last for @{ $p->{entries} };
	} elsif ($what == 6) {
		push @{ $p->{head} }, one('status: paused', 'status: archived', 'status: deceased') if !grep /^status/, @{ $p->{head} };
	} elsif ($what == 7) {
		pop @{ $p->{tasks} };
	}
}

# --- the laws ---
my @broken;
# KITH_EXCEPT: a pattern of laws that are not looked at, to see what stands behind them.
sub broken { push @broken, $_[0] if !length($ENV{KITH_EXCEPT} // '') || $_[0] !~ /$ENV{KITH_EXCEPT}/; return }
sub run {
	my (@words) = @_;
	my $pid = open my $out, '-|' // die;
	if (!$pid) {
		open STDERR, '>', '/dev/null';
		exec 'kith', @words or exit 127;
	}
	binmode $out, ':utf8';
	local $/;
	my $said = <$out> // '';
	close $out;
	broken("kith @words ended with " . ($? >> 8 || $?)) if $? >> 8 > 1 || $? & 127;
	return $said;
}
sub body { return $_[0] =~ s/\A---\n.*?\n---\n//sr }
sub check_page {
	my $text = read_page();
	broken('line ends of two kinds') if $crlf && slurp($page) =~ /(?<!\r)\n/;
	my @l = split /\n/, body($text), -1;
	my (%seen, $last, $section) = ();
	broken('two blank lines') if body($text) =~ /\n\n\n/;
	for my $s (sections(\@l)) {
		broken("twice: $s->{name}") if $seen{"## $s->{name}"}++;
		next if !exists $place{ $s->{name} };
		broken("out of order: $s->{name}") if defined $last && $place{ $s->{name} } < $last && !$moved;
		$last = $place{ $s->{name} };
		my %lines;
		for my $i ($s->{from} .. $s->{to} - 1) {
			next if $l[$i] !~ /^([-*] )?[*_][^*_].*[*_]$/;
			# A line that counts, such as *1 plan is older*, stands once whatever its number.
			my $counts = $l[$i] !~ /\[|^[-*] /;
			broken("twice: $l[$i]") if $lines{ $counts ? $l[$i] =~ s/\d+/N/gr : $l[$i] }++;
			broken("glued: $l[$i]") if $counts && $l[ $i - 1 ] ne '' && !$glued;
		}
	}
	for (grep { $_ } map { $_->{id} } items(\@l)) {
		broken("twice: $_") if $seen{$_}++ > ($doubled{$_} // 0);
		broken("came back: $_") if $deleted{$_};
	}
	for my $words (@own) {
		my $n = () = $text =~ /\Q$words\E\b/g;
		broken(($n ? 'doubled' : 'lost') . ": $words") if $n != 1;
	}
	my %tick = map { ($_->{id} => $_->{mark}) } reverse items(\@l);
	for (sort keys %ticked) {
		broken("lost: the mark of $_") if ($tick{$_} // '') ne $ticked{$_} && !$deleted{$_};
	}
	return;
}
sub without_days { return $_[0] =~ s/^(generated|applied|hidden):.*\n(  - .*\n)*//mgr }

my $weeks = 0;
my %kinds;
for my $seed ($first .. $first + $count - 1) {
	$hard = $seed % 2;
	seed($seed);
	(@people, @own, %deleted, %ticked, %doubled, @broken) = ();
	($number, $mark) = (0, 0);
	$crlf = $moved = $glued = 0;
	new_week($root);
	spew('kith.yaml', "version: 1\nsince: 2026-01-05\nreview: {reach_out: " . (2 + chance(5)) . "}\n");
	push @people, person($_) for 1 .. 3 + chance(7);
	write_people();
	system 'git init -q && git add -A && git commit -q -m People';
	my $today = chance(3);
	my $edited = 0;
	run('--today', day($today), 'review');
	check_page();
	my $fresh = run('--today', day($today), 'review', '--stdout');
	broken('not as printed') if without_days($fresh) ne without_days(slurp($page));
	for my $step (1 .. 2 + chance(3)) {
		last if @broken;
		# First only what adds to the same day: then it is a page made in one go.
		my $adds = $step == 1 && chance(3);
		if (!$adds) {
			$edited = 1, edit() for 1 .. chance(4);
			$today++ if chance(2) && $today < 6;
		}
		happen($today, $adds) for 1 .. chance(4);
		write_people();
		run('--today', day($today), 'review');
		check_page();
		if ($adds && !@broken) {
			my $in_one_go = run('--today', day($today), 'review', '--stdout');
			broken('not as made in one go') if without_days($in_one_go) ne without_days(slurp($page));
		}
		my $before = slurp($page);
		run('--today', day($today), 'review');
		broken('not the same when made once more') if $before ne slurp($page);
		# What happens after the week never enters it.
		if ($step == 2) {
			run('--today', day(9), 'review', '2026-W48');
			my $then = slurp($page);
			push @{ one(@people)->{entries} }, day(7 + chance(3)) . ' call: talk ' . ++$number;
			write_people();
			run('--today', day(9), 'review', '2026-W48');
			broken('a day after the week entered it') if without_days($then) ne without_days(slurp($page));
			check_page();
			last;
		}
	}
	$weeks++;
	next if !@broken;
	my %once;
	for (grep { !$once{$_}++ } @broken) {
		print "seed $seed: $_\n";
		$kinds{ s/:.*//r }++;
	}
	keep_week($root, $keep, $seed);
}
print "$weeks weeks", (map { ", $kinds{$_} $_" } sort keys %kinds), "\n";
end_weeks($root);
