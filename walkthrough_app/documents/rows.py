"""Rows of tables that are so tall that they may be torn: a row that must stay whole can be no taller than a page."""

import math
from collections.abc import Sequence
from typing import Any

from walkthrough_app.documents import phrases

TALL = "tall"
LINES = 20  # of the 45 that a page has in the type of a table
TABLE_WIDTH = 42.0  # characters of 5号 in 156 mm
PADDING = 0.7


def mark_tall(tree: Any) -> None:
    """Give the class `tall` to every row that takes about half a page or more."""
    for table in tree.iter("table"):
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in {"td", "th"}]
            if _lines(cells, _widths(table, len(cells))) > LINES:
                row.set("class", f"{row.get('class', '')} {TALL}".strip())


def _widths(table: Any, count: int) -> list[float]:
    """Return the characters that a line of each column holds: columns without a width share what is left."""
    given = [_given(column) for column in table.iter("col")][:count]
    given += [0.0] * (count - len(given))
    free = TABLE_WIDTH - sum(width + PADDING for width in given if width)
    shared = max(free / max(given.count(0.0), 1) - PADDING, 1.0)
    return [width or shared for width in given]


def _given(column: Any) -> float:
    """Read the width in characters from a class like w8; 0 when there is none."""
    names = (column.get("class") or "").split()
    return next((float(name[1:]) for name in names if name[:1] == "w" and name[1:].isdigit()), 0.0)


def _lines(cells: Sequence[Any], widths: Sequence[float]) -> int:
    texts = [" ".join("".join(cell.itertext()).split()) for cell in cells]
    lines = (math.ceil(phrases.width(text) / max(width, 1)) for text, width in zip(texts, widths, strict=True))
    return max(lines, default=0)
