#!/bin/sh
# Builds the Debian package in FOLDER and leaves it, kith_VERSION_ARCH.deb, beside its sources there.
#     deb.sh FOLDER VERSION DAY BUILD-DEPENDENCY...
# The sources are copied, with debian/ filled in, so that nothing is written beside the originals.
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd -P)
folder=$1 version=$2 day=$3
shift 3
needs=$(printf ', %s' "$@")
rm -rf "$folder"
mkdir -p "$folder/kith"
cd "$folder/kith"
for part in cmd lib templates Makefile README.md LICENSE; do cp -R "$home/$part" .; done
cp -R templates/install/debian .
sed -i "s/@VERSION@/$version/g; s/@DATE@/$(LC_ALL=C date -u -R -d "$day")/; s/@BUILD_DEPENDS@/${needs#, }/" \
	debian/changelog debian/control
# The licence stands in one place.
sed '1,/^Permission/{/^Permission/!d}; s/^$/./; s/^/ /' LICENSE >> debian/copyright
# What make was told of this build is not for that one.
env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS dpkg-buildpackage -J -b -us -uc
