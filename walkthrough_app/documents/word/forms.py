"""Letters and working forms in Word: a red letterhead, tables with a name beside each entry, pictures side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from walkthrough_app.documents import phrases
from walkthrough_app.documents.word import photos, tables
from walkthrough_app.documents.word.measures import CHAR, LINE, WIDTH
from walkthrough_app.documents.word.paper import GAP, Paper
from walkthrough_app.documents.word.xml import el, paragraph, run

RED = "E60012"
MARK = 56  # half points of a short name
NAME = 0.17  # of the width: the cell that names an entry
SIDES = ("top", "left", "bottom", "right")
PICTURE_LINES = 5.5
HALF = WIDTH // 2
ROW = 380  # twips
FREE = 4  # characters


class FormPaper(Paper):
    """A paper that is a letter or a form."""

    def letterhead(self, issuer: str, number: str, marks: Sequence[str] = ()) -> None:
        """Write who writes in red above a red line; number right, urgency left below it."""
        size = min(MARK, WIDTH // max(1, len(issuer)) // 10)
        rule = el("w:pBdr", el("w:bottom", val="thickThinSmallGap", sz=24, space=6, color=RED))
        big = [el("w:b"), el("w:color", val=RED), el("w:sz", val=size), el("w:szCs", val=size)]
        layout = [rule, _spacing(0, GAP), *_centre()]
        self._add(paragraph("Normal", run(issuer, "", *big), layout=layout))
        for mark in marks:
            self._add(paragraph("Normal", mark, layout=[el("w:ind", firstLineChars=0, firstLine=0)]))
        if number:
            self._add(paragraph("Normal", number, layout=_right()))

    def red_head(self, mark: str, number: str) -> None:
        """Write the head of an issued paper: the mark, its number, a red line."""
        size = min(MARK, WIDTH // max(1, len(mark)) // 10)
        big = [el("w:b"), el("w:color", val=RED), el("w:sz", val=size), el("w:szCs", val=size)]
        self._add(paragraph("Normal", run(mark, "", *big), layout=[_spacing(LINE, LINE), *_centre()]))
        rule = el("w:pBdr", el("w:bottom", val="single", sz=16, space=6, color=RED))
        self._add(paragraph("Normal", number, layout=[rule, _spacing(0, LINE), *_centre()]))

    def signature(self, unit: str, date: str, *, keep: bool = False) -> None:
        """Write unit and date as for a seal: the date four characters from the right, the unit centred above."""
        free = max(0.0, phrases.width(date) - phrases.width(unit)) / 2 + FREE
        keep_next = el("w:keepNext") if keep else None
        self._add(paragraph("Signature", unit, layout=[el("w:keepNext"), *_from_right(round(free * CHAR))]))
        self._add(paragraph("SignedDate", date, layout=[keep_next, *_from_right(FREE * CHAR)]))

    def form_title(self, text: str) -> None:
        """Write the title of a form close to what is above it: its table should stay on the same page."""
        layout = [el("w:spacing", before=LINE // 2, after=LINE // 2)]
        self._add(paragraph("Title", text, layout=layout))

    def new_page(self, title: str) -> None:
        """Begin a page with a title."""
        layout = [el("w:pageBreakBefore"), el("w:spacing", before=0, after=LINE // 2)]
        self._add(paragraph("AnnexTitle", title, layout=layout))

    def centred(self, text: str) -> None:
        self._add(paragraph("Normal", text, layout=_centre()))

    def plain(self, text: str, lead: str = "") -> None:
        """Write a paragraph that nobody reads back; `lead` is its bold beginning."""
        runs = [run(lead, "Heading3Char")] if lead else []
        self._add(paragraph("Normal", *runs, text))

    def entries(self, rows: Sequence[Sequence[str]], description: str) -> None:
        """Write a ruled form: rows of (name, text), or of (name, text, name, text)."""
        name = int(WIDTH * NAME)
        sizes = [name, HALF - name, name, WIDTH - HALF - name]
        made = tables.frame("TableNormal", sizes, description)
        for row in rows:
            made.append(tables.row(*_cells(row, sizes), height=ROW, may_break=len(row) < 4))
        self._add(made, _gap())

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]], description: str) -> None:
        """Write a ruled table of equal columns."""
        sizes = [WIDTH // len(head)] * len(head)
        made = tables.frame("TableNormal", sizes, description)
        for n, row in enumerate((head, *rows)):
            style = "TableHead" if not n else "TableText"
            cells = [_cell(size, paragraph(style, text)) for size, text in zip(sizes, row, strict=True)]
            made.append(tables.row(*cells, height=ROW, is_head=not n))
        self._add(made, _gap())

    def side_by_side(self, head: tuple[str, str], pairs: Sequence[tuple[Path | None, Path | None]]) -> None:
        """Write pictures of then and now beside each other; LookupError when one cannot be read."""
        made = tables.frame("TableNormal", [HALF, WIDTH - HALF], "、".join(head))
        titles = [_cell(HALF, paragraph("TableHead", one)) for one in head]
        made.append(tables.row(*titles, height=LINE, is_head=True))
        for pair in pairs:
            cells = [_cell(HALF, self._picture(one, words)) for one, words in zip(pair, head, strict=True)]
            made.append(tables.row(*cells, height=LINE))
        self._add(made, _gap())

    def _picture(self, source: Path | None, words: str) -> Any:
        if source is None:
            return paragraph("TableText", "没有照片")
        drawn = photos.inline(self._document, source, words, (HALF - 2 * CHAR, round(PICTURE_LINES * LINE)))
        layout = [el("w:spacing", before=GAP, after=GAP, line=240, lineRule="auto"), el("w:jc", val="center")]
        return paragraph("Photo", el("w:r", drawn), layout=layout)


def _cells(row: Sequence[str], sizes: Sequence[int]) -> list[Any]:
    name, text, *more = row
    if not more:
        return [_named(name, sizes[0]), _cell(sum(sizes[1:]), _left(text), span=3)]
    other, words = more
    return [
        _named(name, sizes[0]),
        _cell(sizes[1], _left(text)),
        _named(other, sizes[2]),
        _cell(sizes[3], _left(words)),
    ]


def _named(text: str, width: int) -> Any:
    return _cell(width, paragraph("TableText", text))


def _left(text: str) -> Any:
    return paragraph("TableText", text, layout=[el("w:jc", val="left")])


def _cell(width: int, content: Any, span: int = 1) -> Any:
    rules = el("w:tcBorders", *(el(f"w:{side}", val="single", sz=4, space=0, color="000000") for side in SIDES))
    return tables.cell(width, content, span=span, marks=[rules])


def _spacing(before: int, after: int) -> Any:
    return el("w:spacing", before=before, after=after, line=240, lineRule="auto")


def _centre() -> list[Any]:
    return [el("w:ind", firstLineChars=0, firstLine=0), el("w:jc", val="center")]


def _right() -> list[Any]:
    return [el("w:ind", firstLineChars=0, firstLine=0), el("w:jc", val="right")]


def _from_right(twips: int) -> list[Any]:
    return [el("w:ind", left=0, leftChars=0, right=twips, firstLineChars=0, firstLine=0), el("w:jc", val="right")]


def _gap() -> Any:
    return paragraph("Spacer", layout=[el("w:spacing", before=GAP)])
