"""Reading walks of the same item: counted walks only, and only what has reached the user's desk."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, func, or_, select, true

from walkthrough_app.accounts.models import OrgClass, Unit, User
from walkthrough_app.board.same_scope import CITY, Known, Scope
from walkthrough_app.campaigns.models import ItemMark, ServiceItem
from walkthrough_app.campaigns.sameness import NAME
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.folding import joined
from walkthrough_app.exports import queries as exports
from walkthrough_app.figures.models import FindingFigure, StepFigure, WalkFigure
from walkthrough_app.figures.queries import batches
from walkthrough_app.reports import reach

MOST_WALKS = 5000
MOST_FINDINGS = 400
W = WalkFigure


@dataclass(frozen=True)
class SameItem:
    """One item wherever it stands; `id` is that of the unit's item by which it was found."""

    id: uuid.UUID
    same_id: uuid.UUID
    title: str


def known(user: User) -> Known:
    campaigns = [(str(one.id), one.title) for one in exports.campaigns(user)]
    query = select(Unit).where(reach.units(user), Unit.org_class == OrgClass.COUNTY).order_by(Unit.name)
    counties = [(str(one.id), one.name) for one in db.session.scalars(query)]
    return Known(campaigns, [(CITY, "市直单位"), *counties] if counties else [])


def groups(user: User, scope: Scope, least: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return (same_id, units, walks, shortest, longest) of what `least` units have walked, most units first."""
    units, walks = func.count(W.unit_id.distinct()), func.count()
    query = select(W.same_id, units, walks, func.min(W.total_seconds), func.max(W.total_seconds))
    query = query.where(*_walks(user, scope), _named(user, scope)).group_by(W.same_id).having(units >= least)
    return db.session.execute(query.order_by(units.desc(), walks.desc(), W.same_id)).all()


def _named(user: User, scope: Scope) -> ColumnElement[bool]:
    """Return the condition that an item is called so in one of the units the user sees."""
    wanted = joined(scope.text) if scope.text else ""
    if not wanted:
        return true()
    mark = ItemMark.mark.contains(wanted, autoescape=True) & ItemMark.mark.startswith(NAME)
    query = select(ServiceItem.same_id).join(ItemMark, ItemMark.item_id == ServiceItem.id)
    return W.same_id.in_(query.join(Unit, Unit.id == ServiceItem.unit_id).where(mark, reach.units(user)))


def titles(user: User, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what the items are called in the units the user sees."""
    query = select(ServiceItem.same_id, func.min(ServiceItem.task_name))
    query = query.join(Unit, Unit.id == ServiceItem.unit_id).where(ServiceItem.same_id.in_(ids), reach.units(user))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(ServiceItem.same_id))}


def middle(user: User, scope: Scope, same_id: uuid.UUID, walks: int) -> Sequence[int]:
    """Return the seconds in the middle of a group's walks, of which it has so many: one length or two."""
    query = select(W.total_seconds).where(W.same_id == same_id, *_walks(user, scope)).order_by(W.total_seconds)
    return db.session.scalars(query.offset((walks - 1) // 2).limit(2 - walks % 2)).all()


def item_for(user: User, item_id: uuid.UUID) -> SameItem:
    """Return what is the same as an item or group; NotFound when none of it is the user's to see."""
    query = select(ServiceItem.same_id).join(Unit, Unit.id == ServiceItem.unit_id).where(reach.units(user))
    same_id = db.session.scalar(query.where(or_(ServiceItem.id == item_id, ServiceItem.same_id == item_id)).limit(1))
    if same_id is None:
        raise NotFound
    return SameItem(item_id, same_id, titles(user, [same_id])[same_id])


def lengths(user: User, scope: Scope, same: SameItem) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return (walk, unit, seconds) of an item's walks, the latest first, no more than `MOST_WALKS`."""
    query = select(W.walk_id, W.unit_id, W.total_seconds).where(W.same_id == same.same_id, *_walks(user, scope))
    return db.session.execute(query.order_by(W.day.desc(), W.walk_id).limit(MOST_WALKS)).all()


def step_lengths(walk_ids: Sequence[uuid.UUID], step: str) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield (walk, seconds) of one step."""
    query = select(StepFigure.walk_id, StepFigure.seconds).where(StepFigure.step == step)
    for some in batches(walk_ids):
        yield from db.session.execute(query.where(StepFigure.walk_id.in_(some)))


def walks(walk_ids: Sequence[uuid.UUID]) -> Iterator[WalkFigure]:
    for some in batches(walk_ids):
        yield from db.session.scalars(select(W).where(W.walk_id.in_(some)))


def steps(walk_ids: Sequence[uuid.UUID]) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield (unit, step, seconds) of these walks."""
    query = select(StepFigure.unit_id, StepFigure.step, StepFigure.seconds)
    for some in batches(walk_ids):
        yield from db.session.execute(query.where(StepFigure.walk_id.in_(some)))


def findings(user: User, scope: Scope, same: SameItem) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return (unit, category, title) of the problems of these walks, the latest first, no more than `MOST_FINDINGS`."""
    found = FindingFigure
    query = select(found.unit_id, found.category, found.title).join(W, W.walk_id == found.walk_id)
    query = query.where(W.same_id == same.same_id, *_walks(user, scope))
    return db.session.execute(query.order_by(found.found_at.desc()).limit(MOST_FINDINGS)).all()


def units(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {row.id: row.name for row in db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))}


def _walks(user: User, scope: Scope) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [W.is_counted.is_(True), reach.walks(user, W)]
    if user.role.lane:  # few walks stand in reports, and the index knows which
        wanted.append(W.is_reported.is_(True))
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
