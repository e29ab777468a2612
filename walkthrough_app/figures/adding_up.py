"""What the walks of one unit come to: added up anew from their rows each time, so that no counter can drift."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, distinct, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from walkthrough_app.accounts.models import Unit
from walkthrough_app.core import db
from walkthrough_app.figures.models import FindingFigure, StepFigure, UnitFigure, WalkFigure
from walkthrough_app.walkthroughs.models import WalkState

ZEROS = {column.name: 0 for column in UnitFigure.__table__.columns if column.default and column.default.arg == 0}

Key = tuple[uuid.UUID, uuid.UUID]  # campaign and unit


def lock(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Let one writer at a time add up a unit, so that each sees what the others have stored."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    key = {"campaign_id": campaign_id, "unit_id": unit_id}
    lane = db.session.get_one(Unit, unit_id).lane
    row: dict[str, Any] = {**ZEROS, **key, "lane": lane, "seconds": {}, "modes": {}, "categories": {}, "reported": {}}
    db.session.execute(dialect.insert(UnitFigure).values(row).on_conflict_do_nothing())
    db.session.execute(select(UnitFigure.unit_id).filter_by(**key).with_for_update())


def add_up(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Write the unit's row; `lock` comes first."""
    key = (campaign_id, unit_id)
    values = _of(key)
    values["reported"] = _of(key, is_reported=True) if _has_reported(key) else {}
    row = update(UnitFigure).where(UnitFigure.campaign_id == campaign_id, UnitFigure.unit_id == unit_id)
    db.session.execute(row.values(**values), execution_options={"synchronize_session": False})


def _of(key: Key, *, is_reported: bool = False) -> dict[str, Any]:
    """Return the figures of the walks that count, or of those among them that stand in a report handed in."""
    walks, findings = (
        and_(model.is_counted, model.is_reported) if is_reported else model.is_counted
        for model in (WalkFigure, FindingFigure)
    )
    by = {"seconds": _of_steps(key, walks), "modes": _of_modes(key, walks)}
    return {**_of_walks(key, walks), **_of_findings(key, findings), **by}


def _has_reported(key: Key) -> bool:
    walk = WalkFigure
    query = select(walk.walk_id).where(walk.campaign_id == key[0], walk.unit_id == key[1], walk.is_reported)
    return db.session.scalar(query.limit(1)) is not None


def forget() -> None:
    """Forget the rows of units without a walk; those of the others are written anew."""
    walk = select(WalkFigure.walk_id).where(WalkFigure.campaign_id == UnitFigure.campaign_id)
    is_walked = walk.where(WalkFigure.unit_id == UnitFigure.unit_id).exists()
    db.session.execute(delete(UnitFigure).where(~is_walked), execution_options={"synchronize_session": False})


def _of_walks(key: Key, counted: ColumnElement[bool] | Any) -> dict[str, int]:
    walk = WalkFigure
    columns = {
        "walks": func.count(),
        "counted": _many(counted),
        "finished": _many(counted, walk.state == WalkState.FINISHED),
        "awaiting": _many(counted, walk.state != WalkState.FINISHED),
        "items_walked": func.count(distinct(walk.item_id)).filter(counted),
        "by_head": _many(counted, walk.is_by_head),
        "simulated": _many(counted, walk.is_simulated),
        "full": _many(counted, walk.is_full),
        "waits": _many(counted, walk.wait_seconds > 0),
        **{
            name: _sum(getattr(walk, name), counted)
            for name in ("wait_seconds", "trips", "photos", "clips", "findings")
        },
    }
    query = select(*(column.label(name) for name, column in columns.items()))
    query = query.where(walk.campaign_id == key[0], walk.unit_id == key[1], walk.state != WalkState.VOID)
    return dict(db.session.execute(query).mappings().one())


def _of_findings(key: Key, counted: ColumnElement[bool] | Any) -> dict[str, Any]:
    found = FindingFigure
    query = select(found.letter, found.rectify_type, func.count())
    query = query.where(found.campaign_id == key[0], found.unit_id == key[1], counted)
    categories: dict[str, int] = {}
    types = {"immediate": 0, "deadline": 0, "ongoing": 0, "escalate": 0}
    for letter, rectify_type, count in db.session.execute(query.group_by(found.letter, found.rectify_type)):
        categories[letter] = categories.get(letter, 0) + count
        if rectify_type in types:
            types[rectify_type] += count
    return {**types, "categories": dict(sorted(categories.items()))}


def _of_steps(key: Key, counted: ColumnElement[bool] | Any) -> dict[str, int]:
    """Return the seconds of each step in the counted walks."""
    step = StepFigure
    query = select(step.step, func.sum(step.seconds)).join(WalkFigure, WalkFigure.walk_id == step.walk_id)
    query = query.where(step.campaign_id == key[0], step.unit_id == key[1], counted)
    return {name: int(seconds) for name, seconds in db.session.execute(query.group_by(step.step))}


def _of_modes(key: Key, counted: ColumnElement[bool] | Any) -> dict[str, int]:
    """Return how many of the counted walks were walked in which way, as their questionnaire names it."""
    walk = WalkFigure
    query = select(walk.mode, func.count()).where(walk.campaign_id == key[0], walk.unit_id == key[1], counted)
    found = {mode.value: count for mode, count in db.session.execute(query.group_by(walk.mode))}
    return dict(sorted(found.items()))


def _many(*conditions: ColumnElement[bool] | Any) -> ColumnElement[int]:
    return func.count().filter(*conditions)


def _sum(column: Any, counted: ColumnElement[bool] | Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(column).filter(counted), 0)
