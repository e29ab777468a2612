"""Tables of fixed widths with a head that comes again on every page; rows stay whole unless they are too tall."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.documents.word.measures import DENSE, LINE, WIDTH
from walkthrough_app.documents.word.xml import el, paragraph

PADDING = 0.7  # characters
NARROWEST = 3.0
APART = 0.25  # characters that some programs put between words and figures whatever the style says
MOST_APART = 1.25
BORDERS = re.compile(r"(?<=[0-9A-Za-z])(?=[^\x00-\xff])|(?<=[^\x00-\xff])(?=[0-9A-Za-z])")


@dataclass(frozen=True)
class Column:
    """`width` in characters, 0 takes what is left; running text stands left, the rest in the middle."""

    title: str
    width: int = 0
    is_text: bool = False


@dataclass(frozen=True)
class Row:
    cells: tuple[str, ...]
    may_break: bool = False


def widths(columns: Sequence[Column], rows: Sequence[Row] = (), total: int = WIDTH) -> list[int]:
    """Return the widths in twips; together they are `total`."""
    given = [_given(n, column, rows) * DENSE for n, column in enumerate(columns)]
    open_ones = given.count(0.0)
    shared = max((total - sum(given)) / open_ones, NARROWEST * DENSE) if open_ones else 0.0
    wanted = [width or shared for width in given]
    made = [int(width * total / sum(wanted)) for width in wanted]
    made[-1] += total - sum(made)
    return made


def _given(n: int, column: Column, rows: Sequence[Row]) -> float:
    """Return a column's width in characters, a little more where its figures may be set apart from the words."""
    if not column.width:
        return 0.0
    apart = max((len(BORDERS.findall(row.cells[n])) * APART for row in rows), default=0.0)
    return column.width + PADDING + (0.0 if column.is_text else min(apart, MOST_APART))


def table(columns: Sequence[Column], rows: Sequence[Row], description: str) -> Any:
    """Make a table; `description` is read out to those who do not see it."""
    sizes = widths(columns, rows)
    made = frame("PaperTable", sizes, description)
    made.append(_head(columns, sizes))
    made.extend(_rows(columns, sizes, rows))
    return made


def frame(style: str, columns: Sequence[int], description: str) -> Any:
    """Make a table without rows, its columns in twips."""
    properties = el(
        "w:tblPr",
        el("w:tblStyle", val=style),
        el("w:tblW", w=sum(columns), type="dxa"),
        el("w:tblInd", w=0, type="dxa"),
        el("w:tblLayout", type="fixed"),
        el("w:tblLook", val="0000"),
        el("w:tblDescription", val=description),
    )
    return el("w:tbl", properties, el("w:tblGrid", *(el("w:gridCol", w=width) for width in columns)))


def cell(width: int, *content: Any, span: int = 1, marks: Sequence[Any] = (), place: str = "center") -> Any:
    """Make a cell; `marks` are borders and shading, in the order of the schema, `place` is top or center."""
    spanned = el("w:gridSpan", val=span) if span > 1 else None
    properties = el("w:tcPr", el("w:tcW", w=width, type="dxa"), spanned, *marks, el("w:vAlign", val=place))
    return el("w:tc", properties, *content)


def row(*cells: Any, height: int, rule: str = "atLeast", is_head: bool = False, may_break: bool = False) -> Any:
    properties = el(
        "w:trPr",
        None if may_break else el("w:cantSplit"),
        el("w:trHeight", val=height, hRule=rule),
        el("w:tblHeader") if is_head else None,
    )
    return el("w:tr", properties, *cells)


def _head(columns: Sequence[Column], sizes: Sequence[int]) -> Any:
    cells = [
        cell(width, paragraph("TableHead", column.title), marks=[_rule()])
        for column, width in zip(columns, sizes, strict=True)
    ]
    return row(*cells, height=LINE, is_head=True)


def _rule() -> Any:
    return el("w:tcBorders", el("w:bottom", val="single", sz=6, space=0, color="000000"))


def _rows(columns: Sequence[Column], sizes: Sequence[int], rows: Sequence[Row]) -> Iterator[Any]:
    for one in rows:
        place = "top" if one.may_break else "center"
        cells = [
            cell(size, _words(text, column), place=place)
            for text, column, size in zip(one.cells, columns, sizes, strict=True)
        ]
        yield row(*cells, height=LINE, may_break=one.may_break)


def _words(text: str, column: Column) -> Any:
    return paragraph("TableText", text, layout=[el("w:jc", val="left")] if column.is_text else [])
