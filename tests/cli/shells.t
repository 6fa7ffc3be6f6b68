#!/bin/sh
# Completion in real shells: what stands on their line after a Tab, and how a program would get it.
. "$(dirname "$0")/lib.sh"
kith init --example "$HOME/people" > "$tmp/log" 2>&1
cd "$HOME/people" || exit 1
scripts=$root/templates/install
contact "Jane 'J' \$(touch pwned); \`x\` \"q\" !y.md" < /dev/null
contact "-dash.md" < /dev/null
contact "$(printf 'evil\033]0;x\007\nmore').md" < /dev/null
contact long.md <<'END'
---
name: Countess Zoe
tags: [a b, "x:y", "$(id)"]
---
END

cat > "$tmp/args" <<'END'
#!/bin/sh
printf 'got'
for word; do printf '<%s>' "$word"; done
echo .
END
chmod +x "$tmp/args"
PATH=$tmp:$PATH TERM=xterm
export PATH TERM
printf 'PS1="at> "\nbind "set enable-bracketed-paste off"\nbind "set page-completions off"\n' > "$tmp/plain.bash"
cp "$tmp/plain.bash" "$tmp/full.bash"
printf '. %s/kith.bash\n' "$scripts" >> "$tmp/plain.bash"
# As installed, bash-completion loads it by need.
mkdir -p "$HOME/.local/share/bash-completion/completions" "$tmp/zsh" "$HOME/.config/fish"
cp "$scripts/kith.bash" "$HOME/.local/share/bash-completion/completions/kith"
printf '. /usr/share/bash-completion/bash_completion\n' >> "$tmp/full.bash"
cat > "$tmp/zsh/.zshrc" <<END
PS1='at> ' fpath=($scripts \$fpath) LISTMAX=0
unsetopt prompt_sp
unset zle_bracketed_paste
autoload -Uz compinit && compinit -u -d $tmp/zsh/dump
bindkey -e
END

# typed SHELL KEYS: what the program would get of a line, and all that the terminal shows in $shown.
typed() {
	case $1 in
	zsh) set -- "$2" env ZDOTDIR="$tmp/zsh" zsh -i ;;
	*) set -- "$2" bash --noprofile --rcfile "$tmp/$1.bash" -i ;;
	esac
	keys=$1
	shift
	perl "$root/tests/cli/pty.pl" 120 'at> ' "$keys\\x01args \\n" 'got.*\.\r\n' '\x04' -- "$@" > "$tmp/shown" 2>&1
	shown=$(tr -d '\r' < "$tmp/shown")
	got=$(printf '%s\n' "$shown" | sed -n 's/^got\(.*\)\.$/\1/p')
}
# completes KEYS WANT NAME: in each shell
completes() {
	for shell in $shells; do
		typed "$shell" "$1"
		is "$got" "$2" "$shell: $3"
	done
}
shells='plain full zsh'
[ -f /usr/share/bash-completion/bash_completion ] || { shells='plain zsh'; skip "bash-completion" "it is not there"; }

ok "bash can read its script" bash -n "$scripts/kith.bash"
ok "zsh can read its script" zsh -n "$scripts/_kith"

completes 'kith arch\t' '<kith><archive>' "a command"
completes 'kith show ASH\t' '<kith><show><ruth-ashdown>' "a person, by the second word"
completes 'kith show countess\t' '<kith><show><long>' "by a name that the file has not"
completes 'kith show ru\tx' '<kith><show><ruth-ashdown><x>' "a blank follows"
completes 'kith log ruth-ashdown,imog\t' '<kith><log><ruth-ashdown,imogen-blythe>' "a list"
completes 'kith list tag:ment\t' '<kith><list><tag:mentor>' "a value behind a colon"
completes 'kith list TAG:ment\t' '<kith><list><TAG:mentor>' "a key in capitals"
completes 'kith list has:prom\tx' '<kith><list><has:promise><x>' "after which a blank follows"
completes 'kith list birt\tx' '<kith><list><birthday:x>' "but none behind the colon"
completes 'kith set ruth birth\t1' '<kith><set><ruth><birthday=1>' "nor behind ="
completes 'kith set ruth org=delta\t' '<kith><set><ruth><org=Delta Rice Institute>' "a value with blanks"
completes 'kith list --format=c\t' '<kith><list><--format=csv>' "an option's value behind ="
completes 'kith list --format c\t' '<kith><list><--format><csv>' "or behind a blank"
completes 'kith show jane\t' "<kith><show><Jane 'J' \$(touch pwned); \`x\` \"q\" !y>" "nothing in a name is run"
completes "kith show 'jane\\t" "<kith><show><Jane 'J' \$(touch pwned); \`x\` \"q\" !y>" "in single quotes"
completes 'kith list tag:\\$\t' '<kith><list><tag:$(id)>' "nor in a tag"
completes 'kith list tag:x\t' '<kith><list><tag:x:y>' "a tag with a colon"
completes "kith list 'tag:wat\\t" '<kith><list><tag:water law>' "in quotes, a colon"
completes 'kith list "tag:wat\t' '<kith><list><tag:water law>' "in double quotes"
completes 'kith show dash\t' '<kith><show><people/-dash.md>' "a file that looks like an option"
completes 'kith show evil\t' '<kith><show><evil>' "no control characters"
completes 'kith log ruth -- imog\t' '<kith><log><ruth><--><imog>' "nothing behind --"
completes 'kith check tw\t' '<kith><check><twins>' "a check"
mkdir "$HOME/dir" && : > "$HOME/dir/file.txt"
completes 'kith -C ~/peop\tshow' "<kith><-C><$HOME/people/show>" "folders"
cd "$tmp" || exit 1
completes 'kith -C ~/people show ash\t' "<kith><-C><$HOME/people><show><ruth-ashdown>" "-C ~/"
cd "$HOME/people" || exit 1
completes 'kith review -o ~/dir/fi\t' "<kith><review><-o><$HOME/dir/file.txt>" "files"

# fish says what it would offer. It takes no word that does not hold what is typed.
run command -v fish
if [ "$status" = 0 ]; then
	ok "fish can read its script" fish -n "$scripts/kith.fish"
	while IFS='|' read -r line want name; do
		run fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$scripts/kith.fish" "$line"
		is "$(cut -f 1 "$tmp/out" | tr '\n' '|')" "${want:+$want|}" "fish: $name"
	done <<-'END'
		kith arch|archive|a command
		kith show ASH|ruth-ashdown|a person, by the second word
		kith show countess|Countess Zoe|by a name that the file has not
		kith log ruth-ashdown,imog|ruth-ashdown,imogen-blythe|a list
		kith list tag:ment|tag:mentor|a value behind a colon
		kith list 'tag:wat|tag:water law|in quotes
		kith list --format=c|--format=csv|an option's value behind =
		kith list --format c|csv|or behind a blank
		kith show jan|Jane 'J' $(touch pwned); `x` "q" !y|nothing in a name is run
		kith show evil||no control characters
		kith -C ~/peopl|~/people/|folders
		kith -C ~/people show ash|ruth-ashdown|of which one counts
		kith log ruth -- imog||nothing behind --
	END
else
	skip "fish" "it is not there"
fi
ok "nothing was run" test ! -e pwned

# Several: what they have in common, and a list with names.
for shell in $shells; do
	typed "$shell" 'kith show a\t\t\t\x15kith'
	like "$shown" 'adebayo-olatunji +(-- )?Adébáyọ̀ Ọlátúnjí' "$shell: a list says who they are"
	typed "$shell" 'kith list --fo\t'
	is "$got" '<kith><list><--format>' "$shell: an option"
done
done_testing
