# Sourced by image.sh: the ways to run the image, what each must do, and what it costs.

# What any scanner would ask of the image.
describe_image() {
  say "the image"
  local size
  size=$(engine image inspect -f '{{.Size}}' "$image")
  size=$((size / 1000000))
  engine image inspect -f '  entry point {{.Config.Entrypoint}}, arguments {{.Config.Cmd}}, user {{.Config.User}}, ports {{.Config.ExposedPorts}}' "$image"
  echo "  unpacked $size MB"
  check "at most 120 MB unpacked" [ "$size" -le 120 ]
  check "has a health check" [ "$(engine image inspect -f '{{.HealthCheck.Test}}' "$image")" = "[CMD /opt/sonde/bin/healthcheck]" ]
  check "is labelled" [ -n "$(engine image inspect -f '{{index .Labels "org.opencontainers.image.version"}}' "$image")" ]
}

# A listener with TLS whose certificate $folder/mounted/ca.pem vouches for itself.
https_peer() {
  peer_port=$(free_port)
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=peer -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$folder/peer.key" -out "$folder/mounted/ca.pem" 2> /dev/null
  openssl s_server -accept "127.0.0.1:$peer_port" -key "$folder/peer.key" -cert "$folder/mounted/ca.pem" \
    -www -quiet > /dev/null 2>&1 &
  peer=$!
}

