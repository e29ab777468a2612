"""The spread of each step over many walks: shortest, quartiles, median and longest, as a box with whiskers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import quantiles

from walkthrough_app.documents import phrases, svg
from walkthrough_app.documents.charts import scale
from walkthrough_app.documents.charts.chart import Chart, finished, nothing
from walkthrough_app.documents.svg import LINE, RISE, Ink, Kind, length

NOTHING = "还没有用时记录"
FEW = 5  # fewer walks than this are drawn one by one: a box would claim too much
ROW = 8.0
BOX = 4.2
GAP = 2.5
LEAST_PLOT = 18.0
HEADS = ("最短", "中位数", "最长")
LEGEND = ("箱内为居中的一半，粗线为中位数，两端为最短和最长", f"少于{FEW}次的逐次画点")


@dataclass(frozen=True)
class Sample:
    """The minutes that one step took in each walk that has it."""

    label: str
    minutes: tuple[int, ...]
    kind: Kind = "do"

    @cached_property
    def marks(self) -> tuple[float, float, float, float, float]:
        """Return shortest, lower quartile, median, upper quartile and longest."""
        ordered = sorted(self.minutes)
        if len(ordered) == 1:
            ordered *= 2
        low, middle, high = quantiles(ordered, n=4, method="inclusive")
        return ordered[0], low, middle, high, ordered[-1]

    @property
    def words(self) -> tuple[str, str, str]:
        low, _, middle, _, high = self.marks
        return number(low), number(middle), number(high)


@dataclass(frozen=True)
class Plan:
    """Where the columns stand: labels, counts, the plot from `left` to `right`, then three numbers."""

    labels: list[str]
    counts: float
    left: float
    right: float
    ends: tuple[float, float, float]
    ticks: list[int]

    def x(self, minutes: float) -> float:
        return self.left + (self.right - self.left) * minutes / self.ticks[-1]


def distribution(samples: Sequence[Sample], *, width_mm: float = 156, on_dark: bool = False) -> Chart:
    """Draw one row for each step that was timed at all, in the order given; `on_dark` for a dark background."""
    ink = svg.ink(on_dark=on_dark)
    timed = [sample for sample in samples if sample.minutes]
    if not timed:
        return nothing(NOTHING, width_mm, ink)
    plan = _plan(timed, width_mm)
    foot = LINE + ROW * len(timed)
    legend = _legend(timed, width_mm)
    parts = [_head(plan, ink), _axis(plan, foot, ink)]
    parts += [_row(sample, plan, n, ink) for n, sample in enumerate(timed)]
    parts += [svg.text(words, 0, foot + (2.2 + n) * LINE, ink.text) for n, words in enumerate(legend)]
    return finished("".join(parts), width_mm, foot + (1.5 + len(legend)) * LINE, tell(timed))


def tell(samples: Sequence[Sample]) -> str:
    steps = [
        f"{one.label}{len(one.minutes)}次，最短{low}、中位数{middle}、最长{high}分钟"
        for one in samples
        for low, middle, high in [one.words]
    ]
    return f"各环节用时分布：{'；'.join(steps)}"


def number(value: float) -> str:
    """Write a number with one decimal place at most: 12, 12.5."""
    return f"{int(value * 10 + 0.5) / 10:g}" if value < 100_000 else f"{value:.0f}"


def _plan(samples: Sequence[Sample], width: float) -> Plan:
    columns = [max(map(length, cells)) for cells in zip(HEADS, *(one.words for one in samples), strict=True)]
    middle = width - columns[2] - GAP
    ends = (middle - columns[1] - GAP, middle, width)
    right = ends[0] - columns[0] - GAP - 1
    count = max(length(_count(one)) for one in samples)
    labels = [svg.elided(sample.label, right - LEAST_PLOT - 2 * GAP - 1 - count) for sample in samples]
    counts = max(map(length, labels)) + GAP + count
    left = counts + GAP + 1
    most = max(max(sample.minutes) for sample in samples)
    return Plan(labels, counts, left, right, ends, scale.ticks(most, right - left))


def _count(sample: Sample) -> str:
    return f"{len(sample.minutes)}次"


def _head(plan: Plan, ink: Ink) -> str:
    y = LINE - 1.2
    heads = [svg.text(words, x, y, ink.text, "end") for words, x in zip(HEADS, plan.ends, strict=True)]
    return svg.text("分钟", (plan.left + plan.right) / 2, y, ink.text, "middle") + "".join(heads)


def _axis(plan: Plan, foot: float, ink: Ink) -> str:
    parts = [svg.line((plan.left, foot), (plan.right, foot), ink.text, 0.2)]
    for tick in plan.ticks:
        parts.append(svg.line((plan.x(tick), LINE), (plan.x(tick), foot), ink.quiet, 0.15))
        parts.append(svg.text(str(tick), plan.x(tick), foot + LINE - 0.6, ink.text, "middle"))
    return "".join(parts)


def _row(sample: Sample, plan: Plan, number_of_row: int, ink: Ink) -> str:
    y = LINE + ROW * (number_of_row + 0.5)
    base = y + RISE
    words = [svg.text(one, x, base, ink.text, "end") for one, x in zip(sample.words, plan.ends, strict=True)]
    label = svg.text(plan.labels[number_of_row], 0, base, ink.text)
    count = svg.text(_count(sample), plan.counts, base, ink.text, "end")
    drawn = _box(sample, plan, y, ink) if len(sample.minutes) >= FEW else _points(sample, plan, y, ink)
    return label + count + drawn + "".join(words)


def _points(sample: Sample, plan: Plan, y: float, ink: Ink) -> str:
    return "".join(svg.dot((plan.x(one), y), 0.9, ink.fill(sample.kind)) for one in sample.minutes)


def _box(sample: Sample, plan: Plan, y: float, ink: Ink) -> str:
    """Draw the box with its median, and the whiskers with their ends; a box too thin to see gets the least width."""
    low, left, middle, right, high = map(plan.x, sample.marks)
    wide = max(right - left, 0.8)
    ends = [svg.line((x, y - 1.2), (x, y + 1.2), ink.text, 0.3) for x in (low, high)]
    body = svg.rect((left + right - wide) / 2, y - BOX / 2, wide, BOX, ink.fill(sample.kind))
    foot = (y + BOX / 2 - 0.6,) * 2
    dots = svg.line((left, foot[0]), (right, foot[1]), ink.on_bar, 0.5, "0.6 0.6") if sample.kind == "wait" else ""
    halo = svg.line((middle, y - BOX / 2), (middle, y + BOX / 2), ink.on_bar, 1.3)
    median = svg.line((middle, y - BOX / 2 - 0.6), (middle, y + BOX / 2 + 0.6), ink.text, 0.6)
    return svg.line((low, y), (high, y), ink.text, 0.3) + "".join(ends) + body + dots + halo + median


def _legend(samples: Sequence[Sample], width: float) -> list[str]:
    used = [is_few for is_few in (False, True) if any((len(one.minutes) < FEW) is is_few for one in samples)]
    words = "；".join(LEGEND[is_few] for is_few in used)
    return phrases.wrapped(words, width / (svg.TYPE * 1.06))
