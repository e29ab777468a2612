"""Whole walks, many at once: the rows, fold and listeners of log.py, with one statement for many rows.

For sample data of the size of a province; a phone's events come through `log.take`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table

from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.pouring import pour
from walkthrough_app.walkthroughs import changes, gates, incoming, log, snapshot
from walkthrough_app.walkthroughs.incoming import Event
from walkthrough_app.walkthroughs.models import WalkEvent, WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

VERBS = {WalkState.FINISHED: "walk.finished", WalkState.VOID: "walk.voided"}
EVENT, WALK, AUDIT = (cast("Table", model.__table__) for model in (WalkEvent, Walkthrough, AuditEntry))


@dataclass(frozen=True)
class Told:
    """A new walk, its log by doors, each part in its order; every event carries its hash. The walk's row is for us."""

    walk: Walkthrough
    parts: Sequence[tuple[str, Sequence[Event]]]


@dataclass(frozen=True)
class Whole:
    """A walk whose log was added up; not yet stored."""

    walk: Walkthrough
    rows: Sequence[dict[str, Any]]
    record: WalkRecord


def check(told: Told) -> None:
    """Check every event as its door does; Invalid when one is not in order, Conflict when the walk cannot be over."""
    for door, events in told.parts:
        for event in events:
            incoming.check(told.walk, event)
            incoming.check_door(event, door)
            if event["hash"] != snapshot.event_hash(event):
                raise ValueError(f"the hash of event {event['id']} is not its own")


def read(told: Told) -> Whole:
    """Add the events up; needs no database. A refusal is raised when the walk cannot be over and says that it is."""
    rows = [row for door, events in told.parts for row in _rows(told.walk, events, door)]
    events = [event for _, part in told.parts for event in part]
    blank = snapshot.record(told.walk, [])
    record = WalkRecord({**blank.data, "events": events}, blank.paper, blank.thresholds)
    refusal = gates.finish(record) if record.state.finished_at else None
    if refusal:
        raise refusal
    return Whole(told.walk, rows, record)


def _rows(walk: Walkthrough, events: Sequence[Event], door: str) -> list[dict[str, Any]]:
    rows = [log.as_told(event, walk.id, walk.walker, door) | {"hash": event["hash"]} for event in events]
    for row in rows:
        row["received_at"] = row["at"]
    return rows


def store(wholes: Sequence[Whole]) -> None:
    """Store new walks with their logs, and tell who wants to know; an event known already refuses them all."""
    for whole in wholes:
        with clock.pinned(whole.rows[-1]["at"]):
            log.copy(whole.walk, whole.record)
    connection = db.session.connection()
    pour(connection, WALK, ({one.name: getattr(whole.walk, one.name) for one in WALK.c} for whole in wholes))
    pour(connection, EVENT, (row for whole in wholes for row in whole.rows))
    pour(connection, AUDIT, (row for whole in wholes for row in _deeds(whole.walk)))
    for whole in wholes:
        with clock.pinned(whole.walk.updated_at):
            changes.tell(whole.walk, whole.record)


def _deeds(walk: Walkthrough) -> list[dict[str, Any]]:
    """Return the entries that say who began the walk and who ended it."""
    with clock.pinned(walk.created_at):
        deeds = [audit.row("walk.started", walk, by=walk.walker, mode=walk.mode.value)]
    with clock.pinned(walk.updated_at):
        if walk.state in VERBS:
            deeds.append(audit.row(VERBS[walk.state], walk, by=walk.walker))
    return deeds
