"""Finds evidence in a walk's log, and what the server has said about it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.walkthroughs.models import WalkEvent, Walkthrough

EVIDENCE = ("photo", "clip")


@dataclass(frozen=True)
class Evidence:
    """A photo or clip of a walk's log; `sort` is photo, video or voice."""

    id: str
    sort: str
    step: str | None


def evidence(walk: Walkthrough, event_id: uuid.UUID) -> Evidence | None:
    event = db.session.get(WalkEvent, event_id)
    if event is None or event.walk_id != walk.id or event.kind not in EVIDENCE:
        return None
    return Evidence(str(event.id), event.payload.get("sort", "photo"), event.step)


def settled(walk: Walkthrough, evidence_id: str) -> WalkEvent | None:
    """Return what became of a file: kept rather than refused, for a second try may have succeeded."""
    found = [one for one in _made(walk, ("kept", "refused")) if one.payload["evidence"] == evidence_id]
    return max(found, key=lambda one: (one.kind == "kept", one.seq), default=None)


def masked(walk: Walkthrough, masks: Iterable[str]) -> list[WalkEvent]:
    """Return the events that answer these mask events."""
    asked = set(masks)
    return [one for one in _made(walk, ("masked",)) if one.payload["mask"] in asked]


def _made(walk: Walkthrough, kinds: Iterable[str]) -> list[WalkEvent]:
    query = select(WalkEvent).where(WalkEvent.walk_id == walk.id, WalkEvent.kind.in_(tuple(kinds)))
    return list(db.session.scalars(query.order_by(WalkEvent.seq)))
