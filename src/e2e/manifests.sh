#!/usr/bin/env bash
# Checks what is for Kubernetes and Compose without either: docker/kubernetes is built by Kustomize and
# held to the published schemas, docker/compose.yml is read by Compose itself. Both checks must tell
# mistakes that are made on purpose.
#
#   src/e2e/manifests.sh
#
# Needs target/sonde.jar. Ends with `manifests: N passed, M failed`, and exit code 0 or 1; where Kustomize
# and Compose cannot be had, says why and ends with 77.
set -euo pipefail
cd "$(dirname "$0")/../.."
trap 'rm -f docker/mistake-$$.yml' EXIT

src/e2e/install-peers.sh
tools=target/tools
src/e2e/fetch-tools.sh $tools kustomize docker-compose || { echo "manifests: no Kustomize, no Compose" >&2; exit 77; }
node=$(src/e2e/npm.sh)
promtool=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}" | sed -n 's/^promtool=//p')
folder=$PWD/target/manifests
rm -rf "$folder"
mkdir -p "$folder"
passed=0
failed=0

check() {
  local claim=$1
  shift
  if "$@" > "$folder/log" 2>&1; then
    passed=$((passed + 1)) && echo "  ok    $claim"
  else
    failed=$((failed + 1)) && echo "  FAIL  $claim" && sed 's/^/        /' "$folder/log"
  fi
}
script() { node --preserve-symlinks --preserve-symlinks-main "$node/manifests/$1.js" "${@:2}"; }
build() { $tools/usr/bin/kustomize build "$1" > "$2"; }
sonde() { java -jar target/sonde.jar "$@"; }

# The base with one component, which a user's own kustomization.yaml would be.
with_component() {
  mkdir -p "$folder/with-$1"
  printf 'resources: [%s]\ncomponents: [%s]\n' \
    "../../../docker/kubernetes/base" "../../../docker/kubernetes/$1" > "$folder/with-$1/kustomization.yaml"
  build "$folder/with-$1" "$folder/$1.yaml"
}

# Refuses the mistake of the sed expression $1 and says $2.
tells() {
  sed "$1" "$folder/example.yaml" > "$folder/mistake.yaml"
  ! cmp -s "$folder/example.yaml" "$folder/mistake.yaml" || { echo "the mistake is not in it"; return 1; }
  ! script check "$folder/mistake.yaml" > "$folder/told" || { echo "it passed"; return 1; }
  grep -qF -- "$2" "$folder/told" || { cat "$folder/told"; return 1; }
}

# The pods' arguments and ConfigMap, as Sonde sees them.
starts() {
  script extract "$folder/$1.yaml" "$folder/config-$1" > "$folder/arguments"
  sed -i "s|=/config$|=$folder/config-$1|" "$folder/arguments"
  grep -qF "$folder/config-$1" "$folder/arguments" || { echo "the ConfigMap is not what it reads"; return 1; }
  sonde "@$folder/arguments" --config.check
}

# Prometheus' view of the rule for prometheus-adapter: its templates filled in as the adapter would.
adapter_query() {
  local rule=docker/kubernetes/autoscale/adapter-rule.yaml
  grep -qF '`sonde_probes_in_flight`' docs/metrics.md
  sed -n "s/^ *metricsQuery: '\(.*\)'/\1/p" $rule | sed -e 's/<<.GroupBy>>/pod/' \
    -e 's/<<.Series>>/sonde_probes_in_flight/' -e 's/<<.LabelMatchers>>/namespace="monitoring",pod=~"sonde-.*"/' > "$folder/query"
  printf 'groups: [{name: adapter, rules: [{record: "pod:in_flight", expr: %s}]}]\n' "'$(cat "$folder/query")'" > "$folder/adapter.yml"
  [ -s "$folder/query" ] && "$promtool" check rules "$folder/adapter.yml"
}

# The rules as objects of the Operator, made as docker/kubernetes/README.md says.
rules_as_objects() {
  sed -n '/^      for file in/,/^      done/p' docker/kubernetes/README.md | sed 's/ | kubectl apply -f -//' > "$folder/rules.sh"
  [ -s "$folder/rules.sh" ] && bash -eu "$folder/rules.sh" > "$folder/rules.yaml" && script check "$folder/rules.yaml"
}

