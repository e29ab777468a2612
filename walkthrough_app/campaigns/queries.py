"""Reading campaigns, items and plans. Loading is authorising: NotFound for strangers, Forbidden for onlookers."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, select

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import UNIT_ROLES, OrgClass, Role, Unit, User
from walkthrough_app.campaigns import progress
from walkthrough_app.campaigns.coverage import Coverage
from walkthrough_app.campaigns.models import (
    Campaign,
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
PLANNERS = frozenset({Role.HEAD, Role.LIAISON})
STEWARDS = frozenset({Role.OFFICE, Role.ADMIN})


def campaigns() -> Sequence[Campaign]:
    return db.session.scalars(select(Campaign).order_by(Campaign.opens_on.desc(), Campaign.created_at.desc())).all()


def open_campaigns() -> list[Campaign]:
    """Return the campaigns in which units plan and walk, the latest first."""
    return [campaign for campaign in campaigns() if campaign.state is CampaignState.OPEN]


def campaign_for(user: User, campaign_id: uuid.UUID, *, write: bool = False) -> Campaign:
    """Load a campaign: the office keeps it, everybody else sees it once it is open."""
    campaign = db.session.get(Campaign, campaign_id)
    is_steward = user.role in STEWARDS
    if campaign is None or (campaign.state is CampaignState.DRAFT and not is_steward):
        raise NotFound
    if write and not is_steward:
        raise Forbidden
    return campaign


def questionnaires() -> Sequence[Questionnaire]:
    return db.session.scalars(select(Questionnaire).order_by(Questionnaire.key, Questionnaire.version.desc())).all()


def questionnaire(questionnaire_id: uuid.UUID) -> Questionnaire:
    return db.session.get_one(Questionnaire, questionnaire_id)


def unit_for(user: User, unit_id: uuid.UUID | None = None) -> Unit:
    """Return the unit whose catalogue and plan the user looks at: one's own; for the office the one it names."""
    if user.role in STEWARDS and unit_id:
        return accounts.get_unit(unit_id)
    if user.role not in UNIT_ROLES or unit_id not in {None, user.unit_id}:
        raise NotFound
    return user.unit


def walking_units() -> list[Unit]:
    return [unit for unit in accounts.units() if unit.org_class is not OrgClass.OFFICE]


def items_of(unit: Unit, *, is_active: bool = True) -> list[ServiceItem]:
    """Return the catalogue of a unit, what the head must walk first; or the items taken out of it."""
    query = select(ServiceItem).where(ServiceItem.unit_id == unit.id, ServiceItem.is_active.is_(is_active))
    items = db.session.scalars(query.order_by(ServiceItem.created_at, ServiceItem.task_name)).all()
    return sorted(items, key=lambda item: not item.must_walk)


def item_for(user: User, item_id: uuid.UUID, *, write: bool = False) -> ServiceItem:
    """Load an item: head and liaison of its unit and the office may write, a deputy of the unit may look."""
    item = db.session.get(ServiceItem, item_id)
    if item is None or not (user.role in STEWARDS or _belongs(user, item.unit_id)):
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
    """Return the coverage of every unit that walks."""
    items = db.session.scalars(select(ServiceItem).where(ServiceItem.is_active)).all()
    entries = db.session.scalars(select(PlanEntry).where(PlanEntry.campaign_id == campaign.id, _is_live())).all()
    walks = progress.walks_of(entries)
    items_by_unit, entries_by_unit = _by_unit(items), _by_unit(entries)
    return [Coverage.count(unit, items_by_unit[unit.id], entries_by_unit[unit.id], walks) for unit in walking_units()]


def plan_entry_for(user: User, entry_id: uuid.UUID, *, write: bool = False) -> PlanEntry:
    """Load a plan entry. Invisible to all but its walker, the unit's head and liaison, and the office (S002-25)."""
    entry = db.session.get(PlanEntry, entry_id)
    if entry is None or not (may_change(user, entry) or user.id == entry.walker_id or user.role is Role.OFFICE):
        raise NotFound
    if write and not may_change(user, entry):
        raise Forbidden
    return entry


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
    return any(live_entries(campaign, item) for campaign in open_campaigns())


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


def _belongs(user: User, unit_id: uuid.UUID) -> bool:
    return user.unit_id == unit_id and user.role in UNIT_ROLES


def _is_live() -> ColumnElement[bool]:
    return PlanEntry.state != PlanState.DROPPED
