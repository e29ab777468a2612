"""Reading campaigns, items and plans. Loading is authorising: NotFound for strangers, Forbidden for onlookers."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, false, func, select

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import UNIT_ROLES, OrgClass, Role, Unit, User
from walkthrough_app.campaigns import progress
from walkthrough_app.campaigns.coverage import Coverage
from walkthrough_app.campaigns.models import (
    Campaign,
    CampaignPurpose,
    CampaignState,
    CatalogConfirmation,
    Errand,
    PlanEntry,
    PlanState,
    ServiceItem,
)
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.questionnaires.models import Questionnaire

OfUnit = TypeVar("OfUnit", ServiceItem, PlanEntry)
Purpose = CampaignPurpose | None
PLANNERS = frozenset({Role.HEAD, Role.LIAISON})
STEWARDS = frozenset({Role.OFFICE, Role.ADMIN})


LATEST_FIRST = (Campaign.opens_on.desc(), Campaign.created_at.desc())
OWN_FIRST = (Campaign.county_id.is_not(None), *LATEST_FIRST)  # the city's before the counties'


def campaigns() -> Sequence[Campaign]:
    return db.session.scalars(select(Campaign).order_by(*LATEST_FIRST)).all()


def campaigns_for(steward: User) -> Sequence[Campaign]:
    """Return the campaigns of the steward's realm: the city's before the counties', the latest first."""
    query = select(Campaign).where(realm.campaigns(steward, Campaign))
    return db.session.scalars(query.order_by(*OWN_FIRST)).all()


def opened(user: User, *, part: str = "", purpose: Purpose = None, drafts: bool = False) -> Sequence[Campaign]:
    """Return the campaigns the user follows, the city's first: a unit's people where it takes part, others by realm.

    `part` keeps those whose questionnaire has it: records, ratings, assessment.
    """
    query = select(Campaign).where(*_followed(user, part, purpose, drafts=drafts))
    return db.session.scalars(query.order_by(*OWN_FIRST)).all()


def has_opened(user: User, *, part: str, drafts: bool = False) -> ColumnElement[bool]:
    """Return as a condition whether there is any."""
    return exists().where(*_followed(user, part, drafts=drafts))


def _followed(user: User, part: str, purpose: Purpose = None, *, drafts: bool) -> list[ColumnElement[bool]]:
    wanted = [_takes_part(user.unit) if user.role in UNIT_ROLES else realm.campaigns(user, Campaign)]
    if not drafts:
        wanted.append(Campaign.state != CampaignState.DRAFT)
    if purpose:
        wanted.append(Campaign.purpose == purpose)
    if part:
        said = func.coalesce(Questionnaire.document[part].as_string(), "[]")
        wanted.append(Campaign.questionnaire_id.in_(select(Questionnaire.id).where(said != "[]")))
    return wanted


def open_campaigns(unit: Unit | None = None) -> list[Campaign]:
    """Return the campaigns in which units plan and walk, the latest first; of `unit` only those it takes part in."""
    opened = (one for one in campaigns() if one.state is CampaignState.OPEN and one.purpose is CampaignPurpose.WALK)
    return [campaign for campaign in opened if unit is None or takes_part(campaign, unit)]


def visit_campaigns(user: User) -> Sequence[Campaign]:
    """Return the campaigns of the user's realm in which inspectors visit units, drafts left out, the latest first."""
    return opened(user, purpose=CampaignPurpose.VISIT)


def campaigns_at(user: User, unit: Unit) -> list[Campaign]:
    """Return the open campaigns of a unit that the user may look at: a county's office only its own."""
    is_steward = user.role in STEWARDS
    return [one for one in open_campaigns(unit) if not is_steward or realm.sees_campaign(user, one)]


def takes_part(campaign: Campaign, unit: Unit) -> bool:
    """Tell whether a unit walks in a campaign: departments and counties in the city's, those below it in a county's."""
    return unit.org_class is not OrgClass.OFFICE and unit.parent_id == campaign.county_id


def _takes_part(unit: Unit) -> ColumnElement[bool]:
    """Return takes_part as a condition on Campaign."""
    return false() if unit.org_class is OrgClass.OFFICE else Campaign.county_id.is_not_distinct_from(unit.parent_id)


def is_member(campaign: Campaign) -> ColumnElement[bool]:
    """Return takes_part as a condition on Unit."""
    place = Unit.parent_id.is_(None) if campaign.county_id is None else Unit.parent_id == campaign.county_id
    return place & (Unit.org_class != OrgClass.OFFICE)


def units_of(campaign: Campaign) -> Sequence[Unit]:
    """Return the units that take part in a campaign."""
    return db.session.scalars(select(Unit).where(is_member(campaign)).order_by(Unit.name)).all()


def campaign_for(user: User, campaign_id: uuid.UUID, *, write: bool = False) -> Campaign:
    """Load a campaign: the office of its realm keeps it, those who take part see it once it is open."""
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None or not _may_see(user, campaign):
        raise NotFound
    if write and user.role not in STEWARDS:
        raise Forbidden
    return campaign


