"""Comments: seen by the unit's writers, its lane and the office, and by nobody else."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.reception.models import Thread
from walkthrough_app.reports.models import Report
from walkthrough_app.reports.queries import version_for


def thread_for(user: User, report_id: uuid.UUID, thread_id: uuid.UUID) -> Thread:
    """Load a matter with what was said; whoever may see its version may see it."""
    thread = db.session.get(Thread, thread_id)
    if thread is None or thread.report_id != report_id:
        raise NotFound
    version_for(user, report_id, thread.number)
    return thread


def threads_of(report: Report, number: int | None = None) -> Sequence[Thread]:
    """Return the matters of a report (of one version), those of the latest version first, else as they were begun."""
    query = select(Thread).where(Thread.report_id == report.id)
    if number is not None:
        query = query.where(Thread.number == number)
    return db.session.scalars(query.order_by(Thread.number.desc(), Thread.created_at)).all()


def open_counts(report_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Count the open matters of each of these reports that has any."""
    query = select(Thread.report_id, func.count()).where(
        Thread.report_id.in_(list(report_ids)), Thread.resolved_at.is_(None)
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Thread.report_id))}
