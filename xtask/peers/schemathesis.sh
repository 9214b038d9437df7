#!/usr/bin/env bash
# All phases of Schemathesis against the service example. Needs `st` in PATH (`pip install schemathesis`), or its path in ST.
# Arguments are passed on: `xtask/peers/schemathesis.sh --max-examples 100`.
set -euo pipefail
. "$(dirname "$0")/service.sh"

"${ST:-st}" run specs/bycloud.yaml --url "$URL" --header 'Authorization: Bearer demo-token' \
  --include-tag block-storage --no-color --max-examples 20 "$@"
