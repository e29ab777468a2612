"""What a report tells stands in the ledger from the moment it is handed in, each problem once, with a number."""

from types import SimpleNamespace

from tests.reports import stage as reports
from tests.reports import story
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import queries, rights, service
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding
from walkthrough_app.reports import service as reporting
from walkthrough_app.reports.models import Report


def findings() -> dict[str, Finding]:
    return {one.title: one for one in db.session.query(Finding).order_by(Finding.code)}


def test_each_problem_is_numbered_and_handed_over_with_its_term(report: Report) -> None:
    found = findings()
    codes = [one.code for one in found.values()]
    year = report.campaign.opens_on.year
    assert codes == [f"WT-{year}-市直-公安局-{n:04}" for n in (1, 2, 3)]
    assert {one.state for one in found.values()} == {State.ASSIGNED}
    queue = found["取号后排队等候40分钟"]
    assert queue.due_on == clock.add_workdays(clock.today(), 30)
    assert queue.must_recheck
    assert (queue.step, queue.letter, queue.lane) == ("queue", "C", report.lane)
    guide = found["指南没有写复印件"]
    assert (guide.rectify_type, guide.measure, guide.steps) == ("deadline", "修订办事指南", "核对材料；修订；公布")
    assert guide.due_on == clock.add_workdays(clock.today(), 10)
    assert [one.verb for one in queries.entries_of(guide)] == [Verb.REGISTER, Verb.ASSIGN]


def test_fixed_at_once_without_pictures_of_both_is_only_a_word(report: Report) -> None:
    assert findings()["等候区没有座位"].state is State.ASSIGNED


def test_a_report_taken_back_takes_its_problems_along_and_brings_them_again(
    cast: SimpleNamespace, report: Report
) -> None:
    reporting.withdraw(report, by=cast.head)
    db.session.commit()
    assert not any(one.is_standing for one in findings().values())
    assert not any(rights.sees(user, one) for one in findings().values() for user in (cast.head, cast.style))
    reporting.submit(report, by=cast.head)
    db.session.commit()
    assert len(findings()) == 3
    assert all(one.is_standing and rights.sees(cast.style, one) for one in findings().values())


def test_work_that_has_begun_stays_when_the_report_is_sent_back(cast: SimpleNamespace, report: Report) -> None:
    guide = findings()["指南没有写复印件"]
    service.sign(guide, by=cast.liaison)
    reporting.return_(report, ["附件不全"], by=cast.style)
    db.session.commit()
    assert [one.title for one in findings().values() if one.is_standing] == [guide.title]


def test_a_newer_version_corrects_what_nobody_has_signed_for(
    cast: SimpleNamespace, campaign: Campaign, report: Report, told: story.Walk, store: LocalStore
) -> None:
    guide, queue = findings()["指南没有写复印件"], findings()["取号后排队等候40分钟"]
    service.sign(guide, by=cast.liaison)
    reporting.return_(report, ["事实不清"], by=cast.style)
    reporting.take_back(report, by=cast.head)
    walk = report.walks[0]
    before = len(told.events)
    for key, title in ((guide.key, "改了的指南"), (queue.key, "排队等候43分钟")):
        told.tap(
            "finding",
            "queue",
            finding=str(key),
            title=title,
            category="C2",
            severity="serious",
            fact="",
            clause=None,
            question=None,
            photos=[],
        )
    reports.log.append(walk, told.events[before:], by=cast.head, door="sync")
    db.session.commit()
    reports.confirm(report, by=cast.head, store=store)
    reporting.submit(report, by=cast.head)
    db.session.commit()
    assert queue.title == "排队等候43分钟"
    assert [one.verb for one in queries.entries_of(queue)][-1] is Verb.AMEND
    assert guide.title == "指南没有写复印件"


def test_catching_up_finds_what_was_handed_in_before_there_was_a_ledger(report: Report) -> None:
    for one in findings().values():
        for entry in queries.entries_of(one):
            db.session.delete(entry)
        db.session.flush()
        db.session.delete(one)
    db.session.commit()
    codes = {f"WT-{report.campaign.opens_on.year}-市直-公安局-{n:04}" for n in (1, 2, 3)}
    assert service.catch_up() == 1
    assert {one.code for one in findings().values()} == codes
    assert service.catch_up() == 0
