"""Reading what the read models are made of."""

import uuid
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.figures.models import UnitFigure, WalkFigure
from walkthrough_app.walkthroughs.models import Purpose, Walkthrough

BATCH = 500  # ids in one question


def batches(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def known_walks(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of the walks have figures."""
    query = select(WalkFigure.walk_id)
    return {one for batch in batches(ids) for one in db.session.scalars(query.where(WalkFigure.walk_id.in_(batch)))}


def walks_without_figures() -> Sequence[uuid.UUID]:
    query = select(Walkthrough.id).outerjoin(WalkFigure, WalkFigure.walk_id == Walkthrough.id)
    query = query.where(WalkFigure.walk_id.is_(None), Walkthrough.purpose == Purpose.WALK)
    return db.session.scalars(query.order_by(Walkthrough.created_at)).all()


def walks(ids: Iterable[uuid.UUID]) -> Sequence[Walkthrough]:
    return db.session.scalars(select(Walkthrough).where(Walkthrough.id.in_(list(ids)))).all()


def of_unit(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> UnitFigure | None:
    return db.session.get(UnitFigure, (campaign_id, unit_id), populate_existing=True)
