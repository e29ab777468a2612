"""What the walks of one unit come to: added up anew from their rows each time, so that no counter can drift."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, delete, distinct, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Mode
from walkthrough_app.core import db
from walkthrough_app.figures.models import FindingFigure, StepFigure, UnitFigure, WalkFigure
from walkthrough_app.walkthroughs.models import WalkState

ZEROS = {column.name: 0 for column in UnitFigure.__table__.columns if column.default and column.default.arg == 0}


def lock(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Let one writer at a time add up a unit, so that each sees what the others have stored."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    key = {"campaign_id": campaign_id, "unit_id": unit_id}
    lane = db.session.get_one(Unit, unit_id).lane
    row: dict[str, Any] = {**ZEROS, **key, "lane": lane, "seconds": {}, "categories": {}}
    db.session.execute(dialect.insert(UnitFigure).values(row).on_conflict_do_nothing())
    db.session.execute(select(UnitFigure.unit_id).filter_by(**key).with_for_update())


def add_up(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Write the unit's row; `lock` comes first."""
    values = {**_of_walks(campaign_id, unit_id), **_of_findings(campaign_id, unit_id)}
    values["seconds"] = _of_steps(campaign_id, unit_id)
    row = update(UnitFigure).where(UnitFigure.campaign_id == campaign_id, UnitFigure.unit_id == unit_id)
    db.session.execute(row.values(**values), execution_options={"synchronize_session": False})


def forget() -> None:
    db.session.execute(delete(UnitFigure))


def _of_walks(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> dict[str, int]:
    walk = WalkFigure
    counted = walk.is_counted
    columns = {
        "walks": func.count(),
        "counted": _many(counted),
        "finished": _many(walk.state == WalkState.FINISHED),
        "awaiting": _many(counted, walk.state != WalkState.FINISHED),
        "items_walked": func.count(distinct(walk.item_id)).filter(counted),
        "by_head": _many(counted, walk.is_by_head),
        "in_person": _many(counted, walk.mode == Mode.IN_PERSON),
        "on_behalf": _many(counted, walk.mode == Mode.ON_BEHALF),
        "accompanied": _many(counted, walk.mode == Mode.ACCOMPANIED),
        "simulated": _many(counted, walk.is_simulated),
        "full": _many(counted, walk.is_full),
        "waits": _many(counted, walk.wait_seconds > 0),
        **{name: _sum(getattr(walk, name)) for name in ("wait_seconds", "trips", "photos", "clips", "findings")},
    }
    query = select(*(column.label(name) for name, column in columns.items()))
    query = query.where(walk.campaign_id == campaign_id, walk.unit_id == unit_id, walk.state != WalkState.VOID)
    return dict(db.session.execute(query).mappings().one())


def _of_findings(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> dict[str, Any]:
    found = FindingFigure
    first = func.substr(found.category, 1, 1)  # one expression: PostgreSQL does not take two of them for the same
    query = select(first, found.rectify_type, func.count())
    query = query.where(found.campaign_id == campaign_id, found.unit_id == unit_id, found.is_counted)
    categories: dict[str, int] = {}
    types = {"immediate": 0, "deadline": 0, "ongoing": 0, "escalate": 0}
    for letter, rectify_type, count in db.session.execute(query.group_by(first, found.rectify_type)):
        categories[letter] = categories.get(letter, 0) + count
        if rectify_type in types:
            types[rectify_type] += count
    return {**types, "categories": dict(sorted(categories.items()))}


def _of_steps(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> dict[str, int]:
    """Return the seconds of each step in the counted walks."""
    step = StepFigure
    query = select(step.step, func.sum(step.seconds)).join(WalkFigure, WalkFigure.walk_id == step.walk_id)
    query = query.where(step.campaign_id == campaign_id, step.unit_id == unit_id, WalkFigure.is_counted)
    return {name: int(seconds) for name, seconds in db.session.execute(query.group_by(step.step))}


def _many(*conditions: ColumnElement[bool] | Any) -> ColumnElement[int]:
    return func.count().filter(*conditions)


def _sum(column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(column).filter(WalkFigure.is_counted), 0)
