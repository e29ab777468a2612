"""Whether one picture is a part of another, by their striking points (decoder/traits.py); plain arithmetic.

Points that look alike are paired; a copy has many pairs that one stretching and shifting explains, two pictures of
like things have few.
"""

import base64
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

POINT = struct.Struct(">HH16s")
ALIKE = 24  # of 128 bits may differ
CLOSE = 3.0  # pixels a point may lie from where it should, at an edge of 200
LEAST = 8  # pairs that agree
TRIED = 14  # of the best pairs, two by two, as the stretching that explains the others
STRETCH = (0.7, 1.45)  # between two sizes that are compared

Point = tuple[int, int, int]
Pair = tuple[int, int, int, int]


@dataclass(frozen=True)
class Traits:
    """The points of a picture at three sizes, and of its mirror image at the smallest."""

    sizes: tuple[list[Point], ...]
    mirrored: list[Point]

    @classmethod
    def read(cls, text: str) -> "Traits":
        *sizes, mirrored = _blocks(text)
        return cls(tuple(sizes), mirrored)


def likeness(one: Traits, other: Traits) -> float:
    """Return which share of the points of either lies in the other as a copy's, or a part's, would (0…1)."""
    return max(_share(one.sizes[0], other), _share(other.sizes[0], one))


def mirrored_likeness(one: Traits, other: Traits) -> float:
    """Return the same for a copy that was mirrored."""
    return max(_share(one.mirrored, other), _share(other.mirrored, one))


def _share(points: Sequence[Point], whole: Traits) -> float:
    best = max(_agreeing(_paired(points, size)) for size in whole.sizes)
    return best / len(points) if best >= LEAST else 0.0


def _blocks(text: str) -> Iterator[list[Point]]:
    """Read what decoder/traits.py wrote."""
    packed, at = base64.b85decode(text), 0
    while at < len(packed):
        (length,) = struct.unpack_from(">H", packed, at)
        block = packed[at + 2 : at + 2 + length]
        yield [(x, y, int.from_bytes(bits, "big")) for x, y, bits in POINT.iter_unpack(block)]
        at += 2 + length


def _paired(points: Sequence[Point], others: Sequence[Point]) -> list[Pair]:
    """Return the pairs that look alike, the most alike first."""
    found = []
    for x, y, bits in points:
        apart, u, v = min((((bits ^ known).bit_count(), u, v) for u, v, known in others), default=(ALIKE + 1, 0, 0))
        if apart <= ALIKE:
            found.append((apart, (x, y, u, v)))
    return [pair for _, pair in sorted(found)]


def _agreeing(pairs: Sequence[Pair]) -> int:
    if len(pairs) < LEAST:
        return 0
    return max((_explained(pairs, one, other) for one, other in combinations(pairs[:TRIED], 2)), default=0)


def _explained(pairs: Sequence[Pair], one: Pair, other: Pair) -> int:
    """Count the pairs that lie where the stretching and shifting that these two give would put them."""
    across, down = other[0] - one[0], other[1] - one[1]
    if not (abs(across) > 2 * CLOSE and abs(down) > 2 * CLOSE):
        return 0
    wide, high = (other[2] - one[2]) / across, (other[3] - one[3]) / down
    if not (STRETCH[0] <= wide <= STRETCH[1] and STRETCH[0] <= high <= STRETCH[1]):
        return 0
    left, top = one[2] - wide * one[0], one[3] - high * one[1]
    return sum(abs(wide * x + left - u) <= CLOSE and abs(high * y + top - v) <= CLOSE for x, y, u, v in pairs)
