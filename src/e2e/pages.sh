#!/usr/bin/env bash
# Clicks through Sonde's pages in headless Chromium: with a mouse, with keys only, without
# JavaScript, in both colour schemes and on a phone, with axe-core as the judge of accessibility.
#
#   src/e2e/pages.sh
#
# Needs target/sonde.jar (mvn -q -DskipTests package), chromium, node and npm; install-peers.sh has
# them. SONDE_JAR tries another jar, SONDE_CLASSPATH classes. Screenshots and logs stay in
# target/pages.
set -euo pipefail
cd "$(dirname "$0")/../.."

src/e2e/install-peers.sh
node=$(src/e2e/npm.sh)
folder=$PWD/target/pages
rm -rf "$folder"
mkdir -p "$folder"

children=()
trap 'kill "${children[@]}" 2> /dev/null || true; wait 2> /dev/null || true' EXIT

# A certificate that is soon over, and whose holder would like to be markup.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 5 \
  -subj '/CN=localhost/O=<script>alert("subject")<\/script>' -addext subjectAltName=IP:127.0.0.1 \
  -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2> "$folder/openssl.log"

with_node=(node --preserve-symlinks --preserve-symlinks-main)
"${with_node[@]}" "$node/pages/targets.mjs" "$folder/certificate.pem" "$folder/key.pem" \
  > "$folder/targets" &
children+=($!)
for _ in {1..100}; do grep -q secure "$folder/targets" && break; sleep 0.1; done
# shellcheck source=/dev/null
. "$folder/targets"

cat > "$folder/modules.yml" << 'END'
modules:
  http_2xx:
    prober: http
    http: {headers: {X-Api-Key: never-to-be-seen}}
  http_any_certificate: {prober: http, http: {tls_config: {insecure_skip_verify: true}}}
  https: {prober: http, http: {fail_if_not_ssl: true}}
  tcp_connect: {prober: tcp, timeout: 2s}
  body: {prober: http, http: {fail_if_body_not_matches_regexp: [hello]}}
  '"><script>alert("module")</script>': {prober: http}
END
java=(java -XX:TieredStopAtLevel=1)
if [ -n "${SONDE_CLASSPATH:-}" ]; then
  java+=(-cp "$SONDE_CLASSPATH" io.sonde.Main)
else
  java+=(-jar "${SONDE_JAR:-target/sonde.jar}")
fi
"${java[@]}" --config.file="$folder/modules.yml" --web.listen-address=127.0.0.1:0 \
  --web.route-prefix=/sonde/ --web.external-url=http://127.0.0.1/sonde \
  --web.log-url-template='https://logs.example/explore?q={probe_id}&from={from}&to={to}' \
  --web.dashboard-url-template='https://grafana.example/d/sonde?var-target={target}' \
  > "$folder/sonde.log" 2>&1 &
children+=($!)
touch "$folder/sonde.log"
for _ in {1..200}; do grep -q 'Warmed up' "$folder/sonde.log" && break; sleep 0.1; done
port=$(sed -n 's/.*Listening on.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$folder/sonde.log")

"${with_node[@]}" "$node/pages/fill.mjs" "http://127.0.0.1:$port/sonde/" "$plain" "$secure"
if [ "${1:-}" = --wait ]; then
  echo "pages: http://127.0.0.1:$port/sonde/"
  wait
fi
timeout 300 "${with_node[@]}" "$node/pages/click.mjs" "http://127.0.0.1:$port/sonde/" "http://127.0.0.1:$plain" "$folder"
