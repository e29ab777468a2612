"""Rows of tables: how high they get, and which are so high that they may be torn: a whole row fits on one page only."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from walkthrough_app.documents import phrases

TALL = "tall"
TURNED = "turned"
DENSE = "dense"
MOST = 12  # lines a row may have and still be kept whole: what it leaves free at the foot of a page is a quarter of it
UPRIGHT = 42.1  # characters of 5号 (`dense`) across an upright page
ACROSS = 60.7  # and across a turned one
PLAIN = 10.5 / 12  # of that in 小4
PADDING = 0.7


def height(texts: Sequence[str], widths: Sequence[float], room: float = UPRIGHT) -> int:
    """Return how many lines a row takes; `widths` in characters, 0 for a column that shares what is left of `room`."""
    return max(map(_lines, texts, _shared(widths, room)), default=0)


def mark_tall(tree: Any) -> None:
    """Give the class `tall` to every row that may go on on the next page."""
    turned = {id(table) for part in tree.iter() if TURNED in _classes(part) for table in part.iter("table")}
    for table in tree.iter("table"):
        room = (ACROSS if id(table) in turned else UPRIGHT) * (1 if DENSE in _classes(table) else PLAIN)
        given = [_given(column) for column in table.iter("col")]
        for row in table.iter("tr"):
            texts = [_text(cell) for cell in row if cell.tag in {"td", "th"}]
            widths = (given + [0.0] * len(texts))[: len(texts)]
            if height(texts, widths, room) > MOST:
                row.set("class", " ".join((*_classes(row), TALL)))


def _shared(widths: Sequence[float], room: float) -> Iterator[float]:
    free = room - sum(width + PADDING for width in widths if width)
    shared = max(free / max(list(widths).count(0), 1) - PADDING, 1.0)
    return (width or shared for width in widths)


def _lines(text: str, width: float) -> int:
    return sum(max(math.ceil(phrases.width(line) / width), 1) for line in text.split("\n"))


def _given(column: Any) -> float:
    """Read the width in characters from a class like w8; 0 when there is none."""
    return next((float(name[1:]) for name in _classes(column) if name[:1] == "w" and name[1:].isdigit()), 0.0)


def _classes(element: Any) -> Iterable[str]:
    return (element.get("class") or "").split()


def _text(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split())
