"""Keeping the read models: in the transaction that stores events, and from the events anew."""

import uuid
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete

from walkthrough_app.core import db
from walkthrough_app.figures import adding_up, projecting, queries, reported
from walkthrough_app.figures.models import FindingFigure, StepFigure, WalkFigure
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

BATCH = 500


def note(walk: Walkthrough, record: WalkRecord) -> None:
    """Write down what a walk comes to now, and what its unit comes to with it."""
    adding_up.lock(walk.campaign_id, walk.unit_id)
    _write(walk, record)
    db.session.flush()
    adding_up.add_up(walk.campaign_id, walk.unit_id)


def note_reports(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Write down what stands in reports now: one was handed in, withdrawn or returned."""
    adding_up.lock(campaign_id, unit_id)
    reported.mark(campaign_id, unit_id)
    adding_up.add_up(campaign_id, unit_id)


def _write(walk: Walkthrough, record: WalkRecord) -> None:
    kept = db.session.merge(projecting.walk_figure(walk, record))
    for model in (StepFigure, FindingFigure):
        db.session.execute(
            delete(model).where(model.walk_id == walk.id), execution_options={"synchronize_session": False}
        )
    for one in projecting.finding_figures(walk, record):
        one.is_reported = bool(kept.is_reported)
        db.session.add(one)
    db.session.add_all(projecting.step_figures(walk, record))


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
    for batch in _batches(ids):
        for walk in queries.walks(batch):
            _write(walk, log.record_of(walk))
            units.add((walk.campaign_id, walk.unit_id))
        db.session.flush()
        db.session.expunge_all()
    for campaign_id, unit_id in sorted(units):
        note_reports(campaign_id, unit_id)
    return len(ids)


def _batches(ids: Sequence[uuid.UUID]) -> Iterator[Iterable[uuid.UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
