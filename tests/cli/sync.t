#!/bin/sh
# Two machines and a place between them: what both wrote comes together, nothing is lost, and no
# mark of a conflict is left in a file.
. "$(dirname "$0")/lib.sh"

# two: a bare repository, and two clones of a journal with Ada and Bob: here, and there.
two() {
	rm -rf "$tmp/hub.git" "$tmp/here" "$tmp/there"
	ada_and_bob
	git init -q --bare "$tmp/hub.git"
	mv "$PWD" "$tmp/here" && cd "$tmp/here" || exit 1
	git remote add origin "$tmp/hub.git" && git push -q -u origin main 2>/dev/null
	git clone -q "$tmp/hub.git" "$tmp/there"
	git -C "$tmp/there" config user.name "Grace Hopper"
	git -C "$tmp/there" config user.email grace@post.example
}
# there COMMAND...: in the other clone.
there() {
	(cd "$tmp/there" && "$@")
}
same() {
	ok "$1: both hold the same" diff -r -x .git "$tmp/here" "$tmp/there"
	is "$(git rev-parse main)" "$(git -C "$tmp/hub.git" rev-parse main)" "$1: all is pushed"
	is "$(git status --porcelain)$(git fsck 2>&1)" "" "$1: nothing is left, and the repository is sound"
}

two
run kith sync
expect "nothing to do is one line" 0 <<'END'
nothing to sync: origin has all that is here, and no more
END

there kith log ada call the grant >/dev/null
run there kith sync
expect "what is new here goes out" 0 <<'END'
out: a call with Ada Lovelace
END
run kith sync -n
expect "what would come in is shown" 0 <<'END'
would come in: a call with Ada Lovelace (from Grace Hopper)
END
is "$(grep -c grant people/ada.md)" 0 "and does not come yet"
run kith sync
expect "what is new there comes in" 0 <<'END'
in: a call with Ada Lovelace (from Grace Hopper)
END
same "a fast-forward"

there sh -c 'kith set bob org=Digital && kith sync' >/dev/null
sed -i 's/looms/looms and mills/' people/ada.md
run kith sync
like "$out" '^in: .*Digital.* \(from Grace Hopper\) · out: ' "both at once: said"
is "$(git log -1 --format=%P | wc -w)" 2 "a merge"
there kith sync >/dev/null
same "both at once"
done_testing
