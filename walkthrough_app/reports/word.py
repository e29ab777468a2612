"""From report data to a Word file that the unit may edit, and whose paragraphs can be read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from walkthrough_app.core.ids import digest
from walkthrough_app.documents import phrases, rows
from walkthrough_app.documents.word.paper import Paper
from walkthrough_app.documents.word.tables import Column, Row
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Annex, Block, Composed, Diagram, Figure, Heading, Paragraph, Table

REPORT, VERSION, DATA, MADE_ON = (
    "walkthrough.report",
    "walkthrough.version",
    "walkthrough.data",
    "walkthrough.made_on",
)


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: a report on a server ('' from a package) and its version, 0 for the draft."""

    report: str = ""
    version: int = 0


def write(
    data: Mapping[str, Any],
    pictures: Mapping[str, Path | bytes],
    generated: datetime,
    *,
    origin: Origin | None = None,
    is_draft: bool = False,
) -> bytes:
    """Write the report; `pictures` holds the masked copies by their SHA-256. Equal input gives equal bytes.

    A draft says so on every page. LookupError when a picture is missing or cannot be read.
    """
    return _write(data, pictures, generated, origin or Origin(version=data.get("number", 0)), is_draft=is_draft)


def outline(data: Mapping[str, Any]) -> bytes:
    """Write the report without its pictures: what an edited file is compared with."""
    return _write(data, None, datetime.combine(date.fromisoformat(data["made_on"]), time.min, UTC), Origin())


def _write(
    data: Mapping[str, Any],
    pictures: Mapping[str, Path | bytes] | None,
    generated: datetime,
    origin: Origin,
    *,
    is_draft: bool = False,
) -> bytes:
    composed, paper = compose(data), Paper(is_draft=is_draft)
    _body(paper, composed)
    for annex in composed.annexes:
        _annex(paper, annex, pictures, is_only=len(composed.annexes) == 1)
    marks = _marks(data, origin)
    return paper.finish(title=composed.title, issuer=composed.issuer, generated=generated, marks=marks)


def _marks(data: Mapping[str, Any], origin: Origin) -> dict[str, str]:
    return {
        REPORT: origin.report,
        VERSION: str(origin.version),
        DATA: digest(data),
        MADE_ON: data["made_on"],
    }


def _body(paper: Paper, composed: Composed) -> None:
    paper.title([composed.issuer, composed.matter])
    paper.addressee(composed.addressee)
    last = [one for one in composed.paragraphs() if one.lines][-1:]
    for paragraph in composed.opening:
        _block(paper, paragraph, last)
    for n, section in enumerate(composed.sections, 1):
        paper.heading(f"{phrases.numeral(n)}、{section.heading}", 1)
        for block in section.blocks:
            _block(paper, block, last)
    paper.appendix_note([annex.title for annex in composed.annexes])
    paper.signature(composed.issuer, composed.made_on, keep=bool(composed.contact))
    if composed.contact:
        paper.contact(composed.contact)


def _block(paper: Paper, block: Block, last: list[Paragraph]) -> None:
    match block:
        case Heading():
            paper.heading(block.text, 2)
        case Paragraph():
            if block.lines:
                paper.text(block.key, block.text, block.lead, keep=block in last)
        case Table():
            _table(paper, block)
        case Figure():
            paper.ribbon(block.bars[0].segments, f"图{block.number}　{block.title}")
        case Diagram():
            _table(paper, block.table())


def _table(paper: Paper, table: Table) -> None:
    columns = [Column(one.title, one.width, is_text=one.is_text) for one in table.columns]
    widths = [one.width for one in table.columns]
    lines = [Row(row, may_break=rows.height(row, widths) > rows.MOST) for row in table.rows]
    paper.table(f"{table.number}　{table.title}" if table.number else "", columns, lines)


def _annex(paper: Paper, annex: Annex, pictures: Mapping[str, Path | bytes] | None, *, is_only: bool) -> None:
    """Write an annex; without `pictures` only what can be written without them."""
    paper.annex_head("" if is_only else str(annex.number), annex.title, is_tight=bool(annex.photos))
    if annex.table:
        _table(paper, annex.table)
    if annex.figure:
        bars = [(bar.label, bar.segments) for bar in annex.figure.bars]
        paper.ribbons(bars, f"图{annex.figure.number}　{annex.figure.title}")
    for n, photo in enumerate(annex.photos):
        if pictures is None:
            paper.photo_caption(photo.caption)
        else:
            paper.photo(_found(pictures, photo.sha256), photo.caption, at=n)


def _found(pictures: Mapping[str, Path | bytes], sha256: str) -> Path | bytes:
    try:
        return pictures[sha256]
    except KeyError:
        raise LookupError(f"media:{sha256} was not handed over") from None
