"""Who has to put problems right hears of it in time, the desks hear what waits, and nobody of a 回头看 to come."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.rectification import overdue
from tests.reminders.conftest import MONDAY, at, tick, told
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.escalation import service as escalation
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.reminders import queries, service

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def quiet(campaign: Campaign) -> None:
    """Walks and reports are over: only problems are left to be told of."""
    campaign.state = CampaignState.CLOSED
    db.session.commit()


def put(cast: SimpleNamespace, campaign: Campaign, **wanted: object) -> Finding:
    return overdue.put(cast.head.unit, campaign, **wanted)


def mornings(cast: SimpleNamespace, *days: date) -> dict[date, list[str]]:
    """Let mornings go by, the escalation before the reminders; return what the liaison was told."""
    for day in days:
        with overdue.at(day):
            escalation.run()
        db.session.commit()
        tick(day)
    return {day: found for day in days if (found := told(cast.liaison, day))}


def test_a_term_is_told_seven_three_one_and_no_days_before(cast, campaign) -> None:
    due = MONDAY + timedelta(days=7)
    put(cast, campaign, due_on=due)
    put(cast, campaign, due_on=due)
    heard = mornings(cast, *(MONDAY + timedelta(days=n) for n in range(8)))
    assert heard == {
        MONDAY: ["有2个问题的整改11月30日截止，还有7天。"],
        FRIDAY: ["有2个问题的整改11月30日截止，还有3天。"],  # the day before is a Sunday
        due: ["有2个问题的整改今天（11月30日）截止。"],
    }
    assert told(cast.head, due) == heard[due]
    for other in (cast.deputy, cast.stranger, cast.stranger_liaison, cast.office, cast.style):
        assert told(other, due) == []


def test_what_is_late_is_told_the_next_working_day_and_every_third(cast, campaign) -> None:
    put(cast, campaign, due_on=MONDAY - timedelta(days=3))
    heard = mornings(cast, *(MONDAY + timedelta(days=n) for n in range(5)))
    assert heard == {
        MONDAY: ["有1个问题的整改已经超期，最长的超期3天，请抓紧整改并报告结果。"],
        MONDAY + timedelta(days=3): ["有1个问题的整改已经超期，最长的超期6天，请抓紧整改并报告结果。"],
    }


def test_a_reminder_made_up_for_is_told_the_same_morning(cast, campaign) -> None:
    put(cast, campaign, due_on=MONDAY - timedelta(days=3))
    assert list(mornings(cast, MONDAY + timedelta(days=1))) == [MONDAY + timedelta(days=1)]


def test_a_stopped_reminder_is_quiet(cast, campaign) -> None:
    finding = put(cast, campaign, due_on=MONDAY - timedelta(days=3))
    escalation.stop(finding, "reminder", "已当面约谈", by=cast.style)
    db.session.commit()
    assert mornings(cast, MONDAY) == {}


def test_who_asked_for_more_time_is_not_called_late(cast, campaign) -> None:
    finding = put(cast, campaign, due_on=MONDAY - timedelta(days=3))
    overdue.ask(finding, cast.liaison.id, FRIDAY)
    assert mornings(cast, MONDAY) == {}


def test_a_hand_over_waits_to_be_signed_for(cast, campaign) -> None:
    with clock.pinned(at(MONDAY - timedelta(days=3))):
        put(cast, campaign, state=State.ASSIGNED, due_on=MONDAY + timedelta(days=20))
    assert mornings(cast, MONDAY) == {MONDAY: ["有1个问题等着签收。"]}


@pytest.mark.parametrize("state", [State.RECTIFIED, State.RECHECKING, State.CLOSED, State.DISPUTED, State.DISMISSED])
def test_a_unit_hears_nothing_of_what_others_have_to_do(cast, campaign, state) -> None:
    """Above all nothing of a 回头看: somebody will come by, incognito."""
    put(cast, campaign, state=state, due_on=MONDAY - timedelta(days=3))
    assert mornings(cast, MONDAY, FRIDAY) == {}
    assert [one.summary for one in queries.agenda(cast.liaison)] == []
    assert service.owed_by(cast.liaison) == []


def test_the_groups_hear_what_waits_for_them(cast, campaign) -> None:
    put(cast, campaign, state=State.DISPUTED)
    put(cast, campaign, state=State.RECTIFIED)
    overdue.ask(put(cast, campaign, due_on=FRIDAY), cast.liaison.id, FRIDAY + timedelta(days=7))
    put(cast, campaign, due_on=MONDAY - timedelta(days=14))
    mornings(cast, MONDAY)
    assert told(cast.style) == ["台账里等着办理的：异议1件、延期申请1件、已整改待核1件、该发督办通知单1件。"]
    assert told(cast.coord) == []
    assert [line.text for line in service.owed_by(cast.style)] == told(cast.style)


def test_a_county_s_groups_hear_of_their_own(cast, county, campaign) -> None:
    put(cast, campaign, state=State.DISPUTED)
    assert queries.waiting(county.style) == []
    assert len(queries.waiting(cast.style)) == 1


def test_terms_stand_in_the_calendar_without_an_item(cast, campaign) -> None:
    finding = put(cast, campaign, due_on=FRIDAY)
    entries = [one for one in queries.agenda(cast.head) if one.key == "rectify"]
    assert [(one.subject, one.first, one.summary) for one in entries] == [(finding.id, FRIDAY, "问题整改到期")]
    assert queries.agenda(cast.deputy) == []
    assert all(finding.task_name not in one.summary + one.description for one in entries)


def test_the_own_page_leads_to_the_work(cast, campaign, client_for) -> None:
    put(cast, campaign, due_on=FRIDAY)
    with clock.pinned(at(MONDAY)):
        page = client_for(cast.liaison).get("/reminders").get_data(as_text=True)
    assert "有1个问题的整改11月27日截止，还有4天。" in page
    assert "去整改" in page
