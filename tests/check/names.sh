#!/bin/sh
# A name means one thing: no function, static ones too, is defined in two modules, nor a struct,
# union or enum. clang-format writes each at the start of a line.
# Called as `names.sh ROOT [MOST]`: so many may still mean two things.
most=${2:-0}
. "${0%/*}/common.sh"
# shellcheck disable=SC2046 # names without spaces
awk -v most="$most" '
function defined(name) {
	module = FILENAME
	sub(/[.][ch]$/, "", module)
	if ((name, module) in seen)
		return
	seen[name, module]
	if (name in first) {
		twice += !(name in others)
		others[name] = others[name] ", " FILENAME
	} else {
		count++
		first[name] = FILENAME
	}
}

/^[A-Za-z_].*\(/ {
	head = $0
	sub(/\(.*/, "", head)
	sub(/.*[ *]/, "", head)
}

/^\{/ && head {
	defined(head)
	head = ""
}

/^(typedef |static |const )*(struct|union|enum) [A-Za-z_0-9]+ \{/ {
	sub(/ \{.*/, "")
	sub(/.* /, "")
	defined("struct " $0)
}

END {
	for (name in others)
		print name ": in " first[name] others[name] | "sort"
	close("sort")
	print twice + 0 " of " count " names are in two modules, " most " may be"
	exit twice > most
}' $(find cmd lib -name '*.[ch]' 2>/dev/null | sort) /dev/null
