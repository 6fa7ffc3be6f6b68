#!/bin/sh
# Looks at the pages of --html in a browser, Chromium without a window: at 390 and 1280 pixels, light
# and dark, of the example journal and of one that means harm. Each page is as kith makes it, in a
# frame; look.js looks at them from outside. Then the same of pages with planted faults, which it
# must tell. The last line says how many texts were looked at.
#     pages.sh

. "${0%/*}/common.sh"
case $B in /*) ;; *) B=$home/$B ;; esac
pages=$home/tests/pages
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
browser=$(command -v chromium) || { echo "chromium is not there: apt-get install chromium"; exit 1; }
sh "$pages/journal.sh" "$work/evil" || exit 1

kith() { env HOME="$work" "$B/kith" --today 2026-11-23 "$@" 2>/dev/null; }
# frame NAME: the page of standard input in a frame of each width.
frame() {
	sed 's/&/\&amp;/g; s/"/\&quot;/g' > "$work/page"
	for width in 390 1280; do
		printf '<iframe title="%s" width="%s" height="800" srcdoc="' "$1" $width
		cat "$work/page"
		echo '"></iframe>'
	done
}
# sheet NAME: such frames, and what looks at them.
sheet() {
	{
		echo '<!doctype html><meta charset="utf-8"><pre id="found"></pre><script>'
		cat "$pages/look.js"
		echo '</script>'
		cat
	} > "$work/$1.html"
}
# look NAME SCHEME: what is found; a console's message is, too. As root there is no sandbox.
look() {
	# shellcheck disable=SC2046 # an option or none
	timeout 60 "$browser" --headless --disable-gpu $([ "$(id -u)" -ne 0 ] || echo --no-sandbox) \
		--user-data-dir="$work/profile" --no-first-run --disable-extensions \
		--blink-settings=preferredColorScheme="$2" --enable-logging=stderr --v=0 \
		--dump-dom "file://$work/$1.html" > "$work/dom" 2> "$work/said" </dev/null
	sed -n '/<pre id="found">/,/<\/pre>/p' "$work/dom" | sed '1d; /<\/pre>/d'
	grep ':CONSOLE' "$work/said" | sed 's/^[^"]*/console: /'
}

{
	for page in review "show ruth" "brief ruth,lieve" stats; do
		# shellcheck disable=SC2086 # words
		kith -C "$home/templates/example" $page --html | frame "$page"
	done
	for page in review "show eve" "show wide" "show xxxx" "brief eve,wide,xxxx" stats; do
		# shellcheck disable=SC2086 # words
		kith -C "$work/evil" $page --html | frame "evil: $page"
	done
} | sheet pages
{
	kith -C "$home/templates/example" stats --html |
		sed 's/<main>/&<p style="color:#999">pale<\/p><p class="late" style="width:2000px"><b>wide<\/b><\/p><img src="http:\/\/127.0.0.1:9\/x"><a href="javascript:alert(1)">run<\/a>/' |
		frame planted
} | sheet planted

failed=0
for scheme in 1 0; do
	look pages $scheme > "$work/found"
	grep -v '^looked at' "$work/found" && failed=1
	tail -n 1 "$work/found" | grep '^looked at' || failed=1
done
look planted 1 > "$work/found"
for fault in 'contrast 2.*: pale' 'is 20.* wide' 'p.late sticks out' 'has an element b$' \
	'has an element img' 'a has href=javascript' 'p has style=' 'console: .*Content Security Policy'; do
	grep -q "$fault" "$work/found" || { echo "a planted fault is not told: $fault"; failed=1; }
done
exit $failed
