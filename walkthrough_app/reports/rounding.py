"""Rounding for everything a report counts: halves go up, and parts add up to their rounded sum."""

from collections.abc import Sequence
from fractions import Fraction

Number = int | Fraction


def half_up(value: Number) -> int:
    """Round a number that is not negative: 38.5 is 39."""
    return int(value + Fraction(1, 2))


def tenths(value: Number) -> str:
    """Write a number with one decimal place: 3.25 is 3.3."""
    whole, rest = divmod(half_up(value * 10), 10)
    return f"{whole}.{rest}"


def apportion(lengths: Sequence[Number], *, least: int) -> list[int]:
    """Round lengths so that they add up to their rounded sum; what is not nothing is never less than `least`."""
    floors = [max(least, int(length)) if length else 0 for length in lengths]
    missing = half_up(Fraction(sum(lengths))) - sum(floors)
    rests = [length % 1 if length >= least else 0 for length in lengths]
    for i in sorted(range(len(lengths)), key=lambda i: rests[i], reverse=True)[: max(0, missing)]:
        floors[i] += 1
    return floors
