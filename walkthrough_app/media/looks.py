"""Near copies among hundreds of thousands of pictures: four indexed bands of 16 bits, then the distance of all 256.

Copies differ in at most seven of the first 64 bits, so they share one band but for a single bit: the 17 values near
each band find them all, in any database, without reading the rest.
"""

from collections.abc import Iterator

BITS, BANDS = 16, ("look_a", "look_b", "look_c", "look_d")


def columns(look: str | None) -> dict[str, int | None]:
    """Return the bands of a look by the name of their column."""
    if look is None:
        return dict.fromkeys(BANDS)
    return {name: int(look[at * 4 : at * 4 + 4], 16) for at, name in enumerate(BANDS)}


def near_bands(look: str) -> Iterator[tuple[str, list[int]]]:
    """Give each band's column with the values that a near copy may have there."""
    for name, band in columns(look).items():
        if band is not None:
            yield name, [band, *(band ^ (1 << bit) for bit in range(BITS))]


def distance(one: str, other: str) -> int:
    """Return how many of 256 bits differ: copies below 30, pictures of different things above 80."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
