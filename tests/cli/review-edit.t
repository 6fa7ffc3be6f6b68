#!/bin/sh
# kith review -e keeps what was written in the editor, as kith edit does; who has no interval is
# named, where it is not meant so; and the README says what is asked of it.
. "$(dirname "$0")/lib.sh"
page=reviews/2026-W48.md

# editor SCRIPT: the editor is that, with the file as $1.
editor() {
	printf '#!/bin/sh\n%s\n' "$1" > "$tmp/editor"
	chmod +x "$tmp/editor"
	export EDITOR="$tmp/editor"
}
week() {
	journal
	printf -- '---\nname: Ada Lovelace\ncadence: 6 weeks\n---\n## Log\n- 2026-09-20 call: x\n' | contact ada.md
	commit "People"
}

# --- the editor ---
week
editor 'printf "\nMy own words.\n" >> "$1"'
run kith review -e
is "$status" 0 "kith review -e"
is "$(git status --porcelain)" "" "leaves nothing uncommitted"
like "$(git show HEAD:$page)" '^My own words\.$' "what was written in the editor is committed"
is "$(git show --format= --name-only HEAD)" "$page" "the page alone"
like "$out$err" "$(git rev-parse --short=10 HEAD)" "and told"
editor 'perl -pi -e "s/- \[ \] \*\*/- [x] **/" "$1"'
run kith review -e --today 2026-11-24
is "$(git status --porcelain; git show HEAD:$page | grep -c '^- \[x\]')" 1 "a tick as well"
head=$(git rev-parse HEAD)
editor ':'
run kith review -e --today 2026-11-24
is "$status $(git rev-parse HEAD)" "0 $head" "without a change there is no commit"
echo "Beside." >> people/ada.md
printf 'staged\n' > staged.txt && git add staged.txt
editor 'printf "\nMore.\n" >> "$1"'
run kith review -e --today 2026-11-24
is "$(git status --porcelain)" " M people/ada.md
A  staged.txt" "other work stays as it was"
like "$(git show HEAD:$page)" '^More\.$' "while the page is committed"
week
editor 'printf "\nMine.\n" >> "$1"'
run kith review -e --no-commit
is "$status $(git status --porcelain -uall)" "0 ?? $page" "--no-commit leaves it to the person"
like "$(cat $page)" '^Mine\.$' "but writes"
week
editor 'printf "\nMine.\n" >> "$1"; exit 1'
run kith review -e
ok "an editor that fails is a failure" test "$status" -ne 0
like "$(cat $page)" '^Mine\.$' "and what it wrote is there"
week
printf 'commit: manual\n' >> kith.yaml && commit "By hand"
editor 'printf "\nMine.\n" >> "$1"'
run kith review -e
is "$status $(git status --porcelain -uall)" "0 ?? $page" "with commit: manual nothing is"
# As kith edit does it.
week
editor 'printf "\nA line.\n" >> "$1"'
run kith edit ada
is "$status $(git status --porcelain)" "0 " "kith edit commits, too"

# --- nobody without an interval on purpose ---
# intervals DEFAULT: Ada and Bea have none of their own; Cy has none on purpose.
intervals() {
	journal
	printf 'cadence_default: none\ncadence_by_tag: {author: none}\n' >> kith.yaml
	printf -- '---\nname: Ada Lovelace\n---\n' | contact ada.md
	printf -- '---\nname: Bea Smith\n---\n' | contact bea.md
	printf -- '---\nname: Cy Young\ncadence: none\n---\n' | contact cy.md
	printf -- '---\nname: Dee Author\ntags: [author]\n---\n' | contact dee.md
	printf -- '---\nname: Eve Gone\nstatus: archived\n---\n' | contact eve.md
	printf -- '---\nname: Flo Kept\ncadence: 6 weeks\n---\n' | contact flo.md
	commit "People"
}
intervals
run kith
line=$(printf '%s\n' "$out$err" | grep 'no interval')
like "$line" 'Ada Lovelace' "who has no interval is named"
like "$line" 'Bea Smith' "each"
unlike "$line" 'Cy Young|Eve Gone|Flo Kept' "but not whose cadence is none on purpose"
unlike "$line" 'Dee Author' "nor by a tag"
unlike "$line" '[3-9] people' "nor are they counted"
rm people/ada.md people/bea.md
run kith
unlike "$out$err" 'no interval' "where all others mean it, nothing is said"
intervals
i=0
while [ $i -lt 20 ]; do
	i=$((i + 1))
	printf -- '---\nname: Nn%s\n---\n' $i | contact n$i.md
done
run kith
line=$(printf '%s\n' "$out$err" | grep 'no interval')
like "$line" 'and [0-9]+ more' "of many, some are named and the rest are counted"

# --- the README ---
for word in KITH_DIR '`journal:`' 'config.yaml'; do
	ok "the README mentions $word" grep -qF -e "$word" "$root/README.md"
done
# And it is true.
intervals
there=$PWD
cd "$tmp" || exit 1
KITH_DIR=$there run kith show flo
like "$out" 'Flo Kept' "KITH_DIR finds the journal"
mkdir -p "$HOME/.config/kith" && printf 'journal: %s\n' "$there" > "$HOME/.config/kith/config.yaml"
run kith show flo
like "$out" 'Flo Kept' "and so does journal:"
done_testing
