# Sourced by image.sh: tools, stand-ins for the base images, and the image itself.

# shellcheck source=src/e2e/apt.sh
. src/e2e/apt.sh

install_tools() {
  local -A package_of=([buildah]=buildah [podman]=podman [runc]=runc [debootstrap]=debootstrap
    [openssl]=openssl [wrk]=wrk [curl]=curl)
  local program missing=()
  for program in "${!package_of[@]}"; do
    PATH=$PATH:/usr/sbin command -v "$program" > /dev/null || missing+=("${package_of[$program]}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  # Debian asks this file whether a freshly installed service may start: no.
  local policy=/usr/sbin/policy-rc.d kept=
  [ ! -e $policy ] || kept=$(cat $policy)
  printf '#!/bin/sh\nexit 101\n' > $policy
  chmod +x $policy
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -q update && apt-get -q install -y --no-install-recommends "${missing[@]}"; } \
    > "$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; return 1; }
  if [ -n "$kept" ]; then printf '%s\n' "$kept" > $policy; else rm -f $policy; fi
}

# A JDK of this machine, 17 if there is one, as in the image; $SONDE_IMAGE_JDK names another.
jdk() {
  if [ -n "${SONDE_IMAGE_JDK:-}" ]; then echo "$SONDE_IMAGE_JDK"; return; fi
  local home
  for home in /usr/lib/jvm/*17* /usr/lib/jvm/*; do
    [ -x "$home/bin/jlink" ] || continue
    realpath "$home"
    return
  done
}

base_name() { sed -n "s/^ARG $1=//p" docker/Dockerfile; }

# Commits what was added to container $1 under the name $2.
commit_base() {
  builder commit -q "$1" "$2" > /dev/null
  builder rm "$1" > /dev/null
}

make_bases() {
  local tar=$folder/base.tar suite java container
  suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
  if [ ! -s "$tar" ]; then
    say "making a $suite base"
    rm -rf "$folder/base"
    debootstrap --variant=minbase --include=busybox-static "$suite" "$folder/base" "$(mirror)" \
      > "$folder/debootstrap.log" 2>&1 || { tail "$folder/debootstrap.log"; return 1; }
    tar -C "$folder/base" --exclude=./var/cache --exclude=./proc --exclude=./sys -cf "$tar.part" .
    mv "$tar.part" "$tar"
    rm -rf "$folder/base"
  fi
  java=$(jdk)
  say "JDK of the image: $(sed -n 's/^IMPLEMENTOR_VERSION=//p;s/^JAVA_RUNTIME_VERSION=//p' "$java/release" | tr '\n' ' ')"

  builder rmi -f "$(base_name JDK_IMAGE)" "$(base_name BUSYBOX_IMAGE)" > /dev/null 2>&1 || true
  container=$(builder from scratch)
  builder add "$container" "$tar" / > /dev/null
  builder copy "$container" "$java" /opt/java/openjdk > /dev/null
  # Debian's JDKs keep these outside their folder.
  local outside
  for outside in /etc/java-17-openjdk /etc/ssl/certs/java; do
    [ ! -d $outside ] || builder copy "$container" $outside $outside > /dev/null
  done
  builder config --env JAVA_HOME=/opt/java/openjdk \
    --env PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
  commit_base "$container" "$(base_name JDK_IMAGE)"

  container=$(builder from scratch)
  tar -C "$folder" -xf "$tar" ./bin/busybox ./usr/bin/busybox 2> /dev/null || true
  builder copy "$container" "$(find "$folder/bin" "$folder/usr/bin" -name busybox 2> /dev/null | head -n 1)" \
    /bin/busybox > /dev/null
  rm -rf "$folder/bin" "$folder/usr"
  commit_base "$container" "$(base_name BUSYBOX_IMAGE)"
}

# Whether the engine runs anything at all: what fails after this is the image's fault.
runs_containers() {
  engine run --rm --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network host --log-driver k8s-file \
    "$(base_name BUSYBOX_IMAGE)" /bin/busybox true > "$folder/engine.log" 2>&1
}

build_image() {
  say "building"
  builder bud --isolation chroot --pull-never --format docker -t "$image" -f docker/Dockerfile \
    --build-arg "VERSION=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)" \
    --build-arg "REVISION=$(git rev-parse HEAD 2> /dev/null || echo unknown)" . > "$folder/build.log" 2>&1 \
    || { tail -n 40 "$folder/build.log"; return 1; }
  grep '^assemble:' "$folder/build.log" | sed 's/^/  /'
}
