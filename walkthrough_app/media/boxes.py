"""The parts of a picture to be hidden."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """Left, top, width and height as fractions 0..1 of the clean picture."""

    x: float
    y: float
    w: float
    h: float


def clipped(boxes: Iterable[Sequence[float]]) -> list[Box]:
    """Return what of the boxes lies inside the picture, each once and in a fixed order."""
    inside = {_clip(Box(*box)) for box in boxes if all(map(math.isfinite, box))}
    return sorted(box for box in inside if box.w > 0 and box.h > 0)


def _clip(box: Box) -> Box:
    left, top = _unit(box.x), _unit(box.y)
    return Box(left, top, _unit(box.x + box.w) - left, _unit(box.y + box.h) - top)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
