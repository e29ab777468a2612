"""Walks of the same item in three places, a county's own office, and reports handed in: what desks look at."""

from types import SimpleNamespace

from tests import people
from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report
from walkthrough_app.walkthroughs.models import Walkthrough

SAME = "居住证申领"


def lay(cast: SimpleNamespace, campaign: Campaign, store: LocalStore) -> SimpleNamespace:
    """Have the heads of a department, of another and of a county walk 居住证申领; the deputy walks it as well."""
    county_office = people.unit("示例县作风整顿办", OrgClass.OFFICE)
    county_office.parent_id = cast.county.unit.id
    boss = people.person("county_office", "主任", Role.OFFICE, county_office)
    items = {who: add_item(getattr(cast, who).unit, SAME) for who in ("head", "stranger", "county")}
    walks = {
        "head": put(cast.head, campaign, items["head"], store, wait=20),
        "deputy": put(cast.deputy, campaign, items["head"], store, wait=35),
        "stranger": put(cast.stranger, campaign, items["stranger"], store, wait=60),
        "county": put(cast.county, campaign, items["county"], store, wait=5),
    }
    return SimpleNamespace(items=items, walks=walks, county_office=boss, campaign=campaign, store=store, cast=cast)


def put(
    walker: User, campaign: Campaign, item: ServiceItem, store: LocalStore, *, wait: int, title: str = ""
) -> Walkthrough:
    """Put a short walk with one problem into the log."""
    unit = walker.unit.name
    told = story.Walk(f"{item.task_name} {unit}", role=walker.role.value)
    told.step("query", 5)
    told.queue(wait)
    told.step("accept", 10)
    told.tap("accepted", "accept", receipt="", promised_on=None)
    key = told.finding(
        title or f"取号后排队等候{wait}分钟",
        "C2",
        severity="minor",
        fact=f"{unit}大厅只开1个窗口，“叫号”很慢。",
        clause={"seed": "S002", "text": "排队"},
        photos=[],
    )
    told.measure(key, "ongoing", "大厅增开窗口，按时段安排值守，每月检查一次叫号情况。")
    told.tap("result", "result", on="2018-07-09")
    told.step("result", 2)
    told.discreet()
    told.tap("finish", after=1)
    return stage.put_walk(walker, campaign, item, told, store)


def hand_in(play: SimpleNamespace, head: User, *walks: Walkthrough) -> Report:
    """Draft, confirm and submit a report over walks."""
    report = reports.draft(play.campaign, head, list(walks), by=head)
    for gap in reports.check(report):
        if gap.level == "explain":
            reports.explain(report, gap.key, "其余事项正在体验。", by=head)
    stage.confirm(report, by=head, store=play.store)
    reports.submit(report, by=head)
    db.session.commit()
    return report


def child(play: SimpleNamespace, name: str) -> Unit:
    """Add a department of the county."""
    made = people.unit(name, OrgClass.CITY_DEPT)
    made.parent_id = play.cast.county.unit.id
    db.session.commit()
    return made
