"""Reading walks of the same item: counted walks only, and only what has reached the user's desk."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select

from walkthrough_app.accounts.models import OrgClass, Unit, User
from walkthrough_app.board.same_items import SameItem, grouped
from walkthrough_app.board.same_scope import CITY, Known, Scope
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.exports import queries as exports
from walkthrough_app.figures.models import FindingFigure, StepFigure, WalkFigure
from walkthrough_app.reports import reach

MOST_WALKS = 5000
MOST_FINDINGS = 400
W = WalkFigure


def known(user: User) -> Known:
    campaigns = [(str(one.id), one.title) for one in exports.campaigns(user)]
    query = select(Unit).where(reach.units(user), Unit.org_class == OrgClass.COUNTY).order_by(Unit.name)
    counties = [(str(one.id), one.name) for one in db.session.scalars(query)]
    return Known(campaigns, [(CITY, "市直单位"), *counties] if counties else [])


def items(user: User) -> list[SameItem]:
    """Return all items of the units the user sees, the same ones together."""
    query = select(ServiceItem.id, ServiceItem.task_name, ServiceItem.catalog_code, ServiceItem.task_code)
    query = query.join(Unit, Unit.id == ServiceItem.unit_id).where(reach.units(user))
    return grouped(db.session.execute(query.order_by(ServiceItem.task_name, ServiceItem.id)))


def item_for(user: User, item_id: uuid.UUID) -> SameItem:
    """Return what is the same as an item; NotFound when its unit is not the user's to see."""
    found = next((one for one in items(user) if item_id in one.item_ids), None)
    if found is None:
        raise NotFound
    return found


def counts(user: User, scope: Scope) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return (item, unit, walks) for every item that was walked."""
    query = select(W.item_id, W.unit_id, func.count()).where(*_walks(user, scope)).group_by(W.item_id, W.unit_id)
    return db.session.execute(query).all()


def lengths(user: User, scope: Scope, item_ids: Sequence[uuid.UUID]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return (item, seconds) of the walks of some items."""
    query = select(W.item_id, W.total_seconds).where(W.item_id.in_(item_ids), *_walks(user, scope))
    return db.session.execute(query).all()


def walks(user: User, scope: Scope, same: SameItem) -> Sequence[WalkFigure]:
    """Return the walks of an item, the latest first, no more than `MOST_WALKS`."""
    return db.session.scalars(_of_item(select(W), user, scope, same).order_by(W.day.desc()).limit(MOST_WALKS)).all()


def steps(user: User, scope: Scope, same: SameItem) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return (unit, step, seconds) of these walks."""
    query = select(W.unit_id, StepFigure.step, StepFigure.seconds).join(StepFigure, StepFigure.walk_id == W.walk_id)
    newest = _of_item(query, user, scope, same).order_by(W.day.desc())
    return db.session.execute(newest.limit(MOST_WALKS * 8)).all()


def findings(user: User, scope: Scope, same: SameItem) -> Sequence[FindingFigure]:
    """Return the problems of these walks, the latest first, no more than `MOST_FINDINGS`."""
    query = select(FindingFigure).join(W, W.walk_id == FindingFigure.walk_id)
    latest = _of_item(query, user, scope, same).order_by(FindingFigure.found_at.desc())
    return db.session.scalars(latest.limit(MOST_FINDINGS)).all()


def units(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {row.id: row.name for row in db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))}


def _of_item(query: Select[*tuple[Any, ...]], user: User, scope: Scope, same: SameItem) -> Select[*tuple[Any, ...]]:
    return query.where(W.item_id.in_(same.item_ids), *_walks(user, scope))


def _walks(user: User, scope: Scope) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [W.is_counted.is_(True), reach.walks(user, W)]
    if scope.campaigns:
        wanted.append(W.campaign_id.in_(scope.campaigns))
    if scope.is_real:
        wanted.append(W.is_simulated.is_(False))
    if scope.is_head:
        wanted.append(W.is_by_head.is_(True))
    if scope.counties or scope.has_city:
        wanted.append(W.unit_id.in_(select(Unit.id).where(_places(scope))))
    return wanted


def _places(scope: Scope) -> ColumnElement[bool]:
    city = and_(Unit.parent_id.is_(None), Unit.org_class != OrgClass.COUNTY) if scope.has_city else false()
    return or_(city, Unit.id.in_(scope.counties), Unit.parent_id.in_(scope.counties))
