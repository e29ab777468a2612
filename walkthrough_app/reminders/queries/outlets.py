"""How a campaign's lanes speak to the outside, and what they said last."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Lane, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.reminders.models import Channel, Delivery, DeliveryState, Notice, Outlet


def outlets(campaign: Campaign) -> dict[tuple[Lane, Channel], Outlet]:
    found = db.session.scalars(select(Outlet).where(Outlet.campaign_id == campaign.id))
    return {(one.lane, one.channel): one for one in found}


def outlet(campaign: Campaign, lane: Lane, channel: Channel) -> Outlet | None:
    return outlets(campaign).get((lane, channel))


def outlet_for(user: User, campaign_id: uuid.UUID, lane: Lane, channel: Channel) -> tuple[Campaign, Outlet | None]:
    """Load what the office sets; NotFound to everybody else and outside of the realm."""
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None or user.role is not Role.OFFICE or not is_in_realm(user, campaign):
        raise NotFound
    return campaign, outlet(campaign, lane, channel)


def is_in_realm(user: User, campaign: Campaign) -> bool:
    county = realm.county_of(user)
    return county is None or campaign.county_id == county


def silenced() -> set[tuple[str, str]]:
    """Return (campaign, lane) whose mail is switched off."""
    query = select(Outlet.campaign_id, Outlet.lane).where(Outlet.channel == Channel.MAIL, ~Outlet.is_on)
    return {(str(row[0]), row[1].value) for row in db.session.execute(query)}


def deliveries(outlet: Outlet, limit: int = 10) -> Sequence[Delivery]:
    """Return what a robot said last, the latest first."""
    query = select(Delivery).where(Delivery.outlet_id == outlet.id)
    return db.session.scalars(query.order_by(Delivery.created_at.desc()).limit(limit)).all()


def failures(user: User, since: date, limit: int = 20) -> Sequence[Delivery]:
    """Return the letters to people of the user's realm that could not be sent, the latest first."""
    query = (
        select(Delivery)
        .join(Notice, Delivery.notice_id == Notice.id)
        .join(User, Notice.user_id == User.id)
        .join(Unit, User.unit_id == Unit.id)
        .where(Delivery.state == DeliveryState.FAILED, Delivery.day >= since, realm.units(user))
    )
    return db.session.scalars(query.order_by(Delivery.created_at.desc()).limit(limit)).all()


def delivery_with(key: str) -> Delivery | None:
    return db.session.scalar(select(Delivery).filter_by(key=key))
