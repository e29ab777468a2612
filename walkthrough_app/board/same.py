"""同事同标: the same item in several units side by side, with its spread and not only its mean."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from walkthrough_app.accounts.models import User
from walkthrough_app.board import same_findings, same_queries
from walkthrough_app.board.same_findings import Problem
from walkthrough_app.board.same_queries import SameItem
from walkthrough_app.board.same_scope import Scope
from walkthrough_app.campaigns.names import Names
from walkthrough_app.core import clock
from walkthrough_app.documents.charts import Sample
from walkthrough_app.documents.charts.distribution import number
from walkthrough_app.figures.models import WalkFigure

PAGE = 20
UNITS = 50  # side by side on one page
LEAST_UNITS = 2  # fewer cannot be compared
TOTAL = "total"
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """An item in the list; `id` names its group. Lengths in minutes."""

    id: uuid.UUID
    title: str
    units: int
    walks: int
    spread: tuple[str, str, str]


@dataclass(frozen=True)
class Side:
    """One unit's walks of an item."""

    unit_id: uuid.UUID
    name: str
    walks: Sequence[WalkFigure]
    steps: Mapping[str, Sequence[int]]

    def minutes(self, step: str) -> tuple[int, ...]:
        """Return the minutes of a step, or of whole walks, one for each walk that has it."""
        seconds = [one.total_seconds for one in self.walks] if step == TOTAL else self.steps.get(step, ())
        return tuple(clock.minutes(one) for one in seconds)

    def five(self, step: str) -> tuple[str, ...]:
        """Return shortest, lower quartile, median, upper quartile and longest; dashes where nothing was timed."""
        minutes = self.minutes(step)
        return tuple(map(number, Sample(self.name, minutes).marks)) if minutes else ("—",) * 5

    def middle(self, step: str) -> float | None:
        minutes = self.minutes(step)
        return median(minutes) if minutes else None

    def shown_middle(self, step: str) -> str:
        found = self.middle(step)
        return "—" if found is None else number(found)

    def typical(self, name: str) -> str:
        """Return the median of a figure of walks, with its range where walks differ."""
        values = [value for one in self.walks if (value := getattr(one, name)) is not None]
        if not values:
            return "—"
        low, high = min(values), max(values)
        return number(low) if low == high else f"{number(median(values))}（{low}–{high}）"

    @property
    def late(self) -> int:
        """Return how many walks took longer than promised."""
        known = [one for one in self.walks if None not in {one.promise_days, one.actual_days}]
        return sum((one.actual_days or 0) > (one.promise_days or 0) for one in known)


@dataclass(frozen=True)
class Comparison:
    """Everything about one item: a page of its units, the one that is quickest first.

    `middles` are the minutes of the chosen step in all units, `names` those of all, `walks` how many there are.
    """

    same: SameItem
    sides: Sequence[Side]
    middles: Mapping[uuid.UUID, float]
    names: Mapping[uuid.UUID, str]
    walks: int
    step: str
    step_names: Mapping[str, str]
    problems: Sequence[Problem]
    after: uuid.UUID | None = None

    @property
    def is_cut(self) -> bool:
        return self.walks == same_queries.MOST_WALKS

    @property
    def units(self) -> int:
        return len(self.names)

    def samples(self) -> list[Sample]:
        return [Sample(side.name, side.minutes(self.step)) for side in self.sides]

    def mark(self, side: Side) -> tuple[str, str] | None:
        """Return the chip of the quickest and of the slowest unit of all; None while there is nothing to compare."""
        middles, mine = self.middles.values(), self.middles.get(side.unit_id)
        if mine is None or len(middles) < LEAST_UNITS or min(middles) == max(middles):
            return None
        if mine == min(middles):
            return "good", "用时最短"
        return ("wait", "用时最长") if mine == max(middles) else None


def lines(user: User, scope: Scope, after: uuid.UUID | None = None) -> tuple[list[Line], uuid.UUID | None]:
    """Return a page of the items walked in several units, most units first, and where the next page goes on."""
    every = same_queries.groups(user, scope, LEAST_UNITS)
    start = next((n + 1 for n, one in enumerate(every) if one.same_id == after), 0)
    page = every[start : start + PAGE]
    titles = same_queries.titles(user, [one.same_id for one in page])
    found = [_line(user, scope, *one, title=titles.get(one.same_id, "")) for one in page]
    return found, page[-1].same_id if start + PAGE < len(every) else None


def _line(  # noqa: PLR0913, PLR0917 - a row of the query
    user: User, scope: Scope, same_id: uuid.UUID, units: int, walks: int, low: int, high: int, *, title: str
) -> Line:
    middle = median(map(clock.minutes, same_queries.middle(user, scope, same_id, walks)))
    return Line(same_id, title, units, walks, (number(clock.minutes(low)), number(middle), number(clock.minutes(high))))


def compare(user: User, scope: Scope, same: SameItem, step: str = TOTAL, after: uuid.UUID | None = None) -> Comparison:
    """Set the walks of an item side by side, a page of units at a time."""
    found = same_queries.lengths(user, scope, same)
    walks, totals = _by_unit((one.unit_id, one.walk_id) for one in found), _middles((one[1], one[2]) for one in found)
    names = same_queries.units(list(walks))
    every = sorted(walks, key=lambda unit: (totals[unit], names[unit]))
    start = next((n + 1 for n, unit in enumerate(every) if unit == after), 0)
    page = every[start : start + UNITS]
    sides = _sides(page, names, [walk for unit in page for walk in walks[unit]])
    problems = same_findings.problems(same_queries.findings(user, scope, same))
    steps = _step_names(sides)
    step = step if step in steps else TOTAL
    middles = totals if step == TOTAL else _middles_of_step(step, {one.walk_id: one.unit_id for one in found})
    following = page[-1] if start + UNITS < len(every) else None
    return Comparison(same, sides, middles, names, len(found), step, steps, problems, following)


def _by_unit(pairs: Iterable[tuple[uuid.UUID, T]]) -> dict[uuid.UUID, list[T]]:
    found: dict[uuid.UUID, list[T]] = defaultdict(list)
    for unit, value in pairs:
        found[unit].append(value)
    return found


def _middles(pairs: Iterable[tuple[uuid.UUID, int]]) -> dict[uuid.UUID, float]:
    """Return the median minutes of each unit."""
    return {unit: median(map(clock.minutes, seconds)) for unit, seconds in _by_unit(pairs).items()}


def _middles_of_step(step: str, units: Mapping[uuid.UUID, uuid.UUID]) -> dict[uuid.UUID, float]:
    return _middles((units[walk], seconds) for walk, seconds in same_queries.step_lengths(list(units), step))


def _sides(page: Sequence[uuid.UUID], names: Mapping[uuid.UUID, str], walk_ids: Sequence[uuid.UUID]) -> list[Side]:
    walks = _by_unit((one.unit_id, one) for one in same_queries.walks(walk_ids))
    steps: dict[uuid.UUID, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for unit, step, seconds in same_queries.steps(walk_ids):
        steps[unit][step].append(seconds)
    return [Side(unit, names[unit], walks[unit], steps[unit]) for unit in page]


def _step_names(sides: Sequence[Side]) -> dict[str, str]:
    """Return the steps that were timed, by their ids, in the order of the questionnaire."""
    if not sides:
        return {}
    timed = {step for side in sides for step in side.steps}
    return {step: name for step, name in Names().steps(sides[0].walks[0].campaign_id).items() if step in timed}
