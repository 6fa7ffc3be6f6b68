#!/bin/sh
# The gates themselves: each must refuse what is planted, one fault at a time, and pass a
# tree without one.
. "${0%/*}/common.sh"
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
count=0

# plant FILE TEXT: into a tree that is otherwise good.
plant() {
	rm -rf "${tree:?}"/*
	mkdir -p "$tree/lib/base" "$tree/cmd" "$tree/templates" "$tree/tests" "$tree/$(dirname "$1")"
	printf '#include <stddef.h>\n\nstruct better {\n\tint n;\n};\n\nint good(void);\nint good(void)\n{\n\treturn 0;\n}\n' > "$tree/lib/base/good.c"
	printf 'All rights given.\n' | tee "$tree/LICENSE" "$tree/README.md" > "$tree/Makefile"
	printf '%b' "$2" > "$tree/$1"
}

# verdict refused|passed GATE FILE TEXT [ARGUMENT...]
verdict() {
	want=$1 gate=$2 file=$3 text=$4
	shift 4
	plant "$file" "$text"
	case $gate in
	purity | exports | externals)
		for c in lib/base/good "${file%.c}"; do
			mkdir -p "$tree/out/${c%/*}"
			${CC:-cc} -w -fPIC -c -o "$tree/out/$c.o" "$tree/$c.c" || exit 1
		done
		${CC:-cc} -shared -o "$tree/out/module.so" "$tree/out/${file%.c}.o" || exit 1 ;;
	esac
	said=$(sh "$here/$gate.sh" "$tree" "$@" 2>&1) && got=passed || got=refused
	# Refused for what was planted, and not for something else.
	case $got/$gate/$said in
	refused/exports/* | refused/*"$file"*) ;;
	refused/*) got="refused for another reason" ;;
	esac
	[ "$got" = "$want" ] || {
		echo "the gate $gate has $got what it must have $want: $file: $text"
		printf '%s\n' "$said"
		exit 1
	}
	count=$((count + 1))
}

layer() {
	verdict "$1" layers "$2" "#include $3\n"
}

layer passed lib/base/x.c '"base/str.h"'
layer passed lib/note/x.c '"base/str.h"'
layer passed lib/people/x.c '"note/note.h"'
layer passed lib/insight/x.c '"people/journal.h"'
layer passed lib/report/x.c '"insight/week.h"'
layer passed lib/change/x.c '"git/git.h"'
layer passed cmd/x.c '"git/git.h"'
layer passed cmd/x.c '"command.h"'
layer passed cmd/x.c '<jansson.h>'
layer passed lib/base/text.c '<utf8proc.h>'
layer passed lib/base/reader.c '<liburing.h>'
layer passed lib/note/yaml.c '<yaml.h>'
layer passed lib/note/markdown.c '<cmark.h>'
layer passed lib/git/repo.h '<git2/sys/alloc.h>'
layer passed lib/report/model.h '<jansson.h>'
layer passed lib/base/x.c '<sys/stat.h>'
layer refused lib/base/x.c '"note/note.h"'
layer refused lib/note/x.c '"people/people.h"'
layer refused lib/note/x.c '"git/git.h"'
layer refused lib/git/x.c '"note/note.h"'
layer refused lib/git/x.c '"people/people.h"'
layer refused lib/people/x.c '"git/git.h"'
layer refused lib/people/x.c '"insight/week.h"'
layer refused lib/insight/x.c '"git/git.h"'
layer refused lib/insight/x.c '"report/model.h"'
layer refused lib/insight/x.c '"base/fs.h"'
layer refused lib/report/x.c '"base/fs.h"'
layer refused lib/report/x.c '"git/git.h"'
layer refused lib/report/x.c '"change/edit.h"'
layer refused lib/change/x.c '"command.h"'
layer refused lib/exchange/x.c '"change/edit.h"'
layer refused lib/base/x.c '"../cmd/opt.h"'
layer refused lib/base/x.c '"str.h"'
layer refused lib/base/x.c 'HEADER'
layer refused lib/novel/x.c '"base/str.h"'
layer refused lib/base/x.c '<curl/curl.h>'
layer refused lib/base/x.c '<libical.h>'
layer refused lib/base/x.c '<utf8proc.h>'
layer refused lib/base/fs.c '<liburing.h>'
layer refused lib/note/note.c '<yaml.h>'
layer refused lib/note/note.c '"yaml.h"'
layer refused lib/note/yaml.h '<yaml.h>'
layer refused lib/note/note.c '<cmark.h>'
layer refused lib/report/model.c '<cmark.h>'
layer refused lib/people/x.c '<jansson.h>'
layer refused lib/people/x.c '<git2.h>'
layer refused cmd/x.c '<git2.h>'
layer refused cmd/x.c '<git2/oid.h>'
layer refused cmd/x.c '<cmark.h>'
layer refused cmd/x.c '  <yaml.h>'

pure() {
	verdict "$1" purity lib/base/x.c "$2\n" "$tree/out"
}

pure passed 'const int four = 4; int x(int n);\nint x(int n) { return n + four; }'
pure passed 'static const char *const words[] = {"a"};\nconst char *x(int i) { return words[i]; }'
pure refused 'static int n = 1; int x(void) { return n++; }'
pure refused 'static int n; int x(void) { return n++; }'
pure refused '_Thread_local int n;'
pure refused 'int x(void) { static int n; return n++; }'
pure refused '__attribute__((common)) int n;'
pure refused '#define _GNU_SOURCE_ 1\n#include <stdio.h>\nvoid x(int n) { printf("%%d", n); }'
pure refused '#include <stdio.h>\nvoid x(void) { puts("a"); }'
pure refused '#include <stdio.h>\nvoid x(int n) { fprintf(stdout, "%%d", n); }'
pure refused '#include <stdlib.h>\nvoid x(void) { exit(1); }'
pure refused '#include <unistd.h>\nvoid x(void) { _exit(1); }'
pure refused '#include <stdlib.h>\nchar *x(void) { return getenv("HOME"); }'
pure refused '#include <time.h>\ntime_t x(void) { return time(0); }'
pure refused '#include <string.h>\nvoid x(char *a, char *b) { strcpy(a, b); }'
pure refused '#include <stdio.h>\nint x(char *a, char *b) { return sscanf(a, "%%s", b); }'
verdict refused purity lib/note/x.c '#define _GNU_SOURCE\n' "$tree/out"
verdict passed exports lib/base/x.c 'int kith_git_module;\n' "$tree/out/module.so"
verdict refused exports lib/base/x.c 'int kith_git_module, other;\n' "$tree/out/module.so"
verdict refused exports lib/base/x.c 'int other;\n' "$tree/out/module.so"

verdict passed externals lib/git/x.c 'static int good(void) { return 0; } int other(void) { return good(); }\n' "$tree/out"
verdict refused externals lib/git/x.c 'int good(void) { return 0; }\n' "$tree/out"
verdict refused externals cmd/x.c 'char good[2];\n' "$tree/out"

named() {
	verdict "$1" names "$2" "$3\n" 0
}

named passed cmd/x.c 'static int better(int good)\n{\n\treturn good;\n}'
named passed cmd/x.c 'int good(void);\n\nstruct good {\n\tint n;\n};'
named refused cmd/x.c 'static int good(void)\n{\n\treturn 0;\n}'
named refused lib/note/x.c 'static const char *good(int n,\n\t\t\tint m)\n{\n\treturn 0;\n}'
named refused lib/note/x.h 'struct better {\n\tchar c;\n};'
named refused lib/base/x.h 'static inline int good(void)\n{\n\treturn 0;\n}'

guard='#ifndef X_H\n#define X_H\n'
verdict passed headers lib/base/x.h "$guard#include <stddef.h>\nstruct x {\n\tsize_t n;\n};\n#endif\n"
verdict refused headers lib/base/x.h "${guard}struct x {\n\tsize_t n;\n};\n#endif\n"
verdict refused headers cmd/x.h 'struct x {\n\tint n;\n};\n'

verdict passed format lib/base/x.c 'int x(void)\n{\n\treturn 1;\n}\n'
verdict refused format lib/base/x.c 'int x(void) {\n\treturn 1;\n}\n'

verdict passed files lib/base/x.c 'int x;\n'
verdict refused files lib/base/x.c 'int x; \n'
verdict refused files lib/base/x.c 'int x;\r\n'
verdict refused files lib/base/x.c 'int x;'
verdict refused files TODO 'more\n'
verdict refused files tests/cli/x.t '#!/bin/sh\n'

# setup WANT ENVIRONMENT PACKAGE...: what the set-up does on a machine that is made up of small
# programs: those of HAVE are installed, KNOWN packages can be had without an update.
setup() {
	want=$1 environment=$2
	shift 2
	got=$(: > "$tree/done"; cd "$tree/bin" && eval "env -i PATH='$tree/bin' DONE='$tree/done' $environment \
		sh '$here/setup.sh' $*" 2>&1 | sed 's/^setup: //; s/:.*//' | tr '\n' ';'; tr '\n' ';' < "$tree/done")
	[ "$got" = "$want" ] || {
		echo "setup $* with $environment"
		echo "did:  $got"
		echo "must: $want"
		exit 1
	}
	count=$((count + 1))
}
rm -rf "${tree:?}"/*
mkdir "$tree/bin"
for program in sh env cat rm mktemp; do
	ln -s "$(command -v $program)" "$tree/bin/$program"
done
printf '#!/bin/sh\nfor p in $HAVE; do echo "installed $p"; done\n' > "$tree/bin/dpkg-query"
printf '#!/bin/sh\necho ${WHO-0}\n' > "$tree/bin/id"
cat > "$tree/bin/apt-get" <<'END'
#!/bin/sh
case "$*" in
*-s*) [ -n "$KNOWN" ]; exit ;;
*update*) echo update ;;
*) echo install ;;
esac >> "$DONE"
case "$*" in *install*) [ -z "$BROKEN" ] ;; esac
END
printf '#!/bin/sh\necho sudo >> "$DONE"\nexec "$@"\n' > "$tree/bin/sudo"
chmod +x "$tree"/bin/dpkg-query "$tree"/bin/id "$tree"/bin/apt-get "$tree"/bin/sudo
moment="(once; this takes a moment)"
setup "" "HAVE='a b c'" a b
setup "installing with apt-get $moment;install;" "HAVE=a KNOWN=1" a b
setup "installing with apt-get $moment;update;install;" "HAVE=a" a b
setup "installing with sudo apt-get $moment;sudo;install;" "HAVE=a KNOWN=1 WHO=1000" a b
setup "installing with apt-get $moment;these packages could not be installed;install;update;install;" \
	"KNOWN=1 BROKEN=1" a
rm "$tree/bin/sudo"
setup "installing needs root, and there is no sudo; as root;" "WHO=1000" a
rm "$tree/bin/apt-get"
setup "there is no apt-get here to install these packages;" "HAVE=a" a b
rm "$tree/bin/dpkg-query"
setup "this is no Debian; if the build stops, install what these packages hold there;  a b;" "" a b

# The schemas: a key that no model has, and what no test printed.
rm -rf "${tree:?}"/*
printf 'kith\0graph\0--json\0' > "$tree/x.words"
printf '{"version": 1, "people": [], "ties": [], "planted": 1}' > "$tree/x.out"
said=$(/usr/bin/python3 "$home/tests/schema/check.py" "$B/kith" "$tree" 2>&1)
case $said in
*"not ok x.words: kith graph --json: "*planted*"not ok no test's output was held to "*due.json*)
	count=$((count + 2)) ;;
*) printf 'the gate schemas has not refused what it must: %s\n' "$said"; exit 1 ;;
esac
echo "$count plants"
