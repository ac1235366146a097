#!/usr/bin/env bash
# Rules, alerts and routes as they are shipped: checked and tested by promtool and amtool, then played
# from end to end with windows of a sixtieth: targets go down and come back, Sonde probes them, the
# real Prometheus and Alertmanager judge, and a receiver is told. Beside them the alerts that people
# bring from blackbox_exporter.
#
#   src/e2e/stack.sh
#
# Needs target/sonde.jar (mvn -q -DskipTests package); installs peers if something is missing. Takes
# about a minute. SONDE_JAR tries another jar, SONDE_CACHE keeps the unpacked reference elsewhere. Logs
# stay in target/stack.
set -euo pipefail
cd "$(dirname "$0")/../.."

src/e2e/install-peers.sh
folder=$PWD/target/stack
rm -rf "$folder"
mkdir -p "$folder"
fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
of() { sed -n "s/^$1=//p" <<< "$fetched"; }

rules=(config/prometheus/*.yml)
"$(of promtool)" check rules --lint=all --lint-fatal "${rules[@]}" src/e2e/legacy/alerts.yml
"$(of promtool)" test rules config/prometheus/tests/*.yml
"$(of promtool)" check config docker/prometheus.yml
amtool check-config config/alertmanager/alertmanager.yml

# shellcheck source=src/e2e/leave-nothing.sh
. src/e2e/leave-nothing.sh "$folder"

mapfile -t sources < <(find src/e2e/java/io/sonde/rig src/e2e/java/io/sonde/stack -name '*.java')
# The libraries are those within Sonde's jar: SnakeYAML reads rules and answers.
libraries=target/sonde.jar
javac -Xlint:all -Werror -cp $libraries -d "$folder/classes" "${sources[@]}"
# A shell has what it starts in the background ignore SIGINT, and Sonde would inherit that.
env --default-signal=INT java -cp "$folder/classes:$libraries" \
  -Dsonde.jar="${SONDE_JAR:-target/sonde.jar}" -Dprometheus="$(of prometheus)" \
  -Dfolder="$folder" -Dsources=src/e2e -Dconfig=config \
  io.sonde.stack.Stack &
run_child $!
