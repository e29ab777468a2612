"""Reports that other units have already handed in: one waits in each lane, one was returned, one received."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Mode
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.core import clock, db
from walkthrough_app.demo import scripts, town
from walkthrough_app.demo.stroll import Line, Stroll, morning
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.service import Beginning

WHO = ("market", "health", "county")


def build(made: Town, store: MediaStore, today: date, seed: int) -> None:
    """Have three units walk and their heads confirm; the papers are made next, by jobs."""
    _county_item(made)
    alone, beside = scripts.licence(today), scripts.accompanied(today)
    market = _walk(made, store, "food_permit", "market", Mode.IN_PERSON, alone, today, seed)
    health = _walk(made, store, "public_hygiene", "health", Mode.ACCOMPANIED, beside, today, seed + 9)
    county = _walk(made, store, "county_living", "county", Mode.ACCOMPANIED, beside, today, seed + 18)
    with _yesterday():
        for who, walk in zip(WHO, (market, health, county), strict=True):
            _confirm(made, store, who, [walk])


def hand_in() -> None:
    """Submit what was confirmed, now that its paper is there; two lanes decide."""
    people = {user.username: user for user in db.session.scalars(select(User))}
    with _yesterday():
        for who in WHO:
            reports.submit(_report(people[who]), by=people[f"{who}_liaison"])
    reports.receive(_report(people["health"]), by=people["style"])
    reports.return_(_report(people["county"]), ["整改措施不具体，请写明时限和步骤"], by=people["coord"])


def _report(head: User) -> Report:
    return db.session.scalars(select(Report).filter_by(head_id=head.id)).one()


def _yesterday() -> AbstractContextManager[None]:
    return clock.pinned(morning(clock.today() - timedelta(days=1), 10, 20))


def _county_item(made: Town) -> None:
    """Give the county an item of its own, of the same kind as the city's."""
    sample = next(item for item in sample_items() if item["key"] == "minimum_living")
    county = made.people["county"].unit
    made.items["county_living"] = campaigns.add_item(unit=county, by=made.people["admin"], **sample["fields"])


def _walk(  # noqa: PLR0913, PLR0917 - one line of a table each
    made: Town, store: MediaStore, item: str, who: str, mode: Mode, lines: Sequence[Line], today: date, seed: int
) -> Walkthrough:
    with clock.pinned(morning(today - timedelta(days=8), 8)):
        entry = town.plan(made, item=item, walker=who, by=f"{who}_liaison", mode=mode, today=today)
    stroll = Stroll(entry, store, morning(today - timedelta(days=6), 14), seed)
    return stroll.run(Beginning(has_consent=mode is Mode.ACCOMPANIED), lines)


def _confirm(made: Town, store: MediaStore, who: str, walks: Sequence[Walkthrough]) -> None:
    """Draft, explain what is missing and confirm, as head and liaison of the unit would."""
    head, liaison = made.people[who], made.people[f"{who}_liaison"]
    report = reports.draft(made.campaign, head, walks, by=liaison)
    reports.set_contact(report, "联系人：办公室，电话：0000-1234567", by=liaison)
    for gap in reports.check(report):
        if gap.level == "explain":
            reports.explain(report, gap.key, "其余事项正在体验，按计划在体验期内走完。", by=liaison)
    reports.confirm(report, by=head, ticked=True, store=store)
