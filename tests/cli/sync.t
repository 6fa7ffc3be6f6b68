#!/bin/sh
# Two machines and a place between them: what both wrote comes together, nothing is lost, and no
# mark of a conflict is left in a file.
. "$(dirname "$0")/lib.sh"

same() {
	ok "$1: both hold the same" diff -r -x .git "$tmp/here" "$tmp/there"
	is "$(git rev-parse main)" "$(git -C "$tmp/hub.git" rev-parse main)" "$1: all is pushed"
	is "$(git status --porcelain)$(git fsck 2>&1)" "" "$1: nothing is left, and the repository is sound"
}

two
run kith sync
expect "nothing to do is one line" 0 <<'END'
nothing to sync: origin has all that is here, and no more
END

there kith log ada call the grant >/dev/null
run there kith sync
expect "what is new here goes out" 0 <<'END'
out: a call with Ada Lovelace
END
run kith sync -n
expect "what would come in is shown" 0 <<'END'
would come in: a call with Ada Lovelace (from Grace Hopper)
END
is "$(grep -c grant people/ada.md)" 0 "and does not come yet"
run kith sync
expect "what is new there comes in" 0 <<'END'
in: a call with Ada Lovelace (from Grace Hopper)
END
same "a fast-forward"

there sh -c 'kith set bob org=Digital && kith sync' >/dev/null
sed -i 's/looms/looms and mills/' people/ada.md
run kith sync
like "$out" '^in: .*Digital.* \(from Grace Hopper\) · out: ' "both at once: said"
is "$(git log -1 --format=%P | wc -w)" 2 "a merge"
there kith sync >/dev/null
same "both at once"

# ---- Somebody else pushes in between ----

two
kith log ada lunch >/dev/null
there kith log bob visit >/dev/null
cat > .git/hooks/pre-push <<END
#!/bin/sh
test -e "$tmp/raced" || { >"$tmp/raced"; cd "$tmp/there" && unset GIT_DIR && git push -q; }
END
chmod +x .git/hooks/pre-push
run kith sync
is "$status:$out" "0:in: a visit with Bob Stone (from Grace Hopper) · out: lunch with Ada Lovelace" \
	"a push in between is merged, and pushed"
is "$(git log --merges --format=%s)" "Merge from origin: Log a visit with Bob Stone" "by one merge"
there kith sync >/dev/null
same "a race"

# ---- What is in the way ----

journal
run kith sync
expect "without a remote: what to type" 1 <<'END'
[stderr]
kith: there is nothing to sync with yet: kith sync --setup URL, with the address of an empty private repository, sets that up
END

two
git checkout -q --detach
run kith sync
like "$err" "^kith: no branch is checked out here: git switch NAME" "a detached HEAD"
git checkout -q -b other
run kith sync
expect "a branch that is not there, beside one that is" 1 <<'END'
[stderr]
kith: origin has no branch other, but: main. git branch -m NAME calls the one here as it is called there, git switch NAME goes to that one, git push -u origin other makes a new one of it there
END
run kith sync nowhere
like "$err" '^kith: there is no remote "nowhere" here; there is: origin' "no such remote"
git checkout -q main && git checkout -q -b x
echo x > x && git add x && git commit -qm x && git checkout -q main && echo y > y && git add y &&
	git commit -qm y && git merge -q --no-commit x >/dev/null
run kith sync
like "$err" "in the middle of a merge; kith commit finishes it" "a merge of one's own"
is "$status" 1 "... ends with 1"

two
there sh -c "sed -i s/brass/iron/ people/bob.md && kith sync" >/dev/null
sed -i s/brass/gold/ people/bob.md
run kith sync --no-commit
like "$err" "^kith: people/bob.md has changes that are not committed, and something else comes in" \
	"what is not committed is not written over"
is "$(tail -n 1 people/bob.md)" "- 2026-08-01 call: gold" "... and stays"
echo new > new.txt
run kith sync
rm -rf "$tmp/other.git" && git init -q --bare "$tmp/other.git"
git remote add other "$tmp/other.git"
run kith sync other
expect "another remote, which is empty" 0 <<'END'
out: 3 changes
END
is "$(git config branch.main.remote)" origin "... is not the upstream"

git clone -q --depth 1 "file://$tmp/hub.git" "$tmp/shallow" && cd "$tmp/shallow" || exit 1
kith log ada call >/dev/null
run kith sync
expect "a shallow clone, which is told of the driver by its first sync" 0 <<'END'
out: a call with Ada Lovelace
[stderr]
kith: git merges this journal's files with kith here from now on
END
like "$(git config merge.kith.driver)" 'merge-driver' "... for plain git, too"
run kith sync
is "$err" "" "... once"

journal
git commit -q --amend -m "Another journal"
git remote add origin "$tmp/hub.git"
run kith sync
like "$err" "holds a journal that began by itself, with no commit in common .*; kith sync --setup" \
	"no commit in common"
git init -q "$tmp/code" && (cd "$tmp/code" && echo x > x.c && git add . && git commit -qm x)
git remote set-url origin "$tmp/code"
run kith sync
like "$err" "what is in origin is no journal" "something else there"

# ---- The other side ----

