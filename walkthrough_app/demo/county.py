"""示例县 runs the campaign for its own bureaus: an office of its own, one bureau, one item, a plan."""

from datetime import date, timedelta
from typing import Any

from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, Mode
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.core import clock
from walkthrough_app.demo.town import Town

OFFICE = "示例县作风整顿办"
BUREAU = "示例县民政局"
ACCOUNT = f"  county_office  作风整顿办（{OFFICE}）"
SAME = ("programme", "basis_title", "basis_number", "basis_issuer", "basis_made_on", "basis_issued_on", "questionnaire")


def build(town: Town, password: str, today: date) -> Campaign:
    """Let the county open its own campaign within the city's; its bureau's head has one walk to do."""
    county, admin = town.people["county"].unit, town.people["admin"]
    office = accounts.add_unit(name=OFFICE, org_class=OrgClass.OFFICE, parent=county, by=admin)
    bureau = accounts.add_unit(name=BUREAU, org_class=OrgClass.CITY_DEPT, parent=county, by=admin)
    clerk = _user("county_office", "何主任", "主任", Role.OFFICE, office, admin)
    accounts.accept_invitation(accounts.invite(clerk, by=admin), password)
    head = _user("bureau", "沈局长", "局长", Role.HEAD, bureau, admin)
    own = _campaign(town.campaign, county, clerk, today)
    sample = next(item for item in sample_items() if item["key"] == "minimum_living")
    item = campaigns.add_item(unit=bureau, by=clerk, **sample["fields"])
    campaigns.plan(
        campaign=own, item=item, walker=head, mode=Mode.IN_PERSON, from_on=today, to_on=own.walk_due, by=head
    )
    return own


def _user(username: str, name: str, post: str, role: Role, unit: Unit, admin: User) -> User:  # noqa: PLR0913, PLR0917
    return accounts.add_user(username=username, name=name, post=post, role=role, unit=unit, by=admin)


def _campaign(parent: Campaign, county: Unit, clerk: User, today: date) -> Campaign:
    same: Any = {name: getattr(parent, name) for name in SAME}
    return campaigns.create_campaign(
        by=clerk,
        descent={"county": county, "parent": parent},
        title="示例县“一把手走流程”专项行动",
        opens_on=today - timedelta(days=5),
        walk_due=today + timedelta(days=4),
        report_due=clock.add_workdays(today + timedelta(days=5), 1),
        **same,
    )
