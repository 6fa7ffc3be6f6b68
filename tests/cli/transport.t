#!/bin/sh
# `kith sync` over every transport that git has, on this machine alone: what a person sees where it
# works, where nobody answers, and where the other side refuses or is full. A sync that does not come
# through leaves all as it was, and the next one goes on.
. "$(dirname "$0")/lib.sh"
same_each_day "transports"
servers=
trap 'status=$?; cd /; for s in $servers; do kill "$s"; done 2>/dev/null; umount "$tmp/small" 2>/dev/null
	chmod -R u+rwX "$tmp"; rm -rf "$tmp"; exit $status' EXIT
export GIT_TEMPLATE_DIR=

# serve KIND [COMMAND...]: a server; its port is then in $port, its process in $server.
serve() {
	rm -f "$tmp/port"
	perl "$root/tests/cli/serve.pl" "$tmp/port" "$@" 2>> "$tmp/served" &
	server=$!
	servers="$servers $server"
	until [ -s "$tmp/port" ]; do
		kill -0 $server 2>/dev/null || { cat "$tmp/served"; exit 1; }
		sleep 0.05
	done
	port=$(cat "$tmp/port")
}

# The journal, a bare repository elsewhere, and another machine's clone of it.
ada_and_bob
kith init >/dev/null 2>&1
git add -A && git commit -qm 'The settings'
git clone -q --bare . "$tmp/journals/ada.git"

git -C "$tmp/journals/ada.git" config http.receivepack true
touch "$tmp/journals/ada.git/git-daemon-export-ok"
here=$PWD
git remote add origin "$tmp/journals/ada.git"
git fetch -q && git branch -q -u origin/main
git clone -q "$tmp/journals/ada.git" "$tmp/there"
git -C "$tmp/there" config user.name "Her Laptop"

