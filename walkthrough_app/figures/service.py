"""Keeping the read models: in the transaction that stores events, and from the events anew."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, update

from walkthrough_app.core import clock, db
from walkthrough_app.core.pouring import pour
from walkthrough_app.figures import adding_up, projecting, queries, reported
from walkthrough_app.figures.models import FindingFigure, StepFigure, WalkFigure
from walkthrough_app.figures.queries import BATCH, batches
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

Tell = Callable[[int], None]
Noted = dict[uuid.UUID, tuple[Walkthrough, WalkRecord]]
_put_off: ContextVar[Noted | None] = ContextVar("figures put off", default=None)


def note(walk: Walkthrough, record: WalkRecord) -> None:
    """Write down what a walk comes to now, and what its unit comes to with it."""
    noted = _put_off.get()
    if noted is None:
        _write_down({walk.id: (walk, record)})
    else:
        noted[walk.id] = (walk, record)


@contextmanager
def later() -> Iterator[None]:
    """Note the walks of the block together at its end: the same rows, each unit added up once.

    The block belongs into the transaction that stores the events; when it fails, nothing is noted.
    """
    noted: Noted = {}
    token = _put_off.set(noted)
    try:
        yield
    finally:
        _put_off.reset(token)
    _write_down(noted)


def _write_down(noted: Noted) -> None:
    units = sorted({(walk.campaign_id, walk.unit_id) for walk, _ in noted.values()})
    for unit in units:
        adding_up.lock(*unit)
    _write(noted)
    for unit in units:
        adding_up.add_up(*unit)


def _write(noted: Noted) -> None:
    """Write the rows of walks, their steps and findings anew."""
    db.session.flush()
    known = queries.reported_of(list(noted))
    _forget(known)
    rows: Mapping[type[db.Base], list[dict[str, Any]]] = {WalkFigure: [], StepFigure: [], FindingFigure: []}
    for walk, record in noted.values():
        mark = {"is_reported": known.get(walk.id, False)}
        rows[WalkFigure].append(projecting.of_walk(walk, record) | mark | {"updated_at": clock.now()})
        rows[StepFigure] += projecting.of_steps(walk, record)
        rows[FindingFigure] += [one | mark for one in projecting.of_findings(walk, record)]
    for model, values in rows.items():
        pour(db.session.connection(), cast("Table", model.__table__), values)


def _forget(walks: Collection[uuid.UUID]) -> None:
    for model in (StepFigure, FindingFigure, WalkFigure):
        for batch in batches(list(walks)):
            statement = delete(model).where(model.walk_id.in_(batch))
            db.session.execute(statement, execution_options={"synchronize_session": False})


def note_same(connection: Connection, groups: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Copy the groups of items, which have changed, to their walks."""
    row = update(WalkFigure).where(WalkFigure.item_id == bindparam("item")).values(same_id=bindparam("name"))
    connection.execute(row, [{"item": item_id, "name": name} for item_id, name in groups.items()])


def note_reports(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Write down what stands in reports now: one was handed in, withdrawn or returned."""
    adding_up.lock(campaign_id, unit_id)
    reported.mark(campaign_id, unit_id)
    adding_up.add_up(campaign_id, unit_id)


def catch_up() -> int:
    """Write down the walks that have no figures yet (after an update); return how many there were."""
    return _rebuild(queries.walks_without_figures(), lambda _count: None)


def rebuild(tell: Tell = lambda _count: None) -> int:
    """Make all figures anew from the events; return the number of walks.

    `tell` is called after each batch of walks and each unit, with the number of walks done; a command may commit there.
    """
    adding_up.forget()
    return _rebuild(queries.all_walks(), tell)


def _rebuild(ids: Sequence[uuid.UUID], tell: Tell) -> int:
    """Write walks down anew, and add up their units."""
    units: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for number, batch in enumerate(batches(ids)):
        walks = queries.walks(batch)
        _write({walk.id: (walk, log.record_of(walk)) for walk in walks})
        units |= {(walk.campaign_id, walk.unit_id) for walk in walks}
        db.session.expunge_all()
        tell(number * BATCH + len(batch))
    for campaign_id, unit_id in sorted(units):
        note_reports(campaign_id, unit_id)
        tell(len(ids))
    return len(ids)
