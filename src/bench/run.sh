#!/usr/bin/env bash
# Measures Sonde beside blackbox_exporter on this machine and prints a table.
#
#   src/bench/run.sh [--only=http,https,http2,http3,tcp,dns,icmp,grpc,start,held,silent,truth,operate]
#                    [--warmup=PROBES] [--seconds=SECONDS] [--rounds=N] [--starts=N] [--connections=N]
#                    [--java-options="-Xmx64m ..."]
#
# Needs target/sonde.jar (mvn -q -DskipTests package), nginx, Caddy, BIND, wrk, htpasswd and openssl.
# Takes about twenty minutes. SONDE_JAR measures another jar; SONDE_CACHE keeps the unpacked reference elsewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."

case " $* " in *" --help "*) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;; esac

folder=$PWD/target/bench
rm -rf "$folder"
mkdir -p "$folder"
fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
grpc=$(src/e2e/fetch-grpc.sh target/grpc)
of() { sed -n "s/^$1=//p" <<< "$fetched"; }

# shellcheck source=src/e2e/leave-nothing.sh
. src/e2e/leave-nothing.sh "$folder"

mapfile -t sources < <(find src/e2e/java/io/sonde/rig src/bench/java -name '*.java')
javac -Xlint:all -Werror -d "$folder/classes" "${sources[@]}"
java -cp "$folder/classes" \
  -Dsonde.jar="${SONDE_JAR:-target/sonde.jar}" \
  -Dreference="$(of blackbox_exporter)" -Dreference.version="$(of version)" \
  -Dgrpc="$grpc" -Dfolder="$folder" -Dsources=src/bench \
  io.sonde.bench.Bench "$@" &
run_child $!
