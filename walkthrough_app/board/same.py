"""同事同标: the same item in several units side by side, with its spread and not only its mean."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from walkthrough_app.accounts.models import User
from walkthrough_app.board import same_findings, same_queries
from walkthrough_app.board.same_findings import Problem
from walkthrough_app.board.same_items import SameItem, normalised
from walkthrough_app.board.same_scope import Scope
from walkthrough_app.campaigns.names import Names
from walkthrough_app.core import clock
from walkthrough_app.documents.charts import Sample
from walkthrough_app.documents.charts.distribution import number
from walkthrough_app.figures.models import WalkFigure

PAGE = 20
LEAST_UNITS = 2  # fewer cannot be compared
TOTAL = "total"


@dataclass
class Line:
    """An item in the list."""

    same: SameItem
    units: set[uuid.UUID] = field(default_factory=set)
    walks: int = 0
    minutes: list[int] = field(default_factory=list)

    @property
    def spread(self) -> tuple[str, str, str]:
        """Return shortest, median and longest in minutes."""
        return Sample("", tuple(self.minutes)).words if self.minutes else ("—", "—", "—")


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
    """Everything about one item: its units, the one that is quickest first."""

    same: SameItem
    sides: Sequence[Side]
    step_names: Mapping[str, str]
    problems: Sequence[Problem]
    is_cut: bool

    @cached_property
    def names(self) -> dict[uuid.UUID, str]:
        return {side.unit_id: side.name for side in self.sides}

    @property
    def walks(self) -> int:
        return sum(len(side.walks) for side in self.sides)

    def samples(self, step: str) -> list[Sample]:
        return [Sample(side.name, side.minutes(step)) for side in self.sides]

    def mark(self, side: Side, step: str) -> tuple[str, str] | None:
        """Return the chip of the quickest and of the slowest unit; None while there is nothing to compare."""
        middles = [found for one in self.sides if (found := one.middle(step)) is not None]
        mine = side.middle(step)
        if mine is None or len(middles) < LEAST_UNITS or min(middles) == max(middles):
            return None
        if mine == min(middles):
            return "good", "用时最短"
        return ("wait", "用时最长") if mine == max(middles) else None


def lines(user: User, scope: Scope, after: uuid.UUID | None = None) -> tuple[list[Line], uuid.UUID | None]:
    """Return a page of the items walked in several units, most units first, and where the next page goes on."""
    every = sorted(_walked(user, scope), key=lambda one: (-len(one.units), -one.walks, one.same.title, one.same.id))
    start = next((n + 1 for n, one in enumerate(every) if one.same.id == after), 0)
    page = every[start : start + PAGE]
    _fill(user, scope, page)
    return page, page[-1].same.id if start + PAGE < len(every) else None


def _walked(user: User, scope: Scope) -> list[Line]:
    wanted = normalised(scope.text) if scope.text else ""
    items = [one for one in same_queries.items(user) if any(wanted in normalised(name) for name in one.names)]
    by_item = {item_id: line for line in map(Line, items) for item_id in line.same.item_ids}
    for item_id, unit_id, walks in same_queries.counts(user, scope):
        line = by_item.get(item_id)
        if line:
            line.units.add(unit_id)
            line.walks += walks
    return [line for line in {id(one): one for one in by_item.values()}.values() if len(line.units) >= LEAST_UNITS]


def _fill(user: User, scope: Scope, page: Sequence[Line]) -> None:
    by_item = {item_id: line for line in page for item_id in line.same.item_ids}
    for item_id, seconds in same_queries.lengths(user, scope, list(by_item)):
        by_item[item_id].minutes.append(clock.minutes(seconds))


def compare(user: User, scope: Scope, same: SameItem) -> Comparison:
    """Set the walks of an item side by side."""
    walks = same_queries.walks(user, scope, same)
    by_unit, steps = _by(walks, lambda one: one.unit_id), _steps(user, scope, same)
    names = same_queries.units(list(by_unit))
    sides = [Side(unit_id, names[unit_id], found, steps[unit_id]) for unit_id, found in by_unit.items()]
    sides.sort(key=lambda one: (one.middle(TOTAL) or 0, one.name))
    problems = same_findings.problems(same_queries.findings(user, scope, same))
    return Comparison(same, sides, _step_names(walks, sides), problems, len(walks) == same_queries.MOST_WALKS)


def _by(walks: Sequence[WalkFigure], key: Callable[[WalkFigure], uuid.UUID]) -> dict[uuid.UUID, list[WalkFigure]]:
    found: dict[uuid.UUID, list[WalkFigure]] = defaultdict(list)
    for one in walks:
        found[key(one)].append(one)
    return found


def _steps(user: User, scope: Scope, same: SameItem) -> dict[uuid.UUID, dict[str, list[int]]]:
    found: dict[uuid.UUID, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for unit_id, step, seconds in same_queries.steps(user, scope, same):
        found[unit_id][step].append(seconds)
    return found


def _step_names(walks: Sequence[WalkFigure], sides: Sequence[Side]) -> dict[str, str]:
    """Return the steps that were timed, by their ids, in the order of the questionnaire."""
    if not walks:
        return {}
    timed = {step for side in sides for step in side.steps}
    return {step: name for step, name in Names().steps(walks[0].campaign_id).items() if step in timed}
