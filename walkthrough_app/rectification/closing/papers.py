"""The files of a closing report: PDF with its facts inside, Word, workbook. Needs no database and no Flask."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from walkthrough_app.core.ids import canonical, digest
from walkthrough_app.documents import papers, phrases, rows
from walkthrough_app.documents.papers import AnnexTable
from walkthrough_app.documents.pdf import Attachment, Rendered
from walkthrough_app.documents.word.paper import Paper
from walkthrough_app.documents.word.tables import Column, Row
from walkthrough_app.documents.workbook import Cell, write_xlsx
from walkthrough_app.documents.workbook.model import Column as SheetColumn
from walkthrough_app.documents.workbook.model import Sheet
from walkthrough_app.rectification.closing.compose import compose
from walkthrough_app.rectification.sheets import layout

DATA_NAME = "closing.json"
MARK = "walkthrough-closing-data"
Facts = Mapping[str, Any]


def pdf(facts: Facts, *, generated: datetime) -> Rendered:
    """Lay the report out; RuntimeError as documents.pdf.check_renderer."""
    inside = Attachment(DATA_NAME, canonical(facts), "application/json")
    return papers.render(compose(facts), generated=generated, attachments=(inside,))


def docx(facts: Facts, *, generated: datetime) -> bytes:
    """Return the same as Word; equal facts give equal bytes."""
    told, paper = compose(facts), Paper()
    paper.title(told.title_lines)
    paper.addressee(told.addressee)
    paper.text("opening", told.opening)
    for n, chapter in enumerate(told.chapters, 1):
        paper.heading(f"{phrases.numeral(n)}、{chapter.title}", 1)
        for m, text in enumerate(chapter.texts, 1):
            paper.text(f"chapter.{n}.{m}", text)
    paper.appendix_note([one.title for one in told.annexes])
    paper.signature(told.issuer, phrases.full_date(told.made_on))
    for n, annex in enumerate(told.annexes, 1):
        paper.annex_head(str(n), annex.title)
        _annex(paper, annex)
    return paper.finish(title=told.title, issuer=told.issuer, generated=generated, marks={MARK: digest(facts)})


def _annex(paper: Paper, annex: AnnexTable) -> None:
    """Write an annex upright: the columns of a wide one are made narrower, so that running text keeps some room."""
    widths = [max(2, one.width * 2 // 3) if annex.is_wide and one.width else one.width for one in annex.columns]
    columns = [Column(one.title, width, is_text=one.is_text) for one, width in zip(annex.columns, widths, strict=True)]
    paper.table("", columns, [Row(row, may_break=rows.height(row, widths) > rows.MOST) for row in annex.rows])


def xlsx(facts: Facts, target: Path) -> None:
    """Write the annexes as sheets, and behind them the whole ledger in the sheets of domain §6.4."""
    told, ledger = compose(facts), facts.get("ledger", {})
    sheets = [_sheet(one) for one in told.annexes]
    sheets += [Sheet(title, layout.COLUMNS, map(_dated, enumerate(rows, 1))) for title, rows in ledger.items()]
    write_xlsx(target, sheets, title=told.title)


def _dated(counted: tuple[int, Sequence[Cell]]) -> list[Cell]:
    """Return a row of the ledger with its number, and with days where its text was a day."""
    number, row = counted
    return [number, *(_day(title, cell) for title, cell in zip(layout.TITLES[1:], row, strict=True))]


def _day(title: str, cell: Cell) -> Cell:
    return date.fromisoformat(cell) if title in layout.DAYS and isinstance(cell, str) else cell


def _sheet(annex: AnnexTable) -> Sheet:
    columns = [SheetColumn(one.title, 30 if one.is_text else 12, is_wrapped=True) for one in annex.columns]
    counted = [[int(cell) if cell.isdecimal() else cell for cell in row] for row in annex.rows]
    return Sheet(annex.title, columns, counted)
