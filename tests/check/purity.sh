#!/bin/sh
# The library keeps nothing between calls and does nothing on its own: its objects hold no
# data of their own, and call nothing that prints, ends the process, asks the environment or
# the clock, or writes past an end. Called as `purity.sh ROOT BUILD` for the objects of BUILD.
[ $# -lt 2 ] || B=$2
. "${0%/*}/common.sh"

# The few that may, each for what it is there for.
allowed='
lib/base/mem.c      _exit write           memory has run out
lib/base/fs.c       write getpid          writing files is what it does; names a temporary one
lib/base/lock.c     nanosleep             waits for a lock
lib/note/markdown.c .tbss                 the allocator that cmark calls has no argument to know its arena by
lib/git/git.c       dlopen dlsym          loads the module
lib/git/gitconfig.c tmpfile             libgit2 takes settings from a file alone
lib/git/hold.c      getpid nanosleep pwrite  the lock of the repository, and who holds it
lib/git/program.c   environ posix_spawnp waitpid kill  runs the git program
lib/git/share.c     umask                 libgit2 makes files by it
'
banned='
printf vprintf dprintf vdprintf puts putchar putc perror stdin stdout stderr
fopen fdopen freopen tmpfile popen system
exit _exit _Exit quick_exit abort atexit __assert_fail
getenv secure_getenv setenv putenv unsetenv clearenv environ
getcwd chdir fchdir umask setlocale isatty getlogin getpwuid getpwnam gethostname getuid getpid
time clock gettimeofday clock_gettime localtime localtime_r gmtime gmtime_r mktime tzset
strftime ctime asctime sleep usleep nanosleep
strcpy stpcpy strcat sprintf vsprintf strtok strerror
gets scanf fscanf sscanf vsscanf atoi atol atoll atof
rand srand rand_r random srandom drand48 lrand48
fork vfork execv execve execvp execl execlp posix_spawn posix_spawnp waitpid
signal sigaction kill raise alarm
write pwrite writev mkstemp tmpnam tempnam mktemp dlopen dlsym
'

bad=0
objects=$(mktemp) || exit 1
trap 'rm -f "$objects"' EXIT
for source in lib/*/*.c; do
	object=$B/${source%.c}.o
	if [ -f "$object" ]; then
		echo "@ $source"
		nm -u "$object" | sed 's/^ *[A-Za-z] /import /'
		size -A "$object" | sed -n 's/^\(\.t\{0,1\}\(data\|bss\)[^ ]*\) *\([0-9]*\).*/section \1 \3/p'
		nm "$object" | sed -n 's/.* C /common /p'
	else
		echo "$source: $object is not there: make first"
		bad=1
	fi
done > "$objects"
grep 'make first' "$objects" && exit 1
awk -v allowed="$allowed" -v banned="$banned" '
function wrong(what) {
	print source ": " what
	bad = 1
}

BEGIN {
	n = split(allowed, lines, "\n")
	for (i = 1; i <= n; i++) {
		m = split(lines[i], words, " ")
		for (j = 2; j <= m; j++)
			may[words[1], words[j]] = 1
	}
	n = split(banned, words, /[ \n]+/)
	for (i = 1; i <= n; i++)
		ban[words[i]] = 1
}

$1 == "@" {
	source = $2
	count++
}

# The checked and the ISO C99 doubles of a function are that function.
$1 == "import" {
	name = $2
	if (name ~ /^__.*_chk$/)
		gsub(/^__|_chk$/, "", name)
	sub(/^__isoc(99|23)_/, "", name)
	if (name in ban && !((source, name) in may))
		wrong("calls " name)
}

$1 == "section" && $3 > 0 && $2 !~ /^\.data\.rel\.ro/ && !((source, $2) in may) {
	wrong($3 " bytes of data of its own, in " $2)
}

$1 == "common" {
	wrong("has data of its own: " $2)
}

END {
	if (!bad)
		print count " objects"
	exit bad
}' "$objects" || bad=1
grep -rnE --include='*.[ch]' '^[ 	]*#[ 	]*define[ 	]+_GNU_SOURCE' lib cmd | grep -v '^lib/base/[a-z_0-9]*\.c:' &&
	{ echo "_GNU_SOURCE is for the sources of lib/base"; bad=1; }
exit $bad
