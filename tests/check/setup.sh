#!/bin/sh
# Installs those of the given Debian packages that are not there yet; silent when all are.
#     setup.sh PACKAGE...
# As root, or else through sudo. `apt-get update` runs only when the lists do not serve.
set -u
export LC_ALL=C

fail() {
	echo "setup: $*" >&2
	exit 1
}

if ! command -v dpkg-query >/dev/null; then
	cat >&2 <<-END
		setup: this is no Debian; if the build stops, install what these packages hold there:
		setup:   $*
	END
	exit 0
fi
there=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null)
missing=
for package; do
	case "
$there
" in
	*"
installed $package
"*) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null || fail "there is no apt-get here to install these packages:$missing"
if [ "$(id -u)" -eq 0 ]; then
	as= how=apt-get
elif command -v sudo >/dev/null; then
	as=sudo how="sudo apt-get"
else
	fail "installing needs root, and there is no sudo; as root: apt-get install$missing"
fi
apt() {
	$as env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 \
		-o Dpkg::Use-Pty=0 "$@"
}
install() {
	# shellcheck disable=SC2086 # names of packages
	apt install -y --no-install-recommends $missing >"$log" 2>&1
}
update() {
	apt update >"$log" 2>&1
}

log=$(mktemp) || fail "no temporary file can be made"
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM
echo "setup: installing with $how (once; this takes a moment):$missing" >&2
# shellcheck disable=SC2086
if apt-get -qq -s --no-install-recommends install $missing >/dev/null 2>&1; then
	install || { update && install; }
else
	update && install
fi || {
	cat "$log" >&2
	fail "these packages could not be installed:$missing"
}
