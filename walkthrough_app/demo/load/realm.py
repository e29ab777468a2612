"""The frame of load data: offices, their people, the city's campaign and those of the counties."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.demo.load.layout import CITY
from walkthrough_app.questionnaires import service as questionnaires

OPENED, WALKED, REPORTED = 45, 12, 6  # days ago
POSTS = (
    ("office", "作风整顿办", Role.OFFICE),
    ("style", "作风评议组", Role.GROUP_STYLE),
    ("coord", "综合协调组", Role.GROUP_COORD),
)


@dataclass(frozen=True)
class Frame:
    """What the units are put into, by ids; the keys of `campaigns` and `groups` are names of counties."""

    admin: uuid.UUID
    campaigns: dict[str, uuid.UUID]
    groups: dict[str, dict[str, uuid.UUID]]
    opened: date


def build(counties: list[str], password: str) -> Frame:
    """Make the city's office and campaign, and those of the counties that have units; '' stands for the city."""
    today = clock.today()
    office = accounts.add_unit(name=f"{CITY}作风整顿办", org_class=OrgClass.OFFICE, by=None)
    admin = _person("admin", "管理员", Role.ADMIN, office, None, password)
    people = {"": _people("", office, admin, password)}
    made = {"": _campaign(CITY, today, people[""]["office"])}
    for number, name in enumerate(counties, 1):
        county = accounts.add_unit(name=name, org_class=OrgClass.COUNTY, by=admin)
        own = accounts.add_unit(name=f"{name}作风整顿办", org_class=OrgClass.OFFICE, parent=county, by=admin)
        people[name] = _people(f"county{number}_", own, admin, password if number == 1 else "")
        made[name] = _campaign(name, today, people[""]["office"], county=county, parent=made[""])
    ids = {name: campaign.id for name, campaign in made.items()}
    groups = {name: {post: user.id for post, user in users.items()} for name, users in people.items()}
    return Frame(admin.id, ids, groups, today - timedelta(days=OPENED))


def accounts_of(counties: list[str]) -> list[str]:
    """Return the names of the accounts that have a password."""
    own = [f"county1_{post}" for post, *_ in POSTS] if counties else []
    return ["admin", *(post for post, *_ in POSTS), *own, "head", "deputy", "liaison"]


def _people(prefix: str, unit: Unit, admin: User, password: str) -> dict[str, User]:
    return {post: _person(f"{prefix}{post}", name, role, unit, admin, password) for post, name, role in POSTS}


def _person(username: str, name: str, role: Role, unit: Unit, by: User | None, password: str) -> User:  # noqa: PLR0913, PLR0917
    user = accounts.add_user(username=username, name=name, post=name, role=role, unit=unit, by=by)
    if password:
        accounts.accept_invitation(accounts.invite(user, by=by), password)
    return user


def _campaign(
    place: str, today: date, by: User, *, county: Unit | None = None, parent: Campaign | None = None
) -> Campaign:
    made = campaigns.create_campaign(
        by=by,
        title="“一把手走流程”专项行动" if parent is None else f"{place}“一把手走流程”专项行动",
        programme="集中整治窗口服务突出问题专项",
        basis_title="关于进一步做好“一把手走流程”工作的通知",
        basis_number="〔2018〕13号",
        basis_issuer=f"{place}深化机关作风整顿领导小组办公室",
        opens_on=today - timedelta(days=OPENED),
        walk_due=today - timedelta(days=WALKED),
        report_due=today - timedelta(days=REPORTED),
        questionnaire=questionnaires.load("walkthrough"),
    )
    made.county_id, made.parent_id = county.id if county else None, parent.id if parent else None
    db.session.flush()
    return made