def _may_see(user: User, campaign: Campaign) -> bool:
    if user.role in STEWARDS:
        return realm.sees_campaign(user, campaign)
    if campaign.state is CampaignState.DRAFT:
        return False
    if campaign.purpose is CampaignPurpose.VISIT and user.role in UNIT_ROLES:
        return False  # whoever is visited is told by the papers, not by a page
    return takes_part(campaign, user.unit) if user.role in UNIT_ROLES else realm.sees_campaign(user, campaign)


def parent_for(user: User, campaign_id: uuid.UUID) -> Campaign:
    """Load the city's open campaign in which a steward wants to open one of a county."""
    found = db.session.get(Campaign, campaign_id)
    if user.role not in STEWARDS or found is None or found.county_id or found.state is not CampaignState.OPEN:
        raise NotFound
    return found


def parents_for(steward: User) -> list[Campaign]:
    """Return the city's open campaigns that the steward's county does not run yet; none to the city's own office."""
    county = realm.county_of(steward)
    if county is None:
        return []
    known = {one.parent_id for one in campaigns_for(steward)}
    opened = [one for one in campaigns() if one.state is CampaignState.OPEN]
    return [one for one in opened if one.county_id is None and one.id not in known]


def children_of(campaign: Campaign) -> Sequence[Campaign]:
    """Return the campaigns of counties that roll up into this one."""
    query = select(Campaign).where(Campaign.parent_id == campaign.id)
    return db.session.scalars(query.order_by(Campaign.created_at)).all()


def campaign(campaign_id: uuid.UUID) -> Campaign:
    return db.session.get_one(Campaign, campaign_id)


def questionnaires() -> Sequence[Questionnaire]:
    """Return what a campaign may be run with: not the small ones made for looking again."""
    query = select(Questionnaire).where(Questionnaire.key.not_like("recheck%"))
    return db.session.scalars(query.order_by(Questionnaire.key, Questionnaire.version.desc())).all()


def questionnaire(questionnaire_id: uuid.UUID) -> Questionnaire:
    return db.session.get_one(Questionnaire, questionnaire_id)


def unit_for(user: User, unit_id: uuid.UUID | None = None) -> Unit:
    """Return the unit whose catalogue and plan the user looks at: one's own; for the office the one it names."""
    if user.role in STEWARDS and unit_id:
        return accounts.unit_for(user, unit_id)
    if user.role not in UNIT_ROLES or unit_id not in {None, user.unit_id}:
        raise NotFound
    return user.unit


def walking_units(steward: User) -> list[Unit]:
    """Return the units of the steward's realm that have a catalogue."""
    return [unit for unit in accounts.units_for(steward) if unit.org_class is not OrgClass.OFFICE]


def item_counts(units: Iterable[Unit]) -> dict[uuid.UUID, int]:
    """Return the number of items in the catalogue of each unit that has any."""
    query = select(ServiceItem.unit_id, func.count()).where(ServiceItem.is_active)
    listed = query.where(ServiceItem.unit_id.in_([unit.id for unit in units])).group_by(ServiceItem.unit_id)
    return {row[0]: row[1] for row in db.session.execute(listed)}


def plan_counts(campaign: Campaign) -> dict[uuid.UUID, int]:
    """Return the number of live plan entries of each unit that has any."""
    query = select(PlanEntry.unit_id, func.count()).where(PlanEntry.campaign_id == campaign.id, _is_live())
    return {row[0]: row[1] for row in db.session.execute(query.group_by(PlanEntry.unit_id))}


def items_of(unit: Unit, *, is_active: bool = True) -> list[ServiceItem]:
    """Return the catalogue of a unit, what the head must walk first; or the items taken out of it."""
    query = select(ServiceItem).where(ServiceItem.unit_id == unit.id, ServiceItem.is_active.is_(is_active))
    query = query.where(ServiceItem.is_place.is_(False))
    items = db.session.scalars(query.order_by(ServiceItem.created_at, ServiceItem.task_name)).all()
    return sorted(items, key=lambda item: not item.must_walk)


def item_for(user: User, item_id: uuid.UUID, *, write: bool = False) -> ServiceItem:
    """Load an item: head and liaison of its unit and the office may write, a deputy of the unit may look."""
    item = db.session.get(ServiceItem, item_id)
    if item is None or item.is_place or not (_keeps(user, item.unit) or _belongs(user, item.unit_id)):
        raise NotFound
    if write and user.role is Role.DEPUTY:
        raise Forbidden
    return item


def lock(item: ServiceItem) -> None:
    """Let one writer at a time plan an item or change its flags, and read it afresh."""
    query = select(ServiceItem).where(ServiceItem.id == item.id).with_for_update(of=ServiceItem)
    db.session.scalars(query.execution_options(populate_existing=True)).one()


def lock_items(unit: Unit) -> None:
    """Let one writer at a time plan the items of a unit."""
    db.session.execute(select(ServiceItem.id).where(ServiceItem.unit_id == unit.id).with_for_update())


