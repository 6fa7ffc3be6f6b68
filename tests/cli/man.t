#!/bin/sh
# The manual: one page for each command and each topic, which lint has nothing to say of, with
# all that --help says, to be copied as it stands; and the same topics on the terminal.
. "$(dirname "$0")/lib.sh"

commands=$(sed -n 's/^COMMAND(\(.*\))$/\1/p' "$root/cmd/commands.def" | tr _ -)
mkdir man
kith help --man > man/kith.1
for command in $commands; do kith help --man "$command" > "man/kith-$command.1"; done
for page in kith-format.5 kith-json.5 kith-query.7; do
	topic=${page#kith-}
	kith help --man "${topic%.*}" > "man/$page"
done
run mandoc -T lint -W style man/*
is "$out$err" "" "lint is silent"

# page NAME: as it is read, every run of blanks and line ends one blank, without backticks.
page() {
	mandoc -T utf8 -O width=400 "man/$1" | sed 's/.\x08//g' | tr -d '`' | tr -s ' \n' '  '
}
# lacks PAGE: those of the lines of standard input that the page does not hold, wherever it breaks
# them.
lacks() {
	page "$1" > "$tmp/page"
	perl -e 'local $/; open my $in, "<", shift or die; my $page = <$in> // "";
		print "no page\n" if length $page < 500;
		for (split /\n/, <STDIN>) {
			my $line = s/`//gr =~ s/^ +//r =~ s/ +/ /gr;
			print "$_\n" if index($page, $line) < 0;
		}' "$tmp/page"
}

for command in $commands; do
	# The summary, the usage, options with what they do, each paragraph, examples.
	kith help "$command" | sed "s/^kith $command - /kith-$command - /; s/^usage: //
		/^Options\$/d; /^Options of every command\$/d; /^Examples\$/d" > "$tmp/help"
	is "$(lacks "kith-$command.1" < "$tmp/help")" "" "kith-$command(1) has all that kith $command --help says"
	# A hyphen that is typed is one.
	unlike "$(sed '/^\.TH/d' "man/kith-$command.1" | sed 's/\\-//g')" '(^|[^0-9A-Za-z])-' "and no other hyphen"
done
{
	kith --help | sed -n 's/^  \([a-z]*\)  .*/kith-\1(1)/p' | grep -v 'kith-kith'
	kith --help | grep -o -e '--[a-z-]*[a-z]'
	printf '%s\n' KITH_DIR KITH_TODAY KITH_PAGER NO_COLOR
} > "$tmp/names"
is "$(lacks kith.1 < "$tmp/names")" "" "kith(1) has all commands, options and variables"

# --- topics ---
for topic in format json query; do
	kith help $topic > "$tmp/text"
	file=$(cd man && echo kith-$topic.[57])
	is "$(tr -s ' ' '\n' < "$tmp/text" | lacks "$file")" "" "kith help $topic and kith-$topic say the same"
	ok "and fit a terminal" perl -CSD -ne 'chomp; die "$_\n" if length > 80' "$tmp/text"
done
{
	sed -n 's/^KEY([A-Z_]*, .name = "\([a-z_]*\)".*/\1/p
		s/^SPELLING("\([^"]*\)", [A-Z_]*, [1-9].*/\1/p' "$root/lib/people/keys.def"
	sed 's/{{today}}/2026-11-23/; s/^# ---- \(.*[^-]\) --*$/\1/; s/^# \([^ ]\)/\1/' "$root/templates/journal/kith.yaml"
} > "$tmp/lines"
ok "there are many" test "$(wc -l < "$tmp/lines")" -gt 250
is "$(lacks kith-format.5 < "$tmp/lines")" "" "kith-format(5) has all keys, spellings and settings"

# Each first key of what a command prints stands where that command does.
run perl -MJSON::PP -CSD -e '
	my ($root) = @ARGV;
	open my $in, "<", "$root/templates/help/json.md" or die;
	my @terms = do { local $/; split /\n\n/, <$in> };
	my $common = load("common");
	sub load { local (@ARGV, $/) = "$root/tests/schema/$_[0].json"; utf8::encode(my $t = <>); decode_json($t) }
	sub keys_of {
		my ($node, $schema) = @_;
		if (my $ref = $node->{q($ref)}) {
			my ($file, $path) = split /#/, $ref;
			my $at = my $whole = $file ? $common : $schema;
			$at = $at->{$_} for grep { length } split m{/}, $path;
			return keys_of($at, $whole);
		}
		return (keys %{ $node->{properties} || {} }, map { keys_of($_, $schema) } map { @{ $node->{$_} || [] } } qw(anyOf oneOf allOf));
	}
	my %always = map { $_ => 1 } qw(version did changed commit diff slug name path today);
	for my $file (sort glob "$root/tests/schema/*.json") {
		my ($name) = $file =~ m{([a-z_]+)[.]json$};
		next if $name eq "common" || $name eq "show";
		my $command = "kith $name";
		my $words = join " ", grep { /^[^:]*`\Q$command\E[ `]/ } @terms;
		print "no $command\n" unless $words;
		my $schema = load($name);
		$words =~ /`\Q$_\E`/ || $always{$_} || print "$command: $_\n" for keys_of($schema, $schema);
	}' "$root"
is "$status:$out" "0:" "kith-json(5) has what every command prints"

# --- wrong words ---
run kith help --man nothing
is "$status:$out" "2:" "no page of what is none"
run kith help --man kith-log
is "$status:$out" "2:" "nor by the page's name"

# --- installed and taken away ---
[ -z "$sanitized" ] || { skip "make install" "it is the same program"; done_testing; }
same_each_day "make install"
# What is built stays as it is: other tests run it.
run make -s -C "$root" B="${kith_bin%/*}" -o "$kith_bin" -o "${kith_bin%/*}/kith-git.so" install DESTDIR="$tmp/stage" PREFIX=/usr
is "$status:$err" "0:" "make install"
is "$(cd "$tmp/stage/usr/share/man" && find . -type f | sed 's|.*/||' | sort | tr '\n' ' ')" \
	"$(ls man | sort | tr '\n' ' ')" "with all pages"
ok "each in its section" cmp man/kith-format.5 "$tmp/stage/usr/share/man/man5/kith-format.5"
run make -s -C "$root" B="${kith_bin%/*}" uninstall DESTDIR="$tmp/stage" PREFIX=/usr
is "$status:$(find "$tmp/stage" -type f)" "0:" "make uninstall leaves nothing"
done_testing
