"""Reading what the read models are made of."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.figures.models import UnitFigure, WalkFigure
from walkthrough_app.walkthroughs.models import Purpose, Walkthrough
from walkthrough_app.walkthroughs.queries import LIGHT

BATCH = 500  # ids in one question


def batches(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def reported_of(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, bool]:
    """Return which of the walks have figures, and whether they stand in a report handed in."""
    query = select(WalkFigure.walk_id, WalkFigure.is_reported)
    found = (row for batch in batches(ids) for row in db.session.execute(query.where(WalkFigure.walk_id.in_(batch))))
    return {row.walk_id: row.is_reported for row in found}


def items_walked_by_heads(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> Collection[uuid.UUID]:
    """Return the items of which a report may say that a head of the unit has walked them."""
    query = select(WalkFigure.item_id).where(WalkFigure.campaign_id == campaign_id, WalkFigure.unit_id == unit_id)
    return db.session.scalars(query.where(WalkFigure.is_by_head, WalkFigure.is_counted).distinct()).all()


def walks_without_figures() -> Sequence[uuid.UUID]:
    query = select(Walkthrough.id).outerjoin(WalkFigure, WalkFigure.walk_id == Walkthrough.id)
    query = query.where(WalkFigure.walk_id.is_(None), Walkthrough.purpose == Purpose.WALK)
    return db.session.scalars(query.order_by(Walkthrough.created_at)).all()


def all_walks() -> Sequence[uuid.UUID]:
    query = select(Walkthrough.id).where(Walkthrough.purpose == Purpose.WALK)
    return db.session.scalars(query.order_by(Walkthrough.created_at, Walkthrough.id)).all()


def walks(ids: Iterable[uuid.UUID]) -> Sequence[Walkthrough]:
    return db.session.scalars(select(Walkthrough).options(*LIGHT).where(Walkthrough.id.in_(list(ids)))).all()


def of_unit(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> UnitFigure | None:
    return db.session.get(UnitFigure, (campaign_id, unit_id), populate_existing=True)
