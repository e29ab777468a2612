"""Who owes a word to a paper hears of it: signing, answering, confirming, and the draft of a bulletin that names them."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.rectification import overdue
from tests.reminders.conftest import MONDAY, at, tick, told
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.machine import State as FindingState
from walkthrough_app.rectification.papers.life import Kind, State, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperUnit, Part
from walkthrough_app.rectification.papers.service import hearing, moving
from walkthrough_app.reminders import queries, service

BEFORE = MONDAY - timedelta(days=3)  # a Friday
DUE = MONDAY + timedelta(days=7)
WAYS = {State.ISSUED: Verb.ISSUE, State.SIGNED: Verb.SIGN, State.ANSWERED: Verb.REPLY, State.REPLIED: Verb.CONFIRM}


@pytest.fixture(autouse=True)
def quiet(campaign: Campaign) -> None:
    """Walks and reports are over: only papers are left to be told of."""
    campaign.state = CampaignState.CLOSED
    db.session.commit()


def put(
    cast: SimpleNamespace, campaign: Campaign, kind: Kind, state: State, due_on: date | None = DUE
) -> OfficialPaper:
    """Write a paper to the police that came to where it is on the Friday before."""
    with clock.pinned(at(BEFORE)):
        made = OfficialPaper(
            kind=kind,
            state=state,
            campaign=campaign,
            office=cast.office.unit,
            unit=cast.head.unit if kind is not Kind.BULLETIN else None,
            made_by=cast.office,
            title="排队",
            due_on=due_on,
        )
        db.session.add(made)
        db.session.flush()
        moving.write(made, WAYS.get(state, Verb.DRAFT), by=cast.office)
        db.session.commit()
    return made


def heard(user: object, *days: date) -> dict[date, list[str]]:
    for day in days:
        tick(day)
    return {day: found for day in days if (found := told(user, day))}


def test_a_notice_and_a_letter_wait_to_be_signed_for(cast, campaign) -> None:
    put(cast, campaign, Kind.NOTICE, State.ISSUED)
    put(cast, campaign, Kind.NOTICE, State.ISSUED)
    put(cast, campaign, Kind.LETTER, State.ISSUED, due_on=None)
    lines = ["有2份督办通知单等着签收，11月30日截止，还有7天。", "有1份问题交办函等着签收。"]
    assert heard(cast.liaison, MONDAY, MONDAY + timedelta(days=1)) == {MONDAY: lines}
    assert told(cast.head, MONDAY) == lines
    for other in (cast.deputy, cast.stranger, cast.county_liaison, cast.style, cast.office):
        assert told(other, MONDAY) == []
    with clock.pinned(at(MONDAY)):
        assert [line.text for line in service.owed_by(cast.liaison)] == lines


def test_the_answer_to_a_notice_is_told_of_as_its_term_comes_and_goes(cast, campaign) -> None:
    put(cast, campaign, Kind.NOTICE, State.SIGNED)
    days = [MONDAY + timedelta(days=n) for n in range(12)]
    assert heard(cast.head, *days) == {
        MONDAY: ["有1份督办通知单要填写办理情况，11月30日截止，还有7天。"],
        MONDAY + timedelta(days=4): ["有1份督办通知单要填写办理情况，11月30日截止，还有3天。"],
        DUE: ["有1份督办通知单要填写办理情况，今天（11月30日）截止。"],
        DUE + timedelta(days=1): ["有1份督办通知单要填写办理情况，11月30日已经截止，超期1天。"],
        DUE + timedelta(days=4): ["有1份督办通知单要填写办理情况，11月30日已经截止，超期4天。"],
    }


def test_only_the_head_hears_that_an_answer_waits_to_be_confirmed(cast, campaign) -> None:
    put(cast, campaign, Kind.NOTICE, State.ANSWERED)
    line = "有1份督办通知单的办理情况等着一把手确认，11月30日截止，还有7天。"
    assert heard(cast.head, MONDAY) == {MONDAY: [line]}
    assert told(cast.liaison, MONDAY) == []


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Kind.NOTICE, State.DRAFT),
        (Kind.NOTICE, State.REPLIED),
        (Kind.NOTICE, State.CLOSED),
        (Kind.LETTER, State.SIGNED),
    ],
)
def test_who_owes_nothing_hears_nothing(cast, campaign, kind, state) -> None:
    put(cast, campaign, kind, state)
    assert heard(cast.head, MONDAY, DUE + timedelta(days=1)) == {}


def test_a_campaign_put_away_is_quiet(cast, campaign) -> None:
    put(cast, campaign, Kind.NOTICE, State.ISSUED)
    campaign.state = CampaignState.ARCHIVED
    db.session.commit()
    assert queries.papers() == []


def test_units_named_in_a_draft_hear_until_they_have_spoken_or_the_term_is_over(cast, campaign) -> None:
    paper = put(cast, campaign, Kind.BULLETIN, State.DRAFT, due_on=None)
    paper.data = {}
    paper.units = [PaperUnit(unit=one.unit, part=Part.NAMED) for one in (cast.head, cast.stranger)]
    with clock.pinned(at(BEFORE)):
        hearing.hear(paper, MONDAY + timedelta(days=1), by=cast.office)
    db.session.commit()
    line = "有1期通报征求您单位的意见，11月24日截止，还有1天。"
    assert heard(cast.liaison, MONDAY) == {MONDAY: [line]}
    assert told(cast.stranger, MONDAY) == [line]
    assert told(cast.county, MONDAY) == []
    with clock.pinned(at(MONDAY)):
        hearing.answer(paper, "", agrees=True, by=cast.head)
    db.session.commit()
    last = MONDAY + timedelta(days=1)
    assert heard(cast.liaison, last, last + timedelta(days=1)) == {}
    assert told(cast.stranger, last) == ["有1期通报征求您单位的意见，今天（11月24日）截止。"]
    assert told(cast.stranger, last + timedelta(days=1)) == []


def test_the_own_page_leads_to_the_papers(cast, campaign, client_for) -> None:
    put(cast, campaign, Kind.NOTICE, State.ISSUED)
    overdue.put(cast.head.unit, campaign, state=FindingState.CLOSED)
    with clock.pinned(at(MONDAY)):
        page = client_for(cast.liaison).get("/reminders").get_data(as_text=True)
    assert "有1份督办通知单等着签收" in page
    assert 'href="/papers"' in page
