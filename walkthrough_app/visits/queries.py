"""Reading visits. Loading is authorising: whoever is visited learns nothing before it is fed back (S002-25)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true, tuple_

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import WALKER_ROLES, Role, Unit, User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, NotFound
from walkthrough_app.rectification import terms
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.reports import reach
from walkthrough_app.visits.models import DONE, OPEN, Focus, Frequency, Visit, VisitDraw, VisitPaper, VisitState
from walkthrough_app.walkthroughs.models import Walkthrough

DESKS = reach.DESKS
INSPECTORS = DESKS | WALKER_ROLES
TOLD = frozenset({Role.HEAD, Role.LIAISON})
SEALED = "这次督查已经移交，记录不能再改。"
KINDS = (date, uuid.UUID)
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; None and '' for all."""

    campaign: uuid.UUID | None = None
    unit: str = ""
    mode: str = ""
    frequency: Frequency | None = None
    focus: Focus | None = None
    state: VisitState | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.unit or self.mode or self.frequency or self.focus or self.state)


def visit_for(user: User, visit_id: uuid.UUID, *, write: bool = False) -> Visit:
    """Load a visit: its inspector writes, who supervises may look; the unit has its own page (told_for)."""
    found = db.session.get(Visit, visit_id)
    if found is None or not (found.inspector_id == user.id or is_desk(user, found)):
        raise NotFound
    if write and found.inspector_id != user.id:
        raise Forbidden("只有督查人员本人可以办理，您可以查看。")
    return found


def visit_to_supervise(user: User, visit_id: uuid.UUID) -> Visit:
    """Load a visit for who feeds it back or calls it off; Forbidden for an inspector who does not supervise."""
    found = visit_for(user, visit_id)
    if not is_desk(user, found):
        raise Forbidden("由作风整顿办、联系这个单位的工作组办理，您可以查看。")
    return found


def told_for(user: User, visit_id: uuid.UUID) -> Visit:
    """Load a visit for the page the unit sees: its head and liaison once it is fed back; who supervises before that."""
    found = db.session.get(Visit, visit_id)
    is_told = found is not None and found.state is VisitState.FED_BACK and _is_visited(user, found)
    if found is None or not (is_told or (found.state in DONE and is_desk(user, found))):
        raise NotFound
    return found


def _is_visited(user: User, visit: Visit) -> bool:
    return user.unit_id == visit.unit_id and user.role in TOLD


def is_desk(user: User, visit: Visit) -> bool:
    """Tell whether the user supervises the visit: the office of the campaign's realm, the group of the unit's lane."""
    if user.role not in DESKS or not realm.sees_campaign(user, visit.campaign) or not realm.sees(user, visit.unit):
        return False
    return user.role is Role.OFFICE or user.role.lane is visit.unit.lane


def visible(user: User) -> ColumnElement[bool]:
    """Return what visit_for lets the user see, as a condition on Visit."""
    mine = Visit.inspector_id == user.id
    if user.role not in DESKS:
        return mine
    ours = Visit.campaign_id.in_(select(Campaign.id).where(realm.campaigns(user, Campaign)))
    return or_(mine, and_(ours, Visit.unit_id.in_(select(Unit.id).where(reach.units(user)))))


def campaign_for(user: User, campaign_id: uuid.UUID | None, *, is_open: bool = False) -> Campaign:
    """Load a visit campaign of the user's realm; Conflict when it has to be open and is not."""
    found = db.session.get(Campaign, campaign_id) if campaign_id else None
    if found is None or found.purpose is not CampaignPurpose.VISIT or found not in campaigns.visit_campaigns(user):
        raise NotFound
    if is_open:
        must_be_open(found)
    return found


def must_be_open(campaign: Campaign) -> None:
    if campaign.state is not CampaignState.OPEN:
        raise Conflict("这个活动不在进行中，不能再督查。")


def open_campaigns(user: User) -> list[Campaign]:
    return [one for one in campaigns.visit_campaigns(user) if one.state is CampaignState.OPEN]


def units_for(user: User, campaign: Campaign) -> Sequence[Unit]:
    """Return the units of a campaign that the user may send somebody to, by name: a group those of its lane."""
    query = select(Unit).where(campaigns.is_member(campaign), reach.units(user))
    return db.session.scalars(query.order_by(Unit.name)).all()


def inspectors_for(campaign: Campaign) -> list[User]:
    """Return who may be sent: the office and the groups of the campaign's realm first, then heads and deputies."""
    sits = Unit.parent_id.is_(None) if campaign.county_id is None else Unit.parent_id == campaign.county_id
    desk = and_(User.role.in_(DESKS), sits)
    walker = and_(User.role.in_(WALKER_ROLES), campaigns.is_member(campaign))
    query = select(User).join(User.unit).where(User.is_active, or_(desk, walker))
    found = db.session.scalars(query.order_by(Unit.name, User.post, User.name, User.id)).unique()
    return sorted(found, key=lambda one: one.role not in DESKS)


def place_of(unit: Unit, name: str) -> ServiceItem | None:
    query = select(ServiceItem).where(ServiceItem.unit_id == unit.id, ServiceItem.task_name == name)
    return db.session.scalar(query.where(ServiceItem.is_place))


def lock(visit: Visit) -> None:
    """Let one deed at a time decide about a visit, and see what the one before has done."""
    db.session.execute(select(Visit.id).where(Visit.id == visit.id).with_for_update())
    db.session.refresh(visit)


