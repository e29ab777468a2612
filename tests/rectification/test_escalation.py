"""Nobody has to remember who is late: each step comes on its working day, once, and the desk may stop it."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from jsonschema import ValidationError

from tests.rectification import overdue
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.jobs import duties
from walkthrough_app.rectification import service as ledger
from walkthrough_app.rectification.escalation import commands, queries, rulebook, service, tasks
from walkthrough_app.rectification.escalation.models import EscalationStep, EscalationStop
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding

Client = Callable[[User], FlaskClient]
REMINDER, NOTICE, BULLETIN = date(2026, 10, 8), date(2026, 10, 14), date(2026, 10, 21)


@pytest.fixture
def late(cast: SimpleNamespace, campaign: Campaign) -> Finding:
    return overdue.put(cast.head.unit, campaign)


def run(day: date) -> list[str]:
    """Do the day's duty and return which steps were taken."""
    with overdue.at(day):
        taken = [step.rule for step in service.run()]
    db.session.commit()
    return taken


def test_each_step_comes_on_its_working_day_around_the_holiday(late: Finding) -> None:
    days = [overdue.BEFORE_HOLIDAY + timedelta(days=n) for n in range(30)]
    taken = {day: found for day in days if (found := run(day))}
    assert taken == {REMINDER: ["reminder"], NOTICE: ["notice"], BULLETIN: ["bulletin"]}
    steps = db.session.query(EscalationStep).order_by(EscalationStep.due_on).all()
    assert [(one.due_on, clock.to_local(one.done_at).date()) for one in steps] == [
        (REMINDER, REMINDER),
        (NOTICE, NOTICE),
        (BULLETIN, BULLETIN),
    ]


@pytest.mark.parametrize(
    ("due_on", "reminder"),
    [
        (date(2026, 9, 18), date(2026, 9, 20)),  # Friday; the Sunday is worked for the holiday
        (date(2026, 9, 24), date(2026, 9, 28)),  # the day before 中秋
        (date(2026, 10, 3), REMINDER),  # a term that ends on a day off
        (date(2026, 10, 9), date(2026, 10, 10)),  # Friday; the Saturday is worked
        (date(2026, 10, 10), date(2026, 10, 12)),  # that Saturday itself is a day like others
    ],
)
def test_days_off_and_days_made_up_count_as_they_do_in_china(late: Finding, due_on: date, reminder: date) -> None:
    late.due_on = due_on
    db.session.commit()
    assert run(reminder - timedelta(days=1)) == []
    assert run(reminder) == ["reminder"]


def test_running_twice_takes_nothing_twice_and_missed_days_are_made_up_for(late: Finding) -> None:
    assert run(REMINDER) == ["reminder"]
    assert run(REMINDER) == []
    assert run(BULLETIN + timedelta(days=3)) == ["notice", "bulletin"]
    assert run(BULLETIN + timedelta(days=4)) == []


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({"state": State.RECTIFIED}, 0),
        ({"state": State.DISPUTED}, 0),
        ({"state": State.CLOSED}, 0),
        ({"is_standing": False}, 0),
        ({"due_on": None}, 0),
        ({"state": State.ASSIGNED}, 3),  # the clock runs from the hand-over, signed or not
    ],
)
def test_only_what_is_owed_and_late_is_pressed(late: Finding, change: dict[str, object], count: int) -> None:
    for name, value in change.items():
        setattr(late, name, value)
    db.session.commit()
    assert len(run(BULLETIN)) == count


def test_a_campaign_in_preparation_presses_nobody(late: Finding, campaign: Campaign) -> None:
    campaign.state = CampaignState.DRAFT
    db.session.commit()
    assert run(BULLETIN) == []


def test_who_asked_for_more_time_is_left_alone_until_it_is_decided(late: Finding, cast: SimpleNamespace) -> None:
    asked = overdue.ask(late, cast.liaison.id, date(2026, 10, 15))
    assert run(REMINDER) == []
    with overdue.at(date(2026, 10, 9)):
        ledger.answer_extension(late, grant=True, by=cast.style)
    db.session.commit()
    assert run(date(2026, 10, 15)) == []
    assert run(date(2026, 10, 16)) == ["reminder"]
    assert asked.is_granted


def test_after_a_refusal_it_counts_from_the_answer(late: Finding, cast: SimpleNamespace) -> None:
    overdue.ask(late, cast.liaison.id, date(2026, 10, 15))
    with overdue.at(date(2026, 10, 13)):
        ledger.answer_extension(late, grant=False, reason="可以先调配人员", by=cast.style)
    db.session.commit()
    assert run(date(2026, 10, 13)) == []
    assert run(date(2026, 10, 14)) == ["reminder"]


