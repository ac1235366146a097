#!/usr/bin/env bash
# Fetches grpc-java into a folder, compiles the health server of src/e2e/grpc with it, and prints
# the class path that runs the server.
#
#   src/e2e/fetch-grpc.sh FOLDER
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/grpc"

if [ ! "$folder/libraries" -nt pom.xml ]; then
  rm -rf "$folder/libraries"
  mvn -q -B -ntp -f pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$folder/fetched" >&2
  mv "$folder/fetched" "$folder/libraries"
  touch "$folder/libraries"
fi
mapfile -t sources < <(find java -name '*.java')
javac -Xlint:all,-classfile -Werror -cp "$folder/libraries/*" -d "$folder/classes" "${sources[@]}"
echo "$folder/classes:$folder/libraries/*"
