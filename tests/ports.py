"""Ports for servers that tests start, stop and start again."""

import os
import random
import socket

# Below those that the system gives to connections: a port stays free while its server is down.
RANGE = range(20_000, 32_000, 2)
WORKERS = 8
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_left = list(RANGE[_worker % WORKERS :: WORKERS])
random.SystemRandom().shuffle(_left)


def free_port() -> int:
    """Return a port that, like the next one, nobody has: each worker gives out its own, and each of them once."""
    while True:
        port = _left.pop()
        if _is_free(port) and _is_free(port + 1):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
