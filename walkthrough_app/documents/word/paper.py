"""An official paper written part by part (GB/T 9704-2012), as documents/templates does it for PDF."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Segment
from walkthrough_app.documents.word import blocks, photos, shell, tables
from walkthrough_app.documents.word.measures import CHAR, CHARS, LINE, WIDTH
from walkthrough_app.documents.word.ribbon import ribbon
from walkthrough_app.documents.word.tables import Column, Row
from walkthrough_app.documents.word.xml import el, paragraph

LONG_UNIT = 24  # characters that still leave room for a date beside the edge
GAP = 120  # twips
LABEL = 10  # characters of the column that names a ribbon among several


class Paper:
    """A Word file being written from top to bottom."""

    def __init__(self, *, is_draft: bool = False) -> None:
        self._document = shell.empty(is_draft=is_draft)
        self._end = self._document.element.body.sectPr
        self._keyed = 0

    def title(self, lines: Sequence[str]) -> None:
        self._add(paragraph("Title", "\n".join(lines)))

    def addressee(self, name: str) -> None:
        self._add(paragraph("Addressee", f"{name}："))

    def heading(self, text: str, level: int) -> None:
        self._add(paragraph(f"Heading{level}", text))

    def text(self, key: str, text: str, lead: str = "", *, keep: bool = False) -> None:
        """Write a paragraph that can be read back by its key; `keep` holds it to what follows."""
        self._keyed += 1
        self._add(blocks.keyed(key, text, lead, self._keyed, keep=keep))

    def table(self, caption: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        if caption:
            self._add(paragraph("TableCaption", caption))
        self._add(tables.table(columns, rows, caption), _gap())

    def ribbon(self, segments: Sequence[Segment], caption: str) -> None:
        """Write a ribbon and its caption, both inside one row of a table: no program tears that apart."""
        whole = tables.frame("TableNormal", [WIDTH], caption)
        whole.append(tables.row(tables.cell(WIDTH, ribbon(segments), paragraph("FigureCaption", caption)), height=LINE))
        self._add(_gap(), whole, _gap())

    def ribbons(self, bars: Sequence[tuple[str, Sequence[Segment]]], caption: str) -> None:
        """Write one table of many ribbons, each beside its label."""
        sizes = tables.widths([Column("", LABEL), Column("")])
        made = tables.frame("PaperTable", sizes, caption)
        for label, segments in bars:
            words = paragraph("TableText", label, layout=[el("w:jc", val="left")])
            drawn = tables.cell(sizes[1], ribbon(segments, width_mm=112), paragraph("Spacer"))
            made.append(tables.row(tables.cell(sizes[0], words), drawn, height=LINE))
        self._add(paragraph("TableCaption", caption), made, _gap())

    def appendix_note(self, names: Sequence[str]) -> None:
        """List the annexes; turned lines begin below the first character of the name."""
        for n, name in enumerate(names, 1):
            number = f"{n}." if len(names) > 1 else ""
            hanging = (3 if n == 1 else 0) + (1 if number else 0)
            left = 6 if number else 5
            layout = [
                el("w:spacing", before=LINE) if n == 1 else None,
                el("w:ind", left=left * CHAR, hanging=hanging * CHAR, firstLineChars=0),
            ]
            self._add(paragraph("AppendixNote", ("附件：" if n == 1 else "") + number + name, layout=layout))

    def signature(self, unit: str, date: str, *, keep: bool = False) -> None:
        """Write unit and date as the standard places them without a seal; the longer one keeps two characters free."""
        keep_next = el("w:keepNext") if keep else None
        for style, text, place, kept in zip(
            ("Signature", "SignedDate"), (unit, date), _places(unit, date), (None, keep_next), strict=True
        ):
            self._add(paragraph(style, text, layout=[kept, *place]))

    def contact(self, text: str) -> None:
        self._add(paragraph("ContactNote", f"（{text}）"))

    def annex_head(self, number: str, title: str, *, is_tight: bool = False) -> None:
        """Begin an annex on a new page; '' numbers the only one. `is_tight` leaves half a line below its title."""
        layout = [el("w:spacing", before=LINE, after=LINE // 2)] if is_tight else []
        self._add(paragraph("AnnexNumber", f"附件{number}"), paragraph("AnnexTitle", title, layout=layout))

    def photo(self, source: Path | bytes, caption: str, *, at: int) -> None:
        """Put in the picture that stands at place `at` (from 0) of its annex; LookupError when it cannot be read."""
        self._add(*photos.picture(self._document, source, caption, at=at))

    def photo_caption(self, caption: str) -> None:
        """Write only what stands below a picture."""
        self._add(paragraph("PhotoCaption", caption))

    def finish(self, *, title: str, issuer: str, generated: datetime, marks: Mapping[str, str]) -> bytes:
        """Return the file; equal input gives equal bytes. `marks` come back with reading.read()."""
        shell.describe(self._document, title=title, issuer=issuer, generated=generated)
        shell.mark(self._document, marks)
        return shell.finish(self._document)

    def _add(self, *elements: Any) -> None:
        for one in elements:
            self._end.addprevious(one)


def _gap() -> Any:
    """Make the little space that parts a table from the text beside it."""
    return paragraph("Spacer", layout=[el("w:spacing", before=GAP)])


def _places(unit: str, date: str) -> tuple[list[Any], list[Any]]:
    """Return the indents of unit and date."""
    wide, other = phrases.width(unit), phrases.width(date)
    if wide > LONG_UNIT:
        return [el("w:ind", right=2 * CHAR)], [el("w:ind", right=4 * CHAR), el("w:jc", val="right")]
    start = CHARS - 2 - (wide if wide >= other else other + 2)
    return [_indent(start)], [_indent(start + 2)]


def _indent(characters: float) -> Any:
    return el("w:ind", left=min(round(characters * CHAR), WIDTH))
