# Journals at random on several machines: perl simulate.pl FIRST COUNT [KEEP]
# From each seed on, two to five clones of one journal and a bare remote live through some steps:
# kith's commands, edits by hand (Hand.pm), plain git, syncs that come through, are killed, find no
# remote, are refused by it or by the disk. Then all sync until nothing changes, and it is judged
# that no line was lost between them (Judge.pm). The last line is
# `N histories, N steps, N syncs, …, N differ`; a seed that differs is printed with the fewest steps
# that still do. Of each two histories one has a clone that uses plain git with kith's driver, or
# git alone.
#
# KITH_SAME=1: each sync is held against `git pull` of a copy. KITH_STEPS=1,4,7: only these steps.
# KITH_PLAIN=driver, rebase or alone: no kith sync at all, but plain git with kith's driver, or without kith.
# KITH_SHOW=1: what each step does. KITH_SYNC: a command in place of `kith sync`. KITH_SECONDS: stop
# after so many. SHIM: tests/fault/shim.c compiled, without which nothing is killed.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../cli";
use Cwd qw(abs_path);
use File::Find;
use File::Path qw(make_path remove_tree);
use Time::HiRes qw(time);
use Hand;
use Judge;
use Weeks;
binmode STDOUT, ':utf8';
$| = 1;

my ($first, $count, $keep) = @ARGV;
my $root = "$ENV{PWD}/machines";
my @sync = split ' ', $ENV{KITH_SYNC} // 'kith sync';
my $same = $ENV{KITH_SAME};
my $page = 'reviews/2026-W48.md';
my @names = ('Zed Ray', 'Ada Lovelace', 'Zoë Ahn');
my $limit = 60;
my (%sum, @differ, @machines, $judge, $at, $shown, $alone);
sub differs { push @differ, "step $at: $_[0]"; return }
sub show { $shown .= "  $at: $_[0]\n"; return }

