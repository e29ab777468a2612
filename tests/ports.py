"""Ports for servers that tests start, stop and start again."""

import random
import socket

# Below those that the system gives to connections: a port stays free while its server is down.
RANGE = range(20_000, 32_000)
_chance = random.SystemRandom()


def free_port() -> int:
    while True:
        port = _chance.choice(RANGE)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
