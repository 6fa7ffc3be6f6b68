#!/bin/sh
# Whom a command that writes means by a slug or a path: found by names of files alone.
. "$(dirname "$0")/lib.sh"

# means NAME WORD PATH: logging for the word writes that file.
means() {
	run kith log --again --no-commit "$2" "call: x"
	like "$out" "^logged .* in people/$3\$" "$1"
}

journal
for name in ada-lovelace jose.garcía Müller_Anna e_dot.net 김영희 أحمد-نور á ＡＢＣ 'two words' x.md \
	1.2.3 sub/grace-hopper one/twin two/twin '≠x'; do
	printf -- '---\nname: N%s\n---\n' "$(printf %s "$name" | cksum | tr -d ' ')" |
		contact "$name.md"
done
commit "People with odd slugs"

means "a slug" ada-lovelace ada-lovelace.md
means "in capital letters" ADA-Lovelace ada-lovelace.md
means "with dots" ada.lovelace ada-lovelace.md
means "a line below for a hyphen" ada_lovelace ada-lovelace.md
means "blanks around it" " ada-lovelace " ada-lovelace.md
means "without marks" jose-garcia jose.garcía.md
means "with marks composed otherwise" "$(printf 'jos\145.garci\314\201a')" jose.garcía.md
means "with other marks" müller-anna Müller_Anna.md
means "the same without" MULLER.ANNA Müller_Anna.md
means "with both" e.dot_net e_dot.net.md
means "another script" 김영희 김영희.md
means "one from right to left" أحمد.نور أحمد-نور.md
means "one letter" a á.md
means "wide letters" abc ＡＢＣ.md
means "a slug with a blank" "Two  Words" 'two words.md'
means "numbers" 1-2-3 1.2.3.md
means "a sign that has a mark" '≠x' '≠x.md'
means "a slug that ends like a file" x-md x.md.md
means "a path" people/ada-lovelace.md ada-lovelace.md
means "a path from here" ./people/ada-lovelace.md ada-lovelace.md
means "a file's name" ada-lovelace.md ada-lovelace.md
means "a path from elsewhere" "$PWD/people/sub/grace-hopper.md" sub/grace-hopper.md
means "the end of a path" sub/grace-hopper.md sub/grace-hopper.md
means "a slug in a folder" grace-hopper sub/grace-hopper.md
means "one of two twins, by path" two/twin.md two/twin.md

run kith log twin "call: x"
is "$status" 1 "twins are not told from each other by their slug"
like "$err" 'one/twin' "one is shown"
like "$err" 'two/twin' "and the other"
run kith log ada-lovelac "call: x"
is "$status" 1 "nobody has half of a slug"
like "$err" 'ada-lovelace' "but who is near is shown"
done_testing
