#!/usr/bin/env bash
# Shows that the dashboards are what their sources say, and that every query of every panel, of the
# dashboards here and of those that people had before, is answered by a real Prometheus that scrapes
# a running Sonde.
#
#   src/e2e/boards.sh
#
# Needs target/sonde.jar (mvn -q -DskipTests package); installs what is missing. Where the machine
# lets it, all happens in a network of its own with a name server of its own; elsewhere the panels
# about name servers are not judged. WRITE=true writes the dashboards anew first. SONDE_JAR tries
# another jar, SONDE_CACHE keeps the unpacked Prometheus elsewhere. Logs stay in target/boards.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$PWD/target/boards
if [ "${1:-}" != --within ]; then
  src/e2e/install-peers.sh
  node=$(src/e2e/npm.sh)
  rm -rf "$folder" "$node/boards-built"
  mkdir -p "$folder/dashboards"
  node --preserve-symlinks --preserve-symlinks-main "$node/node_modules/typescript/bin/tsc" -p "$node/boards"
  cp src/node/boards/package.json "$node/boards-built/"
  [ "${WRITE:-}" != true ] || node "$node/boards-built/write.js" config/grafana
  node "$node/boards-built/write.js" "$folder/dashboards"
  diff -r "$folder/dashboards" config/grafana >&2 \
    || { echo "boards: config/grafana is not what src/node/boards says: WRITE=true $0" >&2; exit 1; }
  fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
  grpc=$(src/e2e/fetch-grpc.sh target/grpc)
  of() { sed -n "s/^$1=//p" <<< "$fetched"; }
  root=()
  [ "$(id -u)" = 0 ] || root=(--map-root-user)
  alone=()
  if unshare --net --mount "${root[@]}" true 2> /dev/null; then
    alone=(unshare --net --mount "${root[@]}")
  fi
  PROMETHEUS=$(of prometheus) PROMTOOL=$(of promtool) GRPC=$grpc \
    exec "${alone[@]}" "$0" --within "${alone[0]:-}"
fi

# shellcheck source=src/e2e/leave-nothing.sh
. src/e2e/leave-nothing.sh "$folder"

names=false
if [ -n "$2" ]; then
  ip link set lo up
  echo "nameserver 127.0.0.1" > "$folder/resolv.conf"
  mount --bind "$folder/resolv.conf" /etc/resolv.conf
  names=true
fi
mapfile -t sources < <(find src/e2e/java/io/sonde/rig src/e2e/java/io/sonde/boards -name '*.java')
# The libraries are those within Sonde's jar: SnakeYAML reads JSON.
libraries=target/sonde.jar
javac -Xlint:all -Werror -cp $libraries -d "$folder/classes" "${sources[@]}"
java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$folder/classes:$libraries" \
  -Dsonde.jar="${SONDE_JAR:-target/sonde.jar}" -Dprometheus="$PROMETHEUS" -Dpromtool="$PROMTOOL" \
  -Dgrpc="$GRPC" -Dfolder="$folder" -Dsources="$PWD/src/e2e/boards" -Dnames=$names \
  -Drules="$PWD/config/prometheus" -Dboards="$PWD/config/grafana" -Ddocument="$PWD/docs/dashboards.md" \
  -Dlegacy="$PWD/src/e2e/legacy/dashboards.txt" io.sonde.boards.Boards &
run_child $!
