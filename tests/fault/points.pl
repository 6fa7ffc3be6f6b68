#!/usr/bin/perl
# Tries a command with a fault at each of its points, on copies of one journal.
#     points.pl NAME FOLDER SECONDS KIND[,KIND...] COMMAND NEXT
# FOLDER holds journal/, which is copied. SECONDS: how long to try; where there are more points
# than that allows, evenly spread ones are. KIND: kill, error, memory, order. COMMAND is disturbed, NEXT is
# what a person does then; both are lines for the shell, and run in the journal.
# The shim is $SHIM. Prints `NAME: N points tried, N lost`; exit 1 where anything was lost.
# Kind `order` disturbs nothing: it looks whether bytes are on the disk before their name is, so
# that a power failure finds the old file or the new one.
#
# What is held, with O the journal before, N the same after an undisturbed run, W that with
# the files written and nothing committed:
# - right after the fault git's fsck finds nothing; HEAD is O's or N's commit; each file holds
#   O's or N's bytes; the index is O's or N's;
# - after a failing call: status 0 and N, or 1, a message that names a file, and O, or W where the
#   message says so; no temporary file. Where the disk refuses everything from then on, it may be a
#   state between, which the next command makes O or N. Without memory: 0 and N, or 1 with a message;
# - then the next command works by itself, or says what lock to remove and works then; files,
#   commits, index and status are to the byte those of O or N (or W, where that was told) after
#   the same command; nothing temporary is left. Where a lock that a killed git left was in the way,
#   changes may be left in the files, and not committed, if that is told.
use strict;
use warnings;
use Digest::SHA qw(sha1_hex);
use POSIX qw(:sys_wait_h setpgid);
use Time::HiRes qw(time);

my ($name, $folder, $seconds, $kinds, $command, $next) = @ARGV;
die "points.pl: what comes next?\n" if !defined $next;
my $jobs = $ENV{KITH_FAULT_JOBS} || `getconf _NPROCESSORS_ONLN` || 2;
my $shim = $ENV{SHIM} or die "points.pl: where is the shim?\n";
my $limit = 60;
$ENV{GIT_OPTIONAL_LOCKS} = 0;
$| = 1;

# ---- Running ----

# The command in that journal, with the settings given: status (128 and the signal), what it said.
sub run {
	my ($where, $line, %with) = @_;
	my $said = "$where.said";
	my $pid = fork // die "fork: $!\n";
	if (!$pid) {
		setpgid(0, 0);
		chdir $where or POSIX::_exit(126);
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', "$said.out";
		open STDERR, '>', "$said.err";
		$ENV{$_} = $with{$_} for keys %with;
		# Only the command itself is disturbed, not the shell.
		my $preload = delete $ENV{LD_PRELOAD};
		{ exec '/bin/sh', '-c', ($preload ? "LD_PRELOAD='$preload' exec " : 'exec ') . $line; }
		POSIX::_exit(127);
	}
	my $late = 0;
	local $SIG{ALRM} = sub { $late = 1; kill 'KILL', -$pid; };
	alarm $limit;
	waitpid $pid, 0;
	my $status = $?;
	alarm 0;
	kill 'KILL', -$pid;
	return { status => $late ? 'no end' : $status & 127 ? 128 + ($status & 127) : $status >> 8,
		out => slurp("$said.out"), err => slurp("$said.err") };
}

sub slurp {
	my ($file) = @_;
	open my $in, '<:raw', $file or return '';
	local $/;
	my $text = <$in>;
	return $text // '';
}

# What a program prints, and its status.
sub ask {
	my ($where, @words) = @_;
	my $pid = open(my $from, '-|') // die "fork: $!\n";
	if (!$pid) {
		chdir $where;
		open STDERR, '>&', \*STDOUT;
		exec @words;
	}
	local $/;
	my $text = <$from> // '';
	close $from;
	return ($text, $?);
}

