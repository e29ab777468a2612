"""Keeping the read models: in the transaction that stores events, and from the events anew."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import delete, insert

from walkthrough_app.core import db
from walkthrough_app.figures import adding_up, projecting, queries, reported
from walkthrough_app.figures.models import FindingFigure, StepFigure, WalkFigure
from walkthrough_app.figures.queries import batches
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

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
    """Write the rows of walks, their steps and findings anew, new ones with one statement for many."""
    db.session.flush()
    known = queries.known_walks(list(noted))
    rows: Mapping[type[db.Base], list[dict[str, Any]]] = {WalkFigure: [], StepFigure: [], FindingFigure: []}
    for walk, record in noted.values():
        figure = projecting.walk_figure(walk, record)
        mark = {"is_reported": False}
        if walk.id in known:
            mark["is_reported"] = bool(db.session.merge(figure).is_reported)
        else:
            rows[WalkFigure].append(_values(figure) | mark)
        rows[StepFigure] += map(_values, projecting.step_figures(walk, record))
        rows[FindingFigure] += [_values(one) | mark for one in projecting.finding_figures(walk, record)]
    db.session.flush()
    _forget_parts(known)
    for model, values in rows.items():
        if values:
            db.session.connection().execute(insert(model), values)


def note_reports(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Write down what stands in reports now: one was handed in, withdrawn or returned."""
    adding_up.lock(campaign_id, unit_id)
    reported.mark(campaign_id, unit_id)
    adding_up.add_up(campaign_id, unit_id)


def _forget_parts(known: Collection[uuid.UUID]) -> None:
    for model in (StepFigure, FindingFigure):
        for batch in batches(list(known)):
            statement = delete(model).where(model.walk_id.in_(batch))
            db.session.execute(statement, execution_options={"synchronize_session": False})


def _values(row: db.Base) -> dict[str, Any]:
    """Return the columns that were set on a row which is no object of the session."""
    return {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}


def catch_up() -> int:
    """Write down the walks that have no figures yet (after an update); return how many there were."""
    return _rebuild(queries.walks_without_figures())


def rebuild() -> int:
    """Make all figures anew from the events; return the number of walks."""
    for model in (StepFigure, FindingFigure, WalkFigure):
        db.session.execute(delete(model))
    adding_up.forget()
    return catch_up()


def _rebuild(ids: Sequence[uuid.UUID]) -> int:
    units: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for batch in batches(ids):
        walks = queries.walks(batch)
        _write({walk.id: (walk, log.record_of(walk)) for walk in walks})
        units |= {(walk.campaign_id, walk.unit_id) for walk in walks}
        db.session.expunge_all()
    for campaign_id, unit_id in sorted(units):
        note_reports(campaign_id, unit_id)
    return len(ids)
