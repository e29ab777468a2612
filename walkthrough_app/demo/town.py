"""示例市: its units, people, campaign, items and plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict, Unpack

from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import Lane, OrgClass, Role, Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, Errand, Mode, PlanEntry, ServiceItem
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.questionnaires import service as questionnaires

OFFICE = "示例市作风整顿办"
POLICE = "示例市公安局"
MARKET = "示例市市场监督管理局"
HEALTH = "示例市卫生健康委员会"
COUNTY = "示例县"
PARTY = "示例市委组织部"
UNION = "示例市总工会"
CLASSES = {
    OFFICE: OrgClass.OFFICE,
    COUNTY: OrgClass.COUNTY,
    PARTY: OrgClass.PARTY_DEPT,
    UNION: OrgClass.MASS_ORG,
}
SHOWN = ("head", "deputy", "liaison", "county", "style", "coord", "office", "admin")
PEOPLE: tuple[tuple[str, str, str, Role, str], ...] = (
    ("head", "王局长", "局长", Role.HEAD, POLICE),
    ("deputy", "李副局长", "副局长", Role.DEPUTY, POLICE),
    ("liaison", "赵主任", "办公室主任", Role.LIAISON, POLICE),
    ("county", "陈县长", "县长", Role.HEAD, COUNTY),
    ("county_liaison", "孙主任", "县作风办主任", Role.LIAISON, COUNTY),
    ("market", "周局长", "局长", Role.HEAD, MARKET),
    ("market_liaison", "吴主任", "办公室主任", Role.LIAISON, MARKET),
    ("health", "郑主任", "主任", Role.HEAD, HEALTH),
    ("health_liaison", "冯科长", "科长", Role.LIAISON, HEALTH),
    ("style", "作风评议组", "组长", Role.GROUP_STYLE, OFFICE),
    ("coord", "综合协调组", "组长", Role.GROUP_COORD, OFFICE),
    ("office", "作风整顿办", "主任", Role.OFFICE, OFFICE),
)
REASON = "因事项较多，不能在规定时间内完成体验"


@dataclass(frozen=True)
class Town:
    campaign: Campaign
    units: Mapping[str, Unit]
    people: Mapping[str, User]
    items: dict[str, ServiceItem]


def account_lines() -> list[str]:
    """Return one line for each sample account: name, role, unit."""
    known = {username: (role, unit) for username, _, _, role, unit in PEOPLE} | {"admin": (Role.ADMIN, OFFICE)}
    return [f"  {name:<8}{known[name][0].label}（{known[name][1]}）" for name in SHOWN]


def build(password: str, today: date) -> Town:
    """Make the town; every sample account gets the same password."""
    admin = accounts.add_user(
        username="admin", name="管理员", post="管理员", role=Role.ADMIN, unit=_unit(OFFICE, None), by=None
    )
    names = dict.fromkeys([*(item["unit"] for item in sample_items()), POLICE, MARKET, HEALTH, COUNTY, PARTY, UNION])
    units = {OFFICE: admin.unit} | {name: _unit(name, admin) for name in names}
    people = {"admin": admin}
    for username, name, post, role, unit in PEOPLE:
        people[username] = accounts.add_user(
            username=username, name=name, post=post, role=role, unit=units[unit], by=admin
        )
    for user in people.values():
        accounts.accept_invitation(accounts.invite(user, by=admin), password)
    return Town(_campaign(today, people["office"]), units, people, _items(units, admin))


def _unit(name: str, by: User | None) -> Unit:
    return accounts.add_unit(name=name, org_class=CLASSES.get(name, OrgClass.CITY_DEPT), by=by)


def _campaign(today: date, office: User) -> Campaign:
    campaign = campaigns.create_campaign(
        by=office,
        title="“一把手走流程”专项行动",
        programme="集中整治窗口服务突出问题专项",
        basis_title="关于进一步做好“一把手走流程”工作的通知",
        basis_number="〔2018〕13号",
        basis_issuer="示例市深化机关作风整顿领导小组办公室",
        basis_made_on=date(2018, 7, 3),
        basis_issued_on=date(2018, 7, 4),
        opens_on=today - timedelta(days=9),
        walk_due=today + timedelta(days=6),
        report_due=today + timedelta(days=11),
        questionnaire=questionnaires.load("walkthrough"),
    )
    receivers = {Lane.STYLE: "市作风整顿办作风评议组（市直机关工委）", Lane.COORD: "市作风整顿办综合协调组"}
    for lane, receiver in receivers.items():
        campaigns.set_route(campaign, lane, by=office, receiver=receiver)
    return campaign


def _items(units: Mapping[str, Unit], admin: User) -> dict[str, ServiceItem]:
    made = {}
    for item in sample_items():
        made[item["key"]] = campaigns.add_item(unit=units[item["unit"]], by=admin, **item["fields"])
    return made


class PlanDetails(TypedDict, total=False):
    is_simulated: bool
    test_question: str
    errand: Errand | None


def plan(  # noqa: PLR0913 - all by keyword
    town: Town, *, item: str, walker: str, by: str, mode: Mode, today: date, **details: Unpack[PlanDetails]
) -> PlanEntry:
    """Plan a walk of the sample item `item`; a deputy's carries the reason of the delegation."""
    user = town.people[walker]
    return campaigns.plan(
        campaign=town.campaign,
        item=town.items[item],
        by=town.people[by],
        walker=user,
        mode=mode,
        from_on=today - timedelta(days=7),
        to_on=today + timedelta(days=5),
        delegation_reason=REASON if user.role is Role.DEPUTY else "",
        **details,
    )
