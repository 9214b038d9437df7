# Starts the service example on a free port and stops it at the end: sets URL. To be sourced by the others.
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
cargo build --quiet --package bycloud --example backup_service --features server
log=$(mktemp)
target/debug/examples/backup_service --port 0 >"$log" &
service=$!
trap 'kill "$service" 2>/dev/null; rm -f "$log"' EXIT
for _ in $(seq 100); do
  URL=$(sed -n 's/^listening on \(http:[^ ]*\).*/\1/p' "$log")
  [ -n "$URL" ] && break
  sleep 0.1
done
[ -n "$URL" ] || { echo "the service does not start" >&2; exit 1; }
