"""Doing one job, wherever it is done: in a worker, in a command or in a test."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from walkthrough_app.core import db
from walkthrough_app.core.errors import AppError
from walkthrough_app.jobs import ledger, tasks
from walkthrough_app.jobs.ledger import Claim, LostError
from walkthrough_app.jobs.models import Job
from walkthrough_app.jobs.tasks import Later

BEAT_SECONDS = 8
TROUBLE = "出了意外，正在重试。"
log = logging.getLogger(__name__)


is_paused: Callable[[], bool] = bool  # what `connect` puts here says that nothing may be written for now


def run(job_id: str) -> None:
    """Do a job unless somebody else has it, it has ended, or nothing may be written for now."""
    if is_paused():
        return
    with db.transaction():
        claim = ledger.claim(uuid.UUID(job_id))
    if claim:
        with _beating(claim):
            _do(claim)


def run_pending() -> int:
    """Do everything that waits in this process, each job once, one after the other; return how many.

    Commit first what the jobs need to see: they run in transactions of their own.
    """
    tried: set[uuid.UUID] = set()
    while waiting := [one for one in _waiting() if one not in tried]:
        for job_id in waiting:
            run(str(job_id))
        tried.update(waiting)
    return len(tried)


def _waiting() -> list[uuid.UUID]:
    with db.transaction():
        query = select(Job.id).where(Job.attempts < ledger.MOST, ledger.is_free(ledger.clock()))
        return list(db.session.scalars(query.order_by(Job.created_at)))


def _do(claim: Claim) -> None:
    try:
        write = tasks.known[claim.kind].work(claim.args, partial(_tell, claim))
        with db.transaction():
            ledger.finish(claim, write)
    except LostError:
        log.warning("job %s was taken over by another worker", claim.id)
    except Later as error:
        _end(partial(ledger.put_back, claim, error.sentence, after=error.after))
    except AppError as error:
        _end(partial(ledger.fail, claim, error.message))
    except Exception:
        log.exception("job %s failed, attempt %s", claim.id, claim.attempts)
        _end(partial(ledger.put_back, claim, TROUBLE))
    except BaseException:  # the worker is being stopped: the next one begins at once
        _end(partial(ledger.put_back, claim))
        raise


def _tell(claim: Claim, progress: int, note: str) -> None:
    with db.transaction():
        ledger.tell(claim, progress, note)


def _end(write: "partial[None]") -> None:
    db.release()
    try:
        with db.transaction():
            write()
    except LostError:
        log.warning("a job that failed here was taken over by another worker")


@contextmanager
def _beating(claim: Claim) -> Iterator[None]:
    """Prolong the lease from a thread of its own while the block works."""
    stop = threading.Event()
    engine = db.session.get_bind().engine
    thread = threading.Thread(target=_beat, args=(claim, engine, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(claim: Claim, engine: Engine, stop: threading.Event) -> None:
    while not stop.wait(BEAT_SECONDS):
        try:
            with engine.begin() as connection:
                ledger.prolong(claim, connection)
        except SQLAlchemyError:
            log.exception("the lease of job %s was not prolonged", claim.id)
