#!/bin/sh
# The journals with faults: each file of tests/journals gets the finding that its README
# promises, and nothing in them breaks a page, a list or a terminal.
. "$(dirname "$0")/lib.sh"

readme=$root/tests/journals/README.md
# Rows where kith is kinder than the table, or says it at the other one of two or three files.
known='people/values/dates-a-text.md people/links/one/sam-reed.md
people/links/one/Ann.md people/links/one/zoë.md people/links/circle-a.md
people/links/all-the-forms.md
settings/unknown-key-in-only.yaml
settings/channels-text.yaml settings/channels-two-words.yaml settings/new-ties-text.yaml
settings/conflict.yaml'

# table PREFIX CHECKED: a test for each row that can be judged.
table() {
	perl "$root/tests/cli/journals.pl" "$readme" "$1" "$2" > "$tmp/rows" ||
		fail "the table of $1 can be read" "$(cat "$tmp/rows")"
	while IFS="$(printf '\t')" read -r result path why; do
		if [ "$result" = ok ]; then
			pass "$path"
		else
			case " $(echo $known) " in
			*" $path "*) skip "$path" "$why" ;;
			*) fail "$path" "$why" ;;
			esac
		fi
	done < "$tmp/rows"
}

cp -R "$root/tests/journals/messy" "$tmp/messy"
cd "$tmp/messy" || exit 1
git init -q
run kith check -v
is "$status" 1 "errors make it exit with 1"
cat "$tmp/out" "$tmp/err" > "$tmp/checked"
table messy/people/ "$tmp/checked"

mkdir "$tmp/settings"
mkdir -p "$tmp/small/people"
printf -- '---\nname: Good\n---\n- 2026-09-20 call: still counts\n' > "$tmp/small/people/good.md"
for file in "$root"/tests/journals/settings/*.yaml; do
	cp "$file" "$tmp/small/kith.yaml"
	timeout 120 kith -C "$tmp/small" check > "$tmp/settings/${file##*/}" 2>&1
	status=$?
	[ $status -le 1 ] || fail "${file##*/}" "status $status"
done
table settings/ "$tmp/settings"

# no_codes FILE NAME: no byte that a terminal would obey, also none of C1 in UTF-8.
no_codes() {
	if LC_ALL=C tr -d '\n\t' < "$1" | LC_ALL=C grep -qP '[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]'; then
		fail "$2" "$(LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$1" | cat -v | head -3)"
	else
		pass "$2"
	fi
}
for words in today due 'due --within 20y' list 'list --all' check 'review --stdout' \
	'show rosa-lindgren' 'show hostile-everywhere' 'show escape-colour' 'due --json' \
	'list --json' 'review --json' 'show hostile-everywhere --json'; do
	# shellcheck disable=SC2086
	run timeout 120 kith $words
	# A person is shown with their own findings alone.
	case $words in
	show*) is "$status" 0 "kith $words ends with 0" ;;
	*) is "$status" 1 "kith $words ends with 1" ;;
	esac
	no_codes "$tmp/err" "kith $words: no control codes among the findings"
	no_codes "$tmp/out" "kith $words: none in what it prints"
	case $words in
	*json) ok "kith $words is JSON" perl -MJSON::PP -e 'local $/; decode_json(<STDIN>)' < "$tmp/out" ;;
	*check*) ;;
	show*) is "$err" "" "kith $words tells of nobody else's faults" ;;
	*) like "$err" 'values/cadence-6-weks.md:3:10: error: ' "kith $words tells of the faults" ;;
	esac
done
run kith list --json
for slug in rosa-lindgren omar-haddad 李明 'Mixed Case Name' heading-only inside-a-folder \
	a-long-way-down never-closed nul-in-body; do
	like "$out" "\"slug\": ?\"$slug\"" "$slug is in the list"
done

run kith review --no-commit
is "$status" 1 "the review is written and tells of faults by its status"
page=reviews/2026-W48.md
no_codes $page "the page holds no control codes"
cp $page "$tmp/first"
run kith review --no-commit
ok "made again, it is the same to the byte" cmp $page "$tmp/first"
is "$(grep -c '\^[rdpwh]-[a-z2-7]\{7\}$' $page)" \
	"$(grep -o '\^[rdpwh]-[a-z2-7]\{7\}$' $page | sort -u | wc -l)" "no id stands there twice"
is "$(grep -cv -e '^- \[ \] .* ^[rdpwh]-[a-z2-7]*$' -e '^ *\(- \)\{0,1\}\*.*\*$' -e '^##* ' \
	-e '^$' -e '^[a-z]*: ' -e '^---$' $page)" 0 "every line has one of the page's forms"
done_testing
