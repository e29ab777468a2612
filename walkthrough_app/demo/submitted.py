"""Reports that other units have already handed in: one waits in each lane, one was returned, one received."""

from collections.abc import Sequence
from datetime import date, timedelta

from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Mode
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.core import clock
from walkthrough_app.demo import scripts, town
from walkthrough_app.demo.stroll import Line, Stroll, morning
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.service import Beginning


def build(made: Town, store: LocalStore, today: date, seed: int) -> None:
    _county_item(made)
    alone, beside = scripts.licence(today), scripts.accompanied(today)
    market = _walk(made, store, "food_permit", "market", Mode.IN_PERSON, alone, today, seed)
    _hand_in(made, store, "market", [market])
    health = _walk(made, store, "public_hygiene", "health", Mode.ACCOMPANIED, beside, today, seed + 9)
    reports.receive(_hand_in(made, store, "health", [health]), by=made.people["style"])
    county = _walk(made, store, "county_living", "county", Mode.ACCOMPANIED, beside, today, seed + 18)
    reports.return_(
        _hand_in(made, store, "county", [county]),
        ["整改措施不具体，请写明时限和步骤"],
        by=made.people["coord"],
    )


def _county_item(made: Town) -> None:
    """Give the county an item of its own, of the same kind as the city's."""
    sample = next(item for item in sample_items() if item["key"] == "minimum_living")
    county = made.people["county"].unit
    made.items["county_living"] = campaigns.add_item(unit=county, by=made.people["admin"], **sample["fields"])


def _walk(  # noqa: PLR0913, PLR0917 - one line of a table each
    made: Town, store: LocalStore, item: str, who: str, mode: Mode, lines: Sequence[Line], today: date, seed: int
) -> Walkthrough:
    with clock.pinned(morning(today - timedelta(days=8), 8)):
        entry = town.plan(made, item=item, walker=who, by=f"{who}_liaison", mode=mode, today=today)
    stroll = Stroll(entry, store, morning(today - timedelta(days=6), 14), seed)
    return stroll.run(Beginning(has_consent=mode is Mode.ACCOMPANIED), lines)


def _hand_in(made: Town, store: LocalStore, who: str, walks: Sequence[Walkthrough]) -> Report:
    """Draft, explain what is missing, confirm and submit, as head and liaison of the unit would."""
    with clock.pinned(morning(clock.today() - timedelta(days=1), 10, 20)):
        return _hand_in_now(made, store, who, walks)


def _hand_in_now(made: Town, store: LocalStore, who: str, walks: Sequence[Walkthrough]) -> Report:
    head, liaison = made.people[who], made.people[f"{who}_liaison"]
    report = reports.draft(made.campaign, head, walks, by=liaison)
    reports.set_contact(report, "联系人：办公室，电话：0000-1234567", by=liaison)
    for gap in reports.check(report):
        if gap.level == "explain":
            reports.explain(report, gap.key, "其余事项正在体验，按计划在体验期内走完。", by=liaison)
    reports.confirm(report, by=head, ticked=True, store=store)
    reports.submit(report, by=liaison)
    return report
