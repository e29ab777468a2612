"""The audit trail of one report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.reports.models import Report


@dataclass(frozen=True)
class Deed:
    """One entry: `by` is None when the server did it."""

    at: datetime
    verb: str
    by: User | None
    details: dict[str, Any]


def deeds_of(report: Report) -> list[Deed]:
    """Return what was done to a report, the latest first."""
    query = select(AuditEntry).filter_by(subject_kind=report.__tablename__, subject_id=report.id)
    entries = db.session.scalars(query.order_by(AuditEntry.created_at.desc())).all()
    people = _people(entries)
    return [Deed(one.created_at, one.verb, people.get(one.actor_id), one.details) for one in entries]


def _people(entries: Sequence[AuditEntry]) -> dict[Any, User]:
    ids = {entry.actor_id for entry in entries if entry.actor_id}
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(ids)))}