mounted_files() {
  local mounted=$folder/mounted
  rm -rf "$mounted"
  mkdir -p "$mounted"
  https_peer
  cat > "$mounted/blackbox.yaml" <<'YAML'
modules:
  http_2xx:
    prober: http
  https:
    prober: http
    http:
      basic_auth: {username: probe, password_file: /config/password}
      tls_config: {ca_file: /config/ca.pem}
  json:
    prober: http
    http: {fail_if_body_json_not_matches_cel: body.ready}
  names:
    prober: dns
    dns: {query_name: localhost}
YAML
  printf 'modules:\n  web:\n    prober: http\n    http: {methud: GET}\n' > "$mounted/broken.yaml"
  cp "$mounted/blackbox.yaml" "$mounted/secret.yaml"
  echo secret > "$mounted/password"
  chmod 0644 "$mounted"/*
  chmod 0400 "$mounted/secret.yaml" "$mounted/password"
}

strictest=(--read-only --read-only-tmpfs=false --cap-drop all --security-opt no-new-privileges --memory 128m)

serving_variants() {
  mounted_files
  say "as it comes"
  serve plain --
  check "plain: runs as nobody" [ "$(status Uid | cut -f 1)" = 65534 ]
  check "plain: the JVM is process 1" [ "$(status NSpid | cut -f 2)" = 1 ]
  check "plain: epoll and BoringSSL" log_says 'transport=epoll.*tls=boringssl'
  check "plain: has the built-in modules" grep -q '^probe_success 1' <<< "$(probe tcp_connect "127.0.0.1:$port")"
  check "plain: healthy" engine exec "$container" /opt/sonde/bin/healthcheck
  engine kill --signal HUP "$container" > /dev/null
  check "plain: reloads on SIGHUP" log_says 'Reloaded config file'
  check "plain: ends on SIGTERM with exit code 0" stop

  say "as root"
  serve root --user 0:0 --
  check "root: runs as root" [ "$(status Uid | cut -f 1)" = 0 ]
  check "root: stops" stop

  say "nothing writable, no capability, 128 MiB"
  serve strict "${strictest[@]}" --
  check "strict: epoll and BoringSSL" log_says 'transport=epoll.*tls=boringssl'
  check "strict: has no capability" [ "$(status CapEff)" = 0000000000000000 ]
  check "strict: can write nowhere" \
    [ -z "$(engine exec "$container" find / -xdev -writable '(' -type f -o -type d ')' -not -path '/proc/*' 2> /dev/null)" ]
  check "strict: stops" stop

  say "as the Helm chart runs it: another user, its own path, mounted files"
  serve chart "${strictest[@]}" --user 1000:1000 --volume "$folder/mounted:/config:ro" \
    -- --config.file=/config/blackbox.yaml
  local answer
  answer=$(probe https "https://127.0.0.1:$peer_port/")
  check "chart: a secret that it may not read is told" grep -q 'probe_failure_info{.*reason="config"' <<< "$answer"
  chown 1000 "$folder/mounted/password"
  answer=$(probe https "https://127.0.0.1:$peer_port/")
  check "chart: reads a secret of mode 0400 that is its user's" grep -q '^probe_success 1' <<< "$answer"
  check "chart: https, verified" grep -q '^probe_http_ssl 1' <<< "$answer"
  check "chart: stops" stop

  say "the other commands"
  check "sonde check: finds nothing wrong" runs_once check /config/blackbox.yaml
  check "sonde check: finds what is wrong" not runs_once check /config/broken.yaml
  check "sonde probe: passes" \
    runs_once probe --config.file=/config/blackbox.yaml https "https://127.0.0.1:$peer_port/"

  say "with NET_RAW and nothing else, as root"
  serve netraw "${strictest[@]}" --user 0:0 --cap-add NET_RAW --
  check "netraw: has that capability" [ "$(status CapEff)" = 0000000000002000 ]
  check "netraw: stops" stop

  say "a JVM option of the user's: one that refuses to start without the archive of classes"
  serve archive --env JAVA_OPTS=-Xshare:on --
  check "archive: stops" stop

  say "health"
  serve elsewhere --
  check "health: found on another port" engine exec "$container" /opt/sonde/bin/healthcheck
  check "health: stops" stop
  check "health: not healthy where nobody listens" not_healthy
}

# A command, with the mounted files, in a container of its own.
runs_once() {
  engine run --rm --no-healthcheck --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network host \
    "${strictest[@]}" --user 1000:1000 --volume "$folder/mounted:/config:ro" "$image" "$@" > "$folder/command.log" 2>&1
}

not_healthy() {
  ! engine run --rm --no-healthcheck --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network none \
    --entrypoint /opt/sonde/bin/healthcheck "$image" > /dev/null 2>&1
}

# Who may send a ping, as docs/running.md says. Busybox knows raw sockets only, so the other kind is
# asked for from outside, in a container's network, as its user.
pings() {
  say "who may send a ping"
  local closed=(--cap-drop all --sysctl 'net.ipv4.ping_group_range=1 0')
  check "root with NET_RAW: a raw socket" ping_in "${closed[@]}" --user 0:0 --cap-add NET_RAW
  check "nobody with NET_RAW, which podman makes ambient: a raw socket" \
    ping_in "${closed[@]}" --security-opt no-new-privileges --cap-add NET_RAW
  check "root without NET_RAW: none" not ping_in "${closed[@]}" --user 0:0
  check "nobody: an unprivileged socket, where the range of groups is open" \
    pings_unprivileged '0 2147483647'
  check "nobody: none, where it is closed" not pings_unprivileged '1 0'
}

not() { ! "$@"; }

small=(--no-healthcheck --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --entrypoint /bin/busybox)

ping_in() { engine run --rm "${small[@]}" "$@" "$image" ping -c 1 -W 5 127.0.0.1 > /dev/null 2>&1; }

pings_unprivileged() {
  local name=sonde-e2e-ping-$$ opened=0
  engine run -d --name "$name" "${small[@]}" --cap-drop all --sysctl "net.ipv4.ping_group_range=$1" \
    "$image" sleep 60 > /dev/null
  nsenter -n -t "$(engine inspect -f '{{.State.Pid}}' "$name")" \
    setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all \
    perl -MSocket -e 'socket(my $s, AF_INET, SOCK_DGRAM, getprotobyname("icmp") || 1) or exit 1' || opened=1
  engine rm -f -t 0 "$name" > /dev/null
  return $opened
}

refusals() {
  say "what it refuses"
  local mounted=(--volume "$folder/mounted:/config:ro")
  port=$(free_port)
  refuse "missing configuration" '/config/nowhere.yaml: no such file or directory" advice="name a file' \
    "${mounted[@]}" -- --config.file=/config/nowhere.yaml
  mkdir "$folder/empty" # what engines make of a file that the host does not have
  refuse "mount whose file is missing" 'no file in /config/modules.yml whose name .*advice="put .*container engines make' \
    --volume "$folder/empty:/config/modules.yml:ro" -- --config.file=/config/modules.yml
  refuse "broken configuration" 'broken.yaml:4.*methud.*advice="correct the file' \
    "${mounted[@]}" -- --config.file=/config/broken.yaml
  refuse "unreadable configuration" \
    'secret.yaml: permission denied" advice="let user 65534 .* it belongs to user 0 .* mode r--------' \
    "${mounted[@]}" -- --config.file=/config/secret.yaml
  refuse "port in use" "$peer_port.*Address already in use\" advice=\"another process listens there" \
    -- "--web.listen-address=127.0.0.1:$peer_port"
  refuse "low port" '127.0.0.1:99: .*Permission denied" advice="ports below 1024' \
    "${strictest[@]}" -- --web.listen-address=127.0.0.1:99
  refuse "limit of 64 MiB" 'memory limit of 64 MiB is too small' --memory 64m -- "--web.listen-address=127.0.0.1:$port"
  refuse "unknown flag" "unknown long flag '--nope'" -- --nope
}

median() { sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'; }

measurements() {
  start_times

  say "memory, under the limit of 128 MiB"
  serve memory "${strictest[@]}" --
  nap 2
  memory_line "idle" 95
  wrk -t 1 -c 16 -d 10s "http://127.0.0.1:$port/probe?target=http://127.0.0.1:$port/-/healthy" \
    | sed -n 's/^Requests\/sec: */  probes a second while loading: /p'
  nap 32
  memory_line "after load" 120
  hold_probes 2000 150
  check "memory: stops" stop
}

