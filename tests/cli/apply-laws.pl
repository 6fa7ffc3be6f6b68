# Weeks at random that are lived through the page: perl apply-laws.pl FIRST COUNT [KEEP]
# A small model of acting on a review, which knows nothing of kith's code: from each seed on a
# journal and its page are made; then a person ticks, unticks, writes below items, reformats, has
# the page made again, renames, edits files by hand, and `kith apply` runs, sometimes killed,
# sometimes twice, sometimes on two machines. After each time the files hold just the entries, tasks
# and snoozes that the model says. Prints a line for each difference, and at last
# `N weeks, N acts, N applied, N taken back, N differ`; KEEP: a folder for the journals of those.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Time::HiRes qw(usleep);
use Weeks;
binmode STDOUT, ':utf8';

my ($first, $count, $keep) = @ARGV;
my $step_number = 1;
my $root = "$ENV{PWD}/weeks";
my $page = 'reviews/2026-W48.md';

my @week = qw(mon tue wed thu fri sat sun);

# --- the journal of the model: {slug, name, snooze, entries => {N => text}, tasks => {N => {}}} ---
# Every entry and task has a number in its text, or, where it has no text, one of its own.
my (@people, %of, %applied, %born, $number);
sub person {
	my ($n) = @_;
	my $p = { slug => "p$n", name => one("Pia Nolan$n", "Bo $n", "Zoë von Ahn $n"), entries => {}, tasks => {}, snooze => '' };
	$p->{head} = [ "name: $p->{name}", one('cadence: 2 weeks', 'cadence: monthly', 'cadence: 6 weeks', ()) ];
	$p->{birthday} = day(chance(8)) if !chance(3);
	push @{ $p->{head} }, 'birthday: ' . (1950 + chance(40)) . substr($p->{birthday}, 4) if $p->{birthday};
	add_entry($p, day(-60 - chance(200)) . one(' call', ' coffee', '') . ': talk') for 0 .. chance(2);
	add_entry($p, day(-3 - chance(7)) . one(' call', ' lunch', ' 12:30 coffee') . ': talk', ' #planned') if !chance(2);
	add_entry($p, day(5 + chance(10)) . one(' dinner', ' visit') . ': talk', ' #planned') if !chance(3);
	for (0 .. chance(4)) {
		$of{ ++$number } = $p;
		$p->{tasks}{$number} = { mark => ' ', text => one('', '', '#waiting ') . "thing $number", due => chance(5) ? day(chance(20) - 8) : '', done => '' };
	}
	return $p;
}
sub add_entry {
	my ($p, $text, $tail) = @_;
	$of{ ++$number } = $p;
	$born{$number} = substr $text, 0, 10;
	$p->{entries}{$number} = "$text $number" . ($tail // '');
	return;
}
sub write_person {
	my ($p) = @_;
	my $text = join '', "---\n", (map { "$_\n" } @{ $p->{head} }), "---\n## Next\n";
	for (sort { $a <=> $b } keys %{ $p->{tasks} }) {
		my $t = $p->{tasks}{$_};
		$text .= "- [$t->{mark}] $t->{text}" . ($t->{due} && "  (due:: $t->{due})") . "\n";
	}
	$text .= "\n## Log\n";
	$text .= "- $_\n" for reverse sort values %{ $p->{entries} };
	spew("people/$p->{slug}.md", $text);
	return;
}
# All that is in the files, or in the model: a line for each fact.
sub facts_of_model {
	my @facts;
	for my $p (@people) {
		push @facts, "$p->{slug}: snooze $p->{snooze}" if $p->{snooze};
		push @facts, map { "$p->{slug}: $_" } values %{ $p->{entries} };
		push @facts, map { "$p->{slug}: [" . lc($_->{mark}) . "] $_->{text} due $_->{due} done $_->{done}" } values %{ $p->{tasks} };
	}
	return join "\n", sort @facts;
}
sub facts_of_files {
	my @facts;
	for my $file (glob 'people/*.md') {
		my $slug = $file =~ s{people/(.*)\.md}{$1}r;
		for (split /\n(?!  )/, slurp($file)) {
			push @facts, "$slug: snooze $1" if /^snooze: (.*)/;
			push @facts, "$slug: " . s/\n  - /~/gr =~ s/^- //r if /^- \d/;
			next if !/^- \[(.)\] /;
			my $mark = lc $1;
			my $due = s/ *\(due:: (.*?)\)// ? $1 : '';
			my $done = s/ *\((?:completion|cancelled):: (.*?)\)// ? $1 : '';
			push @facts, "$slug: [$mark] " . s/ *\(created:: .*?\)//r =~ s/^- \[.\] //r . " due $due done $done";
		}
	}
	return join "\n", sort @facts;
}

# --- the page, as a person reads it: items as {id, mark, from, to, own => [lines]} ---
my @lines;
sub read_page {
	@lines = split /\r?\n/, slurp($page);
	my @items;
	for (my $i = 0; $i < @lines; $i++) {
		next if $lines[$i] !~ /^[-*] \[(.)\] .*\^(([rdpwh])-[a-z2-7]{7})/;
		my %item = (mark => $1, id => $2, kind => $3, from => $i, own => []);
		my $head = $lines[$i];
		$i++ while $i + 1 < @lines && ($lines[ $i + 1 ] =~ /^\s+\S/ || $lines[ $i + 1 ] eq '' && $i + 2 < @lines && $lines[ $i + 2 ] =~ /^\s+\S/);
		$item{to} = $i + 1;
		for (@lines[ $item{from} + 1 .. $i ]) {
			my ($text) = /^\s+[-*] (.*)/ or next;
			push @{ $item{own} }, $text if @{ $item{own} } || $text !~ /^([*_])(?!\1).*\1$/;
		}
		# Whose it is, and which one: by the number in its text.
		my ($slug) = $head =~ m{\(\.\./people/(.*?)\.md\)};
		($item{who}) = grep { $_->{slug} eq $slug } @people;
		# Of the week's own days no month is said.
		my ($day, $month) = $head =~ /\*\*\w+ (\d+)(?: (Oct|Dec))?/;
		$item{date} = sprintf '2026-%02d-%02d', { Oct => 10, Dec => 12 }->{ $month // '' } // 11, $day // 0;
		$item{number} = $item{kind} =~ /[pwh]/ && $head =~ /(?:thing|talk) (\d+)/ ? $1 : 0;
		push @items, \%item;
	}
	return @items;
}
sub write_page { return spew($page, join "\n", @lines, '') }

# --- what the page asks for, on a day ---
# A line of one's own: {day, head, text, kind}; kinds: ahead, day, channel, time, text.
sub line {
	my ($text, $today) = @_;
	return { kind => 'ahead', day => day($today + 21) } if $text eq 'in 3 weeks';
	return { kind => 'day', entry => day($2) . $3 } if $text =~ /^((\d)\. of the week)()/;
	for (0 .. 6) {
		my ($name, $day) = ($week[$_], day($_));
		next if $text !~ s/^(?:$name|$day)\b//;
		return { kind => 'ahead', day => $day } if $text eq '';
		return { kind => 'day', entry => "$day$text" };
	}
	return { kind => 'channel', entry => day($today) . " $text" } if $text =~ /^(call|coffee|lunch|email): /;
	return { kind => 'time', entry => day($today) . " $text" } if $text =~ /^\d\d:\d\d /;
	return { kind => 'text', text => $text };
}
# The effects of an item, by keys that stay: {key => {log => text} | {mark|due|day|snooze|plan => …}}.
sub effects {
	my ($item, $today) = @_;
	my ($kind, $p, $n) = @$item{qw(kind who number)};
	$item->{mark} =~ s/\?/ /;
	my $tick = $item->{mark} =~ /[xX]/;
	my $key = "$kind $p->{number} $n";
	my %do;
	my @own = map { line($_, $today) } @{ $item->{own} };
	my ($ahead) = map { $_->{day} } grep { $_->{kind} eq 'ahead' } @own;
	my $said = defined $ahead;
	$ahead //= day(7) if $item->{mark} eq '>';
	my @texts = map { $_->{text} } grep { $_->{kind} eq 'text' } @own;
	my @heads = grep { $_->{entry} && ($tick && $kind eq 'r' || $_->{kind} ne 'time') } @own;
	my $waits = $kind eq 'd' && $p->{birthday} gt day($today);
	# A line is the person's, wherever it stands.
	for my $i (0 .. $#own) {
		$do{"line $p->{number} $item->{own}[$i]"} = { log => $own[$i]{entry} } if grep { $_ == $own[$i] } @heads;
	}
	my $text = @texts ? ': ' . join('~', @texts) : '';
	# What begins with a channel is read with it, however it is written.
	$text =~ s/^: (call|coffee|lunch|email) / $1: /;
	$do{"$key x"} = { log => day($today) . $text } if $tick && ($kind eq 'r' && (@texts || !@heads) || $kind eq 'd' && @texts && !$waits);
	$do{"$key ahead"} = { snooze => $ahead } if $kind eq 'r' && $ahead;
	if ($kind =~ /[pw]/) {
		$do{"$key x"} = { mark => 'x', done => day($today) } if $tick;
		$do{"$key -"} = { mark => '-', done => day($today) } if $item->{mark} eq '-';
		$do{"$key ahead"} = { due => $ahead } if $ahead && $item->{mark} =~ /[ >]/;
	} elsif ($kind eq 'h') {
		# A plan that was moved by this item goes back to its day before another mark counts.
		my $moved = $applied{"$key ahead"};
		my ($day) = ($item->{mark} ne '>' && $moved ? $moved->{was} : $p->{entries}{$n} // '') =~ /^(\S+)/;
		my $over = join '', map { "; $_" } @texts;
		$do{"$key x"} = { plan => '', more => $over } if $tick && ($day // '') le day($today);
		$do{"$key -"} = { plan => ' #cancelled', more => '' } if $item->{mark} eq '-';
		$do{"$key ahead"} = { day => $ahead } if $ahead && ($item->{mark} =~ /[ >]/ || $tick && ($day // '') gt day($today));
	}
	$do{"$key ahead"}{said} = $said if $do{"$key ahead"};
	return %do;
}

# --- applying, by the model ---
my %sum;
# One effect: what it found and what it left is kept with it.
sub apply_one {
	my ($p, $n, $do) = @_;
	my ($task, $kept) = ($p->{tasks}{$n}, { %$do, who => $p, n => $n });
	if (defined $do->{log}) {
		$of{ ++$number } = $p;
		$kept->{n} = $number;
		$p->{entries}{$number} = $do->{log};
	} elsif (defined $do->{snooze}) {
		$kept->{was} = $p->{snooze};
		$p->{snooze} = $do->{snooze};
	} elsif (defined $do->{plan} || defined $do->{day}) {
		$kept->{was} = $p->{entries}{$n};
		$p->{entries}{$n} =~ s/ #planned/$do->{more}$do->{plan}/ if defined $do->{plan};
		$p->{entries}{$n} =~ s/^\S+/$do->{day}/ if defined $do->{day};
		$kept->{is} = $p->{entries}{$n};
	} else {
		return if $task->{mark} ne ' ';
		$kept->{was} = {%$task};
		$task->{$_} = $do->{$_} for grep { exists $do->{$_} } qw(mark done due);
	}
	$sum{applied}++;
	return $kept;
}
sub take_back {
	my ($k) = @_;
	$sum{'taken back'}++;
	return if $k->{promise};
	my ($p, $n) = @$k{qw(who n)};
	my $task = $p->{tasks}{$n};
	if (defined $k->{log}) {
		delete $p->{entries}{$n} if ($p->{entries}{$n} // '') eq $k->{log};
	} elsif (defined $k->{snooze}) {
		$p->{snooze} = $k->{was} if $p->{snooze} eq $k->{snooze};
	} elsif (defined $k->{plan} || defined $k->{day}) {
		$p->{entries}{$n} = $k->{was} if $p->{entries}{$n} eq $k->{is};
	} elsif (!grep { exists $k->{$_} && $task->{$_} ne $k->{$_} } qw(mark done due)) {
		$task->{$_} = $k->{was}{$_} for grep { exists $k->{$_} } qw(mark done due);
	}
	return;
}
# A plan that was moved stands on the page twice: where it was, and where it is now.
sub is_twin {
	my ($item) = @_;
	return $item->{kind} eq 'h' && $item->{date} ne $born{ $item->{number} };
}
sub apply_model {
	my ($today) = @_;
	my (%wished, %there, %met);
	for my $p (@people) {
		($met{ $p->{slug} }) = reverse sort grep { $_ ge day(0) && $_ le day($today) }
			map { /^(\S+)/ && !/#(planned|cancelled)/ ? $1 : () } values %{ $p->{entries} };
	}
	for my $item (read_page()) {
		next if is_twin($item);
		my %do = effects($item, $today);
		$there{"$item->{kind} $item->{who}{number} $item->{number} $_"} = 1 for qw(x - ahead);
		$there{"line $item->{who}{number} $_"} = 1 for @{ $item->{own} };
		$wished{$_} = { do => $do{$_}, item => $item } for keys %do;
	}
	for (@lines) {
		next if !/^[-*] (?:\[\[([\w-]+)\]\]|([^\[]*?\d)) ((?:call|coffee|lunch): .*)/ && !/^[-*] \[ \] (promise) \[\[([\w-]+)\]\] (.*)/;
		my ($who, $name, $text) = ($1, $2, $3);
		my $task = ($who // '') eq 'promise';
		my ($p) = grep { $task ? $_->{slug} eq $name : defined $who ? $_->{slug} eq $who : $_->{name} eq $name } @people;
		next if !$p;
		$wished{"line $p->{number} $text"} = { do => $task ? { promise => $text } : { log => day($today) . " $text" }, item => { who => $p, number => 0 } };
	}
	for (sort keys %applied) {
		take_back(delete $applied{$_}) if $there{$_} && !$wished{$_};
	}
	for (sort keys %wished) {
		my ($do, $item) = @{ $wished{$_} }{qw(do item)};
		if (my $was = $applied{$_}) {
			# Words that come later join what the tick made, on its day.
			if (/ ahead$/ && $was->{said} ne $do->{said}) {
				take_back(delete $applied{$_});
				$applied{$_} = apply_one($item->{who}, $item->{number}, $do) // $was;
				next;
			}
			next if !/ x$/ || !defined $do->{log} || substr($do->{log}, 10) eq $was->{words};
			next if defined $was->{log} && ($item->{who}{entries}{ $was->{n} } // '') ne $was->{log};
			take_back(delete $applied{$_});
			substr($do->{log}, 0, 10) = $was->{on};
		}
		if (defined $do->{promise}) {
			$of{ ++$number } = $item->{who};
			$item->{who}{tasks}{$number} = { mark => ' ', text => $do->{promise}, due => '', done => '' };
			$applied{$_} = { promise => 1 };
			$sum{applied}++;
			next;
		}
		# Who was talked to in the week, as the files say, is ticked for that talk.
		my $known = $do->{log} && length $do->{log} == 10 && $met{ $item->{who}{slug} };
		my $kept = $known ? { promise => 1 } : apply_one($item->{who}, $item->{number}, $do);
		@$kept{qw(on words)} = ($known || substr($do->{log}, 0, 10), substr($do->{log}, 10)) if defined $do->{log};
		$applied{$_} = $kept if $kept;
	}
	return;
}

# --- what a person does ---
my $words = 0;
my %touched;
sub act {
	my ($today) = @_;
	my @items = read_page();
	my $what = chance(12);
	my $item = @items ? one(@items) : return;
	my ($id, $kind) = @$item{qw(id kind)};
	$sum{acts}++;
	if ($what < 5 && !$touched{ $kind eq 'h' ? "h $item->{number}" : $id }++) {    # a mark, with lines or without
		my $mark = one('x', 'x', 'X', '-', '>', '?', ' ');
		my @own;
		$words++;
		push @own, map { "she is well $words$_" } 1 .. 1 + chance(2) if $mark =~ /[xX]/ && $kind =~ /[rdh]/ && !chance(2);
		push @own, one("call: word $words", "$week[chance($today + 1)] lunch: word $words", day(chance($today + 1)) . " coffee: word $words",
			$kind eq 'r' && $mark =~ /[xX ]/ ? "14:30 call: word $words" : "email: word $words") if $mark =~ /[xX >]/ && $kind =~ /[rpw]/ && !chance(2);
		push @own, 'in 3 weeks' if $mark =~ /[-> ]/ && $kind =~ /[rpwh]/ && !chance(3);
		push @own, "call about the grant $words" if $mark eq ' ' && !chance(3);
		$lines[ $item->{from} ] =~ s/\[.\]/[$mark]/;
		my ($indent) = map { /^(\s+)/ ? $1 : () } @lines[ $item->{from} + 1 .. $item->{to} - 1 ];
		splice @lines, $item->{to}, 0, map { ($indent // '  ') . "- $_" } @own;
	} elsif ($what == 5 || $what == 11) {    # a mark taken back, or another one
		my ($marked) = grep { $_->{mark} =~ /[-xX>]/ } @items[ chance(scalar @items) .. $#items ], @items;
		$item = $marked // return;
		my $mark = $item->{kind} =~ /[pwh]/ ? one(' ', ' ', '-', 'x') : ' ';
		$lines[ $item->{from} ] =~ s/\[[-xX>]\]/[$mark]/;
	} elsif ($what == 6) {    # lines of one's own
		my $p = one(@people);
		$words++;
		push @lines, '', one("- [[$p->{slug}]] coffee: word $words", "- $p->{name} call: word $words", "- [ ] promise [[$p->{slug}]] word $words", "- [[$p->{slug}]] $words");
	} elsif ($what == 7) {    # an item taken out
		splice @lines, $item->{from}, $item->{to} - $item->{from} if !@{ $item->{own} };
	} elsif ($what == 8) {    # another program lays it out anew
		my $how = chance(5);
		s/^(\s*)- /$1* / for $how == 0 ? @lines[ 9 .. $#lines ] : ();
		s/^(\s+[-*] )\*(?!\*)(.*)\*$/$1_$2_/ for $how == 1 ? @lines : ();
		s/^## (.*)/$1\n---------/ for $how == 2 ? @lines[ 9 .. $#lines ] : ();
		s/^  (?=[-*])/    / for $how == 3 ? @lines[ 9 .. $#lines ] : ();
		s/$/\r/ for $how == 4 ? @lines : ();
	} elsif ($what == 9) {    # a file changed by hand: what was applied there is the person's now
		my $p = one(@people);
		my $file = "people/$p->{slug}.md";
		my ($n) = grep { $p->{entries}{$_} =~ /: word \d+$/ } sort { $a <=> $b } keys %{ $p->{entries} };
		return if !defined $n;
		my $was = $p->{entries}{$n};
		$p->{entries}{$n} .= ' (by hand)';
		spew($file, slurp($file) =~ s/^- \Q$was\E$/- $p->{entries}{$n}/mr);
	} else {
		return;
	}
	write_page() if $what != 9;
	return;
}

# --- the weeks ---
my @differ;
sub differs { push @differ, $_[0]; return }
# run WORDS: kith; a last word `kill` ends it somewhere.
sub run {
	my (@words) = @_;
	my $kill = $words[-1] eq 'kill' && pop @words;
	my $pid = fork // die;
	if (!$pid) {
		open STDOUT, '>', "$root.said";
		open STDERR, '>&', \*STDOUT;
		exec 'kith', @words or exit 127;
	}
	if ($kill) {
		usleep(chance(30000));
		kill KILL => $pid;
	}
	waitpid $pid, 0;
	differs("kith @words ended with " . ($? >> 8 || $?) . ': ' . slurp("$root.said") =~ s/\n/ /gr) if !$kill && ($? >> 8 > 1 || $? & 127);
	return;
}
sub apply {
	my ($today, $git) = @_;
	system 'cp', '-r', $root, "$root.step" . $step_number++ if $ENV{KITH_STEPS};
	apply_model($today);
	run('--today', day($today), 'apply', 'kill') if $git && !chance(3);
	run('--today', day($today), 'apply');
	my ($is, $wanted) = (facts_of_files(), facts_of_model());
	if ($is ne $wanted) {
		my (%is, %wanted);
		$is{$_}++ for split /\n/, $is;
		$wanted{$_}++ for split /\n/, $wanted;
		differs("there is no   $_") for grep { ($is{$_} // 0) < $wanted{$_} } sort keys %wanted;
		differs("there is also $_") for grep { ($wanted{$_} // 0) < $is{$_} } sort keys %is;
		return;
	}
	my $once = join "\n", map { slurp($_) } $page, glob 'people/*.md';
	run('--today', day($today), 'apply');
	differs('a second run changes something') if $once ne join "\n", map { slurp($_) } $page, glob 'people/*.md';
	return;
}

# The page as it was before goes to another machine with the same files; there something else is
# ticked and applied, and the two pages meet: all lines of both `applied`, all marks and lines.
sub two_machines {
	my ($today) = @_;
	my ($here, %kept) = (slurp($page), map { ($_ => slurp($_)) } glob 'people/*.md');
	my @marked = grep { $_->{mark} =~ /[xX]/ } read_page();
	return if !@marked || $here =~ /\r/;
	# What the other one has not heard of is as if it had not been applied there.
	my $item = one(@marked);
	spew($page, $here =~ s/^  - $item->{id} .*\n//mgr =~ s/^applied:\n(?!  -)/applied: []\n/mr);
	run('--today', day($today), 'apply');
	my $there = slurp($page);
	my @both = map { grep { /^  - [rpwhd]-/ } split /\n/, $_ } $here, $there;
	my %once;
	my $list = join '', map { "$_\n" } grep { !$once{$_}++ } @both;
	spew($_, $kept{$_}) for keys %kept;
	spew($page, $here =~ s/^applied:.*\n(?:  - .*\n)*/'applied:' . ($list ? "\n$list" : " []\n")/mer);
	run('--today', day($today), 'apply');
	my $is = facts_of_files();
	differs('two machines: not the same') if $is ne facts_of_model();
	return;
}

my $weeks = 0;
my %sums;
for my $seed ($first .. $first + $count - 1) {
	seed($seed);
	(@people, %of, %applied, %born, %touched, @differ) = ();
	$number = 0;
	new_week($root);
	my $git = !chance(6);
	spew('kith.yaml', "since: 2026-01-05\n" . ($git ? '' : "commit: manual\n"));
	push @people, person($_) for 1 .. 2 + chance(4);
	$people[$_]{number} = $_ for 0 .. $#people;
	write_person($_) for @people;
	system 'git init -q && git add -A && git commit -q -m People' if $git;
	my $today = chance(3);
	run('--today', day(0), 'review');
	for my $step (1 .. 3 + chance(4)) {
		last if @differ || !-e $page;
		act($today) for 0 .. chance(12);
		apply($today, $git);
		two_machines($today) if !@differ && !chance(5);
		$today++ if chance(2) && $today < 4;
		run('--today', day($today), 'review') if !@differ && !chance(3);
		if (!@differ && !chance(6)) {
			my $p = one(@people);
			my $was = $p->{slug};
			run('--today', day($today), 'rename', $was, "New $was " . ++$words);
			my ($new) = glob "people/new-$was-*.md";
			$p->{slug} = $new =~ s{people/(.*)\.md}{$1}r if defined $new;
			$p->{name} = "New $was $words" if defined $new;
			differs("not renamed: " . slurp("$root.said")) if !defined $new;
		}
	}
	$weeks++;
	next if !@differ;
	$sums{differ}++;
	print "seed $seed: $_\n" for @differ;
	keep_week($root, $keep, $seed);
}
print "$weeks weeks", (map { ', ' . ($sum{$_} // 0) . " $_" } 'acts', 'applied', 'taken back'), ', ', $sums{differ} // 0, " differ\n";
end_weeks($root);
unlink "$root.said";
