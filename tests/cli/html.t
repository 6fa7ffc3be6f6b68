#!/bin/sh
# Pages for the browser: what a person wrote stays text, nothing is loaded, and a file that is no
# page is not written over.
. "$(dirname "$0")/lib.sh"

# The part of the page in $out that the model makes.
body() { sed -n '/^<main>$/,/^<\/main>$/p' "$tmp/out"; }

cp -R "$root/templates/example" "$tmp/example"
cd "$tmp/example" || exit 1

for command in review "show ruth" "brief ruth,lieve" stats; do
	# shellcheck disable=SC2086 # words
	run kith $command --html
	body > "$tmp/body"
	if [ -n "${GOLDEN-}" ]; then cp "$tmp/body" "$root/tests/cli/golden/html/${command%% *}"; fi
	ok "the example's page of $command" diff -u "$root/tests/cli/golden/html/${command%% *}" "$tmp/body"
done

run kith show thordis --html
like "$out" 'the ice leaves\. Aga calls hers the$' "a link in the notes is its words"
{ kith review --html 2> "$tmp/err"; } | head -c 10 > /dev/null
unlike "$(cat "$tmp/err")" "^kith:" "a reader that goes away is no matter"
run kith review --html
is "$status" 1 "findings count as ever"
like "$out" '^<meta http-equiv="Content-Security-Policy" content="default-src .none.; style-src' \
	"the page may load nothing"
unlike "$(printf '%s\n' "$out" | sed 's/href="\(mailto\|tel\):/at=/g')" '(src|url|href|action)=?[("]' \
	"and leads nowhere, since it lies nowhere"
unlike "$out" '<(script|link|iframe|img|object|form)' "nor has it an element that would"
unlike "$out" '\^[rdph]-[a-z0-9]{7}' "signs of kith's own are not shown"

# --- into a file ---

run kith review --html -o review.html
is "$out" "wrote review.html" "into a file of the journal"
like "$(cat review.html)" '<a href="people/ruth-ashdown.md"><bdi>Ruth Ashdown</bdi></a>' \
	"from there a name leads to the file"
like "$(cat review.html)" 'introduced by <a href="people/samir-choudhury.md">' \
	"and one in a line"
like "$out$(cat review.html)" '<a href="mailto:elif@kagitvecilt.example">elif@kagitvecilt.example</a>' \
	"an address can be written to"
like "$(cat review.html)" '<a href="tel:\+441174960123">\+44 117 496 0123</a>' "a number be called"
mkdir -p out/deep
run kith review --html -o out/deep/review.html
like "$(cat out/deep/review.html)" 'href="../../people/berlin/Anna%20Maria%20Keller.md"' \
	"from a folder below, too"
run kith review --html -o "$tmp/review.html"
is "$(grep -c 'href="[^mt]' "$tmp/review.html")" 0 "from elsewhere it does not"
cp review.html before.html
run kith review --html -o review.html
ok "the same files give the same bytes" cmp review.html before.html
cp people/ruth-ashdown.md "$tmp/ruth"
run kith review --html -o people/ruth-ashdown.md
like "$err" '^kith: people/ruth-ashdown.md: is there already, and is no page of HTML' \
	"a note is not written over"
is "$status" 1 "which is a problem"
ok "and is as it was" cmp people/ruth-ashdown.md "$tmp/ruth"
run kith review --html -o people
like "$err" '^kith: people: ' "nor a folder"
run kith review --html -o nowhere/review.html
like "$err" '^kith: nowhere/review.html: ' "a folder that is not there"
is "$status" 1 "is a problem, too"

run kith review --html -o -
is "$(echo "$out" | head -n 1):$(ls -d ./- 2> "$tmp/null")" "<!doctype html>:" \
	"- is standard output, and no file"
run kith review -o -
is "$(echo "$out" | head -n 1)" "$(kith review --stdout 2> "$tmp/null" | head -n 1)" \
	"of the page of Markdown, too"

run kith show ruth --html -o ruth.html
is "$(grep -c 'href="people/ruth-ashdown.md"' ruth.html)" 1 "what is no address leads nowhere"
sed -i 's|^phone: .*|url: ada.example/home|; /^links:/d' people/ruth-ashdown.md
run kith review --html -o week.html
like "$(cat week.html)" " · ada\.example/home</p>" "nor does a web address without https://"
cp "$root/templates/example/people/ruth-ashdown.md" people/

# --- the browser ---

cat > "$tmp/browser" <<'END'
#!/bin/sh
printf '%s\n' "$1" > "$0.said"
END
chmod +x "$tmp/browser"
BROWSER=$tmp/browser run kith review --html --open
is "$(sed "s|$tmp|TMP|" "$tmp/browser.said")" "TMP/home/.cache/kith/review.html" "--open alone: a file of its own"
is "$(stat -c %a "$HOME/.cache/kith/review.html" "$HOME/.cache/kith" | tr '\n' ' ')" "600 700 " "which nobody else reads"
BROWSER="false:$tmp/browser" run kith review --html --open -o a.html
is "$(sed "s|$tmp|TMP|" "$tmp/browser.said")" "TMP/example/a.html" "with -o that one; the next where one fails"
BROWSER="sh -c 'echo \"\$#\" \"\$2\" > $tmp/said' sh --new-tab %s --quiet" run kith review --html --open -o a.html
is "$(sed "s|$tmp|TMP|" "$tmp/said")" "3 TMP/example/a.html" "the path stands where %s did, and nowhere else"
BROWSER="$tmp/browser '%s' %s" run kith review --html --open -o 'a  b.html'
is "$(sed "s|$tmp|TMP|" "$tmp/browser.said")" "TMP/example/a  b.html" "in quotes, too"
XDG_CACHE_HOME=cache BROWSER=$tmp/browser run kith review --html --open
is "$(sed "s|$tmp|TMP|" "$tmp/browser.said") $(ls -d cache 2> "$tmp/null")" "TMP/home/.cache/kith/review.html " \
	"a cache that is in no fixed place is none"
BROWSER=false run kith review --html --open
like "$err" '^kith: no browser opened the page: open .*/review.html yourself, or set BROWSER$' \
	"where there is none"
is "$status" 1 "is a problem"

# --- what does not go together ---

for wrong in "review --html --json" "review --open" "review --html --template x.md" \
	"review --html -e" "show ruth -o x.html" "brief ruth --open" "stats --html --json"; do
	# shellcheck disable=SC2086 # words
	run kith $wrong
	is "$status" 2 "$wrong"
done

# --- a journal's own templates ---

mkdir templates
printf '<p>{{week}}</p>{{#this_week}}\n' > templates/review.html
run kith review --html -o templates/review.html
is "$status" 2 "a template is not written over"
run kith review --html
like "$err" '^kith: templates/review.html:1:16: ' "a fault in a template, at its place"
is "$status" 1 "is a problem"
is "$out" "" "and there is no page"
printf '<b>{{week}}</b>\n' > templates/review.html
printf '<i>{{heading}}</i>{{{body}}}' > templates/page.html
run kith review --html
is "$out" "<i>Week 48</i><b>2026-W48</b>" "the journal's own body and frame win"

# --- a journal that means harm ---

sh "$root/tests/pages/journal.sh" "$tmp/evil"
cd "$tmp/evil" || exit 1
# What is in nobody's templates.
harm() { grep -E -i -o '<(script|img|iframe|b|i)[ >][^<]{0,30}|href="?(javascript|data|file|/)|[[:cntrl:]]|‮' "$tmp/out" |
	grep -v '^<i class="' | head -n 5; }
for command in review "show eve" "show wide" "show nul" "brief eve,wide" stats; do
	# shellcheck disable=SC2086 # words
	run kith $command --html
	is "$(harm | tr -d '\n\t')" "" "$command: what they wrote is text"
	is "$(tr -d '\0' < "$tmp/out" | cmp "$tmp/out" - && echo same)" same "$command: without NUL"
	ok "$command: is UTF-8" iconv -f UTF-8 -t UTF-8 "$tmp/out" -o /dev/null
	case $command in
	"show wide") like "$out" '^<p>\[31m red  ?back' "$command: and it is shown" ;;
	"show nul") like "$out" '^<p>NUL \.</p>$' "$command: and it is shown" ;;
	*) like "$out" '&lt;script&gt;alert\(1\)&lt;/script&gt;' "$command: and it is shown" ;;
	esac
