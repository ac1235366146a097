#!/usr/bin/env bash
# Feeds every parser of foreign bytes what Jazzer makes up, beginning with the saved corpus.
#
#   src/fuzz/run.sh [--seconds=N] [--keep] [TARGET...]   targets: names of classes in src/fuzz
#
# Needs target/sonde.jar (mvn -q -DskipTests package). 10 seconds for each target unless told
# otherwise; an hour each, for a night: --seconds=3600. What reached something new stays in
# target/fuzz/corpus; --keep copies the smallest set that reaches as much into the saved corpus.
# A finding ends the run with exit code 1 and stays in target/fuzz: its file names the input.
set -euo pipefail
cd "$(dirname "$0")/../.."

jazzer=0.30.0
seconds=10
keep=
targets=()
for argument in "$@"; do
  case "$argument" in
    --seconds=*) seconds=${argument#*=} ;;
    --keep) keep=yes ;;
    --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "unknown: $argument" >&2; exit 2 ;;
    *) targets+=("$argument") ;;
  esac
done

folder=$PWD/target/fuzz
saved=$PWD/src/fuzz/corpus
mkdir -p "$folder/lib"
for artifact in jazzer jazzer-api; do
  [ -f "$folder/lib/$artifact-$jazzer.jar" ] ||
    mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
      -Dartifact="com.code-intelligence:$artifact:$jazzer" -DoutputDirectory="$folder/lib"
done

mapfile -t sources < <(find src/fuzz/java -name '*.java')
rm -rf "$folder/classes"
javac -Xlint:all -Werror -cp target/sonde.jar -d "$folder/classes" "${sources[@]}"
path="$folder/classes:target/sonde.jar:$folder/lib/*"

mapfile -t classes < <(cd src/fuzz/java && find . -name '*Fuzz.java' | sed 's|^\./||; s|\.java$||; s|/|.|g' | sort)

fuzz() { # CLASS [FLAGS...]: one target, its own finds first, then the saved corpus
  local class=$1 name=${1##*.}
  shift
  mkdir -p "$folder/corpus/$name" "$saved/$name"
  java -Xmx512m -XX:+UseSerialGC -cp "$path" \
    com.code_intelligence.jazzer.Jazzer --target_class="$class" \
    --instrumentation_includes='io.sonde.**' \
    --custom_hook_includes='io.sonde.**' --reproducer_path="$folder" \
    -artifact_prefix="$folder/$name-" -timeout=30 -max_len=4096 "$@" \
    "$folder/corpus/$name" "$saved/$name" > "$folder/$name.log" 2>&1
}

one() { # CLASS: fuzzes it and tells what came of it
  local class=$1 name=${1##*.}
  if ! fuzz "$class" -max_total_time="$seconds"; then
    echo "$name: FOUND something, see $folder/$name.log" >&2
    sed -n '/== Java/,/== libFuzzer/p' "$folder/$name.log" | head -n 25 >&2
    return 1
  fi
  echo "$name: $(grep -oE 'Done [0-9]+ runs' "$folder/$name.log" || echo 'done'), nothing found"
  if [ -n "$keep" ]; then
    rm -rf "$folder/least"
    mkdir -p "$folder/least"
    java -Xmx512m -cp "$path" com.code_intelligence.jazzer.Jazzer --target_class="$class" \
      --instrumentation_includes='io.sonde.**' -merge=1 "$folder/least" \
      "$saved/$name" "$folder/corpus/$name" >> "$folder/$name.log" 2>&1
    cp "$folder/least"/* "$saved/$name/"
  fi
}

chosen=()
for class in "${classes[@]}"; do
  if [ ${#targets[@]} -eq 0 ] || [[ " ${targets[*]} " == *" ${class##*.} "* ]]; then
    chosen+=("$class")
  fi
done
[ ${#chosen[@]} -gt 0 ] || { echo "no such target: ${targets[*]}" >&2; exit 2; }

# Two at a time, as every machine has two cores.
failed=0
for ((i = 0; i < ${#chosen[@]}; i += 2)); do
  one "${chosen[i]}" &
  first=$!
  if [ $((i + 1)) -lt ${#chosen[@]} ]; then
    one "${chosen[i + 1]}" || failed=1
  fi
  wait "$first" || failed=1
done
exit "$failed"
