#!/usr/bin/env bash
# Connections that say nothing, against the service example: others are served meanwhile, and all are closed. Needs Python.
# As many as in the field need descriptors for each end: `ulimit -n 12000; CONNECTIONS=10000 xtask/peers/idle.sh`.
set -euo pipefail
. "$(dirname "$0")/service.sh"

python3 - "$URL" "${CONNECTIONS:-500}" <<'PYTHON'
import socket, sys, time, urllib.request
url, count = sys.argv[1], int(sys.argv[2])
host, port = url.removeprefix("http://").split(":")

def served():
    begun = time.monotonic()
    request = urllib.request.Request(f"{url}/v1/backups?limit=1", headers={"Authorization": "Bearer demo-token"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200, answer.status
    return time.monotonic() - begun

begun = time.monotonic()
idle = [socket.create_connection((host, int(port)), timeout=60) for _ in range(count)]
slowest = max(served() for _ in range(20))
for connection in idle:
    # Closed without a word, or with the 408 that HTTP has for it.
    while connection.recv(4096):
        pass
    connection.close()
    if time.monotonic() - begun > 60:
        sys.exit("they are not closed")
served()
print(f"idle: {count} connections closed after {time.monotonic() - begun:.1f} s, others served in {slowest * 1000:.0f} ms at most")
PYTHON
