"""Reading in batches by keyset, one campaign after the other: the indexes of lists begin with the campaign."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, true, tuple_

from walkthrough_app.accounts.models import OrgClass, Unit, User
from walkthrough_app.core import db
from walkthrough_app.documents.workbook import Cell
from walkthrough_app.exports import queries
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.registry import BATCH, Batch

Rows = Sequence[Row[*tuple[Any, ...]]]
Query = Select[*tuple[Any, ...]]
Cells = Callable[[Rows], Sequence[Sequence[Cell]]]


def by_campaign(  # noqa: PLR0913, PLR0917 - what a keyset is made of
    user: User,
    filters: Filters,
    after: Any,
    query: Query,
    campaign_id: Any,
    key: Sequence[Any],
    cells: Cells,
) -> Batch:
    """Read the next rows of `query`, the campaigns in their order, within one downwards by `key` (its first columns).

    `after` is (campaign, the last row's key).
    """
    ids = [filters.campaign] if filters.campaign else [one.id for one in queries.campaigns(user)]
    place, last = after or (ids[0] if ids else None, None)
    if place not in ids:
        return Batch([])
    wanted = query.where(campaign_id == place).order_by(*(column.desc() for column in key)).limit(BATCH)
    rows = db.session.execute(wanted.where(tuple_(*key) < last) if last else wanted).all()
    return Batch(cells(rows), _next(ids, place, rows, len(key)))


def _next(ids: Sequence[uuid.UUID], place: uuid.UUID, rows: Rows, width: int) -> Any:
    if len(rows) == BATCH:
        return place, tuple(rows[-1])[:width]
    following = ids.index(place) + 1
    return (ids[following], None) if following < len(ids) else None


def count(query: Query) -> int:
    return db.session.scalar(query.with_only_columns(func.count())) or 0


def of_campaigns(user: User, filters: Filters, campaign_id: Any) -> ColumnElement[bool]:
    ids = [filters.campaign] if filters.campaign else [one.id for one in queries.campaigns(user)]
    found: ColumnElement[bool] = campaign_id.in_(ids)
    return found


def of_unit(filters: Filters, unit_id: Any) -> ColumnElement[bool]:
    """Return the condition of the filters unit and lane; the lane follows from the unit's class."""
    wanted: list[ColumnElement[bool]] = [true()]
    if filters.unit:
        wanted.append(unit_id == filters.unit)
    if filters.lane:
        classes = [one for one in OrgClass if one.lane is filters.lane]
        wanted.append(unit_id.in_(select(Unit.id).where(Unit.org_class.in_(classes))))
    return and_(*wanted)


def yes(value: object) -> str:
    return "是" if value else "否"
