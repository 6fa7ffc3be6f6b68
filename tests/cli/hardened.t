#!/bin/sh
# The program and its module are built so that a fault in them is hard to use, as Debian's are.
. "$(dirname "$0")/lib.sh"

[ -z "$sanitized" ] || { skip "hardened" "a sanitised build is for looking"; done_testing; }
command -v readelf > "$tmp/said" || { skip "hardened" "no readelf"; done_testing; }
for file in "$kith_bin" "${KITH_GIT_MODULE:-${kith_bin%/*}/kith-git.so}"; do
	name=${file##*/}
	run readelf -W -h -l -d "$file"
	like "$out" 'Type: +DYN' "$name: addresses are random"
	like "$out" 'GNU_RELRO' "$name: what the loader writes is read-only afterwards"
	like "$out" 'BIND_NOW|FLAGS.*NOW' "$name: all of it, at once"
	like "$out" 'GNU_STACK.* RW ' "$name: no code on the stack"
done
# A build to look for faults in may leave these out; the one that people get has them.
for make in all units; do
	run make -C "$root" -s -n -B "B=$tmp/build" CC=compiler $make
	compiled=$(printf '%s\n' "$out" | grep -c 'compiler .* -c .*\.c$')
	hardened=$(printf '%s\n' "$out" |
		grep -c 'compiler .*-O2 .*-fstack-protector-strong .*_FORTIFY_SOURCE=2 .*-fPIC.* -c .*\.c$')
	is "$hardened" "$compiled" "make $make: each source is compiled with guards"
done
done_testing
