# Somebody at a terminal: perl pty.pl COLUMNS [PATTERN KEYS]... -- COMMAND...
# Runs the command on a terminal of its own. Each time that what it printed since the last keys
# matches PATTERN, the KEYS are typed (\e, \n, \t, \x.. and \x{..} as in perl). Prints all that the
# terminal got, and ends with the command's status; 124 where it waited ten seconds for nothing.
use strict;
use warnings;
use POSIX ();
use Encode ();

my $columns = shift;
my @steps;
while (@ARGV && $ARGV[0] ne '--') {
	my ($pattern, $keys) = splice @ARGV, 0, 2;
	$keys = Encode::decode('UTF-8', $keys);
	$keys =~ s/\\x\{([0-9a-f]+)\}|\\x([0-9a-f]{2})|\\(.)/
		defined $1 ? chr hex $1 : defined $2 ? chr hex $2
		: { e => "\e", n => "\r", r => "\r", t => "\t", '\\' => '\\' }->{$3} \/\/ $3/gex;
	push @steps, [ qr/$pattern/, Encode::encode('UTF-8', $keys) ];
}
shift;
sysopen my $master, '/dev/ptmx', POSIX::O_RDWR | POSIX::O_NOCTTY or exit 125;
my $number = pack 'i', 0;
ioctl $master, 0x40045431, $number or exit 125;    # TIOCSPTLCK
ioctl $master, 0x80045430, $number or exit 125;    # TIOCGPTN
my $path = '/dev/pts/' . unpack 'i', $number;
my $child = fork // exit 125;
if (!$child) {
	POSIX::setsid();
	open my $slave, '+<', $path or POSIX::_exit(125);
	ioctl $slave, 0x5414, pack 'S4', 24, $columns, 0, 0;    # TIOCSWINSZ
	POSIX::dup2(fileno $slave, $_) for 0 .. 2;
	close $slave if fileno $slave > 2;
	close $master;
	exec @ARGV or POSIX::_exit(127);
}
my ($all, $new) = ('', '');
my $give_up = time + 10;
my $status;
for (;;) {
	my $wait = '';
	vec($wait, fileno $master, 1) = 1;
	if (select $wait, undef, undef, 0.1) {
		my $n = sysread $master, my $bytes, 4096;
		last if !$n;
		$all .= $bytes, $new .= $bytes;
		$give_up = time + 10;
	} elsif (waitpid($child, POSIX::WNOHANG()) == $child) {
		$status = $?;
		last;
	}
	# Where is the cursor? Some ask, to learn how wide something is.
	syswrite $master, "\e[1;1R" if $new =~ s/\e\[6n//;
	if (@steps && $new =~ $steps[0][0]) {
		my $keys = (shift @steps)->[1];
		$new = '';
		# A little later: the program has said that it waits, and may still be getting ready.
		select undef, undef, undef, 0.03;
		syswrite $master, $keys;
	}
	if (time > $give_up) {
		kill KILL => $child;
		print $all;
		exit 124;
	}
}
if (!defined $status) {
	waitpid $child, 0;
	$status = $?;
}
print $all;
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
