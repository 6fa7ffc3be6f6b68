#!/bin/sh
# What the timer's service does on a Monday, by the words of its unit: it writes the review, and
# tells the desktop where there is one, in words that no file has a part in.
. "$(dirname "$0")/lib.sh"

# The command of ExecStart as systemd takes it: lines joined, `$$` a `$`; it has no other `$`, no
# `%` and no quote in it.
perl -0e '
	$_ = <>;
	s/\\\n\s*/ /g;
	my ($command) = /^ExecStart=\/bin\/sh -c \x27([^\x27%\\]*)\x27$/m or die "no ExecStart\n";
	my $shell = $command =~ s/\$\$/\x01/gr;
	die "a dollar of systemd\n" if $shell =~ /\$/;
	print $shell =~ s/\x01/\$/gr, "\n"' "$root/templates/install/kith-review.service" > "$tmp/command"
is "$?" 0 "the unit's command"

# A place of programs without notify-send, and one with it, which keeps what it is given.
mkdir "$tmp/bin" "$tmp/desktop"
for program in sh git; do ln -s "$(command -v $program)" "$tmp/bin/$program"; done
ln -s "$kith_bin" "$tmp/bin/kith"
cat > "$tmp/desktop/notify-send" <<END
#!/bin/sh
printf '<%s>\n' "\$@" >> "$tmp/notified"
[ ! -e "$tmp/mute" ]
END
chmod 755 "$tmp/desktop/notify-send"
monday() {
	run env PATH="$tmp/bin" KITH_DIR="$PWD" "$@" /bin/sh -c "$(cat "$tmp/command")"
}

journal
contact x.md <<'END'
---
name: "X <b>$(touch evil) `x` -u critical</b>"
cadence: 1 wekk
---
## Log
- 2026-01-10 coffee: --help
END
commit "X"
monday
is "$status" 0 "a slip in a file is no failure: the page is there"
like "$out" '^wrote reviews/2026-W48.md$' "it is told what was written"
like "$out" '^not notified: there is no notify-send' "and why nobody was notified"
like "$err" '^people/x.md:3:10: error' "what is found is in the log"
is "$(git log --format=%s | head -n 1)" "Write the review of week 48, 2026" "it is committed"

git rm -q -r reviews && commit "Gone"
monday PATH="$tmp/desktop:$tmp/bin"
is "$status:$(cat "$tmp/notified")" "0:<-a>
<kith>
<The review of this week is written>
<To open it: kith review -e>" "with a desktop it is notified, in words that are always the same"
monday PATH="$tmp/desktop:$tmp/bin"
is "$status:$out:$(wc -l < "$tmp/notified")" "0:reviews/2026-W48.md is as it was:4" "and once"
git rm -q -r reviews && commit "Gone"
touch "$tmp/mute"
monday PATH="$tmp/desktop:$tmp/bin"
is "$status" 0 "a desktop that does not answer is no failure"
like "$out" '^not notified: no desktop answers' "but told"

cd "$tmp/work" || exit 1
monday KITH_DIR="$tmp/nowhere"
is "$status:$out" "1:" "without a journal it fails"
like "$err" '^kith: ' "and says why"
done_testing
