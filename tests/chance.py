"""Chance put to the test: what happens to come in a good order, or on a good day, comes in the worst one.

`TEST_ORDER=rising script/test tests/FOLDER` gives rows ids that rise. `falling` gives ids that fall, and SQLite hands
out from its end what nobody ordered. `TEST_NOW="2026-12-31 23:59:30"` begins the tests at that moment of our zone. What
other processes do (a browser's server) stays as it is.
"""

import os
import secrets
import time
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

ORDER = os.environ.get("TEST_ORDER", "")
NOW = os.environ.get("TEST_NOW", "")
_BITS = 48
_last = 0


def take_hold() -> None:
    """Run before anything else is read: a model keeps the function that makes its ids, a test file its today."""
    if ORDER:
        uuid.uuid4 = _next
    if NOW:
        time_machine.travel(datetime.fromisoformat(NOW).replace(tzinfo=ZoneInfo("Asia/Shanghai"))).start()


def pragmas() -> tuple[str, ...]:
    return ("reverse_unordered_selects=ON",) if ORDER == "falling" else ()


def _next() -> uuid.UUID:
    """Return an id that is in its form like any other: time in its first 48 bits, the rest random."""
    global _last
    _last = max(_last + 1, time.time_ns() // 1000)
    place = _last % (1 << _BITS)
    if ORDER == "falling":
        place = (1 << _BITS) - 1 - place
    return uuid.UUID(int=place << 80 | secrets.randbits(80), version=4)