def test_a_new_term_begins_a_new_count_and_takes_old_proposals_off_the_list(
    late: Finding, cast: SimpleNamespace, campaign: Campaign
) -> None:
    run(NOTICE)
    assert [one.finding for one in queries.waiting(cast.style, campaign, rulebook.NOTICE)] == [late]
    late.due_on = date(2026, 10, 20)
    db.session.commit()
    assert queries.waiting(cast.style, campaign, rulebook.NOTICE) == []
    assert run(date(2026, 10, 21)) == ["reminder"]


def test_what_came_back_is_a_candidate_at_once(cast: SimpleNamespace, campaign: Campaign) -> None:
    with overdue.at(date(2026, 10, 8), "10:00"):
        closed = overdue.put(cast.head.unit, campaign, state=State.CLOSED)
        ledger.relapse(closed, "又要等40分钟", by=cast.style)
        db.session.commit()
        assert [one.finding for one in queries.waiting(cast.style, campaign, rulebook.BULLETIN)] == [closed]
        assert service.run() == []


def test_rules_are_checked_data() -> None:
    book = rulebook.builtin()
    assert [(one.id, one.act, one.workdays) for one in book.rules] == [
        ("reminder", "remind", 1),
        ("notice", "notice", 5),
        ("bulletin", "bulletin", 5),
        ("relapse", "bulletin", 0),
    ]
    rule = {"id": "a", "name": "提醒", "act": "remind", "counts": "overdue", "workdays": 1, "says": "提醒单位"}
    whole = {"schema": "walkthrough-escalation/1", "version": 1}
    with pytest.raises(ValidationError):
        rulebook.parse({**whole, "rules": [{**rule, "workdays": 61}]})
    with pytest.raises(ValueError, match="does not stand above"):
        rulebook.parse({**whole, "rules": [{**rule, "after": "b"}, {**rule, "id": "b"}]})
    with pytest.raises(ValueError, match="twice"):
        rulebook.parse({**whole, "rules": [rule, rule]})


def test_a_campaign_counts_as_it_set_and_skips_what_it_switched_off(
    late: Finding, campaign: Campaign, cast: SimpleNamespace
) -> None:
    changes = {"reminder": {"workdays": 2}, "notice": {"is_on": False}}
    service.set_rules(campaign, changes, by=cast.office)
    db.session.commit()
    assert run(date(2026, 10, 8)) == []
    assert run(date(2026, 10, 9)) == ["reminder"]
    assert run(date(2026, 10, 22)) == ["bulletin"]
    with pytest.raises(Invalid):  # a term that is not over is not overdue
        service.set_rules(campaign, {"reminder": {"workdays": 0}}, by=cast.office)


def test_the_desk_stops_a_step_and_goes_on_with_it(late: Finding, cast: SimpleNamespace, campaign: Campaign) -> None:
    run(NOTICE)
    with overdue.at(NOTICE, "10:00"):
        service.stop(late, "notice", "已当面约谈", by=cast.style)
        service.stop(late, "notice", "已当面约谈", by=cast.style)
        db.session.commit()
        assert db.session.query(EscalationStop).count() == 1
        assert queries.waiting(cast.style, campaign, rulebook.NOTICE) == []
        with pytest.raises(Conflict):
            service.stop(late, "notice", "别的理由", by=cast.office)
        with pytest.raises(Invalid):
            service.stop(late, "bulletin", " ", by=cast.office)
        service.stop(late, "bulletin", "等市里研究", by=cast.office)
        db.session.commit()
    assert run(BULLETIN) == []
    with overdue.at(BULLETIN, "10:00"):
        service.resume(late, "bulletin", "市里已同意", by=cast.office)
        service.resume(late, "notice", "仍没有整改", by=cast.style)
        db.session.commit()
        assert len(queries.waiting(cast.style, campaign, rulebook.BULLETIN)) == 1
        assert len(queries.waiting(cast.style, campaign, rulebook.NOTICE)) == 1
        with pytest.raises(Conflict):
            service.resume(late, "notice", "再来一次", by=cast.style)
    verbs = [one.verb for one in db.session.query(AuditEntry).filter_by(subject_id=late.id)]
    assert verbs.count("finding.escalated") == 3
    assert verbs.count("finding.escalation_stopped") == 2
    assert verbs.count("finding.escalation_resumed") == 2


def test_what_was_done_leaves_the_list(late: Finding, cast: SimpleNamespace, campaign: Campaign) -> None:
    run(NOTICE)
    with overdue.at(NOTICE, "10:00"):
        assert service.settle(late, rulebook.NOTICE, "督办〔2026〕5号", by=cast.style) == 1
        assert service.settle(late, rulebook.NOTICE, "督办〔2026〕5号", by=cast.style) == 0
        assert queries.waiting(cast.style, campaign, rulebook.NOTICE) == []


