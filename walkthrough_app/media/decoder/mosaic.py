"""Hides parts of a picture for good: of what was there only one average colour is left."""

import math
import zlib
from itertools import pairwise

from PIL import Image, ImageDraw

GRID = 16  # JPEG shares colour between the pixels of one such square
BLOCKS = 6
SHADE = 12


def hide(image: Image.Image, boxes: list[list[float]]) -> Image.Image:
    """Paint a mosaic over each box (fractions x, y, w, h of an RGB picture); the blocks repeat nothing of it."""
    result = image.copy()
    for box in boxes:
        area = _pixels(box, image.size)
        red, green, blue = image.crop(area).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
        _paint(result, area, (red, green, blue))
    return result


def _pixels(box: list[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Widen the box to whole squares of the JPEG grid."""
    x, y, w, h = box
    width, height = size
    left = min(math.floor(x * width), width - 1) // GRID * GRID
    top = min(math.floor(y * height), height - 1) // GRID * GRID
    right = min(math.ceil((x + w) * width / GRID) * GRID, width)
    bottom = min(math.ceil((y + h) * height / GRID) * GRID, height)
    return left, top, right, bottom


def _paint(image: Image.Image, area: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    left, top, right, bottom = area
    side = max(GRID, min(right - left, bottom - top) // BLOCKS)
    across, down = _cuts(left, right, side), _cuts(top, bottom, side)
    draw = ImageDraw.Draw(image)
    for row, (upper, lower) in enumerate(pairwise(down)):
        for column, (near, far) in enumerate(pairwise(across)):
            shade = (zlib.crc32(b"%d %d" % (column, row)) % 5 - 2) * SHADE
            fill = tuple(max(0, min(255, part + shade)) for part in colour)
            draw.rectangle((near, upper, far - 1, lower - 1), fill=fill)


def _cuts(start: int, end: int, side: int) -> list[int]:
    """Divide a stretch into equal blocks of about `side` pixels."""
    count = max(1, round((end - start) / side))
    return [start + (end - start) * cut // count for cut in range(count + 1)]
