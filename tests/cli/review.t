#!/bin/sh
# The weekly review: its page, where it is written, and the commit of it alone.
. "$(dirname "$0")/lib.sh"
page=reviews/2026-W48.md

# --- the page of the example, read line by line against its files before it was kept ---
run kith -C "$root/templates/example" review --stdout
is "$status" 1 "the example's one slip is an error"
ok "the example's page is as it was" diff "$root/tests/cli/golden/2026-W48.md" "$tmp/out"
is "$err" 'people/imogen-blythe.md:7:10: error: "2 moths" is not an interval (did you mean "2 months"?)' \
	"and the slip is told on standard error as well"
cp "$tmp/out" "$tmp/once"
run taskset 1 kith -C "$root/templates/example" review --stdout
ok "on one processor it is the same" cmp "$tmp/once" "$tmp/out"

# --- written and committed ---
example() {
	journal
	contact ada.md <<'END'
---
name: Ada Lovelace
cadence: 6 weeks
birthday: 1984-11-26
---
## Next
- [ ] send her the Jacquard paper (due:: 2026-11-25)

## Log
- 2026-09-20 coffee: the move to Bath
END
	commit "Ada"
}
example
echo staged > staged.txt && git add staged.txt
printf 'more\n' >> people/ada.md
echo untracked > untracked.txt
git status --porcelain > "$tmp/status"
run kith review
is "$status" 0 "a review is written"
is "$out" "wrote $page
committed $(git rev-parse --short=10 HEAD)" "it says what it did"
is "$(git show --format=%s --name-status HEAD)" "Write the review of week 48, 2026

A	$page" "the commit holds the page and nothing else"
is "$(said_in_commit | tail -n +3)" "Kith: review 2026-W48" "and a trailer"
is "$(git status --porcelain)" "$(cat "$tmp/status")" "staged, changed and new files stay as they were"
ok "the page is what --stdout prints" sh -c "kith review --stdout | cmp - $page"
cat > "$tmp/want" <<'END'
---
kith: review
week: 2026-W48
from: 2026-11-23
to: 2026-11-29
generated: 2026-11-23
applied: []
---
# Week 48 · 23–29 November 2026

## This week

- [ ] **Wed 25** · [Ada Lovelace](../people/ada.md) · you promised: send her the Jacquard paper ^p-lfwqigm
- [ ] **Thu 26** · [Ada Lovelace](../people/ada.md) turns 42 ^d-zhhqck5

## Reach out

- [ ] **[Ada Lovelace](../people/ada.md)** ^r-lt3ekf4
  - *9 weeks since you talked, you aim for 6 · turns 42 on Thursday*
  - *last, Sun 20 Sep, coffee: the move to Bath*
  - *you promised: send her the Jacquard paper (Wed 25 Nov)*
END
ok "to the byte" diff "$tmp/want" $page
head=$(git rev-parse HEAD)
run kith review
expect "a second time nothing happens" 0 <<END
$page is as it was
END
is "$(git rev-parse HEAD)" "$head" "and nothing is committed"
run kith review --today 2026-11-24
is "$(git diff HEAD~ --stat -- $page | tail -1)" " 1 file changed, 1 insertion(+), 1 deletion(-)" \
	"another day changes one line"

# --- which week ---
example
run kith review --next --no-commit
is "$out" "wrote reviews/2026-W49.md" "--next"
like "$(cat reviews/2026-W49.md)" '^from: 2026-11-30$' "is the next week"
run kith review --last --no-commit
is "$out" "wrote reviews/2026-W47.md" "--last"
run kith review 2026-W53 --no-commit
is "$out" "wrote reviews/2026-W53.md" "an ISO week"
run kith review 2027-01-02 --no-commit
is "$out" "reviews/2026-W53.md is as it was" "a date in it"
is "$(git rev-list --count HEAD)" 2 "--no-commit commits nothing"
for word in 2026-W54 2026-W00 W48 48 nonsense 2026-02-30 ''; do
	run kith review "$word"
	is "$status:$out" "2:" "\"$word\" is no week"
done
run kith review --next --last
is "$status" 2 "one week"
run kith review --next 2026-W48
is "$status" 2 "only"
run kith review 2026-W48 2026-W49
is "$status" 2 "one word"

# --- where to ---
run kith review --stdout
is "$status:$err" 0: "--stdout"
ok "writes nothing" test ! -e $page
run kith review --json
ok "--json is JSON" perl -MJSON::PP -e 'local $/; my $m = decode_json(<STDIN>);
	die unless $m->{week} eq "2026-W48" && $m->{reach_out}{items}[0]{slug} eq "ada"
		&& $m->{this_week}{items}[0]{id} eq "p-lfwqigm" && !$m->{quiet};' < "$tmp/out"
