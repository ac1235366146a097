#!/usr/bin/env bash
# Unpacks, without installing, what Sonde is compared with: blackbox_exporter, Prometheus and
# promtool, all from Debian's unstable suite, into the folder given (default target/reference);
# beside them an nginx that speaks HTTP/3, with the libraries it needs.
#
#   src/e2e/fetch-reference.sh [FOLDER]
#
# Prints `blackbox_exporter=PATH`, `prometheus=PATH`, `promtool=PATH`, `nginx=PATH` and `version=X`,
# one a line. The mirror is the one that this machine's apt uses. Where unstable cannot be had, the
# packages of the machine's own suite are taken, the version printed says so, and there is no nginx.
set -euo pipefail

folder=${1:-target/reference}
packages=(prometheus-blackbox-exporter prometheus)
# The machine's own suite carries promtool inside the prometheus package; newer suites split it off.
optional=(promtool)
# Unstable's nginx does not run on the machine's own C library, so it brings all that it links.
nginx=(nginx libc6 libcrypt1 libpcre2-8-0 libssl3t64 libzstd1 zlib1g)

# shellcheck source=src/e2e/apt.sh
. "$(dirname "$0")/apt.sh"

note() { echo "fetch-reference: $*" >&2; }

# Downloads and unpacks from one suite; false if the suite or a package is not to be had.
take_from() {
  local suite=$1
  rm -rf "$folder/unpacked"
  mkdir -p "$folder/unpacked"
  note "reading the package list of $suite"
  read_suite "$suite" || { note "no sound package list of $suite"; return 1; }
  note "downloading ${packages[*]} ${optional[*]} from $suite"
  (cd "$apt/debs" && own_apt download "${packages[@]}" > ../download.log 2>&1) \
    || { note "$suite lacks a package"; return 1; }
  (cd "$apt/debs" && own_apt download "${optional[@]}" >> ../download.log 2>&1) || true
  local deb
  for deb in "$apt"/debs/*.deb; do dpkg -x "$deb" "$folder/unpacked"; done
  "$folder/unpacked/usr/bin/prometheus-blackbox-exporter" --version > "$apt/version.log" 2>&1 \
    || { note "what $suite carries does not run here"; return 1; }
  sed -nE 's/^blackbox_exporter, version ([^ ]+).*/\1/p' "$apt/version.log" > "$folder/version"
  [ -s "$folder/version" ]
}

# Downloads and unpacks nginx from the suite whose lists are here, and a script that runs it.
take_nginx() {
  local deb loader home=$folder/nginx
  rm -rf "$home"
  mkdir -p "$apt/nginx" "$home"
  note "downloading ${nginx[*]}"
  (cd "$apt/nginx" && own_apt download "${nginx[@]}" > ../nginx.log 2>&1) || return 1
  for deb in "$apt"/nginx/*.deb; do dpkg -x "$deb" "$home"; done
  loader=$(find "$home/usr/lib" -name 'ld-linux-*.so.*' | head -n 1)
  printf '#!/bin/sh\nexec %s --library-path %s %s "$@"\n' \
    "$loader" "$(dirname "$loader")" "$home/usr/sbin/nginx" > "$home/run"
  chmod +x "$home/run"
  "$home/run" -v > "$apt/nginx-version.log" 2>&1 || { rm "$home/run"; return 1; }
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
apt=$folder/apt
if [ ! -s "$folder/version" ] || [ ! -x "$folder/unpacked/usr/bin/promtool" ] \
  || [ ! -e "$folder/nginx" ]; then
  rm -f "$folder/version"
  [ -n "$(mirror)" ] || { note "this machine's apt names no mirror of Debian"; exit 1; }
  own_suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
  if take_from sid; then
    take_nginx || note "no nginx from sid"
  else
    take_from "$own_suite" || { note "no reference to be had"; exit 1; }
  fi
  mkdir -p "$folder/nginx"
  rm -rf "$apt/lists" "$apt/cache" "$apt/debs" "$apt/nginx"
fi
note "blackbox_exporter $(cat "$folder/version")"
bin=$folder/unpacked/usr/bin
printf 'blackbox_exporter=%s\nprometheus=%s\npromtool=%s\nnginx=%s\nversion=%s\n' \
  "$bin/prometheus-blackbox-exporter" "$bin/prometheus" "$bin/promtool" \
  "$(find "$folder/nginx" -maxdepth 1 -name run)" "$(cat "$folder/version")"
