#!/usr/bin/env bash
# Installs, from Debian, the programs that the end-to-end run and the benchmark use as they are:
# nginx, Caddy, tinyproxy, microsocks, OpenSSH, Exim, Dovecot, Redis, PostgreSQL, BIND, wrk, h2load,
# htpasswd, Alertmanager, openssl, curl, ip, systemd's tools, Node with npm, and Chromium. None of their services
# is started. Does nothing if all are there.
set -euo pipefail

declare -A package_of=([nginx]=nginx-light [caddy]=caddy [tinyproxy]=tinyproxy-bin
  [microsocks]=microsocks [wrk]=wrk [openssl]=openssl [curl]=curl [ip]=iproute2
  [sshd]=openssh-server [exim4]=exim4-daemon-light [dovecot]=dovecot-imapd
  [/usr/lib/dovecot/pop3]=dovecot-pop3d [redis-server]=redis-server [pg_ctlcluster]=postgresql
  [named]=bind9 [dnssec-signzone]=bind9-utils [h2load]=nghttp2-client
  [htpasswd]=apache2-utils [systemd-socket-activate]=systemd
  [node]=nodejs [npm]=npm [prometheus-alertmanager]=prometheus-alertmanager
  [chromium]=chromium)
missing=()
for program in "${!package_of[@]}"; do
  PATH=$PATH:/usr/sbin command -v "$program" > /dev/null || missing+=("${package_of[$program]}")
done
[ -s /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
[ ${#missing[@]} -gt 0 ] || exit 0
[ "$(id -u)" = 0 ] || { echo "install-peers: as root, please: apt-get install ${missing[*]}" >&2; exit 1; }

# Debian asks this file whether a freshly installed service may start: no. The machine's own answer,
# if it has one, is put back afterwards.
policy=/usr/sbin/policy-rc.d
kept=$(mktemp -d)
[ ! -e $policy ] || cp -p $policy "$kept/policy"
restore() {
  if [ -e "$kept/policy" ]; then cp -p "$kept/policy" $policy; else rm -f $policy; fi
  rm -rf "$kept"
}
trap restore EXIT
printf '#!/bin/sh\nexit 101\n' > $policy
chmod +x $policy

echo "install-peers: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get -q update > "$kept/log" 2>&1 || { cat "$kept/log" >&2; exit 1; }
apt-get -q install -y --no-install-recommends "${missing[@]}" > "$kept/log" 2>&1 \
  || { cat "$kept/log" >&2; exit 1; }
