#!/usr/bin/env bash
# Runs Sonde as an operator does: exposed by TLS and passwords to a real Prometheus, reloaded, attacked,
# crowded and watched, beside blackbox_exporter where both can do it.
#
#   src/e2e/operate.sh [GROUP...]   groups: scrapes, refusals, reload, crowd, guesses, soak, wire, policy
#
# Needs target/sonde.jar (mvn -q -DskipTests package); installs peers if something is missing. Takes
# about two minutes. SONDE_SOAK=true takes the full counts (100,000 probes, longer attacks): about ten
# minutes. SONDE_JAR tries another jar, SONDE_CACHE keeps the unpacked reference elsewhere. Logs stay in
# target/operate.
set -euo pipefail
cd "$(dirname "$0")/../.."

src/e2e/install-peers.sh
folder=$PWD/target/operate
rm -rf "$folder"
mkdir -p "$folder"
fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
of() { sed -n "s/^$1=//p" <<< "$fetched"; }

# shellcheck source=src/e2e/leave-nothing.sh
. src/e2e/leave-nothing.sh "$folder"

mapfile -t sources < <(find src/e2e/java/io/sonde/rig src/e2e/java/io/sonde/operate -name '*.java')
javac -Xlint:all -Werror -d "$folder/classes" "${sources[@]}"
env --default-signal=INT java -cp "$folder/classes" \
  -Dsonde.jar="${SONDE_JAR:-target/sonde.jar}" -Djvm.options="$PWD/docker/jvm.options" \
  -Dreference="$(of blackbox_exporter)" -Dprometheus="$(of prometheus)" -Dpromtool="$(of promtool)" \
  -Dfolder="$folder" -Dsources="$PWD/src/e2e/operate" -Dsoak="${SONDE_SOAK:-false}" \
  io.sonde.operate.Operation "$@" &
run_child $!
