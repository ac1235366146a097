#!/usr/bin/env bash
# Builds the image without a container engine and runs it in every way that docs/running.md promises.
#
#   src/e2e/image.sh [build]     build: make the image and stop
#
# As root on Debian. Needs target/sonde.jar (mvn -q -DskipTests package); installs buildah, podman,
# runc and debootstrap where they are missing. The base images that the Dockerfile
# names are stood in for by a Debian made on the spot with this machine's newest JDK. Takes about four
# minutes at first, less later; everything stays below target/image. Ends with
# `image: N passed, M failed` and exit code 0 or 1; where containers cannot run, says why and ends with 77.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$PWD/target/image
storage=${SONDE_IMAGE_STORAGE:-$folder/storage}
image=localhost/sonde:e2e
passed=0
failed=0
containers=()

say() { echo "image: $*"; }
pass() { passed=$((passed + 1)) && echo "  ok    $*"; }
fail() { failed=$((failed + 1)) && echo "  FAIL  $*"; }
check() { local claim=$1; shift; if "$@"; then pass "$claim"; else fail "$claim"; fi; }

store=(--root "$storage/root" --runroot "$storage/run" --storage-driver "${SONDE_IMAGE_DRIVER:-overlay}")
engine() { podman "${store[@]}" --cgroup-manager cgroupfs --runtime runc "$@"; }
builder() { buildah "${store[@]}" "$@"; }

clean_up() {
  local status=$?
  trap - EXIT INT TERM
  exec < /dev/null
  for container in "${containers[@]}"; do engine rm -f -t 0 "$container" > /dev/null 2>&1 || true; done
  [ -z "${peer:-}" ] || kill "$peer" 2> /dev/null || true
  builder rm --all > /dev/null 2>&1 || true
  umount "$storage/root/overlay" 2> /dev/null || true
  [ -n "${SONDE_IMAGE_STORAGE:-}" ] || [ "$mode" = build ] || rm -rf "$storage"
  exit "$status"
}
mode=${1:-all}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# shellcheck source=src/e2e/image/build.sh
. src/e2e/image/build.sh
# shellcheck source=src/e2e/image/container.sh
. src/e2e/image/container.sh
# shellcheck source=src/e2e/image/variants.sh
. src/e2e/image/variants.sh

cannot() { say "cannot run here: $*" && exit 77; }

[ "$(id -u)" = 0 ] || cannot "needs root"
command -v apt-get > /dev/null || cannot "needs Debian"
unshare --mount true 2> /dev/null || cannot "may not make namespaces"
[ -s target/sonde.jar ] || { say "no target/sonde.jar: mvn -q -DskipTests package" && exit 1; }
mkdir -p "$folder"
install_tools
make_bases
runs_containers || cannot "the engine does not run a container: $(tail -n 1 "$folder/engine.log")"
build_image
[ "$mode" != build ] || { say "built $image in $storage" && exit 0; }
describe_image
serving_variants
pings
refusals
measurements
compose_files
say "$passed passed, $failed failed"
[ "$failed" = 0 ]
