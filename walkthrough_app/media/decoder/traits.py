"""What is where in a picture: its most striking points with what lies around each, at three sizes.

A part that was cut out, made smaller or larger, brighter or packed again shows the same points in the same order of
places; media/traits.py tells. A mirrored one shows those of the mirror image, which are kept as well. Striking are the
points where two blurs differ most; around each, 128 pairs of places say which of the two is brighter (the idea of
BRIEF). Three sizes, because what fills half of a picture fills the whole of the part that was cut out.
"""

import base64
import random
import re
import struct
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter, ImageOps

EDGE = 200  # pixels of the longer side at the smallest size
SIZES = (1.0, 1.25, 1.56)
MOST = 40  # points at the smallest size, more at the larger ones
REACH = 13  # how far from a point is looked
LEAST = 4  # how much the two blurs differ at a point worth keeping, of 255
PAIRS = 128
HALO = 4  # pixels around a point in which no other is kept
POINT = struct.Struct(">HH16s")
SHARP, SOFT, SMOOTH = (ImageFilter.GaussianBlur(radius) for radius in (1.2, 2.6, 2.0))


def _pairs() -> list[tuple[int, int, int, int]]:
    chance = random.Random(7)  # noqa: S311 - the same places every time
    return [_places(chance) for _ in range(PAIRS)]


def _places(chance: random.Random) -> tuple[int, int, int, int]:
    a, b, c, d = (max(-REACH, min(REACH, round(chance.gauss(0, REACH / 2.2)))) for _ in range(4))
    return a, b, c, d


PLACES = _pairs()


def traits(image: Image.Image) -> str:
    """Return the points of all sizes, then those of the mirrored picture, as text; '' when there are none."""
    grey = _scaled(image.convert("L"), EDGE * max(SIZES))
    pictures = [*((grey, size) for size in SIZES), (ImageOps.mirror(grey), min(SIZES))]
    blocks = [b"".join(POINT.pack(*one) for one in _points(picture, size)) for picture, size in pictures]
    packed = b"".join(struct.pack(">H", len(block)) + block for block in blocks)
    return base64.b85encode(packed).decode() if any(blocks) else ""


def _scaled(grey: Image.Image, edge: float) -> Image.Image:
    scale = edge / max(grey.size)
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    return grey.resize(size, Image.Resampling.BOX if scale <= 1 else Image.Resampling.BILINEAR)


def _points(grey: Image.Image, size: float) -> Iterator[tuple[int, int, bytes]]:
    small = _scaled(grey, EDGE * size)
    around, width = small.filter(SMOOTH).tobytes(), small.width
    offsets = [(y * width + x, v * width + u) for x, y, u, v in PLACES]
    for at in _striking(small, round(MOST * size)):
        bits = "".join("1" if around[at + one] < around[at + other] else "0" for one, other in offsets)
        yield at % width, at // width, int(bits, 2).to_bytes(16, "big")


def _striking(small: Image.Image, most: int) -> list[int]:
    """Return where the blurs differ most, the strongest first; not so near the edge that one would look beyond."""
    strength = ImageChops.difference(small.filter(SHARP), small.filter(SOFT))
    highest = strength
    for _ in range(HALO):
        highest = highest.filter(ImageFilter.MaxFilter(3))
    is_peak = ImageChops.difference(strength, highest).point([255] + [0] * 255)
    peaks = ImageChops.multiply(strength, is_peak).tobytes()
    width, height = small.size
    found = [
        match.start()
        for match in re.finditer(rb"[^\x00]", peaks)
        if peaks[match.start()] >= LEAST
        and REACH <= match.start() % width < width - REACH
        and REACH <= match.start() // width < height - REACH
    ]
    return sorted(found, key=lambda at: (-peaks[at], at))[:most]
