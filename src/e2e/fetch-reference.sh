#!/usr/bin/env bash
# Unpacks, without installing, what Sonde is compared with: blackbox_exporter, Prometheus and
# promtool, all from Debian's unstable suite, into the folder given (default target/reference).
#
#   src/e2e/fetch-reference.sh [FOLDER]
#
# Prints `blackbox_exporter=PATH`, `prometheus=PATH`, `promtool=PATH` and `version=X`, one a line.
# The mirror is the one that this machine's apt uses. Where unstable cannot be had, the packages of
# the machine's own suite are taken, and the version printed says so.
set -euo pipefail

folder=${1:-target/reference}
packages=(prometheus-blackbox-exporter prometheus)
# The machine's own suite carries promtool inside the prometheus package; newer suites split it off.
optional=(promtool)
retries=2

note() { echo "fetch-reference: $*" >&2; }

# The first mirror of Debian proper (not its security archive) in the machine's own sources.
mirror() {
  {
    sed -nE 's/^URIs:[[:space:]]*([^[:space:]]+).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p' \
      /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | grep -E '/debian/?$' | head -n 1
}

# Runs apt-get with lists, cache and sources of its own, so that the machine's stay as they are.
own_apt() {
  apt-get -q \
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" \
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=$retries \
    -o Acquire::http::Timeout=30 "$@"
}

# Downloads and unpacks from one suite; false if the suite or a package is not to be had.
take_from() {
  local suite=$1
  rm -rf "$apt" "$folder/unpacked"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/debs" "$folder/unpacked"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $suite main" \
    > "$apt/sources.list"
  note "reading the package list of $suite"
  own_apt update > "$apt/update.log" 2>&1 || { note "no package list of $suite"; return 1; }
  grep -qE '^(W|E): ' "$apt/update.log" && { note "no sound package list of $suite"; return 1; }
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

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
apt=$folder/apt
if [ ! -s "$folder/version" ] || [ ! -x "$folder/unpacked/usr/bin/promtool" ]; then
  rm -f "$folder/version"
  [ -n "$(mirror)" ] || { note "this machine's apt names no mirror of Debian"; exit 1; }
  own_suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
  take_from sid || take_from "$own_suite" || { note "no reference to be had"; exit 1; }
  rm -rf "$apt/lists" "$apt/cache" "$apt/debs"
fi
note "blackbox_exporter $(cat "$folder/version")"
bin=$folder/unpacked/usr/bin
printf 'blackbox_exporter=%s\nprometheus=%s\npromtool=%s\nversion=%s\n' \
  "$bin/prometheus-blackbox-exporter" "$bin/prometheus" "$bin/promtool" "$(cat "$folder/version")"
