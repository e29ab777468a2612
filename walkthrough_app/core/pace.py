"""How often one token or address may knock within a minute."""

import threading
from collections import Counter

from walkthrough_app.core import clock
from walkthrough_app.core.errors import TooMany

MINUTE = 60
A_MINUTE = 600  # generous: only a phone gone wild meets it


class TooSoon(TooMany):
    """Come again after `seconds`."""

    default = "传得太频繁，稍后会自动再传。"

    def __init__(self, seconds: int, message: str = "") -> None:
        super().__init__(message)
        self.seconds = seconds


class Pace:
    """Counts by key within each minute; in this process only."""

    def __init__(self, most: int = A_MINUTE, message: str = "") -> None:
        self.most, self.message = most, message
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def spend(self, key: str) -> None:
        """Count one request; TooSoon when the minute is used up."""
        minute, second = divmod(int(clock.now().timestamp()), MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[key] += 1
            if self._counts[key] > self.most:
                raise TooSoon(MINUTE - second, self.message)
