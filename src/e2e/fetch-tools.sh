#!/usr/bin/env bash
# Unpacks, without installing, packages of Debian's unstable suite into a folder, unless they are there.
#
#   src/e2e/fetch-tools.sh FOLDER PACKAGE...
#
# Ends with 77 if they cannot be had.
set -euo pipefail

# shellcheck source=src/e2e/apt.sh
. "$(dirname "$0")/apt.sh"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
apt=$folder/apt
[ ! -e "$folder/complete" ] || exit 0

say() { echo "fetch-tools: $*" >&2; }
say "downloading $*"
read_suite sid || { say "no sound package list of sid"; exit 77; }
(cd "$apt/debs" && own_apt download "$@" > ../download.log 2>&1) || { tail -n 3 "$apt/download.log" >&2; exit 77; }
for deb in "$apt"/debs/*.deb; do dpkg -x "$deb" "$folder"; done
rm -rf "$apt"
touch "$folder/complete"