# entry WORD: another machine sends an entry, and here another one is made.
entry() {
	(cd "$tmp/there" && git pull -q --no-rebase --no-edit && kith log bob "call: there $1" && git push -q) >/dev/null
	kith log ada "coffee: here $1" >/dev/null
}
# over NAME WORD URL: a sync by that URL brings one and takes the other, and says so.
over() {
	git remote set-url origin "$3"
	entry "$2"
	run kith sync
	is "$status" 0 "$1: it comes through"
	[ "$status" -eq 0 ] || echo "# $out
# $err"
	like "$out" 'Bob Stone' "$1: what came in is said"
	like "$(cat people/bob.md)" "there $2" "$1: and is here"
	like "$(git -C "$tmp/journals/ada.git" show main:people/ada.md)" "here $2" "$1: what was here is there"
	is "$(git rev-parse HEAD)" "$(git -C "$tmp/journals/ada.git" rev-parse main)" "$1: both are at one commit"
	run kith sync
	is "$status $(printf '%s\n' "$out" | wc -l)" "0 1" "$1: and then there is nothing to do, in a line"
}
# fails NAME STATUS WORDS URL [COMMAND...]: a sync by that URL fails, says that, and changes nothing.
fails() {
	name=$1 want=$2 words=$3
	git remote set-url origin "$4"
	shift 4
	[ $# -gt 0 ] || set -- kith sync
	before=$(state)
	run "$@"
	is "$status" "$want" "$name: the status says that it did not work"
	like "$err" "$words" "$name: the reason is said"
	is "$(state)" "$before" "$name: and all is as it was"
	is "$(find .git -name '*.lock' ! -name kith.lock)" "" "$name: no lock is left"
}

# ---- Transports that work. ----

over "a path" path "$tmp/journals/ada.git"
over "a file: address" file "file://$tmp/journals/ada.git"
(cd .. && ln -s "$tmp/journals" beside)
over "a path from here" relative "../beside/ada.git"

serve run git daemon --inetd --base-path="$tmp/journals" --enable=receive-pack "$tmp/journals"
over "git daemon" daemon "git://127.0.0.1:$port/ada.git"
fails "git daemon without that repository" 1 'address right' "git://127.0.0.1:$port/eve.git"

serve http "$tmp/journals"
http=127.0.0.1:$port
over "http" http "http://$http/ada.git"
over "http with a password" password "http://ada:looms@$http/locked/ada.git"
git config credential.helper '!f() { echo username=ada; echo password=looms; }; f'
over "http with a credential helper" helper "http://$http/locked/ada.git"
git config credential.helper '!f() { echo username=ada; echo password=loams; }; f'
fails "http with a wrong password" 1 'password or token' "http://$http/locked/ada.git"
git config --unset credential.helper
fails "http that wants a password, where nobody can be asked" 1 'password' "http://$http/locked/ada.git"
fails "http without that repository" 1 'not found' "http://$http/eve.git"
git config url."http://$http/".insteadOf "home:"
over "an address that git rewrites" instead "home:ada.git"

# A phone with isomorphic-git (npm install --prefix build/node isomorphic-git), which knows no driver.
phone=$root/build/node/node_modules/isomorphic-git
if [ -e "$phone/index.cjs" ]; then
	git remote set-url origin "http://$http/ada.git"
	cat > "$tmp/phone.js" <<'END'
const [, , folder, url, dir, what, filepath, line] = process.argv;
const git = require(folder + '/index.cjs'), http = require(folder + '/http/node/index.cjs'), fs = require('fs');
const author = { name: 'Phone', email: 'phone@post.example' }, all = { fs, http, dir, url, author };
(async () => {
	if (what === 'clone') return git.clone({ ...all, singleBranch: true });
	if (what === 'pull') return git.pull({ ...all, singleBranch: true });
	if (what === 'edit') {
		const file = dir + '/' + filepath;
		fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('## Log\n', '## Log\n' + line + '\n'));
	}
	if (what === 'merge') {
		await git.fetch({ ...all, singleBranch: true });
		await git.merge({ ...all, ours: 'main', theirs: 'origin/main', abortOnConflict: false }).then(() => { throw Error('no conflict'); },
			e => { if (e.code !== 'MergeConflictError') throw e; });
	}
	await git.add({ fs, dir, filepath });
	await git.commit({ fs, dir, message: 'On the phone', author, parent: what === 'merge' ? ['main', 'origin/main'] : undefined });
	await git.push({ ...all, remote: 'origin', ref: 'main' });
})().catch(e => { console.log(e.code || e.message); process.exitCode = 1; });
END
	on_phone() {
		node "$tmp/phone.js" "$phone" "http://$http/ada.git" "$tmp/phone" "$@"
	}
	ok "a phone clones it" on_phone clone
	kith log ada "coffee: here with the phone" >/dev/null
	ok "a phone sends an entry" on_phone edit people/ada.md "- 2026-11-23 call: from the phone"
	ok "and it comes in by a sync, beside one of the same day" kith sync
	is "$(grep -c 'the phone' people/ada.md)" 2 "both are there"
	ok "the phone gets what was here" on_phone pull
	is "$(cat "$tmp/phone/people/ada.md")" "$(cat people/ada.md)" "the same bytes"
	# The phone merges by itself, and commits what that leaves.
	kith log ada "coffee: here before the phone" >/dev/null
	ok "a sync before the phone's" kith sync
	like "$(on_phone edit people/ada.md "- 2026-11-22 call: late from the phone")" 'Push|Fetch' "a phone is told that it is behind"
	ok "it merges with markers, and sends them" on_phone merge people/ada.md
	kith log ada "coffee: here after the phone" >/dev/null
	kith log bob "coffee: here after the phone" >/dev/null
	run kith sync
	is "$status" 0 "a file with markers comes in"
	like "$out" 'conflicts/people/ada.md' "it is told what stays, and what is laid beside it"
	for words in 'here before the phone' 'late from the phone' 'here after the phone'; do
		like "$(cat people/ada.md conflicts/people/* 2>/dev/null)" "$words" "and nothing is lost: $words"
	done
	git rm -rq --ignore-unmatch conflicts
	sed -i '/^[<=>|]\{7\}/d' people/ada.md
	git add -A && git commit -qm Settled
	ok "and the person settles it" kith sync
else
	skip "a phone" "isomorphic-git is not here"
fi

# ssh to an sshd of the test's own, with its own keys and the name of who runs the test.
sshd=$(command -v sshd || ls /usr/sbin/sshd 2>/dev/null)
if [ -z "$sshd" ]; then
	skip "ssh" "there is no sshd: openssh-server"
