#!/bin/sh
# The git module shows its one table, and what it answers in place of a library
# (lib/git/certificates.c), and nothing else. Called as `exports.sh ROOT [MODULE]`.
. "${0%/*}/common.sh"
nm -D --defined-only "${2:-$B/kith-git.so}" | awk '
{
	print $3
	if ($3 == "kith_git_module")
		found = 1
	else if ($3 != "mbedtls_x509_crt_parse_file")
		bad = 1
}
END { exit bad || !found }'