def of_walk(walk_id: uuid.UUID) -> Visit | None:
    return db.session.scalar(select(Visit).where(Visit.walk_id == walk_id))


def sealed(walk: Walkthrough) -> str:
    """Say why the walk of a visit that was handed in stays as it is; '' for any other."""
    found = of_walk(walk.id) if walk.is_visit else None
    return SEALED if found and found.state.is_over else ""


def paper_of(visit: Visit) -> VisitPaper | None:
    return db.session.scalar(select(VisitPaper).where(VisitPaper.visit_id == visit.id))


def known(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    return set(db.session.scalars(select(Visit.id).where(Visit.id.in_(ids))))


def to_do(user: User) -> Sequence[Visit]:
    """Return where the user is to go, the most urgent first."""
    query = select(Visit).where(Visit.inspector_id == user.id, Visit.state.in_(OPEN))
    return db.session.scalars(query.order_by(Visit.to_on, Visit.id)).all()


def count_to_do(user: User) -> Select[int]:
    return select(func.count()).select_from(Visit).where(Visit.inspector_id == user.id, Visit.state.in_(OPEN))


def page(user: User, filters: Filters, after: Key | None, size: int) -> Sequence[Visit]:
    """Return one visit more than a page holds, the latest window on top."""
    query = select(Visit).join(Unit, Unit.id == Visit.unit_id).where(*matching(user, filters))
    if after:
        query = query.where(tuple_(Visit.to_on, Visit.id) < after)
    return db.session.scalars(query.order_by(Visit.to_on.desc(), Visit.id.desc()).limit(size + 1)).all()


def key(visit: Visit) -> Key:
    return visit.to_on, visit.id


def matching(user: User, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions on Visit (joined with its Unit): what the user may see of what is asked for."""
    wanted = [visible(user)]
    equal: Mapping[Any, Any] = {
        Visit.campaign_id: filters.campaign,
        Visit.mode: filters.mode,
        Visit.frequency: filters.frequency,
        Visit.focus: filters.focus,
        Visit.state: filters.state,
    }
    wanted += [column == value for column, value in equal.items() if value]
    if filters.state is None:
        wanted.append(Visit.state != VisitState.VOID)
    if filters.unit:
        wanted.append(Unit.name.contains(filters.unit, autoescape=True))
    return wanted


def fed_back_to(user: User, *, most: int = 100) -> Sequence[Visit]:
    """Return what the user's unit was told, the latest first; nothing to who is not told."""
    if user.role not in TOLD:
        return []
    query = select(Visit).where(Visit.unit_id == user.unit_id, Visit.state == VisitState.FED_BACK)
    return db.session.scalars(query.order_by(Visit.fed_back_at.desc()).limit(most)).all()


def has_feedback(user: User) -> ColumnElement[bool]:
    return exists().where(Visit.unit_id == user.unit_id, Visit.state == VisitState.FED_BACK)


def has_campaign(user: User) -> ColumnElement[bool]:
    """Tell whether there is anything to visit in; the office, which opens campaigns, finds the page before that."""
    is_any = exists().where(Campaign.purpose == CampaignPurpose.VISIT, Campaign.state != CampaignState.DRAFT)
    return true() if user.role is Role.OFFICE else is_any


def findings_of(visit: Visit) -> Sequence[Finding]:
    """Return what went to the ledger from a visit, in the order of the numbers."""
    if visit.walk_id is None:
        return []
    return db.session.scalars(select(Finding).where(Finding.walk_id == visit.walk_id).order_by(Finding.code)).all()


def waiting(visit: Visit) -> list[Finding]:
    """Return those that nobody has handed over yet."""
    return [one for one in findings_of(visit) if one.state is State.REGISTERED]


def closed_at(visit: Visit) -> Sequence[Finding]:
    """Return the unit's closed problems that may still be said to have come back, the latest first."""
    since = clock.now() - timedelta(days=terms.of(visit.campaign_id).relapse_days)
    query = select(Finding).where(Finding.resp_id == visit.unit_id, Finding.state == State.CLOSED)
    query = query.where(Finding.is_standing, Finding.closed_at >= since)
    return db.session.scalars(query.order_by(Finding.closed_at.desc()).limit(200)).unique().all()


def draw_for(user: User, draw_id: uuid.UUID) -> VisitDraw:
    """Load a lot; only the office, who draws, knows of it."""
    found = db.session.get(VisitDraw, draw_id)
    if found is None or user.role is not Role.OFFICE or not realm.sees_campaign(user, found.campaign):
        raise NotFound
    return found


def draws_of(campaign: Campaign) -> Sequence[VisitDraw]:
    query = select(VisitDraw).where(VisitDraw.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(VisitDraw.created_at.desc())).all()


def done(user: User, campaign: Campaign) -> Sequence[Visit]:
    """Return the visits of a campaign that were handed in and that the user may see, the earliest first."""
    query = select(Visit).where(Visit.campaign_id == campaign.id, Visit.state.in_(DONE), visible(user))
    return db.session.scalars(query.order_by(Visit.handed_in_at, Visit.id)).all()


def problems_of(visits: Sequence[Visit]) -> Sequence[Finding]:
    """Return what went to the ledger from these visits."""
    walks = [one.walk_id for one in visits if one.walk_id]
    found: list[Finding] = []
    for start in range(0, len(walks), 500):
        query = select(Finding).where(Finding.walk_id.in_(walks[start : start + 500]))
        found += db.session.scalars(query.order_by(Finding.code)).unique()
    return found
