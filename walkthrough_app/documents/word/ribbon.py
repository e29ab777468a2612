"""The time ribbon as a table of coloured cells: sharp in print, and its words can be edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from walkthrough_app.documents import charts
from walkthrough_app.documents.charts.ribbon_layout import BAR, LEADER, Bar, Row, Segment, place_bars, place_notes
from walkthrough_app.documents.svg import LINE, PAPER, length
from walkthrough_app.documents.word import tables
from walkthrough_app.documents.word.measures import twips
from walkthrough_app.documents.word.xml import el, paragraph, run

MOST = 60  # columns; Word has room for 63


@dataclass(frozen=True)
class Slot:
    """A cell between two edges in twips; `is_tick` draws a line at its left."""

    left: int
    right: int
    content: tuple[Any, ...] = ()
    fill: str = ""
    is_waiting: bool = False
    is_tick: bool = False


@dataclass(frozen=True)
class Band:
    """A row of slots, its height in twips; what lies between the slots is filled up with empty cells."""

    slots: tuple[Slot, ...]
    height: int

    @property
    def edges(self) -> set[int]:
        return {edge for slot in self.slots for edge in (slot.left, slot.right)}


def ribbon(segments: Sequence[Segment], *, width_mm: float = 156) -> Any:
    """Make the table: the bars, the labels of those too thin to hold them, and what the colours mean."""
    total = twips(width_mm)
    bands = next(bands for bands in _ways(segments, width_mm) if len(_edges(bands)) <= MOST)
    edges = _edges(bands)
    sizes = [right - left for left, right in pairwise(edges)]
    made = tables.frame("TableNormal", sizes, charts.describe(segments))
    made.extend(_row(band, edges) for band in [*bands, _legend(segments, total)])
    return made


def _ways(segments: Sequence[Segment], width_mm: float) -> Iterable[list[Band]]:
    """Yield the ways to show the time, the fullest first: a table has room for so many columns only."""
    total, bars = twips(width_mm), place_bars(segments, width_mm)
    drawn = _bars(bars, total)
    yield [drawn, *_notes(bars, width_mm)]
    yield [drawn, _words("　".join(bar.label for bar in bars if not bar.inside), total)]
    yield [_words(charts.describe(segments), total)]


def _edges(bands: Sequence[Band]) -> list[int]:
    """Return where the columns of the table begin and end: the first band fills the whole width."""
    return sorted(set().union(*(band.edges for band in bands)))


def _bars(bars: Sequence[Bar], total: int) -> Band:
    if not bars:
        return Band((Slot(0, total, (run(charts.NOTHING),), PAPER.quiet),), twips(BAR))
    starts = [min(twips(bar.x), total) for bar in bars]
    slots = [
        Slot(left, right, _inside(bar), PAPER.fill(bar.segment.kind), is_waiting=bar.segment.kind == "wait")
        for bar, left, right in zip(bars, starts, [*starts[1:], total], strict=True)
    ]
    return Band(tuple(slots), twips(BAR))


def _inside(bar: Bar) -> tuple[Any, ...]:
    return (run("\n".join(bar.inside), "", el("w:color", val=_hex(PAPER.on_bar))),) if bar.inside else ()


def _notes(bars: Sequence[Bar], width_mm: float) -> Iterable[Band]:
    """Yield a band of ticks below the thin bars and the bands of their labels."""
    rows = place_notes([bar for bar in bars if not bar.inside], width_mm)
    if rows:
        yield _ticks(rows[0], twips(width_mm))
    for places in rows:
        yield Band(tuple(_label(bar, left, width_mm) for bar, left in places), twips(LINE))


def _ticks(places: Row, total: int) -> Band:
    middles = sorted({twips(bar.middle) for bar, _ in places})
    slots = (Slot(left, right, is_tick=True) for left, right in zip(middles, [*middles[1:], total], strict=True))
    return Band(tuple(slots), twips(LEADER))


def _label(bar: Bar, left: float, width_mm: float) -> Slot:
    return Slot(max(twips(left), 0), min(twips(left + length(bar.label)), twips(width_mm)), (run(bar.label),))


def _words(words: str, total: int) -> Band:
    return Band((Slot(0, total, (run(words),)),), twips(LINE))


def _legend(segments: Sequence[Segment], total: int) -> Band:
    entries = charts.legend(segments) if any(segment.minutes for segment in segments) else []
    words: list[Any] = []
    for n, (kind, text) in enumerate(entries):
        dots = el("w:u", val="dotted", color=_hex(PAPER.text)) if kind == "wait" else None
        sample = run("■", "", el("w:color", val=_hex(PAPER.fill(kind))), dots)
        words += [run("　　" if n else ""), sample, run(f" {text}")]
    return Band((Slot(0, total, tuple(words)),), twips(LINE + 1))


def _row(band: Band, edges: Sequence[int]) -> Any:
    cells = [_cell(slot, edges) for slot in _filled(band.slots, edges[-1])]
    rule = "exact" if band.height < twips(LINE) or band.slots[0].fill else "atLeast"
    return tables.row(*cells, height=band.height, rule=rule)


def _filled(slots: Sequence[Slot], total: int) -> Iterable[Slot]:
    """Yield the slots from left to right, none over another, with empty ones between them."""
    at = 0
    for slot in sorted(slots, key=lambda one: one.left):
        if slot.left > at:
            yield Slot(at, slot.left)
        at = max(at, slot.left)
        if slot.right > at:
            yield replace(slot, left=at)
            at = slot.right
    if at < total:
        yield Slot(at, total)


def _cell(slot: Slot, edges: Sequence[int]) -> Any:
    span = edges.index(slot.right) - edges.index(slot.left)
    words = paragraph("Ribbon" if slot.content else "Spacer", *slot.content)
    return tables.cell(slot.right - slot.left, words, span=span, marks=_marks(slot))


def _marks(slot: Slot) -> list[Any]:
    """Draw borders and shading; waiting has a dotted edge, so that it shows in black and white too."""
    left = [el("w:left", val="single", sz=4, space=0, color=_hex(PAPER.text))] if slot.is_tick else []
    bottom = [el("w:bottom", val="dotted", sz=18, space=0, color=_hex(PAPER.text))] if slot.is_waiting else []
    right = [el("w:right", val="single", sz=12, space=0, color="FFFFFF")] if slot.fill else []
    borders = [*left, *bottom, *right]
    shade = [el("w:shd", val="clear", color="auto", fill=_hex(slot.fill))] if slot.fill else []
    return ([el("w:tcBorders", *borders)] if borders else []) + shade


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()