done
printf '\377\376a\000' > people/broken.md
run kith show broken --html
like "$out" 'The file cannot be read' "a file that cannot be read"
run kith show eve --html
like "$out" 'Words, &lt;b&gt;bold&lt;/b&gt; and a picture, bad,$' "HTML is shown, a picture and a bad link are words"
like "$out" '^worse, file, <a href="https://ok.example/">good</a>' "a good link is one"
like "$out" '&lt;script&gt;alert\(4\)' "a block of HTML is shown"
unlike "$out" 'a comment' "a comment is not"
like "$out" '^<p>\| a table \| of rows \|<br />$' "each row of a table is a line"
like "$out" '<a href="https://ok.example/\?a=1&amp;b=&quot;2">' "an address of the web"
like "$out" '<bdi>javascript:alert\(1\)</bdi>' "what is none is its words"

# Nothing of a value or of a file's name is more than the address, or the path, that it is.
journal
printf 'people: .\n' >> kith.yaml
printf -- '---\nname: Mal\ncadence: weekly\nemail: a@x.example?bcc=b@x.example&body=100%%\n---\n' \
	> 'javascript:alert(1);.md'
run kith show mal --html
like "$out" 'href="mailto:a@x.example%3Fbcc=b@x.example%26body=100%25"' "one recipient, without a text"
kith review --html -o review.html > "$tmp/out"
like "$(cat review.html)" '<a href="\./javascript:alert%281%29;\.md">' "a colon in a path makes no scheme"
done_testing
