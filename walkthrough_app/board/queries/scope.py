"""Which campaigns somebody follows: the city's office and lanes all, a county's own office those of its county."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Lane, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState
from walkthrough_app.campaigns.queries import opened
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound

VIEWERS = frozenset({Role.OFFICE, Role.GROUP_STYLE, Role.GROUP_COORD})


def campaigns_for(user: User) -> Sequence[Campaign]:
    """Return the campaigns the user may follow: open ones first, one's own level first, the latest first."""
    found = opened(user, purpose=CampaignPurpose.WALK)
    county = realm.county_of(user)
    return sorted(found, key=lambda one: (one.state is not CampaignState.OPEN, one.county_id != county))


def campaign_for(user: User, campaign_id: uuid.UUID | None) -> Campaign | None:
    """Return the campaign named, or the first of the user's; NotFound for what is none of them."""
    if user.role not in VIEWERS:
        raise NotFound
    known = campaigns_for(user)
    if campaign_id is None:
        return known[0] if known else None
    found = next((one for one in known if one.id == campaign_id), None)
    if found is None:
        raise NotFound
    return found


def children_of(campaign: Campaign) -> Sequence[tuple[Campaign, str]]:
    """Return the counties' campaigns that roll up into this one, with the county's name."""
    query = select(Campaign, Unit.name).join(Unit, Unit.id == Campaign.county_id)
    query = query.where(Campaign.parent_id == campaign.id, Campaign.state != CampaignState.DRAFT)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Unit.name))]


def lane_of(user: User) -> Lane | None:
    """Return the only lane the user sees; None for the office, which sees both."""
    return user.role.lane
