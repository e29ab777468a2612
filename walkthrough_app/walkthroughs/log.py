"""Writing to a walk's log: the one room behind all doors (form, sync, import)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.core.ids import digest
from walkthrough_app.walkthroughs import changes, gates, incoming, queries, snapshot
from walkthrough_app.walkthroughs.models import WalkEvent, WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord


@dataclass(frozen=True)
class Taken:
    """What became of events from outside: ids that are safe, (id, why) of those refused, the walk as it stands."""

    accepted: list[str]
    rejected: list[tuple[str, str]]
    record: WalkRecord


def append(walk: Walkthrough, events: Sequence[Mapping[str, Any]], *, by: User, door: str) -> WalkRecord:
    """Store events once each (known ids are passed over) and return the walk as it now stands.

    Invalid when one of them is not an event of this walk; then none is stored.
    """
    queries.lock(walk)
    for event in events:
        incoming.check(walk, event)
    return _store(walk, events, by, door)


def take(walk: Walkthrough, events: Sequence[Any], *, by: User, door: str) -> Taken:
    """Store what a device brings, one by one: a bad one never holds up the others."""
    queries.lock(walk)
    good, rejected = incoming.sort_out(walk, events, door)
    record = _store(walk, [event for event in good if event["kind"] != "finish"], by, door)
    for event in (one for one in good if one["kind"] == "finish"):
        refusal = gates.finish(record)
        if refusal and record.state.status != "finished":
            rejected.append((event["id"], refusal.message))
        else:
            record = _store(walk, [event], by, door)
    refused = {name for name, _ in rejected}
    return Taken([event["id"] for event in good if event["id"] not in refused], rejected, record)


def _store(walk: Walkthrough, events: Sequence[Mapping[str, Any]], by: User, door: str) -> WalkRecord:
    known = queries.known_ids([uuid.UUID(event["id"]) for event in events])
    fresh = {event["id"]: event for event in events if uuid.UUID(event["id"]) not in known}
    for event in fresh.values():
        db.session.add(WalkEvent(**values(event, by, door)))
    db.session.flush()
    return refresh(walk)


def refresh(walk: Walkthrough) -> WalkRecord:
    """Copy what lists need from the fold into the walk's row."""
    record = record_of(walk)
    copy(walk, record)
    db.session.flush()
    changes.tell(walk, record)
    return record


def copy(walk: Walkthrough, record: WalkRecord) -> None:
    """Copy what lists need from the record into the walk's row."""
    state = record.state
    if state.status in set(WalkState):
        walk.state = WalkState(state.status)
    walk.summary = {
        "seconds": {name: step.seconds for name, step in state.steps.items()},
        "total_seconds": state.total_seconds,
        "wait_seconds": state.wait_seconds,
        "current": state.current,
        "running_since": state.running_since,
        "trips": record.trips,
        "findings": len(state.findings),
        "photos": len(state.photos),
        "is_full_process": record.is_full_process,
        "is_awaiting": record.is_awaiting,
        "started_at": state.started_at,
        "finished_at": state.finished_at,
    }
    walk.updated_at = clock.now()


def record_of(walk: Walkthrough) -> WalkRecord:
    return snapshot.record(walk, queries.events_of(walk))


def values(event: Mapping[str, Any], by: User, door: str) -> dict[str, Any]:
    """Return the columns of an event's row; when it was received is for the row to say."""
    return {**as_told(event, uuid.UUID(event["walk"]), by, door), "hash": snapshot.event_hash(event)}


def as_told(event: Mapping[str, Any], walk_id: uuid.UUID, by: User, door: str) -> dict[str, Any]:
    """Return the columns of an event's row but for its hash, which we make ourselves."""
    return {
        "id": uuid.UUID(event["id"]),
        "walk_id": walk_id,
        "device": event["device"],
        "seq": event["seq"],
        "kind": event["kind"],
        "step": event.get("step"),
        "payload": event["payload"],
        "at": clock.parse(event["at"]),
        "mono": event.get("mono"),
        "boot": event.get("boot"),
        "prev": event.get("prev"),
        "received_by_id": by.id,
        "door": door,
    }


class FormDoor:
    """Makes events for a page without JavaScript: server clock, one device a person, ids from the page's `tap`.

    The same page posted twice makes the same ids, so a double tap is one event.
    """

    name = "form"

    def __init__(self, walk: Walkthrough, by: User, tap: uuid.UUID) -> None:
        queries.lock(walk)
        self.walk, self.by, self.tap = walk, by, tap
        self.device = self._device()
        last = queries.last_event(walk, self.device)
        self.seq = last.seq if last else 0
        self.prev = last.hash if last else None
        self.events: list[dict[str, Any]] = []

    def _device(self) -> str:
        return f"form-{self.by.id.hex[:12]}"

    def add(self, kind: str, step: str | None = None, *, is_unique: bool = False, **payload: Any) -> str:
        """Add an event and return its id; `is_unique` gives it an id of its own even when the page is posted again."""
        name = f"{kind}:{step}:{digest(payload)}"
        made = uuid.uuid4() if is_unique else uuid.uuid5(self.tap, name)
        if not is_unique and self._has(made):
            return str(made)
        self.seq += 1
        at = clock.iso(clock.now())
        event = {"id": str(made), "walk": str(self.walk.id), "device": self.device, "seq": self.seq, "kind": kind}
        event |= {"step": step, "payload": payload, "at": at, "mono": None, "boot": None, "prev": self.prev}
        self.prev = snapshot.event_hash(event)
        self.events.append(event)
        return str(made)

    def _has(self, event_id: uuid.UUID) -> bool:
        """Tell whether the log or this page already holds the event: a second one would break the chain of hashes."""
        return any(event["id"] == str(event_id) for event in self.events) or bool(queries.known_ids([event_id]))

    def commit(self) -> WalkRecord:
        """Store what was added, through the same room as the phone's own events."""
        return append(self.walk, self.events, by=self.by, door=self.name)


class ServerDoor(FormDoor):
    """Makes the server's own events about evidence: kept, refused, masked."""

    name = "server"

    def __init__(self, walk: Walkthrough, by: User) -> None:
        super().__init__(walk, by, uuid.uuid4())

    def _device(self) -> str:
        return "server"