two
kith log ada lunch >/dev/null
before=$(git for-each-ref)
git remote set-url origin ssh://hangs.example/x
GIT_SSH_COMMAND='sleep 60; :' run kith sync --timeout 1
expect "no answer" 1 <<'END'
[stderr]
kith: origin: no answer within 1 s
END
is "$(git for-each-ref)" "$before" "... and all is as it was"
GIT_SSH_COMMAND='echo "ssh: Could not resolve hostname hangs.example" >&2; exit 255; :' run kith sync -q
is "$status$out$err" 0 "without a network, -q is silent"
GIT_SSH_COMMAND='echo "me@x: Permission denied (publickey)." >&2; exit 255; :' run kith sync
like "$err" "ssh-add -l lists yours" "a key that is missing"
git remote set-url origin "$tmp/nowhere.git"
run kith sync
like "$err" "is there a repository" "no repository there"
git remote set-url origin "$tmp/hub.git"
printf '#!/bin/sh\necho not today >&2\nexit 1\n' > "$tmp/hub.git/hooks/pre-receive"
chmod +x "$tmp/hub.git/hooks/pre-receive"
run kith sync
like "$err" "pre-receive hook declined.*not today" "a hook there that refuses is heard"
rm "$tmp/hub.git/hooks/pre-receive"
git remote set-url origin "$tmp/there"
run kith sync
like "$err" "receive.denyCurrentBranch" "somebody's work tree"
git remote set-url origin "$tmp/hub.git"
run kith sync --no-push
is "$out" "not pushed: lunch with Ada Lovelace" "--no-push"
run kith sync --json
is "$(json '$o->{pushed}, @{$o->{out}}')" "1
Log lunch with Ada Lovelace" "--json"

# ---- Hooks ----

there sh -c 'git pull -q && kith log bob call && kith sync' >/dev/null
kith log ada message >/dev/null
printf '#!/bin/sh\nexit 1\n' > .git/hooks/pre-merge-commit && chmod +x .git/hooks/pre-merge-commit
run kith sync
like "$err" "the hook pre-merge-commit of this repository refused the merge" "a hook that refuses"
rm .git/hooks/pre-merge-commit
printf '#!/bin/sh\necho hooked >> "$1"\n' > .git/hooks/commit-msg && chmod +x .git/hooks/commit-msg
printf '#!/bin/sh\n>"%s/merged"\n' "$tmp" > .git/hooks/post-merge && chmod +x .git/hooks/post-merge
run kith sync
like "$(git log -1 --format=%B)" '^hooked$' "commit-msg"
ok "post-merge" test -e "$tmp/merged"

two
echo 'commit: manual' >> kith.yaml && git commit -qam manual
sed -i s/looms/mills/ people/ada.md
run kith sync
is "$(git status --porcelain)" " M people/ada.md" "commit: manual leaves committing to you"
if ssh-keygen -q -t ed25519 -N '' -f "$tmp/key" 2>/dev/null; then
	git config gpg.format ssh && git config user.signingkey "$tmp/key.pub"
	git config commit.gpgSign true && git commit -qam mills
	there sh -c 'kith log bob call && kith sync' >/dev/null 2>&1
	run kith sync
	is "$(git cat-file commit HEAD | grep -c 'BEGIN SSH SIGNATURE')" 1 "a merge is signed"
else
	skip "a merge is signed" "no ssh-keygen"
fi

# ---- Setting it up ----

ada_and_bob
git init -q --bare "$tmp/new.git"
run kith sync --setup "$tmp/nowhere.git"
is "$status$(git remote)" 1 "a wrong address is not kept"
run kith sync --setup "$tmp/new.git"
expect "--setup: the first push" 0 <<'END'
out: 3 changes
END
is "$(git rev-parse --abbrev-ref 'main@{upstream}')" origin/main "... sets the upstream"
like "$(cat .git/info/attributes)" "merge=kith" "... and the driver"
journal
printf '%s\n' '---' 'name: Cy Young' '---' | contact cy.md
git add -A && git commit -q --amend -m "Another journal"
run kith sync --setup "$tmp/new.git"
is "$status$err" 0 "--setup: two journals that began apart"
like "$(git log --format=%s)" "^Merge from origin" "... are joined"
is "$(ls people)" "ada.md
bob.md
cy.md" "... with everybody"

# ---- A journal inside something bigger ----

mkdir -p "$tmp/vault/Notes/people" && cd "$tmp/vault" && git init -q
printf 'version: 1\n' > Notes/kith.yaml
printf '%s\n' '---' 'name: Ada Lovelace' '---' > Notes/people/ada.md
echo one > other.md && commit "A vault"
git init -q --bare "$tmp/vault.git" && git remote add origin "$tmp/vault.git"
git push -q -u origin main 2>/dev/null
git clone -q "$tmp/vault.git" "$tmp/vault2"
(cd "$tmp/vault2" && echo two >> other.md && printf '#!/bin/sh\n' > run.sh && chmod +x run.sh &&
	git add -A && git commit -qm two && kith -C Notes set ada title=COO && git push -q) >/dev/null 2>&1
kith -C Notes set ada title=CEO >/dev/null
run kith -C Notes sync
is "$status" 0 "a vault's other files come along"
is "$(tail -n 1 other.md)" two "... with what is in them"
ok "... and executable" test -x run.sh
like "$(cat Notes/people/ada.md)" '^merged: .*COO' "... and contacts are merged as such"
is "$(git status --porcelain)" "" "... and nothing is left"
(cd "$tmp/vault2" && git pull -q && ln -s other.md link && git add link && git commit -qm link &&
	git push -q) >/dev/null 2>&1
kith -C Notes log ada call >/dev/null
run kith -C Notes sync
is "$status$err$(readlink link)" 0other.md "a link comes in, too"
is "$(git status --porcelain)$(git rev-parse main)" "$(git rev-parse origin/main)" "... with all else"

# ---- How long ago ----

two
unlike "$(kith)" "synced" "what was never synced is not asked for"
kith sync -q
unlike "$(kith --today 2026-11-26)" "synced" "three days are fine"
like "$(kith --today 2026-12-02)" '^Last synced 9 days ago: kith sync$' "nine are told"
echo 'sync: {remind: 2 weeks}' >> kith.yaml
unlike "$(kith --today 2026-12-02)" "synced" "unless kith.yaml says otherwise"
done_testing
