"""What a person's calendar shows, and when each entry last changed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.reminders.models import Feed


@dataclass(frozen=True, slots=True)
class Changes:
    """How often something was written about, and when last."""

    count: int
    last_at: datetime


def feed_of(user: User) -> Feed | None:
    return db.session.scalar(select(Feed).filter_by(user_id=user.id))


def feed_with(feed_id: uuid.UUID) -> Feed | None:
    """Return the feed of an id whose signature was checked, if its owner may still sign in."""
    found = db.session.get(Feed, feed_id)
    return found if found and found.user.is_active else None


def moments(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Changes]:
    """Return what the audit trail says of each subject: it only grows, so its length serves as a SEQUENCE."""
    last = func.max(AuditEntry.created_at, type_=db.UTCDateTime())
    query = select(AuditEntry.subject_id, func.count(), last).where(AuditEntry.subject_id.in_(list(ids)))
    rows = db.session.execute(query.group_by(AuditEntry.subject_id))
    return {row[0]: Changes(row[1], row[2]) for row in rows if row[0] is not None}
