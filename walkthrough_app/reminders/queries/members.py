"""Which campaigns run."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState
from walkthrough_app.core import db


def walking_campaigns(day: date) -> Sequence[Campaign]:
    """Return the campaigns that are open and have begun, the earliest deadline first."""
    query = select(Campaign).where(Campaign.state == CampaignState.OPEN, Campaign.opens_on <= day)
    query = query.where(Campaign.purpose == CampaignPurpose.WALK)
    return db.session.scalars(query.order_by(Campaign.report_due, Campaign.created_at)).all()
