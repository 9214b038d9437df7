#!/usr/bin/env bash
# The line of ByCloud's page `GET /v1/backups`, against the service example. Needs curl and Python.
set -euo pipefail
. "$(dirname "$0")/service.sh"

answer=$(curl --silent --fail --header 'Authorization: Bearer demo-token' "$URL/v1/backups?name=web-*&limit=2")
python3 - "$answer" <<'PYTHON'
import json, sys
page = json.loads(sys.argv[1])
assert len(page["backups"]) == 2, page
assert all(backup["name"].startswith("web-") for backup in page["backups"]), page
PYTHON
status=$(curl --silent --output /dev/null --write-out '%{http_code}' "$URL/v1/backups")
[ "$status" = 401 ] || { echo "without a token: $status" >&2; exit 1; }
status=$(curl --silent --output /dev/null --write-out '%{http_code}' --header 'Authorization: Bearer demo-token' "$URL/v1/backups?limit=x")
[ "$status" = 400 ] || { echo "with a limit that is no number: $status" >&2; exit 1; }
echo "curl: the page, 401 without a token, 400 for a bad limit"
