"""Hearing of changes: walks tell by themselves, all else is seen in the session as it is written."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from walkthrough_app.accounts.models import Unit
from walkthrough_app.board.search import entries
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.reports.models import Report, report_walk
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

UNIT_NAMES = ("name", "org_class", "parent_id")
_is_paused: ContextVar[bool] = ContextVar("search paused", default=False)


def connect() -> None:
    """Keep the index with items, units and reports; connecting again changes nothing."""
    if not event.contains(db.session, "after_flush", _after_flush):
        event.listen(db.session, "after_flush", _after_flush)


@contextmanager
def paused() -> Iterator[None]:
    """Hear nothing inside the block: for bulk data, after which the index is made anew."""
    token = _is_paused.set(True)
    try:
        yield
    finally:
        _is_paused.reset(token)


def note(walk: Walkthrough, _record: WalkRecord) -> None:
    """Keep the problems of a walk whose figures have just been written."""
    if _is_paused.get():
        return
    db.session.flush()
    entries.keep_walk(db.session.connection(), walk.id)


def _after_flush(session: Session, _context: Any) -> None:
    if _is_paused.get():
        return
    touched = [*session.new, *(one for one in session.dirty if session.is_modified(one)), *session.deleted]
    units = {one.id for one in touched if isinstance(one, Unit) and _has_changed(one, *UNIT_NAMES)}
    items = {one.id for one in touched if isinstance(one, ServiceItem)}
    reports = {one.id for one in touched if isinstance(one, Report) and _has_changed(one, "state")}
    if not (units or items or reports):
        return
    connection = session.connection()
    if units:
        entries.keep_units(connection, units)
    if items:
        entries.keep_items(connection, items)
    if reports:
        entries.reach_again(connection, _walks_of(session, reports))


def _has_changed(row: Any, *names: str) -> bool:
    state = inspect(row)
    return bool(state.deleted) or any(state.attrs[name].history.has_changes() for name in names)


def _walks_of(session: Session, reports: set[uuid.UUID]) -> list[uuid.UUID]:
    query = select(report_walk.c.walk_id).where(report_walk.c.report_id.in_(reports))
    return list(session.connection().scalars(query))
