"""The same service over all units, by its name: how many units walked it, how long it took, where the time went."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, distinct, func, select

from walkthrough_app.accounts.models import Lane
from walkthrough_app.board.values import Figures
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.figures.models import StepFigure, WalkFigure

SIZE = 20
SAMPLE = 60  # walks whose steps make the ribbon: those in the middle, when there are more


@dataclass(frozen=True, slots=True)
class NameRow:
    """One service: counts, the median length in seconds, the seconds of each step over `sample` walks."""

    task_name: str
    units: int
    walks: int
    median_seconds: float
    seconds: Figures
    sample: int


def names(campaign: Campaign, lane: Lane | None, *, is_reported: bool, after: str = "") -> list[NameRow]:
    """Return one row more than a page has, by name."""
    walk = WalkFigure
    kept = _conditions(campaign, lane, is_reported=is_reported)
    query = select(walk.task_name, func.count(), func.count(distinct(walk.unit_id))).where(*kept)
    query = query.where(walk.task_name > after) if after else query
    found = db.session.execute(query.group_by(walk.task_name).order_by(walk.task_name).limit(SIZE + 1)).all()
    middles = {name: _middle(kept, name, many) for name, many, _ in found}
    steps = _steps([walk_id for ids, _ in middles.values() for walk_id in ids])
    return [
        NameRow(name, units, many, middles[name][1], _sum(steps, middles[name][0]), len(middles[name][0]))
        for name, many, units in found
    ]


def _conditions(campaign: Campaign, lane: Lane | None, *, is_reported: bool) -> list[ColumnElement[bool]]:
    walk = WalkFigure
    kept: list[ColumnElement[bool]] = [walk.campaign_id == campaign.id, walk.is_counted.is_(True)]
    kept += [walk.is_reported.is_(True)] if is_reported else []
    return kept + ([walk.lane == lane] if lane else [])


def _middle(kept: Sequence[ColumnElement[bool]], name: str, many: int) -> tuple[list[uuid.UUID], float]:
    """Return the walks in the middle of all of a service, by their length, and the median in seconds."""
    walk = WalkFigure
    skipped = max(0, (many - SAMPLE) // 2)
    query = select(walk.walk_id, walk.total_seconds).where(*kept, walk.task_name == name)
    rows = db.session.execute(query.order_by(walk.total_seconds, walk.walk_id).offset(skipped).limit(SAMPLE + 1)).all()
    lower, upper = rows[(many - 1) // 2 - skipped][1], rows[many // 2 - skipped][1]
    return [row[0] for row in rows[:SAMPLE]], (lower + upper) / 2


def _steps(walks: Sequence[uuid.UUID]) -> dict[uuid.UUID, Figures]:
    query = select(StepFigure.walk_id, StepFigure.step, StepFigure.seconds).where(StepFigure.walk_id.in_(walks))
    found: dict[uuid.UUID, Figures] = defaultdict(Counter)
    for walk_id, step, seconds in db.session.execute(query):
        found[walk_id][f"seconds.{step}"] += seconds
    return found


def _sum(steps: dict[uuid.UUID, Figures], walks: Sequence[uuid.UUID]) -> Figures:
    summed: Figures = Counter()
    for walk_id in walks:
        summed.update(steps[walk_id])
    return summed
