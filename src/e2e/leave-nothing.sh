# Sourced with a folder: whatever happens, processes whose ids stand in a `pids` file below it, and
# that still run there, end with this script. `run_child PID` waits for a child and ends with its
# exit code, passing on a request to stop.

leave_nothing_folder=$1

leave_nothing() {
  local status=$? pids pid
  trap - EXIT
  while read -r pids; do
    while read -r pid; do
      case "$(readlink "/proc/$pid/cwd" 2>/dev/null)" in
        "$leave_nothing_folder"*) kill -KILL "$pid" 2>/dev/null || true ;;
      esac
    done < "$pids"
  done < <(find "$leave_nothing_folder" -name pids -type f)
  exit "$status"
}
trap leave_nothing EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

run_child() {
  local child=$1
  trap 'kill "$child" 2>/dev/null; wait "$child"; exit 143' TERM
  trap 'kill "$child" 2>/dev/null; wait "$child"; exit 130' INT
  wait "$child"
}
