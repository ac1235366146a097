# Sourced by image.sh: one container at a time, its first answer, its memory, its end.

free_port() {
  local port tries=0
  while [ $((tries += 1)) -lt 100 ]; do
    port=$((20000 + RANDOM % 10000))
    { exec 9<> "/dev/tcp/127.0.0.1/$port"; } 2> /dev/null || { echo "$port"; return; }
    exec 9>&-
  done
  return 1
}

# Waits so many seconds without starting a process, which would take the time that is measured.
exec {silence}<> <(:)
nap() { read -rt "$1" -u "$silence" || true; }

# create NAME PODMAN-FLAG... -- ARGUMENT...   sets $container, $pid and leaves it waiting to be started
create() {
  container=sonde-e2e-${1// /-}-$$
  shift
  local flags=()
  while [ "$1" != -- ]; do flags+=("$1") && shift; done
  shift
  containers+=("$container")
  engine create --name "$container" --log-driver k8s-file --no-healthcheck --network host \
    --ulimit nofile=16384:16384 --ulimit nproc=1024:1024 "${flags[@]}" "$image" "$@" > /dev/null
  engine init "$container" > /dev/null
  pid=$(engine inspect -f '{{.State.Pid}}' "$container")
}

# start PORT   starts $container; sets $millis from its program's first moment to its first answered probe,
# and $cpu_millis, what the processors gave it in that time; the container's runtime was the same process before
start() {
  local begin now command answer runtimes_millis
  engine start "$container" > /dev/null &
  local starter=$!
  begin=${EPOCHREALTIME/./}
  while read -r command 2> /dev/null < "/proc/$pid/comm" && [[ $command == runc* ]]; do
    now=${EPOCHREALTIME/./}
    [ $((now - begin)) -lt 10000000 ] || break
    nap 0.001
  done
  begin=${EPOCHREALTIME/./}
  runtimes_millis=$(cpu_millis)
  millis=
  answer=
  while now=${EPOCHREALTIME/./} && [ $((now - begin)) -lt 60000000 ] && [ -d "/proc/$pid" ]; do
    if { exec 9<> "/dev/tcp/127.0.0.1/$1"; } 2> /dev/null; then
      printf 'GET /probe?target=http://127.0.0.1:%s/-/healthy HTTP/1.1\r\nHost: sonde\r\nConnection: close\r\n\r\n' "$1" >&9
      # The answer comes in one piece, and this shell is slow to read it.
      IFS= read -rN 1 -t 10 answer <&9 || true
      now=${EPOCHREALTIME/./}
      cpu_millis=$(($(cpu_millis) - runtimes_millis))
      IFS= read -rd '' -t 10 answer <&9 || true
      exec 9>&-
      [[ $answer == *$'\nprobe_success 1'* ]] && millis=$(((now - begin) / 1000))
      break
    fi
    nap 0.002
  done
  wait $starter || true
  [ -n "$millis" ]
}

# The processor time of $pid; the kernel counts it in hundredths of a second.
cpu_millis() {
  local stat fields
  read -r stat < "/proc/$pid/stat"
  read -ra fields <<< "${stat##*) }"
  echo $(((fields[11] + fields[12]) * 10))
}

# first_of_all PID CHRT-FLAG...   lets a process run before all other work of this machine: in real time, and
# with cgroups of version 1 out of its group, which has no time of that kind; false where that is not allowed
first_of_all() {
  local everybody=/sys/fs/cgroup/cpu/cgroup.procs pid=$1
  shift
  { [ ! -w $everybody ] || echo "$pid" > $everybody; } 2> /dev/null || true
  chrt -r "$@" "$pid" > /dev/null 2>&1
}

# serve NAME FLAG... -- ARGUMENT...   a container that answers a probe; sets $port
serve() {
  port=$(free_port)
  create "$@" "--web.listen-address=127.0.0.1:$port"
  if start "$port"; then
    pass "$1: first probe answered"
  else
    fail "$1: no probe answered"
    engine logs "$container" 2>&1 | tail -n 5
  fi
}

# Asks, as a scraper does, for a probe by module $1 of target $2.
probe() {
  curl -s -m 10 -G --data-urlencode "module=$1" --data-urlencode "target=$2" "http://127.0.0.1:$port/probe" || true
}

status() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$pid/status"; }
mib_of() { awk -v "name=$1:" '$1 == name {printf "%.0f", $2 / 1024}' "/proc/$pid/status"; }

# Whether the log of $container says so within five seconds.
log_says() {
  local tries=0
  until engine logs "$container" 2>&1 | grep -qE -- "$1"; do
    [ $((tries += 1)) -lt 50 ] || return 1
    nap 0.1
  done
}

# Ends $container as an orchestrator does; true if it went by itself, with exit code 0.
stop() {
  engine stop -t 10 "$container" > /dev/null
  [ "$(engine inspect -f '{{.State.ExitCode}}' "$container")" = 0 ] && engine rm "$container" > /dev/null
}

# The exit code of $container, or nothing if it still runs after a minute.
exit_code() {
  local tries=0 state
  while [ $((tries += 1)) -lt 600 ]; do
    state=$(engine inspect -f '{{.State.Status}} {{.State.ExitCode}}' "$container")
    case $state in exited*) echo "${state#* }" && return ;; esac
    nap 0.1
  done
}

# refuse NAME TEXT FLAG... -- ARGUMENT...   exit code 1, one line that says so, and no stack trace
refuse() {
  local name=$1 text=$2 code log
  shift 2
  create "$name" "$@"
  engine start "$container" > /dev/null
  code=$(exit_code)
  log=$(engine logs "$container" 2>&1)
  engine rm -f -t 0 "$container" > /dev/null
  check "$name: exit code 1" [ "$code" = 1 ]
  check "$name: one line says why" [ "$(grep -cE -- "$text" <<< "$log")" = 1 ]
  check "$name: no stack trace" test -z "$(grep -E '^[[:space:]]+at |Exception in thread' <<< "$log")"
  sed 's/^/          | /' <<< "$(grep -vE 'level=INFO' <<< "$log")"
}
