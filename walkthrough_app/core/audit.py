"""Who did what to what: written in the same transaction as the deed, never changed afterwards."""

import uuid
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import clock, db, ids


class AuditEntry(db.Row):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    actor_id: Mapped[uuid.UUID | None]
    verb: Mapped[str] = mapped_column(comment="feature.verb, e.g. report.submitted")
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID | None]
    details: Mapped[dict[str, Any]]


def record(verb: str, subject: db.Row, *, by: db.Row | None, **details: Any) -> None:
    """Note that `by` did `verb` to `subject`; details must be plain JSON and hold no secrets."""
    db.session.add(AuditEntry(**row(verb, subject, by=by, **details)))


def row(verb: str, subject: db.Row, *, by: db.Row | None, **details: Any) -> dict[str, Any]:
    """Return the columns of an entry, for who writes many at once."""
    return {
        "id": ids.new(),
        "created_at": clock.now(),
        "actor_id": by.id if by else None,
        "verb": verb,
        "subject_kind": subject.__tablename__,
        "subject_id": subject.id,
        "details": details,
    }
