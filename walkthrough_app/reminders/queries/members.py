"""Which campaigns run, and which units walk in each."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select

from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db


def walking_campaigns(day: date) -> Sequence[Campaign]:
    """Return the campaigns that are open and have begun, the earliest deadline first."""
    query = select(Campaign).where(Campaign.state == CampaignState.OPEN, Campaign.opens_on <= day)
    return db.session.scalars(query.order_by(Campaign.report_due, Campaign.created_at)).all()


def is_member(campaign: Campaign) -> ColumnElement[bool]:
    """Return the condition on `Unit`: a county's campaign is its own units', the city's is the others'."""
    place = Unit.parent_id.is_(None) if campaign.county_id is None else Unit.parent_id == campaign.county_id
    return place & (Unit.org_class != OrgClass.OFFICE)