@pytest.mark.parametrize("who", ["head", "liaison", "stranger", "coord", "admin"])
def test_only_its_desks_decide(late: Finding, cast: SimpleNamespace, who: str) -> None:
    for deed in (service.stop, service.resume):
        with pytest.raises(Forbidden):
            deed(late, "notice", "理由", by=getattr(cast, who))
    with pytest.raises(Forbidden):
        service.settle(late, rulebook.NOTICE, "", by=getattr(cast, who))


def test_the_duty_runs_before_the_reminders_of_the_day(late: Finding) -> None:
    kinds = list(duties.known)
    assert kinds.index(tasks.KIND) < kinds.index("reminders.tick")
    with overdue.at(REMINDER, "08:25"):
        duties.add_due()
        db.session.commit()
        jobs.run_pending()
        jobs.run_pending()
    assert [one.rule for one in db.session.query(EscalationStep)] == ["reminder"]


def test_the_command_shows_and_does(late: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "connect", lambda _url: None)
    with overdue.at(REMINDER):
        shown = CliRunner().invoke(commands.escalate, ["--dry-run"])
        assert f"{late.code} 示例市公安局：提醒责任单位抓紧整改（2026-10-08到期）" in shown.output
        assert db.session.query(EscalationStep).count() == 0
        assert "已办1步。" in CliRunner().invoke(commands.escalate, []).output
        assert "10月8日没有到期的步骤。" in CliRunner().invoke(commands.escalate, []).output
    assert db.session.query(EscalationStep).count() == 1


@pytest.fixture
def proposed(late: Finding) -> Finding:
    run(NOTICE)
    return late


def read(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    with overdue.at(NOTICE, "10:00"):
        answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.data, "html.parser")


def test_the_list_says_that_it_is_time_for_a_notice(
    proposed: Finding, cast: SimpleNamespace, client_for: Client, campaign: Campaign
) -> None:
    page = read(client_for(cast.style), f"/campaigns/{campaign.id}/escalation")
    card = page.find(id="notices")
    assert card
    assert "到了发督办通知单的时候" in card.get_text()
    assert proposed.code in card.get_text()
    assert "超期14天" in card.get_text()
    other = read(client_for(cast.coord), f"/campaigns/{campaign.id}/escalation")
    assert proposed.code not in other.get_text()


def test_one_stops_settles_and_resumes_on_the_page_of_the_steps(
    proposed: Finding, cast: SimpleNamespace, client_for: Client
) -> None:
    client, address = client_for(cast.style), f"/findings/{proposed.id}/escalation"
    page = read(client, f"/escalation?finding={proposed.id}", 303)
    page = read(client, address)
    assert [head.get_text() for head in page.select("section[id^=step-] h2")] == [
        "超期提醒",
        "督办通知单",
        "通报候选",
        "反弹列入通报候选",
    ]
    with overdue.at(NOTICE, "10:00"):
        empty = client.post(address, data={"rule": "notice", "do": "stop", "reason": ""})
        assert "请写明停止的理由。" in empty.get_data(as_text=True)
        for data in (
            {"rule": "notice", "do": "stop", "reason": "已约谈"},
            {"rule": "notice", "do": "stop", "reason": "已约谈"},
            {"rule": "notice", "do": "resume", "reason": "没有效果"},
            {"rule": "notice", "do": "notice", "reason": "督办〔2026〕5号"},
        ):
            assert client.post(address, data=data).status_code == 303
        assert client.post(address, data={"rule": "notice", "do": "resume", "reason": "再"}).status_code == 409
        assert client.post(address, data={"rule": "nothing", "do": "stop", "reason": "再"}).status_code == 404
        assert client.post(address, data={"rule": "notice", "do": "burn", "reason": "再"}).status_code == 404
    history = read(client, address).find(id="history")
    assert history
    text = history.get_text()
    assert text.index("停止“督办通知单”：已约谈") < text.index("恢复“督办通知单”：没有效果")
    assert "“督办通知单”已办：督办〔2026〕5号" in text


def test_nobody_else_sees_these_pages(
    proposed: Finding, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client, campaign: Campaign
) -> None:
    pages = (f"/campaigns/{campaign.id}/escalation", f"/findings/{proposed.id}/escalation")
    for who in (cast.head, cast.liaison, cast.stranger, cast.admin):
        assert [client_for(who).get(address).status_code for address in pages] == [403, 403]
    for who in (county.office, county.style):
        assert [client_for(who).get(address).status_code for address in pages] == [404, 404]
    assert client_for(cast.coord).get(pages[1]).status_code == 404
    assert client_for(cast.style).get(f"/findings/{campaign.id}/escalation").status_code == 404
    assert client_for(cast.style).get("/escalation?finding=no").status_code == 404
    assert client_for(cast.head).post(pages[1], data={"rule": "notice", "do": "stop"}).status_code == 403
