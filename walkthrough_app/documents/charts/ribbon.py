"""The time ribbon: where the citizen's time went, the same drawing on the web and on paper."""

from collections.abc import Sequence

from walkthrough_app.documents import phrases, svg
from walkthrough_app.documents.charts.chart import Chart, finished
from walkthrough_app.documents.charts.ribbon_layout import (
    BAR,
    BOTTOM,
    SWATCH,
    TOP,
    Bar,
    Segment,
    leader_length,
    note_foot,
    place_bars,
    place_notes,
)
from walkthrough_app.documents.svg import LINE, RISE, Ink, Kind, length

NOTHING = "还没有用时记录"


def ribbon(segments: Sequence[Segment], *, width_mm: float = 156, on_dark: bool = False) -> Chart:
    """Draw the segments in order, as long as their minutes; `on_dark` for a dark background."""
    ink = svg.ink(on_dark=on_dark)
    bars = place_bars(segments, width_mm)
    rows = place_notes([bar for bar in bars if not bar.inside], width_mm)
    leader = leader_length(rows)
    baseline = BOTTOM + leader + (len(rows) + 1) * LINE - 0.4
    parts = [_draw_bar(bar, ink) for bar in bars] or [_draw_nothing(width_mm, ink)]
    parts += [_draw_note(bar, left, row, leader, ink) for row, places in enumerate(rows) for bar, left in places]
    parts += [_draw_legend(segments, width_mm, baseline, ink)] if bars else []
    return finished("".join(parts), width_mm, baseline + 0.6 if bars else BOTTOM + TOP, describe(segments))


def describe(segments: Sequence[Segment]) -> str:
    """Say in one sentence what the ribbon shows."""
    total = sum(segment.minutes for segment in segments)
    if not total:
        return NOTHING
    steps = "，".join(_spoken(segment) for segment in segments)
    waited = _spent(segments, "wait")
    share = f"，占{phrases.percent(waited, total)}" if waited else ""
    return f"各环节用时：{steps}；共{phrases.minutes(total)}，其中等候{phrases.minutes(waited)}{share}"


def _spoken(segment: Segment) -> str:
    return f"{segment.label}{phrases.minutes(segment.minutes)}" + ("（进行中）" if segment.running else "")


def _spent(segments: Sequence[Segment], kind: Kind) -> int:
    return sum(segment.minutes for segment in segments if segment.kind == kind)


def _draw_bar(bar: Bar, ink: Ink) -> str:
    right = bar.x + bar.width - 0.6
    parts = [svg.rect(bar.x, TOP, bar.width, BAR, ink.fill(bar.segment.kind))]
    if bar.segment.kind == "wait":
        parts.append(_dots(bar.x, BOTTOM, bar.width, ink))
    if bar.segment.running:
        parts.append(svg.line((right, TOP), (right, BOTTOM), ink.on_bar, 0.4, "1 0.8"))
    first = TOP + BAR / 2 + RISE - (len(bar.inside) - 1) * LINE * 0.45
    parts += [
        svg.text(words, bar.middle, first + n * LINE * 0.9, ink.on_bar, "middle") for n, words in enumerate(bar.inside)
    ]
    return "".join(parts)


def _dots(x: float, bottom: float, width: float, ink: Ink) -> str:
    """Draw the dotted lower edge of waiting, so that it shows in black and white too."""
    return svg.line((x + 0.3, bottom - 0.6), (x + width - 0.3, bottom - 0.6), ink.on_bar, 0.5, "0.6 0.6")


def _draw_note(bar: Bar, left: float, row: int, leader: float, ink: Ink) -> str:
    words = svg.text(bar.label, left, BOTTOM + leader + (row + 1) * LINE - 1.0, ink.text)
    if row:
        return words
    return svg.line((bar.middle, BOTTOM), (note_foot(bar, left), BOTTOM + leader), ink.text, 0.2) + words


def _draw_legend(segments: Sequence[Segment], width: float, baseline: float, ink: Ink) -> str:
    entries = legend(segments)
    x = (width - sum(_entry_width(words) for _, words in entries)) / 2
    parts: list[str] = []
    for kind, words in entries:
        parts.append(svg.rect(x, baseline - SWATCH + 0.3, SWATCH, SWATCH, ink.fill(kind)))
        parts.append(_dots(x, baseline + 0.3, SWATCH, ink) if kind == "wait" else "")
        parts.append(svg.text(words, x + SWATCH + 1.4, baseline, ink.text))
        x += _entry_width(words)
    return "".join(parts)


def legend(segments: Sequence[Segment]) -> list[tuple[Kind, str]]:
    """Return what the legend says of each kind of time."""
    total = sum(segment.minutes for segment in segments)
    waited = _spent(segments, "wait")
    share = f"（{phrases.percent(waited, total)}）" if waited else ""
    return [("do", f"办理 {phrases.minutes(total - waited)}"), ("wait", f"等候 {phrases.minutes(waited)}{share}")]


def _entry_width(words: str) -> float:
    return SWATCH + 1.4 + length(words) + 5


def _draw_nothing(width: float, ink: Ink) -> str:
    words = svg.text(NOTHING, width / 2, TOP + BAR / 2 + RISE, ink.text, "middle")
    return svg.rect(0, TOP, width, BAR, ink.quiet) + words
