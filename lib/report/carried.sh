#!/bin/sh
# Prints the assembler source of a table of all files below the given folder
# (report/carried.h). Names with a quote or a backslash are not supported.
set -eu
cd "$1"
root=$(pwd)
find . -path ./install -prune -o -type f -print | sed 's,^\./,,' | LC_ALL=C sort | awk -v root="$root" '
{
	n++
	texts = texts sprintf(".Lp%d: .asciz \"%s\"\n.Lb%d: .incbin \"%s/%s\"\n.Le%d: .byte 0\n", n, $0, n, root, $0, n)
	rows = rows sprintf("\t.quad .Lp%d, .Lb%d - .Lp%d - 1, .Lb%d, .Le%d - .Lb%d\n", n, n, n, n, n, n)
}
END {
	print "\t.section .rodata\n" texts
	print "\t.section .data.rel.ro,\"aw\"\n\t.balign 8"
	print "\t.globl kith_carried\n\t.hidden kith_carried\nkith_carried:\n" rows
	print "\t.globl kith_carried_count\n\t.hidden kith_carried_count\nkith_carried_count:\n\t.quad " n + 0
	print "\t.section .note.GNU-stack,\"\",%progbits"
}'
