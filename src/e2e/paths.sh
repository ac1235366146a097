#!/usr/bin/env bash
# Pings across a router, in network namespaces of its own: Sonde beside blackbox_exporter, first
# with raw sockets, then with unprivileged ones. What the router says must fail a probe at once.
#
#   src/e2e/paths.sh
#
# Needs root to make namespaces (nothing outside of them is changed), iproute2, util-linux, curl
# and target/sonde.jar; without root it says so and exits with 77. SONDE_JAR tries another jar,
# SONDE_CACHE keeps the unpacked reference elsewhere. Logs stay in target/paths.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" = 0 ] || { echo "paths: needs root to make network namespaces" >&2; exit 77; }
if [ "${1:-}" != --within ]; then
  fetched=$(src/e2e/fetch-reference.sh "${SONDE_CACHE:-target/reference}")
  exec unshare --net "$0" --within "$(sed -n 's/^blackbox_exporter=//p' <<< "$fetched")"
fi

reference=$2
folder=$PWD/target/paths
rm -rf "$folder"
mkdir -p "$folder"

children=()
begin() { "$@" & children+=($!); }
trap 'kill "${children[@]}" 2> /dev/null || true' EXIT

# Here is the prober; behind the router, and a link that carries less, is the target.
begin unshare --net sleep 300
router=$!
begin unshare --net sleep 300
target=$!
until [ "$(readlink "/proc/$router/ns/net")" != "$(readlink /proc/self/ns/net)" ] &&
  [ "$(readlink "/proc/$target/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
  sleep 0.1
done
at() { nsenter --net --target "$1" "${@:2}"; }
address() { # PID DEVICE ADDRESS4 ADDRESS6 [MTU]
  at "$1" ip link set lo up
  at "$1" ip address add "$3" dev "$2"
  at "$1" ip address add "$4" dev "$2" nodad
  at "$1" ip link set "$2" mtu "${5:-1500}" up
}
ip link add near type veth peer name gate netns "$router"
at "$router" ip link add door type veth peer name far netns "$target"
address $$ near 10.1.0.1/24 fd01::1/64
address "$router" gate 10.1.0.2/24 fd01::2/64
address "$router" door 10.2.0.1/24 fd02::1/64 1300
address "$target" far 10.2.0.2/24 fd02::2/64 1300
ip route add default via 10.1.0.2
ip route add default via fd01::2
at "$target" ip route add default via 10.2.0.1
at "$target" ip route add default via fd02::1
at "$router" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward
  echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
at "$router" ip route add unreachable 10.9.0.0/16
at "$router" ip route add prohibit 10.8.0.0/16
at "$router" ip route add blackhole 10.7.0.0/16
at "$router" ip route add unreachable fd09::/16
at "$router" ip route add prohibit fd08::/16

cat > "$folder/modules.yml" << 'END'
modules:
  ping: {prober: icmp, timeout: 1s}
  from: {prober: icmp, timeout: 1s, icmp: {source_ip_address: 10.1.0.1}}
  ttl_1: {prober: icmp, timeout: 1s, icmp: {ttl: 1}}
  ttl_2: {prober: icmp, timeout: 1s, icmp: {ttl: 2}}
  long: {prober: icmp, timeout: 1s, icmp: {payload_size: 1400}}
  whole: {prober: icmp, timeout: 1s, icmp: {payload_size: 1400, dont_fragment: true}}
  whole_1272: {prober: icmp, timeout: 1s, icmp: {payload_size: 1272, dont_fragment: true}}
  whole_2000: {prober: icmp, timeout: 1s, icmp: {payload_size: 2000, dont_fragment: true}}
END

passed=0
failed=0
probe() { # PORT MODULE TARGET
  curl -sS --max-time 10 "http://127.0.0.1:$1/probe?module=$2&target=$3&debug=true"
}
facts() { grep -E '^probe_(success|ip_protocol|icmp_reply_hop_limit) ' <<< "$1" || true; }
ask() { # MODULE TARGET SUCCESS [WORDS]: whether both say the same, and Sonde says why
  theirs=$(probe 9116 "$1" "$2")
  ours=$(probe 9115 "$1" "$2")
  [ "$(facts "$theirs")" = "$(facts "$ours")" ] && grep -q "^probe_success $3" <<< "$ours" &&
    grep -qF "${4:-}" <<< "$ours"
}
check() { # the same, counted; nothing is sent twice by a probe, so a lost packet has a second chance
  local theirs ours
  if ask "$@" || ask "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "paths: FAILED $kind $1 $2: expected success $3 ${4:-}; blackbox_exporter and Sonde said:"
    printf '%s\n' "$(facts "$theirs")" "$(facts "$ours")" "$(grep 'Probe failed' <<< "$ours")"
  fi
}

checks() {
  check ping 10.2.0.2 1
  check ping fd02::2 1
  check from 10.2.0.2 1
  check ttl_2 10.2.0.2 1
  check ttl_2 fd02::2 1
  check ttl_1 10.1.0.2 1
  check ttl_1 10.2.0.2 0 "10.1.0.2 says: the packet's time to live ended there"
  check ttl_1 fd02::2 0 "fd01::2 says: the packet's time to live ended there"
  check ping 10.9.0.1 0 "10.1.0.2 says: host unreachable"
  check ping fd09::1 0 "fd01::2 says: no route to the destination"
  check ping 10.8.0.1 0 "10.1.0.2 says: administratively prohibited"
  check ping fd08::1 0 "fd01::2 says: administratively prohibited"
  check ping 10.7.0.1 0 "reason=timeout"
  # A packet too long for the path is lost, and teaches this machine to cut the next ones.
  for long in 10.2.0.2 fd02::2; do probe 9116 long "$long" > "$folder/lesson"; done
  check long 10.2.0.2 1
  check long fd02::2 1
  check whole_1272 10.2.0.2 1
  check whole 10.2.0.2 0 "10.1.0.2 says: the packet is too long for the next link, which carries 1300"
  check whole_2000 10.2.0.2 0 "too long to leave this machine whole"
  check whole fd02::2 1
  check ping 10.2.0.2 1
}

both() { # KIND: starts both, checks, ends both
  kind=$1
  begin "$reference" --config.file="$folder/modules.yml" --web.listen-address=127.0.0.1:9116 \
    > "$folder/reference-$kind.log" 2>&1
  local theirs=$!
  begin java -XX:TieredStopAtLevel=1 -jar "${SONDE_JAR:-target/sonde.jar}" \
    --config.file="$folder/modules.yml" --web.listen-address=127.0.0.1:9115 \
    > "$folder/sonde-$kind.log" 2>&1
  local ours=$!
  for port in 9115 9116; do
    curl -s --retry 60 --retry-delay 1 --retry-connrefused -o "$folder/health" \
      "http://127.0.0.1:$port/-/healthy"
  done
  checks
  grep -q "icmp=$kind" "$folder/sonde-$kind.log" || {
    echo "paths: FAILED Sonde says of its sockets: $(grep -o 'icmp=[a-z]*' "$folder/sonde-$kind.log")"
    failed=$((failed + 1))
  }
  kill "$ours" "$theirs"
  wait "$ours" "$theirs" 2> /dev/null || true
}

echo '1 0' > /proc/sys/net/ipv4/ping_group_range
both raw
echo '0 2147483647' > /proc/sys/net/ipv4/ping_group_range
both dgram
echo "paths: $passed passed, $failed failed"
[ "$failed" = 0 ]
