#!/usr/bin/env bash
# Runs Sonde as users do: beside nginx, scripted peers, Prometheus, and blackbox_exporter, with
# which every metric and every request is compared.
#
#   src/e2e/run.sh [GROUP...]   groups: comparison, server, prometheus, limits, websocket, reload,
#   shutdown
#
# Needs target/sonde.jar (mvn -q -DskipTests package); installs peers if something is missing.
# SONDE_JAR tries another jar, SONDE_CACHE keeps the unpacked reference elsewhere, and CASES=PREFIX
# compares only the cases whose names begin so; TELL=true prints what the reference did and sent.
# Logs stay in target/e2e.
set -euo pipefail
cd "$(dirname "$0")/../.."

src/e2e/install-peers.sh
folder=$PWD/target/e2e
rm -rf "$folder"
mkdir -p "$folder"
fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
grpc=$(src/e2e/fetch-grpc.sh target/grpc)
of() { sed -n "s/^$1=//p" <<< "$fetched"; }

# shellcheck source=src/e2e/leave-nothing.sh
. src/e2e/leave-nothing.sh "$folder"

mapfile -t sources < <(find src/e2e/java -name '*.java')
# The libraries are those within Sonde's jar: SnakeYAML reads the modules.
libraries=target/sonde.jar
javac -Xlint:all -Werror -cp $libraries -d "$folder/classes" "${sources[@]}"
# A shell has what it starts in the background ignore SIGINT, and Sonde would inherit that.
env --default-signal=INT java -cp "$folder/classes:$libraries" \
  -Dsonde.jar="${SONDE_JAR:-target/sonde.jar}" \
  -Dreference="$(of blackbox_exporter)" -Dreference.version="$(of version)" \
  -Dprometheus="$(of prometheus)" -Dpromtool="$(of promtool)" -Dnginx="$(of nginx)" \
  -Dgrpc="$grpc" -Dfolder="$folder" -Dsources=src/e2e -Ddifferences=docs/compatibility.md \
  -Dkeys=docs/configuration.md \
  -Dcases="${CASES:-}" -Dtell="${TELL:-false}" \
  io.sonde.e2e.EndToEnd "$@" &
run_child $!
