#!/bin/sh
# kith check: each finding with the check that found it, some of them alone, and silence where
# all is well.
. "$(dirname "$0")/lib.sh"

journal
contact ada.md <<'EOF'
---
name: Ada Lovelace
cadence: 6 wekes
email: ada@x.example
---
## Log
- 2026-09-01 lunch with [[nobody]]
EOF
contact ada-king.md <<'EOF'
---
name: Ada King
email: ada@x.example
last_contact: 2026-12-01
---
EOF
printf '%s\n' 'queries: {ring: "query:ring"}' 'colour: red' >> kith.yaml
n=$(grep -c '' kith.yaml)
run kith check
is "$(sed 's/^\([^:]*\):.*: \([a-z]*\): .* \(\[[a-z-]*\]\)$/\1 \2 \3/' "$tmp/out" | sort)" \
	"kith.yaml error [queries]
kith.yaml error [settings]
people/ada-king.md warning [ahead]
people/ada.md error [contacts]
people/ada.md warning [links]" "each finding ends with its check"
is "$status $err" "1 " "and that is all there is to say"
run kith check -v
like "$out" '^people/ada.md:[0-9:]+ hint: .* \[twins\]$' "-v has hints"
is "$err" "kith: 2 contacts, 0 notes passed over; 3 errors, 2 warnings, 1 hint" "and how much was read"

run kith check links
like "$out" '^people/ada.md:7:[0-9]+: warning: .* \[links\]$' "one check alone"
is "$status $(grep -c . "$tmp/out")" "0 1" "whose findings alone count"
run kith check twins ahead
is "$(sed 's/.*\[//' "$tmp/out" | sort)" "ahead]
twins]" "two of them, with hints"
run kith check --json queries
is "$(json 'join " ", $o->{errors}, map { $_->{check} } @{$o->{findings}}')" "1 queries" "as JSON"
run kith check kept
expect "nothing where that is well" 0 </dev/null
run kith check lnks
expect "a name that is none" 2 <<'EOF'
[stderr]
kith: check: there is no check "lnks" (did you mean "links"?); kith check --list names them
See: kith check --help
EOF
run kith check --read ada links
is "$status" 2 "--read takes no check"

run kith check --list
like "$out" '^links +error +links to people' "the checks, with what each looks at"
is "$(kith check --list | awk '{ print $1 }' | sort | uniq -d)" "" "each once"
for name in $(kith check --list | awk '{ print $1 }'); do
	run kith check "$name"
	is "$(grep -cv "\[$name\]\$" "$tmp/out")" 0 "$name: and nothing else is found"
done

# --- the repairs that need no guess ---
journal
git config --remove-section merge.kith 2> /dev/null
contact ada.md <<'EOF'
---
name: Ada Lovelace
title: COO
phone: {mobile: "+44 2"}   # hers
merged: {title: [COO, CEO], phone.mobile: ["+44 2"], org: [Engines]}
---
EOF
contact bob.md <<'EOF'
---
name: Bob
cadence: 6 wekes
merged: {name: [Bob]}
tags: [x, y]
---
EOF
printf '%s\n' '*.png binary' '/kith.yaml merge=kith' 'people/**/*.md merge=kith' > .gitattributes
commit "Merge"
cp -R people .gitattributes "$tmp"
run kith check --fix -n
like "$out" '^\+merged: \{title: \[CEO\], org: \[Engines\]\}$' "-n shows what goes"
like "$out" '^\+reviews/\*\*/\*\.md merge=kith$' "and what comes"
like "$out" '^git would be told how to merge in this clone$' "and what is in no file"
ok "and does nothing" diff -r people "$tmp/people"
is "$(git config merge.kith.driver)" "" "in git neither"
run kith check --fix merging -n
unlike "$out" 'people/ada' "of one check alone"

before=$(git rev-parse HEAD)
echo "- call" >> people/bob.md
run kith check --fix
expect "all in one commit" 0 <<EOF
people/ada.md: without what a merge kept and stands there already
people/bob.md: without what a merge kept and stands there already
.gitattributes: with the lines that kith.yaml needs
git is told how to merge in this clone
committed $(git rev-parse HEAD | cut -c1-10)
EOF
is "$(git rev-parse HEAD~1)" "$before" "and no more than one"
is "$(git log -1 --format=%s)" "Mend 3 files, as a check found them" "which says so"
is "$(cat people/ada.md)" '---
name: Ada Lovelace
title: COO
phone: {mobile: "+44 2"}   # hers
merged: {title: [CEO], org: [Engines]}
---' "what is to be chosen stays, and so does every other byte"
is "$(grep -c merged people/bob.md) $(git diff --name-only)" "0 people/bob.md" \
	"a line of one's own in the same file is not committed"
is "$(head -n 3 .gitattributes)" "$(cat "$tmp/.gitattributes")" "lines are added behind"
like "$(git config merge.kith.driver)" 'merge-driver' "git knows the driver"
run kith check merging
is "$out" "" "and the check is content"
run kith check
like "$out" '^people/bob.md:3:.*wekes' "a guess is no repair"
run kith check --fix
expect "there is nothing left" 0 <<'EOF'
nothing to change: it is so already
EOF
run kith check --fix --json
is "$(json '$o->{changed} . "@{$o->{paths}}"')" 0 "as JSON"
git checkout -q people/bob.md
run kith undo
is "$status" 0 "undo takes it back"
ok "to the byte" diff -r people "$tmp/people"
ok "in .gitattributes, too" cmp .gitattributes "$tmp/.gitattributes"

contact eve.md <<'EOF'
---
name: Eve
title: COO
merged: {title: [COO], org: [COO]}
---
EOF
commit "Eve"
kith check --fix > /dev/null 2>&1
like "$(cat people/eve.md)" 'org: \[COO\]' "what another key is still to choose is not lost"
run kith check -n
is "$status" 2 "-n goes with --fix"
done_testing