def confirmation(campaign: Campaign, unit: Unit) -> CatalogConfirmation | None:
    return db.session.scalar(select(CatalogConfirmation).filter_by(campaign_id=campaign.id, unit_id=unit.id))


def confirmed_units(campaign: Campaign) -> set[uuid.UUID]:
    query = select(CatalogConfirmation.unit_id).where(CatalogConfirmation.campaign_id == campaign.id)
    return set(db.session.scalars(query))


def plan_of(unit: Unit, campaign: Campaign) -> Sequence[PlanEntry]:
    """Return the live plan of a unit, the earliest deadline first."""
    query = select(PlanEntry).where(PlanEntry.unit_id == unit.id, PlanEntry.campaign_id == campaign.id)
    return db.session.scalars(query.where(_is_live()).order_by(PlanEntry.to_on, PlanEntry.from_on)).all()


def coverage(campaign: Campaign, unit: Unit) -> Coverage:
    entries = plan_of(unit, campaign)
    return Coverage.count(unit, items_of(unit), entries, progress.walks_of(entries))


def coverages(campaign: Campaign) -> list[Coverage]:
    """Return the coverage of every unit that takes part."""
    here = select(ServiceItem).join(ServiceItem.unit).where(ServiceItem.is_active, is_member(campaign))
    items = db.session.scalars(here).all()
    entries = db.session.scalars(select(PlanEntry).where(PlanEntry.campaign_id == campaign.id, _is_live())).all()
    walks = progress.walks_of(entries)
    items_by_unit, entries_by_unit = _by_unit(items), _by_unit(entries)
    return [
        Coverage.count(unit, items_by_unit[unit.id], entries_by_unit[unit.id], walks) for unit in units_of(campaign)
    ]


def plan_entry_for(user: User, entry_id: uuid.UUID, *, write: bool = False) -> PlanEntry:
    """Load a plan entry. Invisible to all but its walker, the unit's head and liaison, and the office (S002-25)."""
    entry = db.session.get(PlanEntry, entry_id)
    if entry is None or not (may_change(user, entry) or user.id == entry.walker_id or _oversees(user, entry)):
        raise NotFound
    if write and not may_change(user, entry):
        raise Forbidden
    return entry


def _oversees(user: User, entry: PlanEntry) -> bool:
    return user.role is Role.OFFICE and realm.sees_campaign(user, entry.campaign)


def may_change(user: User, entry: PlanEntry) -> bool:
    return user.unit_id == entry.unit_id and user.role in PLANNERS


def tasks_of(walker: User) -> Sequence[PlanEntry]:
    """Return what the user is to walk, the earliest deadline first."""
    query = select(PlanEntry).where(PlanEntry.walker_id == walker.id, PlanEntry.state == PlanState.CONFIRMED)
    return db.session.scalars(query.order_by(PlanEntry.to_on, PlanEntry.from_on, PlanEntry.created_at)).all()


def live_entries(campaign: Campaign, item: ServiceItem, walker: User | None = None) -> Sequence[PlanEntry]:
    query = select(PlanEntry).where(PlanEntry.campaign_id == campaign.id, PlanEntry.item_id == item.id, _is_live())
    return db.session.scalars(query.where(PlanEntry.walker_id == walker.id) if walker else query).all()


def is_planned(item: ServiceItem) -> bool:
    """Tell whether an open campaign has a live plan entry for the item."""
    return any(live_entries(campaign, item) for campaign in open_campaigns(item.unit))


def walkers_of(unit: Unit) -> list[User]:
    return [*accounts.heads_of(unit), *accounts.deputies_of(unit)]


def person(user_id: uuid.UUID) -> User | None:
    return db.session.get(User, user_id)


def errands_of(unit: Unit) -> list[Errand]:
    """Return the pool of pending errands, those still to be taken first."""
    query = select(Errand).where(Errand.unit_id == unit.id).order_by(Errand.is_taken, Errand.created_at)
    return list(db.session.scalars(query))


def errand(errand_id: uuid.UUID) -> Errand | None:
    return db.session.get(Errand, errand_id)


def errand_for(user: User, errand_id: uuid.UUID) -> Errand:
    """Load an errand for head and liaison of its unit; NotFound to everybody else."""
    found = errand(errand_id)
    if found is None or found.unit_id != user.unit_id or user.role not in PLANNERS:
        raise NotFound
    return found


def _by_unit(rows: Iterable[OfUnit]) -> dict[uuid.UUID, list[OfUnit]]:
    grouped: dict[uuid.UUID, list[OfUnit]] = defaultdict(list)
    for row in rows:
        grouped[row.unit_id].append(row)
    return grouped


def _keeps(user: User, unit: Unit) -> bool:
    return user.role in STEWARDS and realm.sees(user, unit)


def _belongs(user: User, unit_id: uuid.UUID) -> bool:
    return user.unit_id == unit_id and user.role in UNIT_ROLES


def _is_live() -> ColumnElement[bool]:
    return PlanEntry.state != PlanState.DROPPED
