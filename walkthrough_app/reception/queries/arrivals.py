"""What the server knows of an event beside what the device wrote: when it came, and through which door."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.walkthroughs.models import WalkEvent


@dataclass(frozen=True, slots=True)
class Arrival:
    received_at: datetime
    door: str


def arrivals_of(walk_ids: Iterable[str], event_ids: set[str]) -> dict[str, Arrival]:
    """Return the arrivals of these events by id; events that came after the version was frozen stay out."""
    query = select(WalkEvent.id, WalkEvent.received_at, WalkEvent.door).where(
        WalkEvent.walk_id.in_([uuid.UUID(one) for one in walk_ids])
    )
    rows = ((str(row.id), Arrival(row.received_at, row.door)) for row in db.session.execute(query))
    return {event_id: arrival for event_id, arrival in rows if event_id in event_ids}