run kith review -o "$tmp/elsewhere.md"
is "$out" "wrote $tmp/elsewhere.md" "-o FILE"
ok "holds the page" grep -q '^## Reach out' "$tmp/elsewhere.md"
ok "and leaves the journal alone" test ! -e $page
echo mine > "$tmp/mine.md"
run kith review -o "$tmp/mine.md"
is "$status" 1 "a file of another kind is not overwritten"
is "$(cat "$tmp/mine.md")" mine "and keeps what it holds"
run kith review -o "$tmp/no/such/folder.md"
is "$status" 1 "-o where no file can be"
run kith review --stdout -o x
is "$status" 2 "one place"
run kith review --stdout -e
is "$status" 2 "--edit needs a file"

# --- the editor ---
printf '#!/bin/sh\necho "edited $1" >> "$2"\n' > "$tmp/edit" && chmod +x "$tmp/edit"
run env EDITOR="$tmp/edit with" kith review -e
is "$status" 0 "-e opens the page in EDITOR, which may have words"
is "$(tail -n 1 $page)" "edited with" "and the editor gets the file"
run env VISUAL="$tmp/edit visual" EDITOR=false kith review -e
is "$(tail -n 1 $page)" "edited visual" "VISUAL comes first"
run env EDITOR=false kith review -e
is "$status" 1 "an editor that fails"
run env EDITOR=/no/such/editor kith review -e
is "$status" 1 "an editor that is not there"

# --- when git cannot ---
# uncommitted NAME REGEX: the page is written and not committed, and it is said why.
uncommitted() {
	git rev-parse -q --verify HEAD > "$tmp/head" 2>/dev/null
	run kith review
	is "$status" 1 "$1: status"
	like "$err" "$page is written, but not committed" "$1: said"
	like "$err" "$2" "$1: why"
	ok "$1: written" test -s $page
	is "$(git rev-parse -q --verify HEAD 2>/dev/null)" "$(cat "$tmp/head")" "$1: not committed"
}
example
touch .git/index.lock
uncommitted "a held lock" 'lock'
rm .git/index.lock
run kith review
like "$out" '^committed ' "without the lock it is committed the next time"
example
git checkout -q -b other && echo a > f && commit a && git checkout -q main && echo b > f && commit b
git merge -q other >/dev/null 2>&1
uncommitted "during a merge" 'merge'
example
git checkout -q -b other && echo a > f && commit a && git checkout -q main && echo b > f && commit b
git rebase -q other >/dev/null 2>&1
uncommitted "during a rebase" 'rebase'
example
printf '[gc]\n\tauto = 0\n' > "$tmp/nobody"
GIT_CONFIG_GLOBAL="$tmp/nobody" uncommitted "without a name" 'git config'
example
rm -rf .git
uncommitted "without git" 'git'
example
printf 'commit: manual\n' >> kith.yaml
run kith review
is "$status:$out" "0:wrote $page" "commit: manual writes only"
is "$(git status --porcelain -- reviews)" "?? reviews/" "and leaves the rest"

# --- repositories ---
mkdir -p "$tmp/unborn/people" && cd "$tmp/unborn" && git init -q && echo 'version: 1' > kith.yaml
run kith review
is "$status" 0 "on an unborn branch"
is "$(git ls-tree -r --name-only HEAD)" $page "the page is the first commit"
mkdir -p "$tmp/vault/notes/journal/people" && cd "$tmp/vault" && git init -q && echo x > x && commit x
cd notes/journal && echo 'version: 1' > kith.yaml
run kith review
is "$(git show --format= --name-only HEAD)" "notes/journal/$page" "a journal in a folder of a repository"
cd people && run kith review
is "$out" "$page is as it was" "from a folder of the journal"

# --- templates ---
example
mkdir templates
printf 'Hello {{week}}\n{{#reach_out}}{{#items}}{{name}}\n{{/items}}{{/reach_out}}' > templates/review.md
run kith review --stdout
is "$out" "Hello 2026-W48
Ada Lovelace" "the journal's own template comes first"
printf '{{title}} by file\n' > "$tmp/by-file.md"
printf '{{#reach_out}}## {{heading}}{{/reach_out}}' > "$tmp/heading.md"
run kith review --stdout --template "$tmp/heading.md"
is "$out" "## Reach out" "a template has a section's heading from the program"
run kith review --stdout --template "$tmp/by-file.md"
is "$out" "Week 48 · 23–29 November 2026 by file" "--template FILE before it"
printf 'a\n{{#items}}\nb\n' > templates/review.md
run kith review
expect "an error in a template is told with its line" 1 <<'END'
[stderr]
kith: templates/review.md:2:1: section "items" opened here is never closed: write {{/items}} where it ends
END
ok "and nothing is written" test ! -e $page
run kith review --stdout --template "$tmp/none.md"
is "$status" 1 "a template that is not there"
printf -- '---\nkith: review\n---\n{{#reach_out}}{{#items}}\n- [ ] [{{name}}]({{url}})\n{{/items}}{{/reach_out}}' > templates/review.md
run kith review
is "$status" 0 "a template without ids makes a page"
printf 'note of mine\n' >> $page
cp $page "$tmp/before"
run kith review
is "$status" 1 "and does not overwrite one"
like "$err" 'template without ids' "says why"
ok "the page stays" cmp $page "$tmp/before"

