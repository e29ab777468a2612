"""What a picture looks like in 256 bits: the same for a copy that was shrunk, packed again or made a little brighter.

The signs of the low frequencies of a cosine transform against their median (the well-known pHash), in Pillow and plain
arithmetic. The first 64 bits, of the lowest frequencies, find what may be the same; all 256 tell two forms apart.
"""

import math
from collections.abc import Sequence
from itertools import product
from statistics import median, pstdev

from PIL import Image

SIDE, LOWEST, LOW = 64, 8, 16
LEAST_CONTRAST = 3.0  # standard deviation of grey 0..255; an even wall looks like every other
COSINES = [[math.cos(math.pi * (2 * x + 1) * u / (2 * SIDE)) for x in range(SIDE)] for u in range(LOW)]
COARSE = [place for place in product(range(LOWEST), repeat=2) if place != (0, 0)] + [(LOWEST, 0)]
FINE = [place for place in product(range(LOW), repeat=2) if place not in {*COARSE, (0, 0)}] + [(0, 0)]


def look(image: Image.Image) -> str | None:
    """Return 64 hex digits; None when there is nothing to see."""
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    if pstdev(grey) < LEAST_CONTRAST:
        return None
    rows = [list(map(float, grey[start : start + SIDE])) for start in range(0, SIDE * SIDE, SIDE)]
    across = [[sum(map(float.__mul__, cosine, row)) for cosine in COSINES] for row in rows]
    columns = list(zip(*across, strict=True))
    return "".join(
        _signs([sum(map(float.__mul__, COSINES[v], columns[u])) for v, u in places]) for places in (COARSE, FINE)
    )


def _signs(strengths: Sequence[float]) -> str:
    middle = median(strengths)
    bits = "".join("1" if one > middle else "0" for one in strengths)
    return f"{int(bits, 2):0{len(bits) // 4}x}"