sub copy {
	my ($to) = @_;
	system('rm', '-rf', $to) == 0 or die "cannot clear $to\n";
	system('cp', '-a', "$folder/journal", $to) == 0 or die "cannot copy to $to\n";
	# The copy is fresh to git; a person's own is not.
	system('git', '-C', $to, 'update-index', '-q', '--refresh') if -d "$to/.git";
}

# ---- Looking ----

# Every file of the work tree with its mode and bytes; temporary ones, and locks, apart.
sub look {
	my ($where) = @_;
	my (%files, @left);
	my @folders = ('');
	while (defined(my $at = shift @folders)) {
		opendir my $in, "$where/$at" or next;
		for my $entry (sort readdir $in) {
			next if $entry =~ /^\.\.?$/;
			my $path = $at eq '' ? $entry : "$at/$entry";
			my $full = "$where/$path";
			my $git = $path =~ m{^\.git(/|$)};
			if (-l $full) {
				$files{$path} = 'link ' . readlink $full if !$git;
			} elsif (-d _) {
				push @folders, $path;
			} elsif ($path =~ m{^\.git/objects/} && $entry =~ /^tmp_obj_(?!kith)/) {
				# The git program's own, which `git prune` clears away.
			} elsif ($entry =~ /^\.kith-|^kith-|\.lock$|^tmp_|^next-index-|^COMMIT_EDITMSG\./) {
				push @left, $path;
			} elsif (!$git) {
				$files{$path} = sprintf '%o %s', (stat _)[2], slurp($full);
			}
		}
	}
	return (\%files, \@left);
}

# How things stand, for comparing.
sub stand {
	my ($where, $with_status) = @_;
	my %s;
	($s{files}, $s{left}) = look($where);
	($s{commits}) = ask($where, 'git', 'log', '--format=%T %an%n%B');
	($s{index}) = ask($where, 'git', 'ls-files', '-s');
	($s{status}) = ask($where, 'git', 'status', '--porcelain=v2', '-uall') if $with_status;
	my $files = join "\0", map { "$_ $s{files}{$_}" } sort keys %{ $s{files} };
	$s{work} = sha1_hex($files);
	return \%s;
}

# Which of the known states a state is, in these respects; '' for none.
sub which {
	my ($state, $known, @respects) = @_;
	for my $name (sort keys %$known) {
		return $name if !grep { $state->{$_} ne $known->{$name}{$_} } @respects;
	}
	return '';
}

