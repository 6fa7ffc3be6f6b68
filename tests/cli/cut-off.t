#!/bin/sh
# Cut off, short of room, descriptors or stack: kith says what happened and how to go on, ends
# by itself, and what stands in the files stays.
. "$(dirname "$0")/lib.sh"

# ---- After kill -9. ----

# killed HOOK COMMAND...: the hook kills git and the kith above it; what it left behind is there.
killed() {
	hook=$1
	shift
	printf '#!/bin/sh\nread -r _ _ _ parent _ < /proc/$PPID/stat\nkill -9 $parent $PPID\n' > .git/hooks/$hook
	chmod +x .git/hooks/$hook
	"$@" > "$tmp/said" 2>&1 < /dev/null
	sleep 0.1
	rm .git/hooks/$hook
}
for hook in pre-commit post-commit; do
	for command in '' check 'log -n bob call: y' 'undo -n' 'commit -n' apply 'log nobody x'; do
		ada_and_bob
		killed $hook kith log ada coffee: x
		left=$(git status --porcelain | wc -l):$(git rev-list --count HEAD)
		run sh -c "kith $command"
		like "$out$err" 'cut off|interrupted' "killed in $hook: kith $command says that a change was cut off"
		like "$out$err" 'kith (undo|commit|log|[a-z]+)|next (kith|command|change)' \
			"killed in $hook: and how to go on"
		is "$(git status --porcelain | wc -l):$(git rev-list --count HEAD)" "$left" \
			"killed in $hook: kith $command changes nothing"
	done
	run kith log bob call: z
	is "$status" 0 "killed in $hook: the next change works"
	run kith
	unlike "$out$err" 'cut off|interrupted' "killed in $hook: then it is said no more"
done
ada_and_bob
run kith
unlike "$out$err" 'cut off|interrupted' "where nothing was cut off, nothing is said"

# ---- A file may not grow. ----

ada_and_bob
i=0
while [ $i -lt 400 ]; do echo "- 2025-01-01 call: $i and so on and on and on"; i=$((i + 1)); done >> people/ada.md
commit "Much"
cp people/ada.md "$tmp/ada"
head=$(git rev-parse HEAD)
for command in 'log ada coffee: x' 'set ada org=X' 'rename ada "Ada King"' 'merge ada bob'; do
	run sh -c "ulimit -f 8; exec kith $command"
	is "$status" 1 "ulimit -f: kith $command ends by itself"
	like "$err" 'people/ada|File too large|too large' "ulimit -f: and says which file"
	ok "ulimit -f: which is as it was" cmp people/ada.md "$tmp/ada"
	is "$(find . -name '.kith-*' -not -path './.git/*')" "" "ulimit -f: and nothing is left beside it"
done
run sh -c "ulimit -f 0; exec kith log bob coffee: x"
is "$status" 1 "ulimit -f 0: it ends by itself"
is "$(git rev-parse HEAD)" "$head" "and nothing is committed"
run sh -c "ulimit -f 2; exec kith list --json > '$tmp/cut'"
like "$status" '^[01]$' "ulimit -f: output that is cut ends it without a signal"
is "$(git fsck --strict --no-dangling 2>&1)" "" "git finds nothing wrong"
printf '#!/bin/sh\nexit 0\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
run sh -c "trap '' XFSZ; ulimit -f 8; exec kith log ada coffee: x"
is "$status" 1 "also where the signal is passed over"

# ---- Little stack, few descriptors. ----

[ -z "$sanitized" ] || { skip "limits" "a sanitiser needs more"; done_testing; }
ada_and_bob
for command in '' check list 'show ada' 'log ada coffee: x' 'promise ada x' 'set ada org=X' review commit undo history \
	'rename ada "Ada King"' 'merge bob ada-king' 'help log' 'check -v'; do
	run sh -c "ulimit -s 64; exec kith $command"
	like "$status" '^[012]$' "ulimit -s 64: kith $command ends by itself"
	unlike "$err" 'cannot start|[Ss]egmentation' "ulimit -s 64: and works"
done
is "$(git status --porcelain)" "" "and all of it is committed"
ada_and_bob
perl -e 'print "---\nname: Deep\nx: ", "[" x 60, "]" x 60, "\n---\n", "> " x 3000, "a\n\n", "- " x 60, "b\n"' > people/deep.md
run sh -c "ulimit -s 64; exec kith check"
like "$status" '^[01]$' "ulimit -s 64: what is deep in a file is read, too"

ada_and_bob
kith list > "$tmp/list"
named=0
for n in $(seq 4 24); do
	for command in list 'log --again ada coffee: x'; do
		run sh -c "ulimit -n $n; exec kith $command"
		case $status in
		0) ;;
		1)
			if printf '%s\n' "$err" | grep -Eqi 'open files|file descriptors|ulimit -n'; then
				named=$((named + 1))
			else
				fail "ulimit -n $n: kith $command names what is missing" "$out$err"
			fi
			;;
		127) ;; # the dynamic linker had none
		*) fail "ulimit -n $n: kith $command ends by itself" "$status: $err" ;;
		esac
		git reset -q --hard HEAD
	done
done
ok "too few descriptors are called so" test "$named" -gt 0
is "$(git fsck --strict --no-dangling 2>&1)" "" "and git finds nothing wrong"
is "$(find . -name '.kith-*' -not -path './.git/*')" "" "nor is anything left over"

# ---- Deep folders. ----

ada_and_bob
# deep DEPTH NAME: folders of that depth below people/, a contact in the last.
perl -e '
	my ($depth, $name) = @ARGV;
	chdir "people" or die;
	for (1 .. $depth) { mkdir $name; chdir $name or die "$_: $!" }
	open my $out, ">", "far.md" or die;
	print $out "---\nname: Far Away\n---\n- 2026-09-20 call: x\n";' 1500 deeper
run kith check
like "$status" '^[01]$' "folders of 1,500 levels end kith by themselves"
if [ "$(kith list 2>/dev/null | grep -c 'Far Away')" -eq 0 ]; then
	is "$status" 1 "what is too deep is an error"
	like "$out$err" 'people/deeper.*(deep|too long)' "which says so, and where"
fi
like "$(kith list 2>/dev/null)" 'Bob Stone' "and everybody else still counts"
run kith log ada coffee: x
is "$status" 0 "and can be written to"
perl -e 'chdir "people"; my $n = 0; $n++ while chdir "deeper"; unlink "far.md"; while ($n-- > 0) { chdir ".."; rmdir "deeper" }'

done_testing
