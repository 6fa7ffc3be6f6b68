# A server of the test's own on this machine: perl serve.pl FILE KIND [COMMAND...]
# Its port is written into FILE once it listens, on 127.0.0.1 only. For each connection, kind `run`
# starts the command with the connection as its standard input and output (sshd -i, git daemon
# --inetd); `http` answers with git http-backend for the folder COMMAND, and below /locked/ asks for
# the user `ada` with the password `looms`; `hang` never says a word.
use strict;
use warnings;
use IO::Socket::INET;

my ($file, $kind, @command) = @ARGV;
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 8, Proto => 'tcp') or die "listen: $!";
$SIG{CHLD} = 'IGNORE';
open my $out, '>', "$file.new" or die "$file: $!";
print $out $listener->sockport, "\n";
close $out;
rename "$file.new", $file or die "$file: $!";

sub answer {
	my ($status, $more) = @_;
	print "HTTP/1.1 $status\r\nConnection: close\r\n$more\r\n";
	return;
}
# One request: its head by lines, its body whole or in chunks.
sub http {
	my ($root) = @_;
	binmode STDIN;
	binmode STDOUT;
	my ($method, $path, $query) = (<STDIN> // '') =~ m{^(\S+) ([^ ?]*)(?:\?(\S*))? HTTP/} or return;
	my %head;
	while (my $line = <STDIN>) {
		last if $line =~ /^\r?$/;
		$head{ lc $1 } = $2 if $line =~ /^([^:]+):\s*(.*?)\r?$/;
	}
	# `ada:looms` in base64.
	return answer('401 Unauthorized', "WWW-Authenticate: Basic realm=\"journals\"\r\nContent-Length: 0\r\n")
		if $path =~ s{^/locked/}{/} && ($head{authorization} // '') ne 'Basic YWRhOmxvb21z';
	if (lc($head{expect} // '') eq '100-continue') { local $| = 1; print "HTTP/1.1 100 Continue\r\n\r\n" }
	my $body = '';
	if (lc($head{'transfer-encoding'} // '') eq 'chunked') {
		while (defined(my $line = <STDIN>)) {
			my $n = hex $line or last;
			read STDIN, $body, $n, length $body;
			<STDIN>;
		}
	} elsif ($head{'content-length'}) {
		read STDIN, $body, $head{'content-length'};
	}
	local %ENV = (%ENV, REQUEST_METHOD => $method, PATH_INFO => $path, QUERY_STRING => $query // '', CONTENT_TYPE => $head{'content-type'} // '',
		CONTENT_LENGTH => length $body, GIT_PROJECT_ROOT => $root, GIT_HTTP_EXPORT_ALL => 1, REMOTE_USER => 'ada', REMOTE_ADDR => '127.0.0.1',
		HTTP_CONTENT_ENCODING => $head{'content-encoding'} // '', GIT_PROTOCOL => $head{'git-protocol'} // '');
	my $kept = "$file.$$";
	open my $request, '>:raw', $kept or die "$kept: $!";
	print $request $body;
	close $request;
	my $said = `git http-backend < '$kept'`;
	unlink $kept;
	my ($heads, $rest) = split /\r?\n\r?\n/, $said, 2;
	my $status = $heads =~ s/^Status: (.*?)\r?\n//m ? $1 : '200 OK';
	answer($status, "$heads\r\nContent-Length: " . length($rest // '') . "\r\n");
	print $rest // '';
	return;
}

my @held;
while (1) {
	my $client = $listener->accept or next;
	if ($kind eq 'hang') {
		push @held, $client;
		next;
	}
	my $pid = fork // die "fork: $!";
	if ($pid) {
		close $client;
		next;
	}
	close $listener;
	$SIG{CHLD} = 'DEFAULT';
	open STDIN, '<&', $client or die $!;
	open STDOUT, '>&', $client or die $!;
	close $client;
	if ($kind eq 'run') { exec @command or exit 127 }
	http(@command);
	exit 0;
}
