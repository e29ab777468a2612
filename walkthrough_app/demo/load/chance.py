"""Chance that repeats itself: the same seed, the same data, in whatever order and process the parts are made."""

import math
import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from walkthrough_app.core import clock

T = TypeVar("T")
HOURS = {8: 2, 9: 6, 10: 5, 11: 2, 13: 1, 14: 4, 15: 4, 16: 2}  # when people come, by the hour
CROWDS = {8: 0.8, 9: 1.5, 10: 1.7, 11: 1.2, 12: 0.9, 13: 0.9, 14: 1.3, 15: 1.1, 16: 0.8}  # how long they then wait


class Chance(random.Random):
    """Draws what sample data needs; `Chance("1/7")` is the same today and tomorrow."""

    def around(self, median: float, spread: float) -> float:
        """Return a log-normal length: `spread` is the deviation of its logarithm."""
        return median * math.exp(self.gauss(0, spread))

    def some(self, mean: float) -> int:
        """Return a number of things that come independently, on average `mean` (Poisson)."""
        limit, product, count = math.exp(-mean), self.random(), 0
        while product > limit:
            product *= self.random()
            count += 1
        return count

    def happens(self, share: float) -> bool:
        return self.random() < share

    def one_of(self, weights: Mapping[T, float]) -> T:
        return self.choices(list(weights), list(weights.values()))[0]

    def few_of(self, weights: Mapping[T, float], count: int) -> list[T]:
        """Draw without putting back, the heavy ones more often."""
        keys = sorted((-math.log(1 - self.random()) / weight, place) for place, weight in enumerate(weights.values()))
        things = list(weights)
        return [things[place] for _, place in keys[:count]]

    def name(self) -> str:
        """Return the name of a key, as `key` would have it."""
        text = f"{self.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[int(text[16], 16) & 3]}{text[17:20]}-{text[20:]}"

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def workday(self, first: date, last: date) -> date:
        """Return a working day of the span; its first day when there is none."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return self.choice([day for day in days if clock.is_workday(day)] or days[:1])

    def moment(self, day: date) -> datetime:
        """Return a moment of the day at which people come."""
        clock_time = time(self.one_of(HOURS), self.randrange(60), self.randrange(60))
        return clock.from_local(datetime.combine(day, clock_time))


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Split a number into whole parts in proportion; they add up to it."""
    whole, reached, parts = sum(weights), 0.0, []
    for weight in weights:
        before, reached = round(total * reached / whole), reached + weight
        parts.append(round(total * reached / whole) - before)
    return parts
