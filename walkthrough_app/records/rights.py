"""Who writes and who reads a record: its unit, the desks of its realm and lane, for public kinds every unit."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import UNIT_ROLES, OrgClass, Role, Unit, User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.questionnaires.parts import RecordKind
from walkthrough_app.records.models import Record, RecordState
from walkthrough_app.reports.reach import DESKS

READERS = UNIT_ROLES | DESKS
WRITERS = frozenset({Role.HEAD, Role.LIAISON})
WRITABLE = frozenset({CampaignState.OPEN, CampaignState.CLOSED})


def is_desk(user: User, unit: Unit) -> bool:
    """Tell whether the user oversees a unit: the office of its realm, the group of its lane; a desk also itself."""
    if user.role not in DESKS or not realm.sees(user, unit):
        return False
    return user.role is Role.OFFICE or unit.id == user.unit_id or unit.lane is user.role.lane


def may_write(user: User, campaign: Campaign, unit: Unit, kind: RecordKind) -> bool:
    """Tell whether the user writes records of this kind about a unit, while the campaign is not put away."""
    if campaign.state not in WRITABLE:
        return False
    if user.role in WRITERS:
        return kind.by != "office" and unit.id == user.unit_id and campaigns.takes_part(campaign, unit)
    is_in_place = unit.id == user.unit_id or campaigns.takes_part(campaign, unit)
    return kind.by != "unit" and is_desk(user, unit) and is_in_place and realm.sees_campaign(user, campaign)


def may_read(user: User, record: Record) -> bool:
    if user.role in UNIT_ROLES and user.unit_id == record.unit_id:
        return True
    if is_desk(user, record.unit):
        return True
    is_public = record.record_kind.public and record.state is not RecordState.WITHDRAWN
    if user.role in UNIT_ROLES:
        return is_public and campaigns.takes_part(record.campaign, user.unit)
    return is_public and user.role in DESKS and realm.sees_campaign(user, record.campaign)


def visible(user: User, kind: RecordKind) -> ColumnElement[bool]:
    """Return may_read as a condition on `Record`, for a kind of a campaign that the user may see."""
    own = Record.unit_id == user.unit_id if user.role in UNIT_ROLES else Record.unit_id.in_(_overseen(user))
    return or_(own, Record.state != RecordState.WITHDRAWN) if kind.public else own


def overseen(user: User) -> ColumnElement[bool]:
    """Return the condition on `Unit` for those whose records a desk looks after, its own among them."""
    lane: Any = true()
    if user.role is not Role.OFFICE:
        classes = [one for one in OrgClass if one.lane is user.role.lane]
        lane = or_(Unit.org_class.in_(classes), Unit.id == user.unit_id)
    return and_(realm.units(user), lane)


def _overseen(user: User) -> Any:
    return select(Unit.id).where(overseen(user))
