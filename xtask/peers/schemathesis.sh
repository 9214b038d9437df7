#!/usr/bin/env bash
# All phases of Schemathesis against the service example. Needs `st` in PATH (`pip install schemathesis`), or its path in ST.
# Arguments are passed on: `xtask/peers/schemathesis.sh --max-examples 100`.
set -euo pipefail
. "$(dirname "$0")/service.sh"

# Numbers beyond 64 bits are kept out: what `type: integer` becomes has no more.
export SCHEMATHESIS_HOOKS=xtask.peers.schemathesis_hooks PYTHONPATH=.
"${ST:-st}" run specs/bycloud.yaml --url "$URL" --header 'Authorization: Bearer demo-token' \
  --include-tag block-storage --no-color --max-examples 20 "$@"
