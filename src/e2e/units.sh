#!/usr/bin/env bash
# Checks the units of config/systemd: that systemd understands every line of them, and that the
# service is exposed no more than 2.0 of 10 by systemd's own count. Needs systemd-analyze, no systemd.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Verifying wants every program to be there: Java is wherever it is on this machine.
for unit in config/systemd/*; do
  sed "s|/usr/bin/java|$(command -v java)|" "$unit" > "$folder/${unit##*/}"
done
said=$(systemd-analyze verify --man=no "$folder"/*.service "$folder"/*.socket 2>&1) || true
[ -z "$said" ] || { echo "units: systemd does not like"; echo "$said"; exit 1; }
systemd-analyze security --offline=true --threshold=20 --no-pager config/systemd/sonde.service > "$folder/list" \
  || { cat "$folder/list"; echo "units: sonde.service is exposed by more than 2.0"; exit 1; }
tail -n 1 "$folder/list"
