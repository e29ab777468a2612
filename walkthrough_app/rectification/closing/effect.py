"""What the work saved: the walk that found a problem against a later walk of the same item, step by step.

Only what both walks measured is compared; where nobody walked the item again, there is no figure, and it is said so.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from walkthrough_app.core import clock, db
from walkthrough_app.figures.models import StepFigure, WalkFigure
from walkthrough_app.rectification.models import Finding

CHUNK = 500


@dataclass(frozen=True)
class Measured:
    """A walk in figures; `steps` in seconds, `materials` really asked for."""

    walk_id: uuid.UUID
    unit_id: uuid.UUID
    task_name: str
    day: date
    trips: int
    materials: int | None
    steps: Mapping[str, int]

    def covers(self, other: "Measured") -> bool:
        """Tell whether it went through all that the other went through: only then trips and materials compare."""
        return set(other.steps) <= set(self.steps)


# Says of findings, by their id, what their 回头看 measured; the feature of 回头看 connects itself in the wiring.
Rechecked = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Measured]]
_rechecked: list[Rechecked] = []


def connect(rechecked: Rechecked) -> None:
    if rechecked not in _rechecked:
        _rechecked.append(rechecked)


def measured(walk: WalkFigure, steps: Iterable[StepFigure]) -> Measured:
    """Take what is needed from the figures of a walk."""
    seconds = {one.step: one.seconds for one in steps}
    return Measured(walk.walk_id, walk.unit_id, walk.task_name, walk.day, walk.trips, walk.materials, seconds)


@dataclass(frozen=True)
class Comparison:
    """Then and now of one item, of what both measured; None is what cannot be compared."""

    before: Measured
    after: Measured

    @property
    def shared(self) -> list[str]:
        return [step for step in self.before.steps if step in self.after.steps]

    @property
    def minutes(self) -> tuple[int, int] | None:
        if not self.shared:
            return None
        then, now = (sum(one.steps[step] for step in self.shared) for one in (self.before, self.after))
        return clock.minutes(then), clock.minutes(now)

    def step(self, step: str | None) -> tuple[int, int] | None:
        """Return the minutes of one step, then and now."""
        if step is None or step not in self.shared:
            return None
        return clock.minutes(self.before.steps[step]), clock.minutes(self.after.steps[step])

    @property
    def trips(self) -> tuple[int, int] | None:
        if not self.after.covers(self.before):
            return None
        return self.before.trips, self.after.trips

    @property
    def materials(self) -> tuple[int, int] | None:
        then, now = self.before.materials, self.after.materials
        return (then, now) if then is not None and now is not None and self.after.covers(self.before) else None


def of_findings(findings: Sequence[Finding]) -> dict[uuid.UUID, Comparison]:
    """Compare for each finding, by its id, the walk that found it with its 回头看, else with the last one since."""
    walked = [one for one in findings if one.walk_id and one.item_id]
    walks = _walks({one.item_id for one in walked if one.item_id})
    again = {key: found for ask in _rechecked for key, found in ask([one.id for one in walked]).items()}
    steps = _steps({walk.walk_id for of_item in walks.values() for walk in of_item})
    compared = {}
    for one in walked:
        listed = walks.get(one.item_id, []) if one.item_id else []
        then = next((walk for walk in listed if walk.walk_id == one.walk_id), None)
        if then is None:
            continue
        later = [walk for walk in listed if _is_later(walk, then, done_on(one))]
        now = again.get(one.id) or (measured(later[-1], steps.get(later[-1].walk_id, [])) if later else None)
        if now:
            compared[one.id] = Comparison(measured(then, steps.get(then.walk_id, [])), now)
    return compared


def of_items(findings: Sequence[Finding], compared: Mapping[uuid.UUID, Comparison]) -> list[Comparison]:
    """Return one comparison an item, so that nothing is saved twice: the one that shares most, then the earliest."""
    found: dict[uuid.UUID, list[Comparison]] = {}
    for one in findings:
        if one.item_id and one.id in compared:
            found.setdefault(one.item_id, []).append(compared[one.id])
    return [min(known, key=lambda one: (-len(one.shared), one.before.day)) for known in found.values()]


def done_on(finding: Finding) -> date | None:
    """Return the day from which a walk shows the work: reported as done, or looked at."""
    return finding.rectified_on or finding.checked_on


def _is_later(one: WalkFigure, then: WalkFigure, done: date | None) -> bool:
    is_after = done is not None and one.day >= done and one.day > then.day
    return is_after and one.walk_id != then.walk_id and one.is_simulated is then.is_simulated


def _walks(items: Collection[uuid.UUID]) -> dict[uuid.UUID, list[WalkFigure]]:
    """Return the walks of each item that count, the earliest first."""
    found: dict[uuid.UUID, list[WalkFigure]] = {}
    for ids in _chunks(items):
        query = select(WalkFigure).where(WalkFigure.item_id.in_(ids), WalkFigure.is_counted)
        for one in db.session.scalars(query.order_by(WalkFigure.day, WalkFigure.walk_id)):
            found.setdefault(one.item_id, []).append(one)
    return found


def _steps(walks: Collection[uuid.UUID]) -> dict[uuid.UUID, list[StepFigure]]:
    found: dict[uuid.UUID, list[StepFigure]] = {}
    for ids in _chunks(walks):
        for one in db.session.scalars(select(StepFigure).where(StepFigure.walk_id.in_(ids))):
            found.setdefault(one.walk_id, []).append(one)
    return found


def _chunks(ids: Iterable[uuid.UUID]) -> list[list[uuid.UUID]]:
    listed = sorted(ids)
    return [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]
