#!/bin/sh
# Modes and owners: what a person set with chmod stays, committed or not, through every change
# and its undo; in a repository that a group shares, everybody of it can write.
. "$(dirname "$0")/lib.sh"

mode() {
	stat -c %a "$@" 2>&1
}
while IFS=: read -r changed now command after; do
	ada_and_bob
	chmod 755 people/$changed.md
	git diff > "$tmp/before"
	run sh -c "kith $command"
	is "$status" 0 "$command: works beside an uncommitted chmod of $changed.md"
	[ "$now" = - ] || is "$(mode people/$now.md)" 755 "$command: the mode of $now.md stays"
	[ -z "$after" ] || is "$(git ls-tree HEAD people/$after.md | cut -c1-6)" 100644 \
		"$command: and is not committed with it"
	run kith undo
	is "$(mode people/$changed.md)" 755 "$command, and undo: it is as it was"
	if [ "$now" != - ]; then
		is "$(git diff)" "$(cat "$tmp/before")" "$command, and undo: still uncommitted"
	fi
done <<'END'
ada:ada:log ada coffee x:ada
ada:ada:set ada org=Digital:ada
ada:ada:merge ada bob:ada
ada:ada-king:rename ada 'Ada King':ada-king
bob:bob:rename ada 'Ada King':bob
END

# A file that goes comes back with its mode.
for mode in 600 640 755; do
	for command in 'remove -y ada' 'merge bob ada'; do
		ada_and_bob
		chmod $mode people/ada.md
		git diff > "$tmp/before"
		run sh -c "kith $command"
		run kith undo
		is "$(mode people/ada.md)" $mode "$command, and undo: the mode $mode comes back"
		is "$(git diff)" "$(cat "$tmp/before")" "$command, and undo: and is committed no more than before"
	done
done
for command in 'remove -y ada' 'merge bob ada' 'rename ada "Ada King"'; do
	ada_and_bob
	chmod 755 people/ada.md && commit "Executable"
	run sh -c "kith $command"
	is "$(git status --porcelain)" "" "$command: of an executable file, nothing is left"
	run kith undo
	is "$(mode people/ada.md)$(git ls-tree HEAD people/ada.md | cut -c1-6)$(git status --porcelain)" 755100755 \
		"$command, and undo: it is executable, for git too"
done

ada_and_bob
chmod 755 people/ada.md && git add people/ada.md
run kith rename ada 'Ada King'
is "$(mode people/ada-king.md)" 755 "a staged chmod goes with a rename"
run kith undo
is "$(mode people/ada.md)" 755 "and comes back with undo"
ada_and_bob
chmod 600 people/ada.md people/bob.md
run kith rename ada 'Ada King'
is "$(mode people/ada-king.md people/bob.md | tr '\n' ' ')" "600 600 " "what only the owner may read stays so in a rename"
run kith undo
is "$(mode people/ada.md)" 600 "and in its undo"

# ---- A repository that a group shares. ----

if [ "$(id -u)" -ne 0 ] || ! command -v setpriv > /dev/null; then
	skip "two people in one group" "only root can be two people"
	done_testing
fi
# as USER COMMAND...: as that user, in the group 6000.
as() {
	user=$1
	shift
	setpriv --reuid="$user" --regid=6000 --clear-groups "$@"
}
chmod 755 "$tmp" && mkdir "$tmp/bin" && cp "${kith_bin%/*}/kith" "${kith_bin%/*}/kith-git.so" "$tmp/bin"
PATH="$tmp/bin:$PATH"
git config --global safe.directory '*'
chmod 644 "$GIT_CONFIG_GLOBAL" && chmod 777 "$HOME"
for shared in group all 0660; do
	ada_and_bob
	git config core.sharedRepository "$shared"
	chown -R 6001:6000 . && chmod -R g+rwX . && find . -type d -exec chmod g+s {} +
	umask 022
	run as 6002 kith log ada coffee: by the second
	is "$status" 0 "$shared: the second person logs in the first one's file"
	like "$(cat people/ada.md)" 'by the second' "$shared: it is there"
	is "$(stat -c '%g %A' people/ada.md | cut -c1-12)" "6000 -rw-rw-" "$shared: the group has it, and may write"
	is "$(git status --porcelain)" "" "$shared: and is committed"
	run as 6001 kith log ada call: by the first
	is "$status" 0 "$shared: then the first one again"
	run as 6002 kith undo
	run as 6002 kith rename ada 'Ada King'
	is "$status" 0 "$shared: the second renames it"
	run as 6001 kith remove -y 'ada king'
	is "$status" 0 "$shared: the first removes it"
	run as 6002 kith add Eve Ward
	run as 6001 kith log eve call: x
	is "$status" 0 "$shared: what the second adds, the first can edit"
	is "$(as 6001 git fsck --strict --no-dangling 2>&1)" "" "$shared: git finds nothing wrong"
	ok "$shared: and commits there, too" as 6001 git commit -q --allow-empty -m By-git
done
ada_and_bob
chown -R 6001:6000 . && chmod -R g+rwX .
cp people/ada.md "$tmp/ada"
run as 6002 kith log ada coffee: x
[ "$status" -eq 0 ] || like "$err" 'owner|people/ada.md' "where nothing is shared, and the owner cannot be kept, it is said"
done_testing
