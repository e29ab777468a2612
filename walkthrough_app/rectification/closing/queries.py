"""Loading closing reports. Loading is authorising."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.closing.models import ClosingReport


def campaign_for(user: User, campaign_id: uuid.UUID) -> Campaign:
    """Load a campaign of the realm that has been opened; NotFound to all but the desks."""
    found = db.session.get(Campaign, campaign_id)
    if found is None or user.role not in rights.DESKS or found.state is CampaignState.DRAFT:
        raise NotFound
    if not realm.sees_campaign(user, found):
        raise NotFound
    return found


def reports_of(campaign: Campaign) -> Sequence[ClosingReport]:
    """Return the reports of a campaign, the latest first."""
    query = select(ClosingReport).where(ClosingReport.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(ClosingReport.number.desc())).all()


def report_for(user: User, campaign_id: uuid.UUID, number: int) -> ClosingReport:
    campaign = campaign_for(user, campaign_id)
    found = next((one for one in reports_of(campaign) if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def last_number(campaign: Campaign) -> int:
    query = select(func.max(ClosingReport.number)).where(ClosingReport.campaign_id == campaign.id)
    return db.session.scalar(query) or 0
