#!/bin/sh
# Takes the README's pictures of the example journal's pages, into tests/pictures: light, dark and as
# a phone shows them, all equally high.
#     pictures.sh
set -eu
cd "${0%/*}/../.."
B=${B:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# take NAME WIDTH SCHEME COMMAND...: SCHEME is 1 for light, 0 for dark.
take() {
	name=$1 width=$2 scheme=$3
	shift 3
	# A slip of the example is an error, and the page is whole.
	"$B/kith" -C templates/example --today 2026-11-23 "$@" --html > "$work/$name.html" || test $? -eq 1
	# shellcheck disable=SC2046 # an option or none
	chromium --headless --disable-gpu $([ "$(id -u)" -ne 0 ] || echo --no-sandbox) \
		--user-data-dir="$work/profile" --hide-scrollbars --force-device-scale-factor=2 \
		--blink-settings=preferredColorScheme="$scheme" --window-size="$width",1180 \
		--screenshot="$work/$name.png" "file://$work/$name.html" >/dev/null 2>&1
	pngquant --force --output "tests/pictures/$name.png" 24 "$work/$name.png"
	ls -l "tests/pictures/$name.png"
}
mkdir -p tests/pictures
take review 860 1 review 2>/dev/null
take stats 860 0 stats 2>/dev/null
take phone 390 1 review 2>/dev/null
