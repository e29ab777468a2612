"""How many reports there are and how many are owed, for all campaigns of a page at once and counted by the database."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, distinct, func, or_, select
from sqlalchemy.orm import aliased

from walkthrough_app.accounts.models import Lane, OrgClass, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import queries
from walkthrough_app.compilation.models import Compilation, Scope
from walkthrough_app.compilation.queries import COMPILABLE
from walkthrough_app.core import db
from walkthrough_app.reports.models import Report

Place = uuid.UUID | None  # the county, None for the city


@dataclass(frozen=True)
class Counts:
    """`due` by place and class of unit, `there` by campaign and lane; as `queries.standing` tells for each alone."""

    due: Counter[tuple[Place, OrgClass]] = field(default_factory=Counter)
    there: Counter[tuple[uuid.UUID, Lane]] = field(default_factory=Counter)

    def of(self, campaign: Campaign, scope: Scope) -> tuple[int, int]:
        """Return how many reports are there and how many are due."""
        lanes = set(Lane) if scope.lane is None else {scope.lane}
        there = sum(self.there[campaign.id, lane] for lane in lanes)
        classes = [one for one in OrgClass if scope.lane in {None, one.lane}]
        return there, sum(self.due[campaign.county_id, one] for one in classes)


def counts(campaigns: Sequence[Campaign]) -> Counts:
    return Counts(_due(), _there([one.id for one in campaigns]))


def of(found: Counts, campaign: Campaign, scope: Scope, known: Compilation | None) -> tuple[int, int]:
    """Return how many are there and due; a city's compilation that takes in its counties is looked at by itself."""
    if known is None or not known.with_counties:
        return found.of(campaign, scope)
    standing = queries.standing(campaign, scope, with_counties=True)
    return len(standing.due) - len(standing.missing), len(standing.due)


def compilations(campaigns: Sequence[Campaign]) -> dict[tuple[uuid.UUID, Scope], Compilation]:
    query = select(Compilation).where(Compilation.campaign_id.in_([one.id for one in campaigns]))
    return {(one.campaign_id, one.scope): one for one in db.session.scalars(query)}


def _due() -> Counter[tuple[Place, OrgClass]]:
    """Count every active head of a unit that walks, and once each unit that has none."""
    is_head = and_(User.unit_id == Unit.id, User.role == Role.HEAD, User.is_active)
    query = select(Unit.parent_id, Unit.org_class, func.count()).outerjoin(User, is_head)
    query = query.where(Unit.org_class != OrgClass.OFFICE).group_by(Unit.parent_id, Unit.org_class)
    return Counter({(place, org_class): count for place, org_class, count in db.session.execute(query)})


def _there(campaigns: Sequence[uuid.UUID]) -> Counter[tuple[uuid.UUID, Lane]]:
    """Count the heads of whose post a received report of their unit is there."""
    head = aliased(User)
    place = or_(Unit.parent_id == Campaign.county_id, and_(Unit.parent_id.is_(None), Campaign.county_id.is_(None)))
    query = select(Report.campaign_id, Report.lane, func.count(distinct(head.id))).join(User, User.id == Report.head_id)
    query = query.join(head, and_(head.unit_id == Report.unit_id, head.post == User.post, head.is_active))
    query = query.join(Unit, Unit.id == Report.unit_id).join(Campaign, Campaign.id == Report.campaign_id)
    query = query.where(head.role == Role.HEAD, Report.state.in_(COMPILABLE), place)
    query = query.where(Report.campaign_id.in_(campaigns)).group_by(Report.campaign_id, Report.lane)
    return Counter({(campaign, lane): count for campaign, lane, count in db.session.execute(query)})
