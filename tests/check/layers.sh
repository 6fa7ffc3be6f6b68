#!/bin/sh
# Who may include what: lib/README.md draws it. A folder of lib includes only folders below
# it, and a library's header only the file that wraps it.
. "${0%/*}/common.sh"
# shellcheck disable=SC2046 # names without spaces
awk '
function wrong(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	bad = 1
}

function one_of(word, list) {
	return index(" " list " ", " " word " ")
}

BEGIN {
	may["base"] = "base"
	may["note"] = "base note"
	may["git"] = "base git"
	may["people"] = "base note people"
	may["insight"] = "base note people insight"
	may["report"] = "base note people insight report"
	may["merge"] = "base note people insight report merge"
	may["change"] = "base note git people insight report merge change"
	may["cmd"] = may["change"]

	# insight, report and merge compute; what they need from files comes in as data.
	files = "base/fs.h base/reader.h"

	wraps["yaml.h"] = "^lib/note/yaml[.]c$"
	wraps["cmark.h"] = "^lib/note/markdown[.]c$"
	wraps["git2"] = "^lib/git/"
	wraps["utf8proc.h"] = "^lib/base/text[.]c$"
	wraps["liburing.h"] = "^lib/base/reader[.]c$"
	wraps["jansson.h"] = "^(lib/(report|change)|cmd)/"
	wraps["histedit.h"] = "^cmd/edline[.]c$"

	plain = "assert ctype dirent dlfcn errno fcntl fnmatch ftw getopt inttypes limits locale malloc"
	plain = plain " poll pthread pwd sched setjmp signal spawn stdalign stdarg stdatomic stdbool"
	plain = plain " stddef stdint stdio stdlib string strings termios time unistd wchar"
}

/^[ \t]*#[ \t]*include/ {
	count++
	path = $0
	if (!sub(/^[ \t]*#[ \t]*include[ \t]*["<]/, "", path) || !sub(/[">].*/, "", path)) {
		wrong("an include that cannot be read")
		next
	}
	quoted = $0 ~ /include[ \t]*"/
	room = FILENAME
	sub(/^lib\//, "", room)
	sub(/\/.*/, "", room)
	folder = path
	if (!sub(/\/.*/, "", folder))
		folder = ""
	key = path ~ /^git2(\/|[.]h$)/ ? "git2" : path

	if (!(room in may))
		wrong("the folder " room " has no place among the layers")
	else if (path ~ /(^|\/)[.][.]?\//)
		wrong(path ": name a header by its folder")
	else if (key in wraps) {
		if (FILENAME !~ wraps[key])
			wrong(path " belongs to the file that wraps it")
	} else if (!quoted) {
		name = path
		sub(/[.]h$/, "", name)
		if (folder !~ /^(sys|linux|sanitizer)$/ && !one_of(name, plain))
			wrong(path ": a library that nobody wraps")
	} else if (folder == "") {
		if (room != "cmd")
			wrong(path ": name a header by its folder")
	} else if (!one_of(folder, may[room]))
		wrong(room " may not include " folder)
	else if (one_of(room, "insight report merge") && one_of(path, files))
		wrong(room " may not see files")
}

END {
	if (!count)
		print "no include was found"
	else
		print count " includes"
	exit bad || !count
}' $(find lib cmd -name '*.[ch]' 2>/dev/null | sort) /dev/null
