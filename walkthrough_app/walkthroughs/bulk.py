"""Whole walks, many at once: the checks, rows, fold and listeners of log.py, with one statement for many events.

For sample data of the size of a province; a phone's events come through `log.take`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from walkthrough_app.core import audit, clock, db
from walkthrough_app.walkthroughs import changes, gates, incoming, log, snapshot
from walkthrough_app.walkthroughs.incoming import Event
from walkthrough_app.walkthroughs.models import WalkEvent, WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

VERBS = {WalkState.FINISHED: "walk.finished", WalkState.VOID: "walk.voided"}


@dataclass(frozen=True)
class Told:
    """A new walk, its log by doors, each part in its order."""

    walk: Walkthrough
    parts: Sequence[tuple[str, Sequence[Event]]]


@dataclass(frozen=True)
class Whole:
    """A walk whose log was checked and added up; not yet stored."""

    walk: Walkthrough
    rows: Sequence[dict[str, Any]]
    record: WalkRecord


def read(told: Told) -> Whole:
    """Check every event as its door does and add them up; needs no database. Invalid when one is not in order."""
    rows = [row for door, events in told.parts for row in _rows(told.walk, events, door)]
    events = [event for _, part in told.parts for event in part]
    blank = snapshot.record(told.walk, [])
    record = WalkRecord({**blank.data, "events": events}, blank.document, blank.thresholds)
    refusal = gates.finish(record) if record.state.finished_at else None
    if refusal:
        raise refusal
    return Whole(told.walk, rows, record)


def _rows(walk: Walkthrough, events: Sequence[Event], door: str) -> list[dict[str, Any]]:
    rows = []
    for event in events:
        incoming.check(walk, event)
        incoming.check_door(event, door)
        values = log.values(event, walk.walker, door)
        rows.append({**values, "received_at": values["at"]})
    return rows


def store(wholes: Sequence[Whole]) -> None:
    """Store new walks with their logs, and tell who wants to know; an event known already refuses them all."""
    for whole in wholes:
        with clock.pinned(whole.rows[-1]["at"]):
            log.copy(whole.walk, whole.record)
    db.session.add_all(whole.walk for whole in wholes)
    db.session.flush()
    db.session.connection().execute(insert(WalkEvent), [row for whole in wholes for row in whole.rows])
    for whole in wholes:
        _tell(whole)


def _tell(whole: Whole) -> None:
    walk = whole.walk
    with clock.pinned(walk.created_at):
        audit.record("walk.started", walk, by=walk.walker, mode=walk.mode.value)
    with clock.pinned(walk.updated_at):
        if walk.state in VERBS:
            audit.record(VERBS[walk.state], walk, by=walk.walker)
        changes.tell(walk, whole.record)
