"""Where everything on a time ribbon goes, in mm: bars as long as their minutes, labels that do not touch."""

from collections.abc import Sequence
from dataclasses import dataclass

from walkthrough_app.documents.svg import Kind, length

TOP = 0.5
BAR = 9.0
BOTTOM = TOP + BAR
GAP = 0.6
NARROWEST = 1.6
LEADER = 1.2
FAR_LEADER = 2.4  # when a label stands away from its bar
MARGIN = 0.9
SWATCH = 3.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a walk; `running` means that it has not ended."""

    label: str
    minutes: int
    kind: Kind
    running: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A segment at its place on the ribbon."""

    segment: Segment
    x: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def label(self) -> str:
        return f"{self.segment.label} {self.time}"

    @property
    def time(self) -> str:
        return f"{self.segment.minutes}分" + ("…" if self.segment.running else "")

    @property
    def inside(self) -> tuple[str, ...]:
        """Return the lines that fit into the bar: one, two or none."""
        for lines in ((self.label,), (self.segment.label, self.time)):
            if max(map(length, lines)) + 2 * MARGIN <= self.width:
                return lines
        return ()


Row = list[tuple[Bar, float]]  # each bar with the left edge of its label


def place_bars(segments: Sequence[Segment], width: float) -> list[Bar]:
    """Share out the width by minutes; a bar too thin to see gets the least width, the others pay for it."""
    if not any(segment.minutes for segment in segments):
        return []
    widths = _widths([segment.minutes for segment in segments], width - GAP * (len(segments) - 1))
    starts = [sum(widths[:i]) + GAP * i for i in range(len(segments))]
    return [Bar(*place) for place in zip(segments, starts, widths, strict=True)]


def _widths(minutes: Sequence[int], free: float) -> list[float]:
    thin: set[int] = set()
    while True:
        scale = (free - NARROWEST * len(thin)) / sum(m for i, m in enumerate(minutes) if i not in thin)
        found = {i for i, m in enumerate(minutes) if m * scale < NARROWEST} - thin
        if not found or len(thin | found) == len(minutes):
            return [NARROWEST if i in thin else m * scale for i, m in enumerate(minutes)]
        thin |= found


def place_notes(bars: list[Bar], width: float) -> list[Row]:
    """Set the labels of narrow bars below the ribbon: as many rows as they need, none touching another."""
    rows: list[list[Bar]] = []
    for bar in bars:
        if rows and sum(length(b.label) + 2 * MARGIN for b in [*rows[-1], bar]) <= width:
            rows[-1].append(bar)
        else:
            rows.append([bar])
    return [_packed(row, width) for row in rows]


def _packed(row: list[Bar], width: float) -> Row:
    """Return each bar with the left edge of its label: under the bar, or as near as its neighbours let it."""
    lefts: list[float] = []
    edge = 0.0
    for bar in row:
        lefts.append(max(edge, bar.middle - length(bar.label) / 2))
        edge = lefts[-1] + length(bar.label) + 2 * MARGIN
    edge = width
    for i in reversed(range(len(row))):
        lefts[i] = min(lefts[i], edge - length(row[i].label))
        edge = lefts[i] - 2 * MARGIN
    return list(zip(row, lefts, strict=True))


def note_foot(bar: Bar, left: float) -> float:
    """Return where the line from a bar meets its label: straight below if the label is there."""
    return min(max(bar.middle, left + 1), left + length(bar.label) - 2)


def leader_length(rows: list[Row]) -> float:
    """Return how far below the ribbon its labels start."""
    far = any(abs(note_foot(bar, left) - bar.middle) > 5 for places in rows[:1] for bar, left in places)
    return FAR_LEADER if far else LEADER