# --- where pages stand ---
journal
contact ada.md <<'END'
---
name: Ada Lovelace
cadence: 6 weeks
---
- 2026-09-20 call
END
for folder in . ./ ./weeks/ weeks//2026; do
	case $folder in .|./) at= ;; ./weeks/) at=weeks/ up=../ ;; *) at=weeks/2026/ up=../../ ;; esac
	printf 'version: 1\nsince: 2026-01-05\nreviews: %s\n' "$folder" > kith.yaml
	commit "Pages in $folder"
	run kith review
	like "$out" "^wrote ${at}2026-W48.md" "reviews: $folder"
	is "$(git log -1 --format= --name-only)" "${at}2026-W48.md" "and the page is committed"
	like "$(cat "${at}2026-W48.md")" "\(${at:+$up}people/ada.md\)" "and its links lead to people"
	git rm -q "${at}2026-W48.md"
done

# --- what changed since the last page ---
journal
contact grace.md <<'END'
---
name: Grace Hopper
org: Navy
title: Commander
cadence: none
---
END
contact ada.md <<'END'
---
name: Ada Lovelace
email: ada@x.example
cadence: none
---
END
for name in tom bob; do
	printf -- '---\nname: %s\norg: Yale\ncadence: none\n---\n' $name | contact $name.md
done
commit "People"
# on DAY COMMAND...: with that day for kith and for git.
on() {
	GIT_AUTHOR_DATE=$1T12:00:00Z GIT_COMMITTER_DATE=$1T12:00:00Z KITH_TODAY=$1
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE KITH_TODAY
	shift
	"$@" > /dev/null
	unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	export KITH_TODAY=2026-11-23
}
# news NAME [OPTION...] <<END: what a fresh page says under What changed.
news() {
	name=$1
	shift
	run kith review --stdout "$@"
	is "$(printf '%s\n' "$out" | sed -n '/^## What changed/,/^## /{ /^\*/p; }')" "$(cat)" "$name"
}
on 2026-11-10 kith set grace org=Yale
news "no page was there before" </dev/null
on 2026-11-09 kith review
news "what stood there before the page is no change, whatever its day" </dev/null
on 2026-11-17 kith set grace org=Digital title=Rear Admiral
sed -i 's/Ada Lovelace/Ada King/; s/ada@x.example/[ada@x.example, king@x.example]/' people/ada.md
on 2026-11-18 commit "by hand"
git mv people/ada.md people/countess.md
on 2026-11-18 commit "moved"
sed -i 's/^cadence/location: Bath\ncadence/' people/countess.md
on 2026-11-23 commit "by hand, too"
on 2026-11-19 kith set tom org=Digital
on 2026-11-20 kith set tom org=Yale formerly=
on 2026-11-19 kith set bob org=Digital
on 2026-11-20 kith pause bob
on 2026-11-20 kith add "Zoe Zander" org=Yale
printf 'org: none\n' > people/uncommitted.md
news "by command and by hand, by name; what is as it was, silent people and new ones are none" <<'END'
*[Ada King](../people/countess.md) · location: Bath · email: ada@x.example → ada@x.example, king@x.example · name: Ada Lovelace → Ada King · since Mon 23: a good reason to write*
*[Grace Hopper](../people/grace.md) · title: Commander → Rear Admiral · org: Yale → Digital · since Tue 17: a good reason to write*
END
rm people/uncommitted.md
run kith review --json
is "$(json 'map { "$_->{slug} $_->{day} " . join ",", map { $_->{key} } @{$_->{fields}} } @{$o->{changed}{items}}')" \
	"countess 2026-11-23 location,email,name
grace 2026-11-17 title,org" "in the model"
on 2026-11-23 kith review
on 2026-11-24 kith set grace location=New_York title=*Doctor*
news "the page made again in its week is told from the same page" <<'END'
*[Ada King](../people/countess.md) · location: Bath · email: ada@x.example → ada@x.example, king@x.example · name: Ada Lovelace → Ada King · since Mon 23: a good reason to write*
*[Grace Hopper](../people/grace.md) · title: Commander → \*Doctor\* · org: Yale → Digital · location: New_York: a good reason to write*
END
on 2026-11-24 kith review
like "$(cat reviews/2026-W48.md)" '^\*\[Grace Hopper.*Doctor.*since Tue 24' "on the page as well"
on 2026-12-01 kith set grace status=sponsor
on 2026-12-02 kith review 2026-W48
like "$(cat reviews/2026-W48.md)" '^\*\[Grace Hopper.*Doctor.*since Tue 24' "what came after its week is not on a page"
news "nor is it lost for the next one, though the old page was made again" --today 2026-12-02 <<'END'
*[Grace Hopper](../people/grace.md) · status: active → sponsor · since Tue 1*
END
done_testing
