"""What lies on the desks of the two groups."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db
from walkthrough_app.reports.models import Report, ReportState, ReportVersion

GROUPS = (Role.GROUP_STYLE, Role.GROUP_COORD)


@dataclass(frozen=True, slots=True)
class Desk:
    """How many submitted reports of a campaign wait for one person of a group, and how many of them are new."""

    user: User
    campaign: Campaign
    waiting: int
    arrived: int


def desks(since: datetime, only: User | None = None) -> list[Desk]:
    """Return every desk on which something waits; what was submitted after `since` is new."""
    query = select(User).where(User.role.in_(GROUPS), User.is_active)
    people = [only] if only else db.session.scalars(query.order_by(User.created_at)).all()
    return [desk for user in people if user.role.lane for desk in _desks_of(user, since)]


def _desks_of(user: User, since: datetime) -> list[Desk]:
    waiting: dict[uuid.UUID, list[datetime]] = {}
    for campaign_id, at in _submitted(user):
        waiting.setdefault(campaign_id, []).append(at)
    return [
        Desk(user, db.session.get_one(Campaign, key), len(moments), sum(at > since for at in moments))
        for key, moments in waiting.items()
    ]


def _submitted(user: User) -> Sequence[tuple[uuid.UUID, datetime]]:
    """Return campaign and moment of what waits in the user's lane and realm."""
    last = func.max(ReportVersion.submitted_at, type_=db.UTCDateTime())
    query = (
        select(Report.campaign_id, last)
        .join(ReportVersion, ReportVersion.report_id == Report.id)
        .join(Campaign, Report.campaign_id == Campaign.id)
        .where(Report.state == ReportState.SUBMITTED, Report.lane == user.role.lane)
        .where(Campaign.state != CampaignState.DRAFT, realm.campaigns(user, Campaign))
        .group_by(Report.id, Report.campaign_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query) if row[1]]
