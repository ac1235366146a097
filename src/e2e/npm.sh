#!/usr/bin/env bash
# Installs what src/node/package-lock.json names into target/node, beside links to the sources in
# src/node, and prints the folder. Does nothing but that if it is there already.
set -euo pipefail
cd "$(dirname "$0")/../node"
sources=$PWD
folder=${1:-../../target/node}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

if ! cmp -s package-lock.json "$folder/installed"; then
  rm -rf "$folder/node_modules" "$folder/installed"
  cp package.json package-lock.json .npmrc "$folder/"
  (cd "$folder" && npm ci > npm.log 2>&1) || { cat "$folder/npm.log" >&2; exit 1; }
  cp package-lock.json "$folder/installed"
fi
for source in "$sources"/*/; do ln -sfn "${source%/}" "$folder/$(basename "$source")"; done
echo "$folder"
