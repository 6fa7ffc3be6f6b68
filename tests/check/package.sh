#!/bin/sh
# The Debian package: lintian has nothing to say of it, not even pedantically, nor has systemd of
# the units.
#     package.sh [ROOT [install]]
# install: a fresh Debian takes it, kith runs there, and nothing is left when it is purged. That
# wants root, the network and some minutes.
. "${0%/*}/common.sh"
case $B in /*) ;; *) B=$home/$B ;; esac
built=$B/package/deb
fail() {
	printf '%s\n' "$*"
	exit 1
}

# As quick as it may be: what optimises is built by `make deb`.
DEB_BUILD_OPTIONS="noopt noautodbgsym" make -s deb B="$B/package" > "$B/package.log" 2>&1 || {
	tail -n 40 "$B/package.log"
	fail "there is no package"
}
said=$(lintian --allow-root --no-cfg --profile debian --pedantic --display-info --display-experimental \
	--fail-on error,warning,info,pedantic "$built"/kith_*.changes 2>&1) && [ -z "$said" ] ||
	fail "$said"
package=$(echo "$built"/kith_*.deb)

if command -v systemd-analyze >/dev/null; then
	run=$(mktemp -d) || exit 1
	said=$(XDG_RUNTIME_DIR=$run systemd-analyze verify --user --man=no \
		templates/install/kith-review.service templates/install/kith-review.timer 2>&1) &&
		[ -z "$said" ] && verified="and units " || { rm -rf "$run"; fail "$said"; }
	rm -rf "$run"
else
	verified="(no systemd-analyze here) "
fi
echo "package ${verified}of $(dpkg-deb -c "$package" | grep -c '^-') files"
[ "${2-}" = install ] || exit 0

root=$(mktemp -d "$B/debian.XXXXXX") || exit 1
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT TERM
mirror=$(sed -n 's/^URIs: *//p; s/^deb .*\(https\{0,1\}:[^ ]*\).*/\1/p' /etc/apt/sources.list \
	/etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" "$mirror" \
	> "$B/debootstrap.log" 2>&1 || { tail -n 20 "$B/debootstrap.log"; fail "there is no Debian"; }

# there COMMAND: as a shell of that system has it.
there() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive sh -euc "$1" </dev/null
}
# files: all there is, but for what apt and the system note of their own doing.
files() {
	(cd "$root" && find . \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o \
		-path ./var/log -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg \
		\) -prune -o -print | sort)
}
get='apt-get -qq -o Dpkg::Use-Pty=0 -y --no-install-recommends'
# What it rests on is there before, and stays: whether it does is apt's matter.
needs=$(dpkg-deb -f "$package" Depends | sed 's/([^)]*)//g; s/,/ /g')
there "$get install man-db $needs" > "$B/debian-needs.log" 2>&1 || {
	tail -n 20 "$B/debian-needs.log"
	fail "what it needs is not to be had"
}
files > "$B/debian-before"
cp "$package" "$root/tmp/kith.deb"
there "$get install /tmp/kith.deb" > "$B/debian-install.log" 2>&1 || {
	tail -n 20 "$B/debian-install.log"
	fail "it cannot be installed"
}
there '
	export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@post.example
	export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@post.example
	cd /tmp
	kith init --example journal
	cd journal
	kith review --stdout > page || test $? -eq 1
	grep -q "^## Reach out" page
	kith log ruth coffee: brass
	git log -1 --format=%s | grep -q "^Log coffee with Ruth"
	for page in kith kith-log kith-format kith-json kith-query; do
		man "$page" | grep -q ^SYNOPSIS || man "$page" | grep -q ^DESCRIPTION
	done
	kith complete --line "kith lo" --piece lo | grep -q "^.*log"
	cd /usr/share
	ls bash-completion/completions/kith zsh/vendor-completions/_kith \
		fish/vendor_completions.d/kith.fish doc/kith/copyright ../lib/systemd/user/kith-review.timer
	test -z "$(find /etc /root -name "*kith*")"' > "$B/debian-run.log" 2>&1 || {
	tail -n 20 "$B/debian-run.log"
	fail "it does not run there"
}
there "$get purge kith; rm -rf /tmp/*" > "$B/debian-purge.log" 2>&1 || {
	tail -n 20 "$B/debian-purge.log"
	fail "it cannot be purged"
}
left=$(files | diff "$B/debian-before" -) || fail "that is left, or gone: $left"
there 'dpkg -l' | grep -i kith && fail "dpkg still knows it"
echo "installed, used and purged on a fresh Debian"