else
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f "$tmp/host" && ssh-keygen -q -t ed25519 -N '' -f "$tmp/key" &&
		ssh-keygen -q -t ed25519 -N '' -f "$tmp/wrong"
	cp "$tmp/key.pub" "$tmp/authorized"
	cat > "$tmp/sshd" <<-END
		HostKey $tmp/host
		AuthorizedKeysFile $tmp/authorized
		StrictModes no
		UsePAM no
		PasswordAuthentication no
		KbdInteractiveAuthentication no
		PermitRootLogin prohibit-password
		PidFile none
	END
	serve run "$sshd" -i -f "$tmp/sshd" -E "$tmp/sshd.log"
	ssh_port=$port
	echo "[127.0.0.1]:$ssh_port $(cut -d' ' -f1,2 "$tmp/host.pub")" > "$tmp/known"
	# ssh_with KEY KNOWN: the user's ssh, as core.sshCommand has it.
	ssh_with() {
		git config core.sshCommand "ssh -F none -i '$1' -o IdentitiesOnly=yes -o IdentityAgent=none -o UserKnownHostsFile='$2' -o GlobalKnownHostsFile=none -o StrictHostKeyChecking=yes"
	}
	ssh=ssh://$(id -un)@127.0.0.1:$ssh_port
	ssh_with "$tmp/key" "$tmp/known"
	over "ssh" ssh "$ssh$tmp/journals/ada.git"
	fails "ssh without that repository" 1 'is there a repository' "$ssh$tmp/journals/eve.git"
	ssh_with "$tmp/wrong" "$tmp/known"
	fails "ssh with a key that is not let in" 1 'no key that is let in' "$ssh$tmp/journals/ada.git"
	ssh_with "$tmp/key" /dev/null
	fails "ssh to a host that is not known" 1 'not known' "$ssh$tmp/journals/ada.git"
	git config --unset core.sshCommand
fi

# ---- Nobody there. ----

kith log ada "coffee: while away" >/dev/null
fails "a folder that is not there" 1 'address right' "$tmp/journals/eve.git"
kill "$server" && wait "$server" 2>/dev/null
fails "a port where nobody listens" 1 'server on' "git://127.0.0.1:$port/ada.git"
run kith sync -q
is "$status$out$err" 0 "without a network, -q says nothing"
serve hang
fails "a server that never answers" 1 'no answer within 1 s' "git://127.0.0.1:$port/ada.git" kith sync --timeout 1
fails "an http server that never answers" 1 'no answer within 1 s' "http://127.0.0.1:$port/ada.git" kith sync --timeout 1
is "$(pgrep -f "127.0.0.1:$port" | tr '\n' ' ')" "" "and none of git's helpers is left waiting"
git remote set-url origin "$tmp/journals/ada.git"
ok "once it is there again, the sync goes on" kith sync
like "$(git -C "$tmp/journals/ada.git" show main:people/ada.md)" "while away" "and takes along what waited"

# ---- A git that was ended in the middle leaves its lock behind. ----

lock=.git/refs/remotes/origin/main.lock
entry "a lock"
touch $lock
run kith sync
is "$status" 1 "somebody else's lock is in the way"
like "$err" 'main.lock' "and is named"
rm $lock
kith sync >/dev/null
git remote set-url origin "$tmp/journals/eve.git"
kith sync >/dev/null 2>&1
touch $lock
git remote set-url origin "$tmp/journals/ada.git"
entry "no lock"
ok "one that kith's own git left after a sync that broke off is taken away" kith sync
like "$(git -C "$tmp/journals/ada.git" show main:people/ada.md)" "no lock" "and the sync goes on"

# ---- The other side refuses. ----

# refused NAME WORDS: the push is refused; what came in is here, and nothing of it is lost.
refused() {
	entry "$3"
	run kith sync
	is "$status" 1 "$1: the status says that it did not work"
	like "$err" "$2" "$1: the reason is said"
	like "$(cat people/ada.md)" "here $3" "$1: what was here is here"
	is "$(git fsck --no-dangling 2>&1; git status --porcelain)" "" "$1: and all is whole"
}
hooks=$tmp/journals/ada.git/hooks
mkdir -p "$hooks"
# hook NAME <<END: a hook of the other side.
hook() {
	cat > "$hooks/$1" && chmod +x "$hooks/$1"
}
(cd "$tmp/there" && git pull -q --no-rebase)
entry before
kith sync >/dev/null
hook update <<'END'
#!/bin/sh
case $(git log -1 --format=%an "$3") in Her*) exit 0 ;; esac
echo "no pushes on Sundays" >&2
exit 1
END
refused "a hook that refuses" 'no pushes on Sundays' hook
like "$err" 'hook' "and that it was a hook"
unlike "$err" 'Total|objects|compression' "without how far git was"
hook update <<'END'
#!/bin/sh
case $(git log -1 --format=%an "$3") in Her*) exit 0 ;; esac
echo "GH006: Protected branch update failed for refs/heads/main." >&2
exit 1
END
refused "a protected branch" '[Pp]rotected branch' protected
hook update <<'END'
#!/bin/sh
case $(git log -1 --format=%an "$3") in Her*) exit 0 ;; esac
ulimit -f 0
trap '' XFSZ
echo full > "$GIT_DIR/full" || { echo "fatal: No space left on device" >&2; exit 1; }
END
refused "a quota on the other side" 'there is no room left there' quota
rm "$hooks/update" "$tmp/journals/ada.git/full"
ok "once it takes them again, the sync goes on" kith sync
for word in hook protected quota; do
	like "$(git -C "$tmp/journals/ada.git" show main:people/ada.md)" "here $word" "and takes along what waited: $word"
