#!/usr/bin/env bash
# The generated client against a mock that Prism makes of the same document. Needs `prism` in PATH
# (`npm install @stoplight/prism-cli`), or its path in PRISM.
set -euo pipefail
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
port=${PORT:-4010}
cargo build --quiet --package bycloud --example list_backups
"${PRISM:-prism}" mock --host 127.0.0.1 --port "$port" specs/bycloud.yaml >/dev/null &
mock=$!
trap 'kill "$mock" 2>/dev/null' EXIT
for _ in $(seq 600); do
  curl --silent --output /dev/null "http://127.0.0.1:$port/" && break
  sleep 0.1
done
# A mock answers the same page for ever: the client reads it, and its loop guard stops.
answer=$(BYCLOUD_TOKEN=token target/debug/examples/list_backups --base-url "http://127.0.0.1:$port" --limit 2 2>&1 || true)
grep --quiet 'backup-2024-01-15 .* available' <<<"$answer" || { echo "$answer" >&2; exit 1; }
grep --quiet 'the next page is one that was read already' <<<"$answer" || { echo "$answer" >&2; exit 1; }
echo "prism: the client reads what the mock answers"
