#!/usr/bin/perl
# peers.pl JOURNAL TO: the people of a journal as other programs keep them: a vCard each (khard), a
# mail of the same text each (notmuch), their open tasks (task), their talks (hledger).
use strict;
use warnings;

my ($from, $to) = @ARGV;
mkdir $_ for $to, "$to/cards", "$to/mail", map { "$to/mail/$_" } qw(cur new tmp);
open my $tasks, '>', "$to/tasks.json" or die "tasks.json: $!";
my (@talks, $n);
sub json { my $text = shift; $text =~ s/(["\\])/\\$1/g; return "\"$text\"" }
for my $file (glob "$from/people/*.md") {
	open my $in, '<', $file or die "$file: $!";
	my $text = do { local $/; <$in> };
	my ($slug) = $file =~ m{([^/]+)\.md$};
	my ($name) = $text =~ /^name: "?(.*?)"?$/m;
	my ($email) = $text =~ /^email: (\S+)/m;
	my ($org) = $text =~ /^org: "?(.*?)"?$/m;
	my ($tags) = $text =~ /^tags: \[(.*)\]/m;
	$n++;
	open my $card, '>', "$to/cards/$slug.vcf" or die "$slug.vcf: $!";
	print $card "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:$slug\r\nFN:$name\r\nN:$name;;;;\r\n",
		$email ? "EMAIL:$email\r\n" : '', $org ? "ORG:$org\r\n" : '',
		$tags ? "CATEGORIES:$tags\r\n" : '', "END:VCARD\r\n";
	open my $mail, '>', "$to/mail/cur/$n.$slug:2,S" or die "$slug: $!";
	print $mail "From: ", $email // 'nobody@post.example', "\nTo: me\@post.example\nSubject: $slug\n",
		"Date: Mon, 2 Nov 2026 09:00:00 +0000\nMessage-ID: <$slug\@post.example>\n",
		"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n$text";
	while ($text =~ /^- \[ \] (.*?)(?:  ?\(due:: (\d{4})-(\d\d)-(\d\d)\))?$/mg) {
		my ($what, $due) = ($1, $2 ? "$2$3${4}T090000Z" : undef);
		print $tasks '{"status":"pending","entry":"20261102T090000Z","project":', json($slug),
			',"description":', json($what), $due ? ",\"due\":\"$due\"" : '', "}\n";
	}
	push @talks, "$1 $2\n  (people:$slug)  1\n" while $text =~ /^- (\d{4}-\d\d-\d\d) ([^\n;|]*)/mg;
}
open my $journal, '>', "$to/talks.journal" or die "talks.journal: $!";
print $journal "$_\n" for sort @talks;
