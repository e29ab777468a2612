"""Masking by tap: from the point that was tapped to a box on the picture."""

from collections.abc import Mapping
from typing import Any

SIZES = {"s": 0.10, "m": 0.18, "l": 0.32}  # side of the box, as a fraction of the picture's shorter edge
WIDTHS = {"1": 288, "2": 576, "3": 864}  # CSS pixels; fixed, so that a tap without JavaScript can be placed
DEFAULT_ZOOM = "1"


def zoom(wanted: str) -> str:
    return wanted if wanted in WIDTHS else DEFAULT_ZOOM


def view(photo: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    """Return the size in CSS pixels at which the picture is shown."""
    width = WIDTHS[zoom(wanted)]
    return {"zoom": zoom(wanted), "width": width, "height": round(width * photo["height"] / photo["width"])}


def boxes_after(form: Mapping[str, str], photo: Mapping[str, Any]) -> list[list[float]] | None:
    """Return the boxes after this post: one more at the tap, one less, or none; None when nothing changes."""
    boxes: list[list[float]] = list(photo["boxes"])
    do = form.get("do", "")
    if "mask.x" in form:
        return [*boxes, box_at(form, photo)]
    if do == "undo":
        return boxes[:-1]
    return [] if do in {"clear", "unclear"} else None


def box_at(form: Mapping[str, str], photo: Mapping[str, Any]) -> list[float]:
    """Return `[x, y, width, height]` as fractions of the picture, around the tapped point."""
    shown = view(photo, form.get("zoom", ""))
    x = _number(form.get("mask.x")) / shown["width"]
    y = _number(form.get("mask.y")) / shown["height"]
    side = SIZES.get(form.get("size", "m"), SIZES["m"]) * min(photo["width"], photo["height"])
    width, height = side / photo["width"], side / photo["height"]
    left, top = _within(x - width / 2, width), _within(y - height / 2, height)
    return [round(part, 4) for part in (left, top, width, height)]


def _within(start: float, length: float) -> float:
    return max(0.0, min(1.0 - length, start))


def _number(text: str | None) -> float:
    try:
        return float((text or "0")[:7])
    except ValueError:
        return 0.0