# The first thing in which a state is none of the known ones, in words.
sub differences {
	my ($state, $known, @respects) = @_;
	my @words;
	for my $name (sort keys %$known) {
		for my $what (@respects) {
			next if $state->{$what} eq $known->{$name}{$what};
			if ($what eq 'work') {
				my %all = (%{ $state->{files} }, %{ $known->{$name}{files} });
				my @other = grep {
					($state->{files}{$_} // '') ne ($known->{$name}{files}{$_} // '')
				} sort keys %all;
				push @words, "not $name: files @other";
			} else {
				my %seen = map { $_ => 1 } split /\n/, $known->{$name}{$what};
				my ($other) = grep { !$seen{$_} } split /\n/, $state->{$what};
				push @words, "not $name: $what" . (defined $other ? " has '$other'" : ' lacks a line');
			}
		}
	}
	return join '; ', @words;
}

# ---- The known states ----

my $work = "$folder/work-$name";
system('rm', '-rf', $work);
mkdir $work or die "cannot make $work: $!\n";

my (%now, %later, %tidy);
sub reference {
	my ($state, $line) = @_;
	my $where = "$work/$state";
	copy($where);
	if (defined $line) {
		my $ran = run($where, $line);
		die "points.pl: $name: `$line` ended with $ran->{status}: $ran->{err}\n" if $ran->{status} ne 0;
	}
	$now{$state} = stand($where, 1);
	$tidy{$_} = 1 for @{ $now{$state}{left} };
	my $ran = run($where, $next);
	die "points.pl: $name: `$next` ended with $ran->{status}: $ran->{err}\n" if $ran->{status} ne 0;
	$later{$state} = stand($where, 1);
	$tidy{$_} = 1 for @{ $later{$state}{left} };
}
reference('O');
reference('N', $command);
reference('W', $command =~ s/(\bkith \w+)/$1 --no-commit/r) if $command =~ /\bkith (?!commit|merge-driver)/;
die "points.pl: $name: `$command` changed nothing\n"
	if $now{O}{commits} eq $now{N}{commits} && $now{O}{work} eq $now{N}{work};

# ---- The points ----

# How many calls there are, and which of them a full disk can refuse.
sub table {
	my ($file) = @_;
	my $bytes = slurp($file);
	my ($calls, $allocations, $fired) = unpack 'LLL', $bytes;
	my @lines = map { s/\s+$//r } unpack '(a256)*', substr($bytes, 4096, 256 * ($calls > 8192 ? 8192 : $calls));
	return ($calls, $allocations, $fired, \@lines);
}
copy("$work/count");
my $counted = run("$work/count", $command, LD_PRELOAD => $shim, KITH_FAULT_NOSYNC => 1,
	KITH_FAULT_COUNT => "$work/count.table");
die "points.pl: $name: the shim disturbs by itself: $counted->{err}\n" if $counted->{status} ne 0;
my ($calls, $allocations, undef, $lines) = table("$work/count.table");
die "points.pl: $name: nothing was counted\n" if !$calls;
if ($ENV{KITH_FAULT_LIST}) {
	s{\Q$work\E/count/}{}g for @$lines;
	print map { "$_ $lines->[$_ - 1]\n" } 1 .. $calls;
}

# Files of the journal, objects, refs and the index get their names after an fsync of their bytes,
# and the journal's folders are synced afterwards. A repository that is made has all of it synced
# when that is told. What git itself writes, for hooks, goes by core.fsync; then kith has all of the
# disk synced before it goes on, and before it tells of the commit.
if ($kinds eq 'order') {
	my (%dirty, %unsynced, %git, @late);
	my $early = qr{^\.git/(objects|refs|index$|kith-record)};
	my $renames = 0;
	for my $line (@$lines) {
		my ($call, $from, $to) = map { s{\Q$work\E/count/?}{}r } split /\t/, $line;
		$dirty{$from} = 1 if $call =~ /^(write|ftruncate)$/;
		delete($dirty{$from}), delete($unsynced{$from}) if $call eq "fsync";
		%dirty = %git = () if $call eq 'syncfs';
		next if $call !~ /^(rename|link)$/;
		my $dirty = delete $dirty{$from};
		# A link may fail, where the name is there; then a rename follows.
		$dirty{$from} = 1 if $dirty && $call eq 'link';
		delete $dirty{$to};
		$dirty{$to} = 1 if $dirty;
		next if $to =~ m{^\.git/} && $to !~ $early;
		$renames++;
		my $late = "$to has its name before its bytes are synced";
		$git{$late} = 1 if $dirty && $to =~ m{^\.git/};
		push @late, $late if $dirty && $to !~ m{^\.git/};
		$unsynced{ $to =~ m{^(.*)/} ? $1 : '' } = $to if $to !~ m{^\.git/};
	}
	push @late, sort keys %git;
	push @late, map { "the folder of $unsynced{$_} is not synced" } sort keys %unsynced;
	push @late, map { "$_ is not synced at the end" }
		grep { m{^\.git/(HEAD$|config$|refs/|objects/)} && !m{/tmp_|\.lock$} } sort keys %dirty;
	print map { "# $name, order: $_\n" } @late;
	printf "%s: %d points tried, %d lost\n", $name, $renames, scalar @late;
	system('rm', '-rf', $work);
	exit(@late ? 1 : 0);
}

# At most so many of a list, evenly spread, the last always among them.
sub spread {
	my ($most, @all) = @_;
	return @all if @all <= $most;
	return map { $all[int(($_ + 1) * @all / $most) - 1] } 0 .. $most - 1;
}

my @points;
if ($kinds =~ /kill/) {
	push @points, map { { kind => 'kill', KITH_FAULT_KILL => $_ } } 1 .. $calls;
	push @points, map { { kind => 'kill', KITH_FAULT_KILL => "$_:half" } }
		grep { $lines->[$_ - 1] =~ /^write/ } 1 .. ($calls > 8192 ? 8192 : $calls);
	push @points, { kind => 'kill', KITH_FAULT_KILL => "$calls:after" };
}
if ($kinds =~ /error/) {
	my @room = grep { ($lines->[$_ - 1] // '') !~ /^(unlink|rmdir|chmod|fchmod|fchown|utimens|open|truncate)\b/ } 1 .. $calls;
	my @writes = grep { ($lines->[$_ - 1] // '') =~ /^write/ } 1 .. $calls;
	push @points, map { { kind => 'error', KITH_FAULT_ERROR => "$_:EIO" } } 1 .. $calls;
	push @points, map { { kind => 'error', KITH_FAULT_ERROR => "$_:ENOSPC:sticky" } } @room;
	push @points, map { { kind => 'error', KITH_FAULT_ERROR => "$_:ENOSPC:half" } } @writes;
	push @points, map { { kind => 'error', KITH_FAULT_ERROR => "$_:EROFS:sticky" } } 1 .. $calls;
	push @points, map { { kind => 'error', KITH_FAULT_ERROR => "$_:EDQUOT" } } @room;
}
if ($kinds =~ /memory/) {
	my @some = spread(400, 1 .. $allocations);
	push @points, map { { kind => 'memory', KITH_FAULT_ALLOC => $_ % 2 ? $_ : "$_:sticky" } } @some;
}

# Only those at calls of a kind, if so wanted.
my $only = $ENV{KITH_FAULT_CALL};
if (defined $only) {
	@points = grep {
		my ($call) = ($_->{KITH_FAULT_KILL} // $_->{KITH_FAULT_ERROR} // '') =~ /^(\d+)/;
		$call && ($lines->[$call - 1] // '') =~ /$only/;
	} @points;
}

# ---- Trying one ----

sub told {
	my ($ran) = @_;
	return "$ran->{out}$ran->{err}" =~ /not committed|kith commit|no commit|was written/;
}

# What is wrong after the fault; nothing when all is well.
sub wrong_now {
	my ($where, $point, $ran, $fired) = @_;
	my $state = stand($where, 0);
	my ($said, $bad) = ask($where, 'git', 'fsck', '--strict', '--no-dangling', '--no-progress');
	return "git fsck: $said" if $bad;
	my %ends = (O => $now{O}, N => $now{N});
	for my $what ('commits', 'index') {
		return "the $what: " . differences($state, \%ends, $what) if !which($state, \%ends, $what);
	}
	for my $path (sort keys %{ { %{ $state->{files} }, %{ $now{O}{files} }, %{ $now{N}{files} } } }) {
		my ($is, $o, $n) = map { $_->{files}{$path} // 'none' } $state, $now{O}, $now{N};
		return "$path is neither old nor new" if $is ne $o && $is ne $n;
	}
	return '' if $point->{kind} eq 'kill';
	if ($point->{kind} eq 'memory' && $ran->{status} eq 1) {
		# As if killed, but with a word.
		return $ran->{err} eq '' ? 'a failure without a word' : '';
	}
	return "it ended with $ran->{status}: " . substr($ran->{err}, 0, 200)
		if $ran->{status} ne 0 && $ran->{status} ne 1;
	my $end = which($state, \%now, 'work', 'commits', 'index');
	my $sticky = ($point->{KITH_FAULT_ERROR} // '') =~ /sticky|half/;
	my $moved = which($state, { N => $now{N} }, 'work', 'commits') && $ran->{err} =~ /index/;
	return 'a state between: ' . differences($state, \%now, 'work', 'commits', 'index')
		if !$end && !$sticky && !$moved;
	return "success is told, and it is $end" if $ran->{status} eq 0 && $end ne 'N';
	return "a failure without a word" if $ran->{status} ne 0 && $ran->{err} eq '';
	return "written, not committed, and it is not told: $ran->{err}" if $end eq 'W' && !told($ran);
	return "the message names no file: $ran->{err}"
		if $ran->{status} ne 0 && $point->{kind} eq 'error' && "$ran->{out}$ran->{err}" !~ m{[\w.-]/[\w.-]|kith\.yaml|index|HEAD|the repository};
	my @left = grep { !$tidy{$_} } @{ $state->{left} };
	# What is neither done nor taken back is the next run's, and said so.
	@left = grep { $_ ne '.git/kith-record' } @left if $ran->{err} =~ /the next kith/;
	# What cannot be removed stays, until the next run.
	my $stuck = ($point->{KITH_FAULT_ERROR} // '') =~ /EROFS:sticky/ || $fired =~ /^unlink/;
	return "left behind: @left" if @left && !$stuck;
	return '';
}

# The next command wrote its own, and could not commit: all that was written is in the files, and
# what others have in the index is as it was.
sub stopped {
	my ($where, $ran) = @_;
	my $state = stand($where, 1);
	my $end = which($state, \%later, 'work');
	return 'stopped, and ' . differences($state, \%later, 'work') if !$end;
	my %mine = map { $_ => 1 } grep {
		($later{$end}{files}{$_} // '') ne ($now{O}{files}{$_} // '')
	} keys %{ { %{ $later{$end}{files} }, %{ $now{O}{files} } } };
	my ($is, $was) = map {
		join "\n", grep { !$mine{ (split /\t/)[1] } } split /\n/, $_->{index}
	} $state, $now{O};
	return 'stopped, and the index is not as it was' if $is ne $was;
	return "stopped, and committed: $state->{commits}"
		if !which($state, \%now, 'commits') && !which($state, \%later, 'commits');
	my ($said, $bad) = ask($where, 'git', 'fsck', '--strict', '--no-dangling', '--no-progress');
	return $bad ? "git fsck afterwards: $said" : '';
}

sub wrong_later {
	my ($where, $point, $before, $counts) = @_;
	my $ran = run($where, $next);
	my $stopped = 0;
	for my $lock (1 .. 3) {
		my ($named) = $ran->{err} =~ m{([^\s'"]+\.lock)\b};
		last if $ran->{status} ne 1 || !defined $named || $ran->{err} !~ /remove/;
		$named = "$where/$named" if $named !~ m{^/};
		last if !unlink $named;
		$counts->{told}++ if $lock == 1;
		$stopped = told($ran);
		last if $stopped;
		$ran = run($where, $next);
	}
	return stopped($where, $ran) if $stopped;
	return "the next run ended with $ran->{status}: $ran->{err}" if $ran->{status} ne 0;
	# Unfinished objects: git clears them away, as it does its own.
	my @unfinished = glob "$where/.git/objects/{,??/}tmp_*";
	ask($where, 'git', 'prune', '--expire=now') if @unfinished;
	my $state = stand($where, 1);
	my @respects = ('work', 'commits', 'index', 'status');
	my $end = which($state, { O => $later{O}, N => $later{N} }, @respects);
	if (!$end && $later{W} && which($state, { W => $later{W} }, @respects)) {
		# What was typed in an editor is a person's own, and no news to them.
		return 'written, not committed, and nobody tells'
			if !told($ran) && !told($before) && $command !~ /EDITOR=/;
		$counts->{told}++;
		$end = 'W';
	}
	return 'afterwards: ' . differences($state, \%later, @respects) if !$end;
	my ($said, $bad) = ask($where, 'git', 'fsck', '--strict', '--no-dangling', '--no-progress');
	return "git fsck afterwards: $said" if $bad;
	my @left = grep { !$tidy{$_} } @{ $state->{left} };
	return "left behind for good: @left" if @left;
	$counts->{$end}++;
	return '';
}

sub try {
	my ($point, $worker, $counts) = @_;
	my $where = "$work/$worker";
	my $table = "$work/$worker.table";
	unlink $table;
	copy($where);
	my %with = map { $_ => $point->{$_} } grep { /^KITH/ } keys %$point;
	my $ran = run($where, $command, LD_PRELOAD => $shim, KITH_FAULT_NOSYNC => 1,
		KITH_FAULT_COUNT => $table, %with);
	my (undef, undef, $fired, $seen) = table($table);
	my $line = $fired && $point->{kind} ne 'memory' ? $seen->[$fired - 1] // '' : '';
	$line =~ s{\Q$where\E/}{}g;
	$line =~ s/\t+/ /g;
	$counts->{$fired ? 'tried' : 'passed'}++;
	my $wrong = wrong_now($where, $point, $ran, $line);
	my $early = $wrong ne '';
	$wrong = wrong_later($where, $point, $ran, $counts) if !$early;
	return if $wrong eq '';
	$counts->{lost}++;
	my ($how) = map { substr($_, 11) . " $point->{$_}" } grep { /^KITH/ } keys %$point;
	$wrong =~ s/\s+/ /g;
	$wrong =~ s{\Q$where\E/?}{}g;
	print "# $name, $how ($line): ", substr($wrong, 0, 500), "\n";
}

# ---- All of them ----

# How long one takes, from the first few; then as many as there is time for.
my $start = time;
my %sum = (tried => 0, passed => 0, lost => 0, told => 0, O => 0, N => 0);
sub sums {
	my ($counts) = @_;
	return join ' ', map { "$_=$counts->{$_}" } sort keys %$counts;
}
my $all = @points;
my $share = $ENV{KITH_FAULT_POINTS} ? $ENV{KITH_FAULT_POINTS} : $all;
@points = spread($share, @points);
# Shuffled alike each time, so that a part of them is a fair part.
my $seed = 7;
for my $i (reverse 1 .. $#points) {
	$seed = ($seed * 1103515245 + 12345) % 2147483648;
	my $j = int($seed / 65536) % ($i + 1);
	@points[$i, $j] = @points[$j, $i];
}
my @readers;
for my $worker (1 .. $jobs) {
	my $pid = open(my $from, '-|') // die "fork: $!\n";
	if (!$pid) {
		my %counts;
		for (my $i = $worker - 1; $i < @points; $i += $jobs) {
			if (time - $start > $seconds && $counts{tried}) {
				$counts{untried}++;
				next;
			}
			try($points[$i], $worker, \%counts);
		}
		print 'sum ', sums(\%counts), "\n";
		close STDOUT;
		POSIX::_exit(0);
	}
	push @readers, $from;
}
my @reports;
my $ended = 0;
for my $from (@readers) {
	while (my $line = <$from>) {
		if ($line =~ s/^sum //) {
			$sum{$1} += $2 while $line =~ /(\w+)=(\d+)/g;
			$ended++;
		} else {
			push @reports, $line;
		}
	}
	close $from;
}
die "points.pl: $name: a worker went away\n" if $ended != $jobs;
my $most = $ENV{KITH_FAULT_REPORTS} || 20;
print @reports > $most ? (@reports[0 .. $most - 1], '# and ' . (@reports - $most) . " more\n") : @reports;
my $part = $sum{tried} + $sum{passed} < $all ? " of $all" : '';
printf "%s: %d points tried%s, %d lost (then old %d, new %d, told %d; %d s)\n", $name,
	$sum{tried}, $part, $sum{lost}, $sum{O}, $sum{N}, $sum{told}, time - $start;
system('rm', '-rf', $work) if !$ENV{KITH_FAULT_KEEP};
exit($sum{lost} || !($sum{tried} || defined $only) ? 1 : 0);
