# What people write by hand, at random: contacts of many styles, and edits of them as an editor makes
# them. Every line that is written holds a word of its own, `w7q2` (the second of step 7), by which
# it is found again whatever becomes of the line.
package Hand;
use strict;
use warnings;
use Exporter 'import';
use FindBin;
use lib "$FindBin::Bin/../cli";
use Weeks qw(seed chance one);
our @EXPORT = qw(begin word contact edit_contact edit_page edit_settings);

# --- words of one's own ---
my ($step, $count) = (0, 0);
# begin SEED STEP: chance and words of that step, which are the same whatever stands before it.
sub begin {
	(my $seed, $step) = @_;
	$count = 0;
	return seed($seed * 1009 + $step);
}
sub word { return "w${step}q" . ++$count }
sub some_day { return sprintf '2026-%02d-%02d', 1 + chance(11), 1 + chance(28) }
sub new_day { return '2026-11-' . (20 + chance(4)) }

# --- a contact ---
# Its file, of style N: flow or block lists, line ends, order of the log, sections.
sub contact {
	my ($n, $name) = @_;
	my @head = ("name: $name", 'title: Chief ' . word());
	push @head, $n % 2 ? ('tags: [maths, ' . word() . ', mentor]  # ' . word()) : ('tags:', '  - maths', '  - ' . word() . '   # ' . word(), '  - mentor');
	push @head, '# a remark ' . word(), 'org: ' . one('Engines ', '"Mills of ') . word();
	$head[-1] .= '"' if $head[-1] =~ /"/;
	push @head, $n % 3 ? ('phone: {mobile: "+44 1", work: +44 2}  # ' . word()) : ('phone:', '  mobile: "+44 1"', '  work: "+44 2" # ' . word());
	push @head, 'hobby: ' . word() if $n % 3 == 1;
	push @head, 'motto: |', '  first ' . word(), '  second ' . word() if $n % 4 == 2;
	push @head, 'cadence: 6 weeks' if $n % 2;
	my @log = reverse sort map { '- ' . some_day() . one(' call: ', ' coffee: ', ' ', ': ', ' call with [[p1]]: ') . 'talk ' . word() } 0 .. 3;
	@log = reverse @log if $n % 4 == 3;
	@log = map { s/^- /### /r, '', 'and ' . word(), '' } @log if $n % 5 == 4;
	splice @log, 1, 0, '  more of it ' . word(), '  - nested ' . word() if $n % 5 < 4;
	my @body = ('She runs on tea ' . word() . ',', 'on long letters ' . word() . ',', 'and on looms ' . word() . '.', '');
	push @body, '> a saying ' . word(), '> of hers ' . word(), '' if $n % 3 == 0;
	push @body, '```', 'code ' . word(), 'code ' . word(), '```', '' if $n % 4 == 1;
	push @body, '## Next', map({ one('- [ ] ', '- [ ] ', '- [x] ') . 'send ' . word() . one('', '  (due:: ' . some_day() . ')', '  (created:: 2026-01-02)  (due:: ' . some_day() . ')') } 0 .. 2), '';
	push @body, '## Notes', '- note ' . word(), '- note ' . word(), '  of two lines ' . word(), '', 'At the end ' . word() . '.', '' if $n % 2 == 0;
	my @all = ('---', @head, '---', @body, '## Log', @log);
	@all = (@body, '## Log', @log) if $n == 7;
	push @all, '', '## Later', 'Words ' . word() if $n % 6 == 5;
	return join $n % 8 == 5 ? "\r\n" : "\n", @all, '';
}

# --- where things stand in a file ---
# Offsets of lines: those of the front matter, entries, tasks, items and lines of paragraphs.
sub places {
	my ($l) = @_;
	my %at = map { ($_ => []) } qw(head entry task item prose);
	my $i = 0;
	if (@$l && $l->[0] eq '---') {
		push @{ $at{head} }, $i while ++$i < @$l && $l->[$i] ne '---';
		$at{close} = $i++;
	}
	my $code = 0;
	for (; $i < @$l; $i++) {
		$_ = $l->[$i];
		$code = !$code if /^```/;
		$at{log} = $i if /^## Log/;
		$at{next} = $i if /^## Next/;
		$at{first} //= $i if /^## /;
		push @{ $at{ $code ? 'code' : /^- \d{4}-/ ? 'entry' : /^- \[.\] / ? 'task' : /^- / ? 'item' : /^[\w>]/ ? 'prose' : 'other' } }, $i;
	}
	return \%at;
}

# --- an edit of a contact ---
# Each takes the lines and where things stand, changes the lines, and says what it did; nothing
# where there is no place for it.
sub append {
	my ($l, $at) = @_;
	return if !defined $at;
	$l->[$at] .= ' ' . word();
	return "appended to line $at";
}
sub removed {
	my ($l, $at, $n) = @_;
	return if !defined $at;
	my $to = $at + 1;
	$to++ while $to < @$l && $l->[$to] =~ /^\s+\S/;
	splice @$l, $at, $to - $at;
	return "removed $n at line $at";
}
sub put {
	my ($l, $at, @what) = @_;
	return if !defined $at || $at > @$l;
	splice @$l, $at, 0, @what;
	return "put at line $at: $what[0]";
}
# The lines of a top-level key: [from, to).
sub key {
	my ($l, $at, $name) = @_;
	for my $i (@{ $at->{head} }) {
		next if $l->[$i] !~ /^$name:/i;
		my $to = $i + 1;
		$to++ while $l->[$to] =~ /^[ -]+\S/ && $l->[$to] ne '---';
		return ($i, $to);
	}
	return;
}
sub picked { my ($places) = @_; return @$places ? one(@$places) : undef }

my @edits = (
	[ entry => 6, sub { put($_[0], defined $_[1]{log} ? $_[1]{log} + 1 : undef, '- ' . new_day() . one(' call: ', ' coffee: ', ' ', ' 14:30 call: ') . 'hand ' . word()) } ],
	[ 'entry at the end' => 2, sub { put($_[0], @{ $_[1]{entry} } ? 1 + $_[1]{entry}[-1] : undef, '- ' . new_day() . ' lunch: hand ' . word()) } ],
	[ 'entry changed' => 4, sub { append($_[0], picked($_[1]{entry})) } ],
	[ 'entry removed' => 2, sub { removed($_[0], picked($_[1]{entry}), 'an entry') } ],
	[ 'entry continued' => 2, sub { my $e = picked($_[1]{entry}); put($_[0], defined $e ? $e + 1 : undef, one('  further ', '  - nested ') . word()) } ],
	[ 'entries swapped' => 1, sub {
		my ($l, $at) = @_;
		my ($x, $y) = map { picked($at->{entry}) } 0 .. 1;
		return if !defined $x;
		@$l[ $x, $y ] = @$l[ $y, $x ];
		return "swapped lines $x and $y";
	} ],
	[ 'task' => 3, sub { put($_[0], defined $_[1]{next} ? $_[1]{next} + 1 : undef, '- [ ] hand ' . word() . one('', '  (due:: 2026-12-0' . (1 + chance(9)) . ')')) } ],
	[ 'task ticked' => 3, sub {
		my ($l, $at) = @_;
		my $t = picked($at->{task}) // return;
		$l->[$t] =~ s/\[ \]/'[' . one('x', 'x', '-', '>') . ']'/e or return;
		$l->[$t] .= '  (completion:: 2026-11-2' . chance(4) . ')' if $l->[$t] =~ /\[x\]/ && chance(2);
		return "ticked line $t";
	} ],
	[ 'task moved' => 2, sub {
		my ($l, $at) = @_;
		my $t = picked($at->{task}) // return;
		my $due = '2026-12-' . (10 + chance(9));
		$l->[$t] =~ s/\(due:: .*?\)/(due:: $due)/ or $l->[$t] .= "  (due:: $due)";
		return "line $t is due $due";
	} ],
	[ 'task removed' => 1, sub { removed($_[0], picked($_[1]{task}), 'a task') } ],
	[ 'item' => 2, sub { my $e = picked($_[1]{item}); put($_[0], defined $e ? $e : undef, '- hand ' . word()) } ],
	[ 'item changed' => 2, sub { append($_[0], picked($_[1]{item})) } ],
	[ 'item removed' => 1, sub { removed($_[0], picked($_[1]{item}), 'an item') } ],
	[ 'prose changed' => 4, sub { append($_[0], picked([ grep { $_[0][$_] =~ /^\w/ } @{ $_[1]{prose} } ])) } ],
	[ 'prose rewritten' => 3, sub {
		my ($l, $at) = @_;
		my $p = picked([ grep { $l->[$_] =~ /^\w/ } @{ $at->{prose} } ]) // return;
		$l->[$p] = 'Rewritten ' . word() . '.';
		return "rewrote line $p";
	} ],
	[ 'prose line' => 2, sub { my $p = picked($_[1]{prose}); put($_[0], $p, ($_[0][ $p // 0 ] =~ /^>/ ? '> ' : '') . 'a line ' . word()) } ],
	[ 'paragraph' => 3, sub { put($_[0], $_[1]{first}, 'A paragraph ' . word() . one('', ',') . ' of hand.', '') } ],
	[ 'prose removed' => 1, sub { removed($_[0], picked($_[1]{prose}), 'a line of prose') } ],
	[ 'code changed' => 1, sub { append($_[0], picked([ grep { $_[0][$_] !~ /^```/ } @{ $_[1]{code} // [] } ])) } ],
	[ 'section' => 1, sub { put($_[0], $_[1]{first}, '## About ' . word(), '- about ' . word(), '') } ],
	[ 'heading changed' => 1, sub { append($_[0], picked([ grep { $_[0][$_] =~ /^## About/ } @{ $_[1]{other} // [] } ])) } ],
	[ 'value' => 4, sub {
		my ($l, $at) = @_;
		my $name = one(qw(title org location hobby));
		my $new = "$name: " . one('Head ', 'Hand ') . word();
		my ($from, $to) = key($l, $at, $name);
		return put($l, $at->{close}, $new) if !defined $from;
		splice @$l, $from, $to - $from, $new;
		return $new;
	} ],
	[ 'key removed' => 1, sub {
		my ($l, $at) = @_;
		my $name = one(qw(title org hobby phone tags motto));
		my ($from, $to) = key($l, $at, $name);
		return if !defined $from || $to - $from >= @{ $at->{head} };
		splice @$l, $from, $to - $from;
		return "removed $name";
	} ],
	[ 'tag' => 3, sub {
		my ($l, $at) = @_;
		my ($from, $to) = key($l, $at, 'tags');
		return put($l, $at->{close}, 'tags: [' . word() . ']') if !defined $from;
		return put($l, one($from + 1, $to), '  - ' . word()) if $to > $from + 1;
		my $new = word();
		$l->[$from] =~ s/\]/, $new]/ if !chance(2) || $l->[$from] !~ s/\[/[$new, /;
		return "tag $new";
	} ],
	[ 'tag removed' => 2, sub {
		my ($l, $at) = @_;
		my ($from, $to) = key($l, $at, 'tags');
		return if !defined $from;
		if ($to > $from + 2) { return removed($l, $from + 1 + chance($to - $from - 1), 'a tag') }
		$l->[$from] =~ s/\[[^,\]]*, /[/ or return;
		return 'removed the first tag';
	} ],
	[ 'phone' => 2, sub {
		my ($l, $at) = @_;
		my ($from, $to) = key($l, $at, 'phone');
		return if !defined $from;
		my ($kind, $new) = (one(qw(mobile home)), word());
		if ($to > $from + 1) {
			for ($from + 1 .. $to - 1) { return "phone $new" if $l->[$_] =~ s/^(\s+$kind:).*/$1 "$new"/ }
			return put($l, $to, "  $kind: $new");
		}
		$l->[$from] =~ s/$kind: [^,}]*/$kind: $new/ or $l->[$from] =~ s/\{/{$kind: $new, /;
		return "phone $kind: $new";
	} ],
	[ 'remark' => 2, sub { my $h = picked([ grep { $_[0][$_] =~ /^\w/ } @{ $_[1]{head} } ]); put($_[0], $h, '# hand ' . word()) } ],
	[ 'new key' => 2, sub { my ($l, $at) = @_; my $k = one(qw(shoe school)); defined key($l, $at, $k) ? () : put($l, $at->{close}, "$k: " . word()) } ],
	[ 'line ends' => 1, sub { $_[2]{crlf} = !$_[2]{crlf}; return 'turned the line ends' } ],
	[ 'blank line' => 1, sub { put($_[0], $_[1]{first}, '') } ],
);
my @lot = map { ($_) x $_->[1] } @edits;

# A contact's text with one to three edits in it; what they did is said.
sub edit_contact {
	my ($text) = @_;
	my %way = (crlf => scalar $text =~ /\r\n/);
	my @l = split /\r?\n/, $text;
	my @said;
	for my $n (0 .. chance(3)) {
		my $edit = one(@lot);
		my $said = $edit->[2]->(\@l, places(\@l), \%way);
		push @said, "$edit->[0] ($said)" if defined $said;
	}
	return (join($way{crlf} ? "\r\n" : "\n", @l, ''), join '; ', @said);
}

# A review's page: marks, lines below items, lines of one's own.
sub edit_page {
	my ($text) = @_;
	my @l = split /\r?\n/, $text;
	my @items = grep { $l[$_] =~ /^- \[.\] .*\^[rdpwh]-/ } 0 .. $#l;
	my @said;
	for my $n (0 .. chance(2)) {
		my $i = @items ? one(@items) : last;
		my $what = chance(4);
		if ($what < 2) {
			my $mark = one('x', 'x', '-', ' ');
			$l[$i] =~ s/^- \[.\]/- [$mark]/;
			push @said, "[$mark] in line $i";
		} elsif ($what == 2) {
			push @said, put(\@l, $i + 1, '  - ' . one('she is well ', 'call: page ') . word());
			@items = map { $_ > $i ? $_ + 1 : $_ } @items;
		} else {
			push @said, put(\@l, scalar @l, '', 'My words ' . word() . '.');
		}
	}
	return (join($text =~ /\r\n/ ? "\r\n" : "\n", @l, ''), join '; ', @said);
}

# The settings: a list, a map, a value, a remark.
sub edit_settings {
	my ($text) = @_;
	my $new = word();
	my $what = chance(4);
	if ($what == 0) { $text =~ s/^(ignore: \[)/$1"$new", /m }
	elsif ($what == 1) { $text =~ s/^(cadence_by_tag: \{)/$1$new: close, /m }
	elsif ($what == 2) { $text =~ s/^cadence_default:.*/'cadence_default: ' . one('light', 'close', 'rare') . "   # $new"/me }
	else { $text .= "# $new\n" }
	return ($text, "settings, $new");
}

1;
