"""One unit of load data: its people, services, plan, walks and reports; two transactions, the telling between them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry, ServiceItem
from walkthrough_app.campaigns.values import STANDARD_REASON, PlanFields
from walkthrough_app.core import clock, db
from walkthrough_app.demo.load import catalogue
from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.demo.load.layout import Plot
from walkthrough_app.demo.load.realm import Frame
from walkthrough_app.demo.stroll import morning
from walkthrough_app.questionnaires import service as questionnaires

DEPUTIES = 3
WALKED = 0.94  # share of the plan that somebody walks
MODES = {Mode.IN_PERSON: 72, Mode.ACCOMPANIED: 15, Mode.ON_BEHALF: 13}
SIMULATED = 0.12


@dataclass(frozen=True)
class Order:
    """What to make; the unit with a password holds the accounts `head`, `deputy`, `liaison`."""

    plot: Plot
    frame: Frame
    seed: int
    findings: float
    password: str

    def chance(self, about: str) -> Chance:
        return Chance(f"{self.seed}/{self.plot.number}/{about}")


@dataclass(frozen=True)
class Planned:
    """A unit that is about to walk; its rows belong to no session."""

    unit: Unit
    campaign: Campaign
    heads: Sequence[User]
    liaison: User
    entries: Sequence[PlanEntry]


def plan(order: Order) -> Planned:
    """Make the unit, its people, services and plan, as its office and its liaison would."""
    chance, plot = order.chance("plan"), order.plot
    with clock.pinned(morning(order.frame.opened, 8, 30)):
        admin = db.session.get_one(User, order.frame.admin)
        campaign = db.session.get_one(Campaign, order.frame.campaigns[plot.county])
        questionnaires.document_of(campaign.questionnaire)  # read while there is a database
        unit = _unit(plot, admin)
        heads, deputies, liaison = _people(order, unit, admin)
        items = _items(unit, plot, chance, liaison)
        if unit.org_class.lists_first:
            campaigns.confirm_catalog(campaign, unit, by=liaison)
        pairs = list(_pairs(items, heads, deputies))
        chance.shuffle(pairs)
        wanted = max(plot.walks, round(plot.walks / WALKED))
        fields = [(item, _fields(campaign, walker, chance)) for item, walker in pairs[:wanted]]
        entries = campaigns.plan_many(campaign, unit, fields, by=liaison)
    return Planned(unit, campaign, heads, liaison, entries)


def _unit(plot: Plot, admin: User) -> Unit:
    known = db.session.scalar(select(Unit).where(Unit.name == plot.name))  # a county that runs a campaign is there
    if known:
        return known
    parent = db.session.scalar(select(Unit).where(Unit.name == plot.county)) if plot.county else None
    return accounts.add_unit(name=plot.name, org_class=plot.org_class, parent=parent, by=admin)


def _people(order: Order, unit: Unit, admin: User) -> tuple[list[User], list[User], User]:
    number, known = order.plot.number, bool(order.password)

    def person(role: Role, post: str, name: str) -> User:
        username = role.value if known and not name[-1:].isdigit() else f"u{number}_{name}"
        user = accounts.add_user(username=username, name=f"{post}{number}", post=post, role=role, unit=unit, by=admin)
        if known and username == role.value:
            accounts.accept_invitation(accounts.invite(user, by=admin), order.password)
        return user

    is_county = unit.org_class is OrgClass.COUNTY
    heads = [person(Role.HEAD, "县长" if is_county else "局长", "head")]
    heads += [person(Role.HEAD, "县委书记", "head2")] if is_county else []
    deputies = [person(Role.DEPUTY, "副局长", f"deputy{n or ''}") for n in range(DEPUTIES)]
    return heads, deputies, person(Role.LIAISON, "办公室主任", "liaison")


def _items(unit: Unit, plot: Plot, chance: Chance, by: User) -> list[ServiceItem]:
    """Add services, enough of them for all walks of the plan."""
    count = max(4, round(plot.walks / 2.3))
    made = [ServiceItem(unit=unit, unit_id=unit.id, **one) for one in catalogue.items(count, chance)]
    campaigns.add_items(made, by=by)
    return made


def _pairs(
    items: Sequence[ServiceItem], heads: Sequence[User], deputies: Sequence[User]
) -> Iterator[tuple[ServiceItem, User]]:
    """Return who may walk what: what the head must walk is nobody else's."""
    for item in items:
        yield from ((item, head) for head in heads)
        if not item.must_walk:
            yield from ((item, deputy) for deputy in deputies)


def _fields(campaign: Campaign, walker: User, chance: Chance) -> PlanFields:
    first = chance.workday(campaign.opens_on, campaign.walk_due - timedelta(days=4))
    mode = chance.one_of(MODES)
    return {
        "walker": walker,
        "mode": mode,
        "is_simulated": mode is Mode.IN_PERSON and chance.happens(SIMULATED),
        "from_on": first,
        "to_on": min(campaign.walk_due, first + timedelta(days=chance.randint(3, 12))),
        "delegation_reason": "" if walker.role is Role.HEAD else STANDARD_REASON,
    }


def day_of(entry: PlanEntry, chance: Chance) -> date:
    """Return the day on which a planned walk is walked: one in ten is late."""
    return chance.workday(entry.from_on, entry.to_on) if chance.happens(0.9) else entry.to_on + timedelta(days=1)


def group_of(order: Order, unit: Unit) -> uuid.UUID:
    lane = unit.lane
    assert lane
    return order.frame.groups[order.plot.county][lane.value]
