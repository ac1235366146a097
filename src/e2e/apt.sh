# Sourced: packages of a suite of Debian that is not the machine's own, downloaded and unpacked while
# the machine's lists, cache and sources stay as they are. All of it happens below the folder $apt.

# The first mirror of Debian proper (not its security archive) in the machine's own sources.
mirror() {
  {
    sed -nE 's/^URIs:[[:space:]]*([^[:space:]]+).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p' \
      /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | grep -E '/debian/?$' | head -n 1
}

own_apt() {
  apt-get -q \
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" \
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=2 \
    -o Acquire::http::Timeout=30 "$@"
}

# Reads the package list of a suite; false if there is none, or not a sound one.
read_suite() {
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/debs"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $1 main" \
    > "$apt/sources.list"
  own_apt update > "$apt/update.log" 2>&1 && ! grep -qE '^(W|E): ' "$apt/update.log"
}
