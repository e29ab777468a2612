"""What the counties' own campaigns come to, all of them in a few statements: units are added up by the database."""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, literal_column, select, union

from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.board.queries import reports
from walkthrough_app.board.values import Figures, UnitLine, count_reports
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.figures.models import UnitFigure, WalkFigure

ADDED = ("items_walked", "counted", "by_head", "findings")


def sums(campaigns: Sequence[Campaign]) -> dict[uuid.UUID, Figures]:
    """Return of each campaign of a county what the table of counties shows, as the lines of its units add up to."""
    members = _members([one.id for one in campaigns])
    found: dict[uuid.UUID, Figures] = {one.id: Counter() for one in campaigns}
    for campaign_id, *values in db.session.execute(_figures(campaigns)):
        found[campaign_id].update(dict(zip(ADDED, values, strict=True)))
    for campaign_id, listed in db.session.execute(_listed(members)):
        found[campaign_id]["listed"] = listed
    units: dict[uuid.UUID, list[UnitLine]] = {one.id: [] for one in campaigns}
    query = select(members.c.campaign_id, Unit.id, Unit.name, Unit.org_class).join(Unit, Unit.id == members.c.unit_id)
    for campaign_id, *unit in db.session.execute(query):
        units[campaign_id].append(UnitLine(*unit))
    heads = reports.heads()
    for one in campaigns:
        found[one.id].update(count_reports(list(reports.owed(one, units[one.id], heads))))
    return found


def _members(campaigns: Sequence[uuid.UUID]) -> Subquery:
    """Return (campaign_id, unit_id): the units below each county, and whoever has walked in its campaign."""
    below = select(Campaign.id.label("campaign_id"), Unit.id.label("unit_id")).join(
        Unit, and_(Unit.parent_id == Campaign.county_id, Unit.org_class != OrgClass.OFFICE)
    )
    walked = select(UnitFigure.campaign_id, UnitFigure.unit_id).where(UnitFigure.campaign_id.in_(campaigns))
    return union(below.where(Campaign.id.in_(campaigns)), walked).subquery("members")


def _figures(campaigns: Sequence[Campaign]) -> Any:
    columns = (func.sum(getattr(UnitFigure, name)) for name in ADDED)
    query = select(UnitFigure.campaign_id, *columns).where(UnitFigure.campaign_id.in_([one.id for one in campaigns]))
    return query.group_by(UnitFigure.campaign_id)


def _listed(members: Subquery) -> Any:
    """Count the items of the catalogues, and what was walked of those taken out."""
    walk = WalkFigure
    walked: Select[Any] = select(literal_column("1")).select_from(walk).correlate(ServiceItem, members)
    walked = walked.where(walk.item_id == ServiceItem.id, walk.campaign_id == members.c.campaign_id, walk.is_counted)
    is_there = case((ServiceItem.is_active, 1), (walked.exists(), 1), else_=0)
    query = select(members.c.campaign_id, func.sum(is_there)).join(
        ServiceItem, ServiceItem.unit_id == members.c.unit_id
    )
    return query.group_by(members.c.campaign_id)