# On a quiet machine the median counts. On a busy one the clock says little of most starts, so there it is
# the quickest, and only where it went before other work; the processor time, to which shared cores and
# caches add a third, counts everywhere.
start_times() {
  local load busy ahead=1 times=() cpu_times=() i middle middle_cpu quickest
  read -r load _ < /proc/loadavg
  busy=$(awk "BEGIN {print ($load > $(nproc))}")
  say "start to first answered probe, of nine, before other work where that is allowed, at load $load"
  for i in 1 2 3 4 5 6 7 8 9; do
    port=$(free_port)
    create "start$i" "${strictest[@]}" -- "--web.listen-address=127.0.0.1:$port"
    # This shell as well, without what it starts: else the clock would tell how long it had to wait.
    { first_of_all "$pid" -p 20 && first_of_all $$ --reset-on-fork -p 21; } || ahead=0
    if start "$port"; then times+=("$millis") && cpu_times+=("$cpu_millis"); fi
    chrt -o -p 0 $$ > /dev/null 2>&1 || true
    stop > /dev/null || true
  done
  check "all nine answered" [ ${#times[@]} = 9 ]
  middle=$(printf '%s\n' "${times[@]}" | median)
  middle_cpu=$(printf '%s\n' "${cpu_times[@]}" | median)
  quickest=$(printf '%s\n' "${times[@]}" | sort -n | head -n 1)
  echo "  ${times[*]} ms, median $middle ms"
  echo "  processor time: ${cpu_times[*]} ms, median $middle_cpu ms"
  if [ "$busy" = 0 ]; then
    check "at most 250 ms" [ "$middle" -le 250 ]
  elif [ "$ahead" = 1 ]; then
    check "the quickest took at most 250 ms" [ "$quickest" -le 250 ]
  fi
  check "at most 500 ms of processor time" [ "$middle_cpu" -le 500 ]
}

# memory_line WHEN LIMIT   in MB, as the kernel counts the process: resident, and of it not from files
memory_line() {
  local resident
  resident=$(awk '$1 == "VmRSS:" {printf "%.0f", $2 * 1024 / 1000000}' "/proc/$pid/status")
  echo "  $1: $resident MB resident, $(awk '$1 == "RssAnon:" {printf "%.0f", $2 * 1024 / 1000000}' "/proc/$pid/status") MB of it not from files"
  check "$1: at most $2 MB" [ "$resident" -le "$2" ]
}

hold_probes() {
  local answers passed_probes
  mkfifo "$folder/go" 2> /dev/null || true
  exec 8<> "$folder/go"
  coproc HELD { java -Xmx256m src/e2e/image/Held.java "$port" "$1" < "$folder/go" 2>&1; }
  IFS= read -r -t 180 answers <&"${HELD[0]}" || answers=nothing
  check "$1 in flight: all accepted" [ "$answers" = held ]
  memory_line "$1 in flight" "$2"
  echo go >&8
  IFS= read -r -t 180 passed_probes <&"${HELD[0]}" || passed_probes=none
  check "$1 in flight: all answered" [ "$passed_probes" = "$1" ]
  exec 8>&-
}

compose_files() {
  say "compose"
  local fetched
  fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}" 2> "$folder/fetch.log")
  scraped_by "$(sed -n 's/^prometheus=//p' <<< "$fetched")"
}

# docker/prometheus.yml with loopback addresses in place of the services' names, and a Prometheus that
# reads it. Of its targets only the two are here.
scraped_by() {
  serve compose --
  local prometheus_port data=$folder/prometheus tries=0 up=
  prometheus_port=$(free_port)
  rm -rf "$data"
  mkdir -p "$data"
  sed -e "s/sonde:9115/127.0.0.1:$port/" -e "s/prometheus:9090/127.0.0.1:$prometheus_port/" \
    -Ee 's/\b(shop|alertmanager|grafana|loki|tempo):[0-9]+/127.0.0.1:1/; s/\[shop, prometheus\]/[127.0.0.1]/' \
    -e 's/: [45]s$/: 1s/' docker/prometheus.yml > "$data/prometheus.yml"
  "$1" --config.file="$data/prometheus.yml" --storage.tsdb.path="$data/tsdb" \
    --web.listen-address="127.0.0.1:$prometheus_port" > "$data/log" 2>&1 &
  local prometheus=$!
  while [ $((tries += 1)) -lt 100 ]; do
    up=$(curl -s -G --data-urlencode 'query=count(probe_success{job="probes"} == 1)' \
      "http://127.0.0.1:$prometheus_port/api/v1/query" | grep -o '"2"' || true)
    [ -z "$up" ] || break
    nap 0.2
  done
  check "Prometheus sees both of its targets answer" [ -n "$up" ]
  kill $prometheus && wait $prometheus || true
  check "compose: stops" stop
}