done
git -C "$tmp/journals/ada.git" config receive.denyNonFastForwards true
over "a side that takes no rewritten history" denied "$tmp/journals/ada.git"

git clone -q "$tmp/journals/ada.git" "$tmp/tree"
git remote set-url origin "$tmp/tree"
kith log ada "coffee: into a work tree" >/dev/null
run kith sync
is "$status" 1 "a work tree on the other side: refused"
like "$err" 'bare repository' "a work tree on the other side: and what to make instead"
git remote set-url origin "$tmp/journals/ada.git"
kith sync >/dev/null

# A disk that is full, in truth where one may be mounted.
mkdir "$tmp/small"
if mount -t tmpfs -o size=4m small "$tmp/small" 2>/dev/null; then
	git clone -q --bare . "$tmp/small/ada.git" && git remote set-url origin "$tmp/small/ada.git"
	git fetch -q
	head -c 8000000 /dev/zero > "$tmp/small/filler" 2>/dev/null
	kith log ada "coffee: no room" >/dev/null
	before=$(state)
	run kith sync
	is "$status" 1 "a full disk on the other side: the status says that it did not work"
	like "$err" 'no room|No space|disk full' "a full disk on the other side: the reason is said"
	is "$(state)" "$before" "a full disk on the other side: all is as it was"
	rm "$tmp/small/filler"
	ok "and with room there, the sync goes on" kith sync
	is "$(git rev-parse HEAD)" "$(git -C "$tmp/small/ada.git" rev-parse main)" "and all of it is there"
	is "$(git -C "$tmp/small/ada.git" fsck --no-dangling 2>&1)" "" "which is whole"
	git remote set-url origin "$tmp/journals/ada.git"
	umount "$tmp/small"
else
	skip "a full disk on the other side" "nothing can be mounted here"
fi

# ---- Two at once. ----

kith sync >/dev/null
(cd "$tmp/there" && git pull -q --no-rebase --no-edit)
for n in 1 2 3; do
	kith log ada "coffee: racing here $n" >/dev/null
	(cd "$tmp/there" && kith log ada "call: racing there $n" >/dev/null && kith sync > "$tmp/said.there" 2>&1; echo $? > "$tmp/status.there") &
	run kith sync
	wait $!
	is "$status $(cat "$tmp/status.there")" "0 0" "two syncs that race both come through, $n"
done
ok "and once more" kith sync
(cd "$tmp/there" && kith sync >/dev/null)
kith sync >/dev/null
is "$(git rev-parse HEAD)" "$(git -C "$tmp/there" rev-parse HEAD)" "both machines are at one commit"
is "$(grep -c racing people/ada.md)" 6 "with all that was written"
# Somebody pushes between the fetch and the push: a hook here does it, six times over.
hook_here=.git/hooks/pre-push
mkdir -p .git/hooks
printf '%s\n' '#!/bin/sh' "unset \$(git rev-parse --local-env-vars)" "n=\$(cat '$tmp/n'); [ \$n -gt 0 ] || exit 0" "echo \$((n - 1)) > '$tmp/n'" \
	"cd '$tmp/there' && git pull -q --no-rebase --no-edit && kith log bob \"call: between \$n\" >/dev/null && git push -q" > $hook_here
chmod +x $hook_here
echo 2 > "$tmp/n"
kith log ada "coffee: pushed between" >/dev/null
ok "somebody who pushes in between, twice: it comes through" kith sync
is "$(grep -c 'between' people/bob.md)" 2 "with what they pushed"
echo 50 > "$tmp/n"
kith log ada "coffee: too often" >/dev/null
run kith sync
is "$status" 1 "somebody who always pushes in between: it gives up"
like "$(cat people/ada.md)" "too often" "with all that was here"
rm $hook_here
ok "and the next one comes through" kith sync

done_testing