# --- programs ---
# run MACHINE, {VARIABLE => VALUE}, COMMAND...: its status (or `killed`, `hangs`) and what it said.
# What is left of its processes is waited for: they hold the pipe.
sub run {
	my ($m, $with, @words) = @_;
	pipe my $from, my $to or die $!;
	my $pid = fork // die $!;
	if (!$pid) {
		setpgrp 0, 0;
		chdir $m->{folder} or die "$m->{folder}: $!";
		open STDIN, '<', '/dev/null';
		open STDOUT, '>&', $to;
		open STDERR, '>&', $to;
		$ENV{$_} = $with->{$_} for keys %$with;
		exec @words or exit 127;
	}
	close $to;
	my ($said, $hangs) = ('', 0);
	local $SIG{ALRM} = sub { $hangs = 1; kill KILL => -$pid };
	alarm $limit;
	while (1) {
		my $n = sysread $from, $said, 65536, length $said;
		last if defined $n ? !$n : !$!{EINTR};
	}
	waitpid $pid, 0;
	alarm 0;
	utf8::decode($said);
	my $status = $hangs ? 'hangs' : $? & 127 ? 'killed' : $? >> 8;
	show("      $status: " . $said =~ s/\n(?=.)/\n         /gr =~ s/\n$//r) if $ENV{KITH_SHOW} && (length $said || $status);
	return ($status, $said);
}
sub git { my ($m, @words) = @_; return run($m, $m->{bare_path} ? { PATH => $m->{bare_path} } : {}, 'git', @words) }
# kith MACHINE, WORDS...: it may refuse, but not fall over.
sub kith {
	my ($m, @words) = @_;
	my ($status, $said) = run($m, {}, 'kith', @words);
	differs("kith @words ended with $status: $said") if $status !~ /^[012]$/;
	return ($status, $said);
}

# --- files ---
# All files of a folder, by path.
sub tree {
	my ($m) = @_;
	my %tree;
	find({ no_chdir => 1, wanted => sub {
		if ($_ eq "$m->{folder}/.git") { $File::Find::prune = 1; return }
		$tree{ substr $_, 1 + length $m->{folder} } = slurp($_) if -f;
	} }, $m->{folder});
	return \%tree;
}
# In one history of three all happens to one person.
sub contacts { my ($m) = @_; my @all = all_contacts($m); return $alone && @all ? $all[0] : @all }
sub all_contacts { my ($m) = @_; return map { s{.*/(people/)}{$1}r } sort glob "$m->{folder}/people/*.md" }
sub slug { return $_[0] =~ s{people/(.*)\.md}{$1}r }
# change MACHINE, PATH, EDIT: the text of a file is what EDIT makes of it.
sub change {
	my ($m, $path, $edit) = @_;
	my $file = "$m->{folder}/$path";
	return if !-e $file;
	my ($text, $said) = $edit->(slurp($file));
	spew($file, $text);
	return show("c$m->{number} edits $path: $said");
}

# --- what is done ---
my %acts = (
	hand => sub { my ($m) = @_; my @c = contacts($m) or return; change($m, one(@c), \&edit_contact) },
	page => sub { change($_[0], $page, \&edit_page) },
	# What cannot be read: an open bracket, markers that another program left.
	broken => sub {
		my ($m) = @_;
		my @c = contacts($m) or return;
		my $how = chance(2);
		$judge->{broken} = 1;
		change($m, one(@c), sub {
			my ($text) = @_;
			my $new = word();
			return ($text =~ s/^---\r?\n.*\r?\n\Kt/x: [open $new\nt/r, 'an open bracket') if !$how;
			return ($text . "<<<<<<< here\nleft $new\n=======\nright $new\n>>>>>>> there\n", 'markers');
		});
	},
	settings => sub { change($_[0], 'kith.yaml', \&edit_settings) },
	# What is no file of the journal is the person's to commit.
	other => sub {
		my ($m) = @_;
		my $file = "notes-$m->{number}.txt";
		spew("$m->{folder}/$file", slurp("$m->{folder}/$file") . 'a note ' . word() . "\n");
		# A lock that could not be taken away from a failing disk; git says which.
		my ($status, $said) = git($m, 'add', $file);
		git($m, 'add', $file) if $status && $said =~ m{'([^']+\.lock)'} && unlink $1;
		git($m, 'commit', '-qm', 'A note', $file);
		show("c$m->{number} commits $file");
	},
	'new by hand' => sub {
		my ($m) = @_;
		my $name = one(@names);
		my $file = 'people/' . (lc $name =~ tr/ ë/-e/r) . '.md';
		spew("$m->{folder}/$file", contact(chance(8), $name)) if !-e "$m->{folder}/$file";
		show("c$m->{number} writes $file");
	},
	'moved by hand' => sub {
		my ($m) = @_;
		my @c = contacts($m) or return;
		my ($from, $to) = (one(@c), 'people/moved-' . one('one', 'two') . '.md');
		rename "$m->{folder}/$from", "$m->{folder}/$to" if !-e "$m->{folder}/$to";
		show("c$m->{number} moves $from to $to");
	},
	'removed by hand' => sub { my ($m) = @_; my @c = contacts($m) or return; my $file = one(@c); unlink "$m->{folder}/$file"; show("c$m->{number} takes $file away") },
	log => sub { told($_[0], 'log', who($_[0]), one('', 'yesterday', 'monday'), one('call:', 'coffee:'), 'said ' . word()) },
	set => sub { told($_[0], 'set', who($_[0]), one('title=', 'org=', 'tags+=', 'location=', 'phone.mobile=', 'hobby=') . word()) },
	unset => sub { told($_[0], 'set', who($_[0]), one('title=', 'org=', 'hobby=')) },
	promise => sub { told($_[0], one('promise', 'wait', 'topic'), who($_[0]), 'bring ' . word(), one('', 'by friday')) },
	done => sub { told($_[0], one('done', 'drop'), who($_[0]), one(1, 2)) },
	add => sub { told($_[0], 'add', one(@names), 'email=' . word() . '@x.example') },
	rename => sub { told($_[0], 'rename', who($_[0]), one(@names, 'Bo Ek')) },
	merge => sub { my ($m) = @_; my @c = all_contacts($m) or return; told($m, 'merge', who($m), slug(one(@c))) },
	remove => sub { told($_[0], 'remove', '-y', who($_[0])) },
	review => sub { told($_[0], 'review') },
	apply => sub { told($_[0], 'apply') },
	'git commit' => sub { my ($m) = @_; show("c$m->{number} commits by git"); git($m, 'add', '-A'); git($m, 'commit', '-qm', 'By hand') },
);
sub who { my ($m) = @_; my @c = contacts($m); return @c ? slug(one(@c)) : 'nobody' }
sub told {
	my ($m, @words) = @_;
	@words = grep { length } @words;
	show("c$m->{number} kith @words");
	kith($m, @words);
	return;
}

# --- syncs ---
# What git leaves open is taken as it stands.
sub as_it_stands {
	my ($m, $said) = @_;
	my $tree = tree($m);
	for my $path (grep { $tree->{$_} =~ /^(<{7}|>{7}) /m } sort keys %$tree) {
		differs("git leaves a marker in $path: $said") if !$m->{bare_path} && !$judge->{broken} && $path =~ /\.(md|yaml)$/;
		spew("$m->{folder}/$path", $tree->{$path} =~ s/^(<{7}|={7}|>{7}|\|{7})( .*)?\r?\n//mgr);
	}
	# Of what kith cannot read ours was left: what theirs has more is put below it.
	for my $path ((git($m, 'ls-files', '-u'))[1] =~ /^\d+ \w+ 3\t(.*)$/mg) {
		next if !$judge->{broken} || !defined $tree->{$path};
		my %ours = map { $_ => 1 } split /\n/, $tree->{$path};
		my (undef, $theirs) = git($m, 'show', ":3:$path");
		spew("$m->{folder}/$path", join "\n", $tree->{$path}, grep { !$ours{$_} } split /\n/, $theirs);
	}
	git($m, 'add', '-A');
	return;
}
# By plain git, as a person does it.
sub by_git {
	my ($m, $push) = @_;
	my $rebase = ($m->{git} // '') eq 'rebase';
	git($m, 'add', '-A');
	git($m, 'commit', '-qm', 'By hand');
	for (1 .. 3) {
		my ($status, $said) = git($m, 'pull', '-q', $rebase ? '--rebase' : '--no-rebase', '--no-edit');
		return $status if !$push && $status;
		for (1 .. 20) {
			last if !$status;
			as_it_stands($m, $said);
			git($m, 'commit', '-q', '--no-edit') if !$rebase;
			last if !$rebase;
			($status, $said) = run($m, { GIT_EDITOR => 'true' }, 'git', 'rebase', '--continue');
			($status, $said) = git($m, 'rebase', '--skip') if $status && $said =~ /No changes|nothing to commit/;
		}
		return 0 if !$push || (git($m, 'push', '-q'))[0] eq '0';
	}
	return 1;
}
sub by_kith {
	my ($m) = @_;
	my $copy = { %$m, folder => "$m->{folder}.copy" };
	my $git = 1;
	if ($same) {
		system 'cp', '-a', $m->{folder}, $copy->{folder};
		$git = by_git($copy, 0);
		$sum{ $git ? 'left open by git' : 'compared' }++;
	}
	my ($status, $said) = run($m, {}, @sync);
	# A lock that a killed git left is taken away by the person, when told which.
	if ($status && $said =~ m{'?([^\s']+\.lock)\b}) {
		$sum{'locks told'}++;
		unlink $1, "$m->{folder}/$1", "$m->{folder}/.git/$1";
		($status, $said) = run($m, {}, @sync);
	}
	if (!$git && !$status) {
		my $differ = Judge::trees($judge, tree($m), tree($copy));
		differs("kith sync and git pull differ: $differ") if $differ;
	}
	remove_tree($copy->{folder}) if $same;
	return ($status, $said);
}
sub sync {
	my ($m) = @_;
	$sum{syncs}++;
	show("c$m->{number} syncs" . ($m->{git} ? ' by git' : ''));
	return $m->{git} ? (by_git($m, 1), '') : by_kith($m);
}
# Edits are laid aside, what is new comes, and they are taken out again.
sub stash {
	my ($m) = @_;
	my $before = tree($m);
	$acts{hand}->($m);
	Judge::act($judge, $before, tree($m), 'hand');
	my ($status, $said) = git($m, 'stash', '-q');
	return if $status || !length((git($m, 'stash', 'list'))[1]);
	show("c$m->{number} stashes");
	($status, $said) = sync($m);
	differs("c$m->{number} cannot sync ($status): $said") if $status;
	($status, $said) = git($m, 'stash', 'pop');
	$sum{'stashes popped'}++;
	return if !$status;
	as_it_stands($m, $said);
	return git($m, 'stash', 'drop', '-q');
}
# What somebody else did last is taken over as one's own, and comes with all else later.
sub pick {
	my ($m) = @_;
	git($m, 'add', '-A');
	git($m, 'commit', '-qm', 'By hand');
	git($m, 'fetch', '-q');
	return if (git($m, 'merge-base', '--is-ancestor', 'origin/main', 'HEAD'))[0] eq '0' || (git($m, 'rev-parse', '-q', '--verify', 'origin/main^2'))[0] eq '0';
	show("c$m->{number} picks what is new");
	my $before = tree($m);
	my ($status, $said) = git($m, 'cherry-pick', 'origin/main');
	$sum{'cherries picked'}++;
	if ($status) {
		as_it_stands($m, $said);
		($status) = run($m, { GIT_EDITOR => 'true' }, 'git', 'cherry-pick', '--continue');
		git($m, 'cherry-pick', '--skip') if $status;
	}
	return Judge::act($judge, $before, tree($m), 'pick');
}
# With something in the way: the work tree is as it was where nothing could come.
my %remote_alone = (GIT_CONFIG_COUNT => 2, GIT_CONFIG_KEY_0 => 'remote.origin.receivepack', GIT_CONFIG_VALUE_0 => 'env -u LD_PRELOAD setsid git-receive-pack',
	GIT_CONFIG_KEY_1 => 'remote.origin.uploadpack', GIT_CONFIG_VALUE_1 => 'env -u LD_PRELOAD git-upload-pack');
my %troubles = (
	killed => sub {
		my ($m) = @_;
		my $n = 1 + chance(one(10, 40, 160, 400));
		my $how = one('', '', ':half', ':after');
		show("c$m->{number} syncs, and is killed at $n$how");
		unlink "$root/count";
		my ($status) = run($m, { %remote_alone, LD_PRELOAD => $ENV{SHIM}, KITH_FAULT_COUNT => "$root/count", KITH_FAULT_KILL => "$n$how" }, @sync);
		$sum{killed}++ if $status eq 'killed';
	},
	'disk full' => sub {
		my ($m) = @_;
		my $n = 1 + chance(one(10, 40, 160, 400)) . ':' . one('ENOSPC', 'EIO') . one('', ':sticky', ':half');
		show("c$m->{number} syncs, with a disk that fails at $n");
		unlink "$root/count";
		my ($status, $said) = run($m, { %remote_alone, LD_PRELOAD => $ENV{SHIM}, KITH_FAULT_COUNT => "$root/count", KITH_FAULT_ERROR => $n }, @sync);
		differs("a sync on a disk that fails ended with $status: $said") if $status !~ /^[01]$/;
		$sum{'disks full'}++ if $status;
	},
	dead => sub {
		my ($m) = @_;
		show("c$m->{number} syncs, and there is no remote");
		rename "$root/w/remote.git", "$root/w/away";
		my $before = tree($m);
		my ($status, $said) = run($m, {}, @sync);
		my $differ = Judge::trees($judge, $before, tree($m));
		rename "$root/w/away", "$root/w/remote.git";
		differs("a sync without a remote ended with $status: $said") if $status ne '1';
		differs("a sync without a remote changed files: $differ") if $differ;
		$sum{dead}++;
	},
	refused => sub {
		my ($m) = @_;
		show("c$m->{number} syncs, and is refused");
		make_path("$root/w/remote.git/hooks");
		spew("$root/w/remote.git/hooks/pre-receive", "#!/bin/sh\necho no such luck >&2\nexit 1\n");
		chmod 0755, "$root/w/remote.git/hooks/pre-receive";
		my ($status, $said) = run($m, {}, @sync);
		unlink "$root/w/remote.git/hooks/pre-receive";
		differs("a refused sync ended with $status: $said") if $status !~ /^[01]$/;
		$sum{refused}++ if $status;
	},
);
# What judges its own steps.
my %by_halves = (stash => \&stash, pick => \&pick);
my @lot = map { my ($n, @what) = @$_; map { ($_) x $n } @what } (
	[ 6, 'hand' ], [ 3, 'log', 'set' ], [ 2, 'page', 'promise', 'done', 'git commit' ],
	[ 1, 'settings', 'other', 'new by hand', 'moved by hand', 'removed by hand', 'unset', 'add', 'rename', 'merge', 'remove', 'review', 'apply' ],
	[ 9, 'sync' ], [ 2, 'stash', 'pick' ], [ 2, $ENV{SHIM} ? 'killed' : () ], [ 1, 'dead', 'refused', $ENV{SHIM} ? 'disk full' : () ]);
my @lot_git = map { my ($n, @what) = @$_; map { ($_) x $n } @what } ([ 4, 'hand' ], [ 1, 'page', 'settings', 'git commit', 'other', 'removed by hand' ], [ 3, 'sync' ], [ 1, 'stash', 'pick' ]);

# --- a history ---
# The journal of each of eight styles, with its remote and five clones, is made once.
sub world {
	my ($style, $clones) = @_;
	my $template = "$root/style$style";
	remove_tree("$root/w");
	if (!-d $template) {
		my $m = { folder => "$root/w/c1" };
		make_path("$root/w/c1/people");
		begin($style, 0);
		run({ folder => "$root/w" }, {}, 'kith', 'init', 'c1');
		spew("$m->{folder}/kith.yaml", "version: 1\nsince: 2026-01-05\nignore: [a, b]\ncadence_by_tag: {vip: close}\ncadence_default: light\n");
		spew("$m->{folder}/people/p$_.md", contact(($style + $_) % 8, "Pia Nolan$_")) for 1 .. 3;
		kith($m, 'review');
		git($m, 'add', '-A');
		git($m, 'commit', '-qm', 'People');
		git({ folder => "$root/w" }, 'clone', '-q', '--bare', 'c1', 'remote.git');
		git($m, 'remote', 'add', 'origin', "$root/w/remote.git");
		git($m, 'fetch', '-q');
		git($m, 'branch', '-q', '-u', 'origin/main');
		rename "$root/w", $template or die $!;
	}
	make_path("$root/w");
	system 'cp', '-a', "$template/remote.git", "$root/w";
	@machines = ();
	for my $n (1 .. $clones) {
		my $m = { number => $n, folder => "$root/w/c$n" };
		system 'cp', '-a', "$template/c1", $m->{folder};
		spew("$m->{folder}/.git/config", slurp("$m->{folder}/.git/config") . "[user]\n\tname = Machine $n\n\temail = machine$n\@x.example\n");
		push @machines, $m;
	}
	return;
}
# Where the branch of a repository stands.
sub head {
	my ($folder) = @_;
	my ($packed) = slurp("$folder/packed-refs") =~ m{^(\w+) refs/heads/main$}m;
	return slurp("$folder/refs/heads/main") =~ s/\n//r || $packed // '';
}
# Everybody syncs, until all are at one commit that the remote has.
sub settle {
	for my $round (1 .. 2 * @machines + 2) {
		for my $m (@machines) {
			my ($status, $said) = sync($m);
			return differs("at the end c$m->{number} cannot sync ($status): $said") if $status;
			next if $round == 1 && $m != $machines[-1];
			my %heads = map { head($_) => 1 } "$root/w/remote.git", map { "$_->{folder}/.git" } @machines;
			return if keys %heads == 1;
		}
	}
	return differs('they never come to rest');
}
sub history {
	my ($seed, @only) = @_;
	@differ = ();
	($at, $shown) = (0, '');
	begin($seed, 0);
	my $clones = one(2, 2, 2, 3, 3, 4, 5);
	my $style = $seed % 8;
	my $git = one('', '', '', '', 'driver', 'driver', 'rebase', 'alone');
	my $steps = 4 + chance(12);
	$alone = $seed % 3 == 0;
	world($style, $clones);
	for my $m ($ENV{KITH_PLAIN} ? @machines : $machines[1]) {
		$m->{git} = $ENV{KITH_PLAIN} || $git;
		$m->{bare_path} = "$root/path" if $m->{git} eq 'alone';
	}
	my %only = map { $_ => 1 } @only;
	$judge = Judge::new(tree($machines[0]));
	for my $step (1 .. $steps) {
		$at = $step;
		begin($seed, $step);
		my $m = one(@machines);
		my $what = $seed % 6 == 5 && !chance(8) ? 'broken' : one($m->{git} ? @lot_git : @lot);
		next if @only && !$only{$step};
		$sum{steps}++;
		if ($what eq 'sync') {
			my ($status, $said) = sync($m);
			differs("c$m->{number} cannot sync ($status): $said") if $status;
		} elsif ($troubles{$what} || $by_halves{$what}) {
			($troubles{$what} // $by_halves{$what})->($m);
		} else {
			my $before = tree($m);
			$acts{$what}->($m);
			Judge::act($judge, $before, tree($m), $what);
		}
		last if @differ;
	}
	$at = 'end';
	settle() if !@differ;
	judge_end() if !@differ;
	return @differ;
}
sub judge_end {
	my @trees = map { tree($_) } @machines;
	for my $n (1 .. $#trees) {
		my $differ = Judge::trees($judge, $trees[0], $trees[$n]);
		differs('c1 and c' . ($n + 1) . " differ: $differ") if $differ;
	}
	for my $m (@machines) {
		my ($status, $said) = git($m, 'fsck', '--no-dangling', '--no-progress');
		differs("git fsck: $said") if $status || length $said;
		find({ no_chdir => 1, wanted => sub { differs("left over: $_") if m{\.lock$|/\.kith-|_HEAD\.|/MERGE_} && !m{/kith\.lock$} } }, $m->{folder});
	}
	# Git's text merge, also of what kith cannot read, may say one thing twice, or take a key
	# apart; but it loses no line.
	my $text = $judge->{broken} || grep { $_->{bare_path} } @machines;
	differs($_) for grep { !$text || /^lost/ } Judge::final($judge, $trees[0]);
	my (undef, $said) = kith($machines[0], 'check');
	for (split /\n/, $said) { differs("kith check: $_") if /: error: / && !$text }
	return if $machines[0]{git};
	(my $status, $said) = run($machines[0], {}, @sync);
	$said =~ s/^(kith: .* kith apply|kith\.yaml:.*: (warning|error): .*)\n//mg;
	differs("a sync with nothing to do ($status): $said") if $status || $said =~ s/\n+$/\n/r =~ tr/\n// > 1;
	return;
}

# How it differs, whoever it is.
sub way { return $_[0] =~ s/^step \w+: //r =~ s/[:(].*//sr =~ s/\bc\d+\b//gr }
# The fewest steps with which it still differs in the same way.
sub shrink {
	my ($seed, @steps) = @_;
	my $way = way($differ[0]);
	for (my $n = $#steps; $n >= 0; $n--) {
		my @fewer = @steps[ grep { $_ != $n } 0 .. $#steps ];
		history($seed, @fewer ? @fewer : 'none');
		@steps = @fewer if @differ && way($differ[0]) eq $way;
	}
	history($seed, @steps ? @steps : 'none');
	return @steps;
}

end_weeks($root);
make_path("$root/path");
# Git alone: all programs but kith.
if (!-e "$root/path/git") {
	for my $folder (grep { -d && !-x "$_/kith" } split /:/, $ENV{PATH}) {
		symlink $_, "$root/path/" . s{.*/}{}r for glob "$folder/*";
	}
}
my $start = time;
my $histories = 0;
for my $seed ($first .. $first + $count - 1) {
	last if $ENV{KITH_SECONDS} && time - $start > $ENV{KITH_SECONDS};
	my @steps = split /,/, $ENV{KITH_STEPS} // '';
	history($seed, @steps);
	$histories++;
	print "seed $seed:\n$shown" if $ENV{KITH_SHOW};
	next if !@differ;
	$sum{differ}++;
	if ($sum{differ} <= 5 && !@steps) {
		my $was = $differ[0];
		@steps = shrink($seed, 1 .. 15);
		@differ = ("$was (with all steps only)") if !@differ;
	}
	print "seed $seed, KITH_STEPS=", join(',', @steps), ":\n$shown", map { "  differs: $_\n" } @differ;
	keep_week("$root/w", $keep, $seed);
}
printf "%d histories%s in %d seconds, %d differ\n", $histories,
	join('', map { ", $sum{$_} $_" } grep { $_ ne 'differ' } sort keys %sum), time - $start, $sum{differ} // 0;
end_weeks($root);
exit(($sum{differ} // 0) > 0);
