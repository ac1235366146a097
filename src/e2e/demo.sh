#!/usr/bin/env bash
# Plays docker/compose.yml without containers: Sonde, Prometheus, Alertmanager and Caddy as they are
# installed here, with the arguments and configuration files of the services. Only addresses and paths are
# replaced, and waiting is shortened: seconds instead of minutes.
#
#   src/e2e/demo.sh
#
# Needs target/sonde.jar. Takes about a minute. Logs stay in target/demo. Ends with
# `demo: N passed, M failed` and exit code 0 or 1; where Compose cannot be had, says why and ends with 77.
set -euo pipefail
cd "$(dirname "$0")/../.."

src/e2e/install-peers.sh
src/e2e/fetch-tools.sh target/tools kustomize docker-compose || { echo "demo: no Compose" >&2; exit 77; }
node=$(src/e2e/npm.sh)
fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
prometheus=$(sed -n 's/^prometheus=//p' <<< "$fetched")
folder=$PWD/target/demo
rm -rf "$folder"
mkdir -p "$folder/rules"
# shellcheck source=src/e2e/leave-nothing.sh
. src/e2e/leave-nothing.sh "$folder"
passed=0
failed=0

# No process that sleeps: a pipe on which nothing comes.
exec {silence}<> <(:)
nap() { read -rt "$1" -u "$silence" || true; }
check() {
  local claim=$1
  shift
  if "$@"; then passed=$((passed + 1)) && echo "  ok    $claim"; else failed=$((failed + 1)) && echo "  FAIL  $claim"; fi
}

declare -A port
for name in sonde prometheus alertmanager pager shop well tls nobody; do
  while port[$name]=$((20000 + RANDOM % 10000)); { exec 9<> "/dev/tcp/127.0.0.1/${port[$name]}"; } 2> /dev/null; do
    exec 9>&-
  done
done

# The services' names and ports as they are here. What has no program here is where nobody listens.
translate() {
  sed -E -e "s/\b(sonde:9115|localhost:9115)\b/127.0.0.1:${port[sonde]}/g" \
    -e "s/\b(prometheus:9090|localhost:9090)\b/127.0.0.1:${port[prometheus]}/g" \
    -e "s/\b(alertmanager:9093|localhost:9093)\b/127.0.0.1:${port[alertmanager]}/g" \
    -e "s/127\.0\.0\.1:9099\b/127.0.0.1:${port[pager]}/g" \
    -e "s/\bshop:8080\b/localhost:${port[shop]}/g" -e "s/\bshop:8082\b/localhost:${port[well]}/g" \
    -e "s/\bshop:8443\b/localhost:${port[tls]}/g" -e "s/\bshop:8081\b/localhost:${port[nobody]}/g" \
    -e "s/\b(grafana:3000|loki:3100|tempo:3200|tempo:4318)\b/127.0.0.1:${port[nobody]}/g" \
    -e 's/\[shop, prometheus\]/[127.0.0.1, localhost]/' \
    -e "s|/etc/prometheus/rules|$folder/rules|" -e "s|/etc/prometheus|$folder|" \
    -e "s|/etc/alertmanager|$folder|" -e "s|=/prometheus$|=$folder/tsdb|" -e "s|=/alertmanager$|=$folder/alertmanager|" \
    -e "s|/etc/blackbox_exporter/config.yml|$PWD/config/sonde.yml|" "$@"
}
arguments_of() {
  node --preserve-symlinks --preserve-symlinks-main "$node/manifests/compose.js" "$folder/compose.json" "$1" | translate
}

# start NAME SERVICE PROGRAM... runs a program with the arguments of a service, in a folder of its own.
start() {
  local name=$1 service=$2 arguments
  shift 2
  mapfile -t arguments < <(arguments_of "$service")
  mkdir -p "$folder/run-$name"
  (cd "$folder/run-$name" && exec env HOME="$folder/run-$name" "$@" "${arguments[@]}" > log 2>&1) &
  echo $! >> "$folder/pids" && disown
}

target/tools/usr/bin/docker-compose -f docker/compose.yml config --format json > "$folder/compose.json"
translate docker/prometheus.yml | sed 's/: [45]s$/: 1s/' > "$folder/prometheus.yml"
# One job more: the one that spreads targets over shards, at addresses where nobody listens.
mkdir "$folder/targets"
for i in {1..60}; do echo "- targets: [https://www$i.example.com]"; done > "$folder/targets/websites.yml"
sed -n '/- job_name/,$p' docker/kubernetes/sharded/scrape.yaml | sed -e 's/job_name: websites/job_name: shards/' \
  -e 's/sonde-$1.monitoring.svc:9115/127.0.0.1$1:1/' | translate >> "$folder/prometheus.yml"
translate config/alertmanager/alertmanager.yml | sed -E 's/(group_wait|group_interval): .*/\1: 1s/' > "$folder/alertmanager.yml"
for file in config/prometheus/*.yml; do
  sed -E 's/^( *for:) .*/\1 2s/' "$file" > "$folder/rules/$(basename "$file")"
done
# Eight minutes are 24 seconds.
sed -E -e 's/% 480/% 24/g; s/>= 240/>= 12/; s/(<|>=) 400/\1 20/' -e "s/http:\/\/:8080/http:\/\/:${port[shop]}/" \
  -e "s/http:\/\/:8082/http:\/\/:${port[well]}/" -e "s/shop:8443/localhost:${port[tls]}/" \
  -e 's/^\tadmin off/&\n\tdefault_bind 127.0.0.1/' docker/demo/Caddyfile > "$folder/Caddyfile"

