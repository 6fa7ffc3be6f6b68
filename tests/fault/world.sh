# Sourced by campaign.sh and together.sh: a home of its own, and the journal that is worked in.
# Needs $tmp, a folder, and $kith, the program.
# shellcheck shell=sh
for variable in $(env | sed -n 's/^\(\(GIT\|KITH_DIR\|KITH_TODAY\|XDG\|LC\)[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$variable"
done
unset EDITOR VISUAL LANG CDPATH
export HOME="$tmp/home" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$tmp/gitconfig"
export KITH_TODAY=2026-11-23 LC_ALL=C.UTF-8 TZ=UTC PATH="${kith%/*}:$PATH"
mkdir "$HOME"
cat > "$GIT_CONFIG_GLOBAL" <<'END'
[user]
	name = Test Person
	email = test@post.example
[init]
	defaultBranch = main
[gc]
	auto = 0
[maintenance]
	auto = false
[core]
	fsync = none
END

# The journal, in ./journal: Ada, and those who name her in every way there is.
world() {
	mkdir -p journal/people/uk journal/reviews && cd journal || return 1
	printf 'version: 1\nsince: 2026-01-05\n' > kith.yaml
	printf '.kith-*\n' > .gitignore
	cat > people/ada-lovelace.md <<'END'
---
name: Ada Lovelace
aliases: [Countess]   # of Lovelace
email: ada@analytical.engine
org: 'Engines'
tags: [mentor, maths]
cadence: every 6 weeks
introduced_by: "[[charles-babbage]]"
---
She runs on tea and long letters. Knows [[grace-hopper]] from the compiler days.

## Next
- [ ] send her the Jacquard paper  (created:: 2026-11-02)  (due:: 2026-11-30)

## Log
- 2026-09-20 coffee: the move to Bath, her talk in March
- 2026-08-02 call with [[grace-hopper]]: punch cards, again #gave
END
	cat > people/grace-hopper.md <<'END'
---
name: Grace Hopper
knows: [ada-lovelace]
---
Met at [[ada-lovelace|Ada's]] house.

## Log
- 2026-07-01 letter with [[ada-lovelace]]: nanoseconds
END
	cat > people/uk/charles-babbage.md <<'END'
---
name: Charles Babbage
knows: ada-lovelace
---
See [her](../ada-lovelace.md) and [[ada-lovelace#Log]].

- 2026-05-05 dinner with Ada Lovelace: the engine
END
	for name in staged edited both gone removed; do echo "one" > "$name.txt"; done
	git init -q && git add -A && git commit -q -m 'A journal' &&
		kith --today 2026-11-17 review
}

plain() {
	:
}

# Work of every kind beside the change, and in the very file.
dirty() {
	echo two > staged.txt && git add staged.txt
	echo two > edited.txt
	echo two > both.txt && git add both.txt && echo three > both.txt
	echo new > added.txt && git add added.txt
	echo new > intended.txt && git add -N intended.txt
	echo new > untracked.txt
	git rm -q gone.txt && rm removed.txt
	sed -i 's/long letters/long and longer letters/' people/ada-lovelace.md &&
		git add people/ada-lovelace.md &&
		sed -i 's/^tags: .*/tags: [mentor, maths, poetry]/' people/ada-lovelace.md
	sed -i 's/ house/ garden/' people/grace-hopper.md
}

# The git program makes the commit.
hooks() {
	dirty
	printf '#!/bin/sh\ngit diff --cached --quiet && exit 1\nexit 0\n' > .git/hooks/pre-commit
	printf '#!/bin/sh\necho "Seen-by: a hook" >> "$1"\n' > .git/hooks/commit-msg
	chmod +x .git/hooks/pre-commit .git/hooks/commit-msg
}

# Something to take back.
logged() {
	kith log ada-lovelace 'call: the move to Bath' >/dev/null && dirty
}

# A page that was worked in: of two people, and with a line of its own.
ticked() {
	sed -i 's/^- \[ \]/- [x]/' reviews/2026-W47.md
	printf '\n- [[grace-hopper]] tue call: nanoseconds\n' >> reviews/2026-W47.md
	dirty
}

# What git hands to the driver.
handed_over() {
	cp people/grace-hopper.md .base
	sed 's/^## Log/&\n- 2026-11-20 call: one/' .base > .ours
	sed 's/^## Log/&\n- 2026-11-20 call: two/; s/^name/org: Navy\n&/' .base > .theirs
}

# Something new on both sides: what comes in is fetched, from a repository inside this one.
diverged() {
	git init -q --bare .git/hub && git remote add origin .git/hub && git push -q -u origin main &&
		git clone -q .git/hub ../other &&
		(cd ../other && echo '- 2026-11-20 call: from there' >> people/uk/charles-babbage.md &&
			printf '%s\n' --- 'name: Mary Somerville' --- > people/mary-somerville.md &&
			git rm -q reviews/2026-W47.md && git add -A && git commit -q -m 'There' &&
			git push -q) &&
		sed -i 's/the engine/the engine, again/' people/uk/charles-babbage.md &&
		git commit -q -a -m 'Here' && git fetch -q && dirty
}

# A merge to take back.
merged() {
	kith merge ada-lovelace charles-babbage >/dev/null
}

# A repository that is no journal yet.
vault() {
	git rm -q --cached kith.yaml .gitignore && rm kith.yaml .gitignore && rm -r reviews &&
		git commit -qam 'No journal' && dirty
}

# No repository at all.
bare_folder() {
	rm -rf .git kith.yaml .gitignore reviews
}
