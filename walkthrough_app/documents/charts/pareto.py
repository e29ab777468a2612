"""Pareto: which few categories make up most of the problems. Bars and cumulative line share one scale of 0 to 100 %.

The line starts where the first bar ends and never crosses another, so that both can be read in black and white.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from walkthrough_app.documents import phrases, svg
from walkthrough_app.documents.charts.chart import Chart, finished, nothing
from walkthrough_app.documents.svg import LINE, RISE, Ink, length

NOTHING = "还没有记录问题"
MARK = 80  # per cent: what the vital few add up to
MOST = 40  # more categories than this are shown as one
TALLEST = 200.0
ROW = 7.0
THINNEST = 4.6
GAP = 2.5
LEAST_PLOT = 25.0
SWATCH = 3.0
WIDE = 55.0  # mm of plot that have room for all the marks of the scale
HEADS = ("数量", "累计")


@dataclass(frozen=True, slots=True)
class Tally:
    """A category and how often it was met."""

    label: str
    count: int


@dataclass(frozen=True)
class Plan:
    """The rows in their final order with what they add up to, and where the columns stand."""

    rows: list[Tally]
    sums: list[int]
    labels: list[str]
    counts: float
    left: float
    right: float
    width: float
    row: float

    @property
    def total(self) -> int:
        return self.sums[-1]

    @property
    def few(self) -> int:
        """Return how many of the largest categories are needed to reach the mark."""
        return next(n for n, reached in enumerate(self.sums, 1) if reached * 100 >= MARK * self.total)

    @property
    def foot(self) -> float:
        return LINE + self.row * len(self.rows)

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share

    def y(self, number: int) -> float:
        return LINE + self.row * (number + 0.5)


def pareto(tallies: Sequence[Tally], *, width_mm: float = 156, on_dark: bool = False) -> Chart:
    """Draw the categories from the most frequent down; those never met are left out."""
    ink = svg.ink(on_dark=on_dark)
    rows = ranked(tallies)
    if not rows:
        return nothing(NOTHING, width_mm, ink)
    plan = _plan(rows, width_mm)
    parts = [_scale(plan, ink), _heads(plan, ink)]
    parts += [_row(plan, n, ink) for n in range(len(rows))]
    parts += [_line(plan, ink), _legend(plan, ink)]
    return finished("".join(parts), width_mm, plan.foot + 2.4 * LINE, _tell(plan))


def ranked(tallies: Sequence[Tally]) -> list[Tally]:
    """Return the categories that were met, the most frequent first; beyond forty the rest is one."""
    met = sorted((one for one in tallies if one.count), key=lambda one: -one.count)
    if len(met) <= MOST:
        return met
    rest = met[MOST - 1 :]
    return [*met[: MOST - 1], Tally(f"其他{len(rest)}类", sum(one.count for one in rest))]


def _plan(rows: list[Tally], width: float) -> Plan:
    sums = list(accumulate(one.count for one in rows))
    count = max(length(HEADS[0]), *(length(str(one.count)) for one in rows))
    right = width - max(length(one) for one in (HEADS[1], "99.9%")) - GAP - 1
    labels = [svg.elided(one.label, right - LEAST_PLOT - 2 * GAP - count) for one in rows]
    counts = max(map(length, labels)) + GAP + count
    height = min(ROW, max(THINNEST, TALLEST / len(rows)))
    return Plan(rows, sums, labels, counts, counts + GAP, right, width, height)


def _heads(plan: Plan, ink: Ink) -> str:
    y = LINE - 1.2
    return "".join(
        svg.text(words, x, y, ink.text, "end") for words, x in zip(HEADS, (plan.counts, plan.width), strict=True)
    )


def _scale(plan: Plan, ink: Ink) -> str:
    """Draw the scale below and the dashed mark, as far as their words have room."""
    shown = (0, 50, MARK, 100) if plan.right - plan.left >= WIDE else (0, MARK)
    parts = []
    for per_cent in shown:
        x = plan.x(per_cent / 100)
        is_mark = per_cent == MARK
        colour, wide, dash = (ink.text, 0.3, "1.2 0.8") if is_mark else (ink.quiet, 0.15, "")
        parts.append(svg.line((x, LINE), (x, plan.foot), colour, wide, dash))
        parts.append(svg.text(f"{per_cent}%", x, plan.foot + LINE - 0.6, ink.text, "middle"))
    return "".join(parts) + svg.line((plan.left, plan.foot), (plan.right, plan.foot), ink.text, 0.2)


def _row(plan: Plan, number: int, ink: Ink) -> str:
    one, base = plan.rows[number], plan.y(number) + RISE
    thick = plan.row * 0.62
    wide = max((plan.right - plan.left) * one.count / plan.total, 0.4)
    fill = ink.do if number < plan.few else ink.quiet
    share = phrases.percent(plan.sums[number], plan.total)
    return (
        svg.text(plan.labels[number], 0, base, ink.text)
        + svg.text(str(one.count), plan.counts, base, ink.text, "end")
        + svg.rect(plan.left, plan.y(number) - thick / 2, wide, thick, fill)
        + svg.text(share, plan.width, base, ink.text, "end")
    )


def _line(plan: Plan, ink: Ink) -> str:
    points = [(plan.x(reached / plan.total), plan.y(n)) for n, reached in enumerate(plan.sums)]
    return svg.path(points, ink.wait, 0.5) + "".join(svg.dot(point, 0.8, ink.wait) for point in points)


def _legend(plan: Plan, ink: Ink) -> str:
    """Explain the two fills and the line, in the middle below the chart."""
    others = len(plan.rows) - plan.few
    entries = [(ink.do, f"合计达{MARK}%的前{plan.few}类")] + ([(ink.quiet, f"其余{others}类")] if others else [])
    y = plan.foot + 2.1 * LINE
    x = (plan.width - sum(_entry(words) for _, words in [*entries, ("", "累计占比")]) + 4) / 2
    parts = []
    for fill, words in entries:
        parts += [svg.rect(x, y - SWATCH + 0.3, SWATCH, SWATCH, fill), svg.text(words, x + SWATCH + 1.4, y, ink.text)]
        x += _entry(words)
    middle = y - SWATCH / 2 + 0.3
    parts.append(svg.line((x - 1, middle), (x + SWATCH + 0.4, middle), ink.wait, 0.5))
    parts.append(svg.dot((x + SWATCH / 2 - 0.3, middle), 0.8, ink.wait))
    return "".join(parts) + svg.text("累计占比", x + SWATCH + 1.4, y, ink.text)


def _entry(words: str) -> float:
    return SWATCH + 1.4 + length(words) + 4


def _tell(plan: Plan) -> str:
    each = "，".join(f"{one.label}{one.count}个" for one in plan.rows)
    reached = phrases.percent(plan.sums[plan.few - 1], plan.total)
    few = f"，前{plan.few}类占{reached}" if plan.few < len(plan.rows) else ""
    return f"问题按类别：{each}；共{plan.total}个{few}"