echo "Kubernetes"
for whole in base sharded example; do
  check "$whole builds" build docker/kubernetes/$whole "$folder/$whole.yaml"
  check "$whole fits the schemas" script check "$folder/$whole.yaml"
done
for file in docker/kubernetes/*/kustomization.yaml; do
  grep -q '^kind: Component' "$file" || continue
  name=$(basename "$(dirname "$file")")
  check "the base with $name builds" with_component "$name"
  check "the base with $name fits the schemas" script check "$folder/$name.yaml"
done
check "Sonde starts with the arguments and the ConfigMap of the base" starts base
check "and of the example" starts example
check "rules and alerts fit the Operator's schema" rules_as_objects
while IFS=$'\t' read -r mistake told; do
  check "refused: $mistake" tells "$mistake" "$told"
done < <(grep -v '^#' src/node/manifests/mistakes.txt)
check "Prometheus understands the scrape configuration of shards" \
  "$promtool" check config docker/kubernetes/sharded/scrape.yaml
check "and the query of the rule for prometheus-adapter" adapter_query

echo "Prometheus"
# Every scrape configuration that the documents show: fenced ones, and the README's, which is indented.
snippets() {
  awk -v to="$folder/snippet" '/^```yaml/ { n++; inside = 1; next } /^```/ { inside = 0 } inside { print > (to "-" n ".yml") }' \
    docs/prometheus.md
  sed -n '/^    scrape_configs:/,/^$/s/^    //p' README.md > "$folder/snippet-readme.yml"
  grep -l '^scrape_configs:' "$folder"/snippet-*.yml
}
mapfile -t shown < <(snippets)
check "the documents show scrape configurations" [ ${#shown[@]} -ge 8 ]
for snippet in "${shown[@]}"; do
  check "$(sed -n 's/.*job_name: *//p' "$snippet" | head -n 1 | sed 's/ .*//') is understood" "$promtool" check config "$snippet"
  check "and tells the module" grep -q 'target_label: module' "$snippet"
done
broken() { sed 's/relabel_configs/relabeling/' "${shown[0]}" > "$folder/broken.yml" && ! "$promtool" check config "$folder/broken.yml"; }
check "refused: an unknown key" broken
check "docker/prometheus.yml is understood" "$promtool" check config docker/prometheus.yml

echo "Compose"
compose=$tools/usr/bin/docker-compose
resolve() { $compose -f "$1" config --format json > "$2"; }
# Makes the mistake of the sed expression $1 beside the file, as paths in it are relative to it.
tells_of_compose() {
  local file=docker/mistake-$$.yml
  sed "$1" docker/compose.yml > $file
  ! cmp -s docker/compose.yml $file || { rm $file && echo "the mistake is not in it" && return 1; }
  { resolve $file "$folder/mistake.json" && script compose "$folder/mistake.json"; } > "$folder/told" 2>&1 \
    && { rm $file && echo "it passed" && return 1; }
  rm $file
  grep -qF -- "$2" "$folder/told" || { cat "$folder/told"; return 1; }
}
check "Compose reads it" resolve docker/compose.yml "$folder/compose.json"
check "it keeps its promises" script compose "$folder/compose.json"
while IFS=$'\t' read -r mistake told; do
  check "refused: $mistake" tells_of_compose "$mistake" "$told"
done << 'END'
s/read_only: true/readonly: true/	additional properties 'readonly' not allowed
s/127.0.0.1:9115:9115/9115:9115/	sonde: must listen on the loopback
s/127.0.0.1:9093:9093/127.0.0.1:9090:9093/	port 9090 is taken twice
s/prom\/prometheus:.*/prom\/prometheus/	prometheus: must have an image with a version
s/\.\/loki.yml/.\/loky.yml/	loki: must mount what is there
s/overview.json/outlook.json/	grafana: nothing is mounted at
s/^  tempo:$/  tempi:/	no service is called tempo
END

echo "manifests: $passed passed, $failed failed"
[ "$failed" = 0 ]
