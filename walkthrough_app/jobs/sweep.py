"""The sweep: sends again what was lost on the way, ends what cannot be done, forgets what is old."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from walkthrough_app.core import db
from walkthrough_app.jobs import delivery, ledger, tasks
from walkthrough_app.jobs.models import Job, JobState

EVERY_SECONDS = 15
PATIENCE = timedelta(seconds=30)  # so long a message may be on its way
LIMIT = 200


def sweep(*, at_start: bool = False) -> None:
    """Look over the whole ledger; at the start of a worker no message counts as being on its way."""
    with db.transaction():
        now = ledger.clock()
        _give_up(now)
        lost = _lost(now, timedelta(0) if at_start else PATIENCE)
    if delivery.waiting() < LIMIT:
        delivery.send(lost)
    for kind in tuple(tasks.known):
        _forget_old(kind)


def _give_up(now: datetime) -> None:
    """End jobs whose last attempt died with its worker."""
    over = and_(Job.state == JobState.DOING, Job.lease_until < now, Job.attempts >= ledger.MOST)
    ended = {"state": JobState.FAILED, "error": ledger.GIVEN_UP, "note": "", "lease_until": None, "updated_at": now}
    db.session.connection().execute(update(Job).where(over).values(**ended))


def _lost(now: datetime, patience: timedelta) -> list[uuid.UUID]:
    waits = and_(Job.state == JobState.TODO, Job.updated_at <= now - patience)
    query = select(Job.id).where(or_(waits, _is_abandoned(now))).order_by(Job.created_at).limit(LIMIT)
    return list(db.session.scalars(query))


def _is_abandoned(now: datetime) -> ColumnElement[bool]:
    return and_(Job.state == JobState.DOING, Job.lease_until < now)


def _forget_old(kind: str) -> None:
    """Remove ended jobs past their time: first what they left elsewhere, so that a crash between leaves no orphan."""
    task = tasks.known[kind]
    with db.transaction():
        ended = Job.state.in_([JobState.DONE, JobState.FAILED])
        old = select(Job).where(Job.kind == kind, ended, Job.updated_at < ledger.clock() - task.keep).limit(LIMIT)
        for job in db.session.scalars(old):
            task.forget(job.result or {})
            db.session.delete(job)
