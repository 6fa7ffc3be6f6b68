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
done_testing
