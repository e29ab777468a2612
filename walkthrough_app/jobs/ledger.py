"""The ledger: adding a job, taking it by a lease, and writing its end down once."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, and_, event, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from walkthrough_app.core import db, ids
from walkthrough_app.jobs import delivery
from walkthrough_app.jobs.models import Job, JobState
from walkthrough_app.jobs.tasks import Write

LEASE = timedelta(seconds=30)
MOST = 8  # attempts
GIVEN_UP = f"试了{MOST}次都没有做完，请联系管理员。"
UNSENT = "unsent jobs"


class LostError(Exception):
    """The lease ran out and somebody else has the job now: what was made here is thrown away."""


@dataclass(frozen=True)
class Claim:
    """The right to do a job, for as long as the lease is prolonged."""

    id: uuid.UUID
    kind: str
    args: Mapping[str, Any]
    token: str
    attempts: int


def add(kind: str, key: str, args: Mapping[str, Any], *, title: str = "") -> Job:
    """Ask for a piece of work in the transaction of the deed that needs it; asked for already, nothing is added."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    job_id = ids.new()
    row = {"id": job_id, "kind": kind, "key": key, "args": dict(args), "title": title}
    insert = dialect.insert(Job).values(row).on_conflict_do_nothing(index_elements=["kind", "key"])
    db.session.flush()
    if _changes(insert):
        _send_later(job_id)
    found = find(kind, key)
    assert found
    return found


def find(kind: str, key: str) -> Job | None:
    """Return a job as the database has it now."""
    query = select(Job).filter_by(kind=kind, key=key).execution_options(populate_existing=True)
    return db.session.scalar(query)


def retry(job: Job) -> None:
    """Do a job again that has ended, with all its attempts."""
    again = {"state": JobState.TODO, "attempts": 0, "progress": 0, "note": "", "error": "", "result": None}
    if _changes(_of(job.id, Job.state.in_([JobState.FAILED, JobState.DONE])).values(updated_at=clock(), **again)):
        _send_later(job.id)
    db.session.refresh(job)


def claim(job_id: uuid.UUID) -> Claim | None:
    """Take a job that nobody holds; None when there is nothing to do about it."""
    now, token = clock(), secrets.token_hex(16)
    taken = {"state": JobState.DOING, "token": token, "lease_until": now + LEASE, "attempts": Job.attempts + 1}
    if not _changes(_of(job_id, Job.attempts < MOST, is_free(now)).values(updated_at=now, **taken)):
        return None
    job = db.session.get_one(Job, job_id, populate_existing=True)
    return Claim(job.id, job.kind, job.args, token, job.attempts)


def is_free(now: datetime) -> ColumnElement[bool]:
    return or_(Job.state == JobState.TODO, and_(Job.state == JobState.DOING, Job.lease_until < now))


def prolong(claim: Claim, connection: Connection) -> None:
    """Prolong a lease on a connection of the heartbeat's own."""
    connection.execute(_held(claim).values(lease_until=_time(connection) + LEASE))


def tell(claim: Claim, progress: int, note: str) -> None:
    """Say how far the work is; LostError when it is no longer ours."""
    now = clock()
    _keep(_held(claim).values(progress=progress, note=note, lease_until=now + LEASE, updated_at=now))


def finish(claim: Claim, write: Write) -> None:
    """Write the outcome and the end of the job in one transaction; LostError leaves neither."""
    ended = {"state": JobState.DONE, "progress": 100, "note": "", "error": "", "lease_until": None}
    _keep(_held(claim).values(updated_at=clock(), **ended))
    result = write()
    _changes(_of(claim.id).values(result=None if result is None else dict(result)))


def fail(claim: Claim, sentence: str) -> None:
    """End a job that trying again would not help."""
    ended = {"state": JobState.FAILED, "error": sentence, "note": "", "lease_until": None}
    _keep(_held(claim).values(updated_at=clock(), **ended))


def put_back(claim: Claim, sentence: str = "", *, after: timedelta = timedelta(0)) -> None:
    """Leave a job for the next attempt, which the sweep sends when `after` has passed; or end it after the last."""
    if claim.attempts >= MOST:
        fail(claim, GIVEN_UP)
    else:
        again = {"state": JobState.TODO, "error": sentence, "progress": 0, "note": "", "lease_until": None}
        _keep(_held(claim).values(updated_at=clock() + after, **again))


def clock() -> datetime:
    """Return the database's own time: the clocks of two machines may differ by more than a lease."""
    return _time(db.session.connection())


def _time(connection: Connection) -> datetime:
    now: datetime = connection.execute(select(func.current_timestamp(type_=db.UTCDateTime()))).scalar_one()
    return now


def _of(job_id: uuid.UUID, *conditions: ColumnElement[bool]) -> Update:
    return update(Job).where(Job.id == job_id, *conditions)


def _held(claim: Claim) -> Update:
    return _of(claim.id, Job.state == JobState.DOING, Job.token == claim.token)


def _changes(statement: Any) -> bool:
    return bool(db.session.connection().execute(statement).rowcount)


def _keep(statement: Update) -> None:
    if not _changes(statement):
        raise LostError


def _send_later(job_id: uuid.UUID) -> None:
    db.session.info.setdefault(UNSENT, []).append(job_id)


@event.listens_for(db.session, "after_commit")
def _send_now(session: Session) -> None:
    delivery.send(session.info.pop(UNSENT, ()))


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(UNSENT, None)
