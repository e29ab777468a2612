"""Honest numbers: how far a share may be off, and which groups are too small to be shown."""

from collections.abc import Mapping
from math import sqrt
from typing import TypeVar

Key = TypeVar("Key")
Z = 1.959964  # 95 per cent


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval (Wilson) of a share 0…1 of `n`; the whole range when there is nobody."""
    if n <= 0:
        return 0.0, 1.0
    wide = Z * Z / n
    middle = (share + wide / 2) / (1 + wide)
    reach = Z / (1 + wide) * sqrt(max(share * (1 - share), 0.0) / n + wide / (4 * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def of_mean(mean: float, n: int, least: float, most: float) -> tuple[float, float]:
    """Return an interval of a mean of scores between `least` and `most` that holds at least 95 times of a hundred.

    Nothing between two bounds spreads more than a share does, so the interval of the share is never too narrow.
    """
    span = most - least
    if span <= 0:
        return mean, mean
    low, high = wilson((mean - least) / span, n)
    return least + low * span, least + high * span


def hidden(counts: Mapping[Key, int], smallest: int) -> set[Key]:
    """Return the groups that must not be shown beside their sum.

    Those with fewer than `smallest`; and the smallest others, until nobody can take away the shown ones from the sum
    and be left with fewer than `smallest`, or with one group alone.
    """
    small = {key for key, n in counts.items() if 0 < n < smallest}
    others = sorted((n, str(key), key) for key, n in counts.items() if n >= smallest)
    while small and others and (len(small) < 2 or sum(counts[key] for key in small) < smallest):
        small.add(others.pop(0)[2])
    return small
