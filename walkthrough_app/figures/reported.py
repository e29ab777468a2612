"""Which walks stand in reports handed in. Reports are known further up, so whoever builds the app connects them."""

import uuid
from collections.abc import Callable, Collection

from sqlalchemy import update

from walkthrough_app.core import db
from walkthrough_app.figures.models import FindingFigure, WalkFigure

# A reader returns the walks of a unit in a campaign that stand in reports handed in.
Reader = Callable[[uuid.UUID, uuid.UUID], Collection[uuid.UUID]]


def _none(_campaign_id: uuid.UUID, _unit_id: uuid.UUID) -> Collection[uuid.UUID]:
    return ()


_reader: Reader = _none


def connect(reader: Reader) -> None:
    global _reader
    _reader = reader


def mark(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Write on the rows of a unit's walks and problems whether they stand in a report handed in."""
    walks = list(_reader(campaign_id, unit_id))
    for model in (WalkFigure, FindingFigure):
        row = update(model).where(model.campaign_id == campaign_id, model.unit_id == unit_id)
        row = row.values(is_reported=model.walk_id.in_(walks))
        db.session.execute(row, execution_options={"synchronize_session": False})
