"""What a campaign still lacks before its units can walk: counted per unit, and summed up as lines that lead on."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import Lane, Role, Unit, User
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one unit is; `plans` is None for those who may not know of plans."""

    unit: Unit
    heads: int
    heads_in: int
    people: int
    people_in: int
    items: int
    is_confirmed: bool
    plans: int | None

    @property
    def has_head_in(self) -> bool:
        """Tell whether every head has signed in once."""
        return 0 < self.heads == self.heads_in

    @property
    def needs_list(self) -> bool:
        """Tell whether the unit must list its items before it plans, and has not (S002-11)."""
        return self.unit.org_class.lists_first and not self.is_confirmed


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: so many of so many, what to do, and the page (endpoint and arguments) to do it on."""

    label: str
    done: int
    total: int
    hint: str
    endpoint: str
    arguments: Mapping[str, object]

    @property
    def is_done(self) -> bool:
        return 0 < self.total <= self.done


LACKS: dict[str, tuple[str, Callable[[Standing], bool]]] = {
    "head": ("没有一把手账号", lambda one: not one.heads),
    "signed": ("一把手没登录过", lambda one: not one.has_head_in),
    "items": ("没有事项", lambda one: not one.items),
    "list": ("目录待确认", lambda one: one.needs_list),
    "plans": ("没有计划", lambda one: one.plans == 0),
}


def standings(campaign: Campaign, *, with_plans: bool) -> list[Standing]:
    """Return how far each unit of the campaign is, in the order of their names."""
    units = queries.units_of(campaign)
    people = _people(units)
    items, confirmed = queries.item_counts(units), queries.confirmed_units(campaign)
    plans = queries.plan_counts(campaign) if with_plans else None
    return [_standing(unit, people.get(unit.id, []), items, confirmed, plans) for unit in units]


def _standing(
    unit: Unit,
    people: Sequence[User],
    items: Mapping[uuid.UUID, int],
    confirmed: set[uuid.UUID],
    plans: Mapping[uuid.UUID, int] | None,
) -> Standing:
    heads = [one for one in people if one.role is Role.HEAD]
    return Standing(
        unit=unit,
        heads=len(heads),
        heads_in=sum(one.has_signed_in for one in heads),
        people=len(people),
        people_in=sum(one.has_signed_in for one in people),
        items=items.get(unit.id, 0),
        is_confirmed=unit.id in confirmed,
        plans=None if plans is None else plans.get(unit.id, 0),
    )


def _people(units: Sequence[Unit]) -> dict[uuid.UUID, list[User]]:
    grouped: dict[uuid.UUID, list[User]] = {}
    for user in accounts.members_of(units):
        grouped.setdefault(user.unit_id, []).append(user)
    return grouped


def lines(campaign: Campaign, found: Sequence[Standing]) -> list[Line]:
    """Return the list of what has to be there, in the order it is done."""
    total, listing = len(found), [one for one in found if one.unit.org_class.lists_first]
    made = [
        Line("参加单位", total, total, "先导入或添加单位", "campaigns.units", {}),
        _lacking(campaign, found, "items", "单位有事项", "导入事项，或请单位自己填"),
        _lacking(campaign, found, "head", "单位有一把手账号", "导入单位时一起填"),
        _invited(campaign, found),
        _contacts(campaign),
        _groups(campaign),
    ]
    if listing:
        made.append(_lacking(campaign, listing, "list", "目录已确认", "党委部门、群团组织先梳理事项"))
    if any(one.plans is not None for one in found):
        made.append(_lacking(campaign, found, "plans", "已有体验计划", "由单位自己安排"))
    return made


def _lacking(campaign: Campaign, among: Sequence[Standing], key: str, label: str, hint: str) -> Line:
    """Count who no longer lacks something; the line leads to those who do."""
    done = sum(not LACKS[key][1](one) for one in among)
    return Line(label, done, len(among), hint, "campaigns.campaign_units", {"campaign_id": campaign.id, "lacks": key})


def _invited(campaign: Campaign, found: Sequence[Standing]) -> Line:
    done = sum(one.has_head_in for one in found)
    hint = "打印邀请，当面交给本人"
    return Line("一把手登录过", done, len(found), hint, "campaigns.invitations", {"campaign": campaign.id})


def _contacts(campaign: Campaign) -> Line:
    done = sum(bool(route.contact and route.phone) for route in campaign.routes)
    arguments = {"campaign_id": campaign.id, "_anchor": "routes"}
    return Line("报送联系人", done, len(Lane), "在下面的“报送路径”里填", "campaigns.campaign", arguments)


def _groups(campaign: Campaign) -> Line:
    lanes = {user.role.lane for user in accounts.groups_of(campaign.county_id)}
    return Line("接收报告的账号", len(lanes), len(Lane), "两个组各要一个账号，由系统管理员添加", "campaigns.units", {})