start sonde sonde java -jar "$PWD/target/sonde.jar" --web.listen-address="127.0.0.1:${port[sonde]}"
start prometheus prometheus "$prometheus" --web.listen-address="127.0.0.1:${port[prometheus]}"
start alertmanager alertmanager prometheus-alertmanager --web.listen-address="127.0.0.1:${port[alertmanager]}"
start pager pager
mkdir -p "$folder/run-shop"
(cd "$folder/run-shop" && exec env HOME="$folder/run-shop" caddy run --config ../Caddyfile --adapter caddyfile > log 2>&1) &
echo $! >> "$folder/pids" && disown

# Asks Prometheus for a number: the value of an aggregate, nothing if there is none.
number() {
  curl -s -G --data-urlencode "query=$1" "http://127.0.0.1:${port[prometheus]}/api/v1/query" |
    sed -n 's/.*"value":\[[^,]*,"\([^"]*\)"\].*/\1/p'
}
# becomes SECONDS VALUE QUERY: within the time, the query has that value.
becomes() {
  local end=$((SECONDS + $1))
  while [ "$(number "$3")" != "$2" ]; do
    [ $SECONDS -lt $end ] || { echo "        $3 is $(number "$3")" && return 1; }
    nap 0.3
  done
}
shop="instance=\"http://localhost:${port[shop]}/\""
firing='count(ALERTS{alertname="EndpointDown",alertstate="firing",'
told() { grep -q '"method":"POST","host":"[^"]*","uri":"/alerts"' "$folder/run-pager/log"; }
resolved() {
  local end=$((SECONDS + 40))
  while curl -s "http://127.0.0.1:${port[alertmanager]}/api/v2/alerts?filter=alertname%3DEndpointDown" | grep -q "localhost:${port[shop]}/\""; do
    [ $SECONDS -lt $end ] || return 1
    nap 0.3
  done
}
# costs MODULE PROBER COLUMN: as many series for a target of the module as docs/metrics.md tells of the prober.
costs() {
  becomes 30 "$(sed -n "s/^| \`$2\` | //p" docs/metrics.md | cut -d' ' -f"$3")" "max(scrape_samples_scraped{module=\"$1\"} and (probe_success == 1))"
}
# Each of the three shards is asked for a fair part of the sixty targets, by the request that the documents tell.
spreads() {
  local urls shard part
  urls=$(curl -s "http://127.0.0.1:${port[prometheus]}/api/v1/targets?scrapePool=shards" | grep -o '"scrapeUrl":"[^"]*"')
  for shard in 0 1 2; do
    part=$(grep -cE "http://127.0.0.1$shard:1/probe\?module=http_2xx(&|\\\\u0026)target=https%3A%2F%2Fwww[0-9]+.example.com" <<< "$urls" || true)
    [ "$part" -ge 10 ] || { echo "        shard $shard has $part of $(wc -l <<< "$urls")" && return 1; }
  done
}
sound_rules() { ! curl -s "http://127.0.0.1:${port[prometheus]}/api/v1/rules" | grep -q '"health":"err"'; }
json_log() { ! grep -qv '^{"time":.*}$' "$folder/run-sonde/log"; }

echo "What the newcomer sees"
# Eighteen targets, of which two of those that are not here have become one.
check "Prometheus reaches Sonde, Alertmanager and itself, and all probes are answered" becomes 40 17 'count(up == 1)'
check "what is well passes: three daemons over http, two ports, two pings, a certificate" \
  becomes 30 8 "count(probe_success{instance!~\"http://localhost:${port[shop]}/.*\"} == 1)"
check "nobody listens, which is told" becomes 30 1 \
  "count(probe_failure_info{instance=\"http://localhost:${port[nobody]}/\",phase=\"connect\",reason=\"refused\"})"
check "a certificate of an unknown authority is told" becomes 30 1 \
  "count(probe_failure_info{instance=\"https://localhost:${port[tls]}/\",reason=\"cert_untrusted\"})"
check "its days are numbered" becomes 30 1 \
  'count(instance:probe_certificate_left:seconds{job="certificates"} > 0 < 12 * 3600 + 1)'
check "an alert fires" becomes 30 1 "${firing}instance=\"http://localhost:${port[nobody]}/\"})"
check "the shop falls ill and answers 503" becomes 30 1 "count(probe_failure_info{$shop,reason=\"status\"})"
check "its alert fires" becomes 30 1 "${firing}$shop})"
check "it dies: connections end without an answer" becomes 30 1 "count(probe_failure_info{$shop,reason=\"closed\"})"
check "it is well again" becomes 30 1 "sum(probe_success{$shop})"
check "its staff's door is locked" becomes 30 1 'sum(probe_success{job="doors"})'
check "its alert resolves" becomes 30 "" "${firing}$shop})"
check "Alertmanager has forgotten it" resolved
check "the pager was told" told
check "a target over http costs as many series as docs/metrics.md says" costs http_2xx http 1
check "and over tcp" costs tcp_connect tcp 1
check "and over TLS" costs tls_expiry tcp 3
check "and by pings" costs icmp icmp 1
check "hashmod spreads targets over shards" spreads
check "and leaves them their names" becomes 30 60 'count(up{job="shards",module="http_2xx",instance=~"https://www[0-9]+.example.com"})'
check "every rule could be evaluated" sound_rules
check "Sonde's log is JSON, line by line" json_log
echo "demo: $passed passed, $failed failed"
[ "$failed" = 0 ]
