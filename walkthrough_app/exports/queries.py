"""Reading exports and what they may be filtered by. An export belongs to who asked for it: NotFound to all others."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import or_, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose
from walkthrough_app.campaigns.names import categories
from walkthrough_app.campaigns.queries import OWN_FIRST
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.exports.filters import Choices
from walkthrough_app.exports.models import Export
from walkthrough_app.exports.registry import Listing
from walkthrough_app.reports import reach

KEPT = timedelta(days=7)
SHOWN = 20
NO_STATES: Mapping[str, str] = {}
CLOSED = "要导出的人的账号已经停用或者换了岗位，没有生成文件。"


@contextmanager
def reading() -> Iterator[None]:
    """Read in a short transaction without the write lock."""
    db.begin_readonly()
    try:
        yield
    finally:
        db.release()


def export_for(user: User, export_id: uuid.UUID) -> Export:
    found = db.session.get(Export, export_id)
    if found is None or found.user_id != user.id:
        raise NotFound
    return found


def exports_of(user: User) -> Sequence[Export]:
    """Return what the user asked for within the last week, the latest first."""
    query = select(Export).where(Export.user_id == user.id, Export.created_at > clock.now() - KEPT)
    return db.session.scalars(query.order_by(Export.created_at.desc()).limit(SHOWN)).all()


def asker(user_id: uuid.UUID, listing: Listing) -> User:
    """Return who asked as they are now; Forbidden when they may not have the list any more."""
    found = db.session.get(User, user_id, populate_existing=True)
    if found is None or not found.is_active or found.role not in listing.roles:
        raise Forbidden(CLOSED)
    return found


def campaigns(user: User) -> Sequence[Campaign]:
    """Return the campaigns in which units of the user's realm walk, the latest first."""
    county = realm.county_of(user)
    query = select(Campaign).where(Campaign.purpose == CampaignPurpose.WALK).order_by(*OWN_FIRST, Campaign.id)
    if county is not None:
        query = query.where(or_(Campaign.county_id.is_(None), Campaign.county_id == county))
    return db.session.scalars(query).all()


def units(user: User) -> Sequence[Unit]:
    return db.session.scalars(select(Unit).where(reach.units(user)).order_by(Unit.name)).all()


def choices(user: User, listing: Listing) -> Choices:
    return choices_of(user, listing.states)


def choices_of(user: User, states: Mapping[str, str] = NO_STATES) -> Choices:
    """Return what the user may filter by."""
    found = campaigns(user)
    return Choices(
        campaigns={one.id: one for one in found},
        units={one.id: one for one in units(user)},
        states=states,
        categories=categories(found),
    )
