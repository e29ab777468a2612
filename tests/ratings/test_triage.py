"""What becomes of a bad rating or a comment, deed by deed, and who may do it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.ratings.conftest import say
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.ratings import queries, service
from walkthrough_app.ratings.models import CaseState, RatingCase, RatingPoint
from walkthrough_app.ratings.service import Problem
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, Source


@pytest.fixture
def case(desk: RatingPoint) -> RatingCase:
    """不满意 with two reasons and a comment."""
    say(desk, F_H1="l2", F_H3=["c209", "c214"], F_H7="说好三天，等了十天")
    db.session.commit()
    return db.session.scalars(select(RatingCase)).one()


def act(client, case: RatingCase, deed: str, **data: str) -> int:
    status: int = client.post(f"/ratings/cases/{case.id}/{deed}", data=data).status_code
    db.session.expire_all()
    return status


def test_only_bad_ratings_and_comments_are_work(desk: RatingPoint) -> None:
    say(desk, F_H1="l5")
    say(desk, F_H1="l3", F_H4=["c307"])
    assert db.session.scalars(select(RatingCase)).all() == []
    say(desk, F_H1="l4", F_H7="不错")
    say(desk, F_H1="l1")
    assert sorted(one.is_bad for one in db.session.scalars(select(RatingCase))) == [False, True]


def test_the_reason_code_proposes_the_problem(case: RatingCase, cast: SimpleNamespace, client_for) -> None:
    page = client_for(cast.office).get(f"/ratings/cases/{case.id}").get_data(as_text=True)
    assert "209 未在承诺时间内办结；214 服务态度生硬" in page
    assert '<option selected value="D4">' in page
    assert "说好三天，等了十天" in page


def test_a_bad_rating_becomes_a_problem_that_is_handed_over(
    case: RatingCase, cast: SimpleNamespace, client_for
) -> None:
    client = client_for(cast.office)
    data = {"title": "未在承诺时间内办结", "category": "D4", "severity": "minor", "fact": "承诺3天，10天办结"}
    for _ in range(2):
        assert act(client, case, "take", **data) == 303
    (finding,) = db.session.scalars(select(Finding))
    assert (finding.source, finding.category, finding.state) == (Source.RATING, "D4", State.ASSIGNED)
    assert finding.unit_id == finding.resp_id == cast.head.unit_id
    assert finding.due_on == clock.add_workdays(clock.today(), 5)
    assert case.state is CaseState.FINDING
    assert case.finding_id == finding.id
    assert finding.code in client.get(f"/ratings/cases/{case.id}").get_data(as_text=True)


def test_a_problem_of_the_evaluation_says_so(counter: RatingPoint, cast: SimpleNamespace) -> None:
    say(counter, S_E1="bad")
    (case,) = db.session.scalars(select(RatingCase))
    finding = service.take_up(case, Problem("态度差", "评议不满意", "G2", "minor"), by=cast.office)
    assert finding.source is Source.EVALUATION


@pytest.mark.parametrize("wrong", [{"category": "Z9"}, {"category": ""}, {"title": " "}, {"severity": "awful"}])
def test_a_problem_needs_its_class_and_its_title(
    case: RatingCase, cast: SimpleNamespace, client_for, wrong: dict[str, str]
) -> None:
    data = {"title": "超时", "category": "D4", "severity": "minor", "fact": "超时"} | wrong
    assert act(client_for(cast.office), case, "take", **data) == 200
    assert case.state is CaseState.NEW
    assert db.session.scalars(select(Finding)).all() == []


def test_the_unit_answers_on_its_phone_and_the_office_closes(
    case: RatingCase, cast: SimpleNamespace, client_for
) -> None:
    office, liaison = client_for(cast.office), client_for(cast.liaison)
    assert liaison.get(f"/ratings/cases/{case.id}").status_code == 404, "not before it is passed on"
    assert act(office, case, "ask", passed_on="有群众反映超过承诺时间") == 303
    assert case.due_on == clock.add_workdays(clock.today(), 5)
    for client, where in ((liaison, "/ratings/mine"), (client_for(cast.head), "/tasks")):
        assert "有群众反映超过承诺时间" in client.get(where).get_data(as_text=True)
    page = liaison.get(f"/ratings/cases/{case.id}").get_data(as_text=True)
    assert "有群众反映超过承诺时间" in page
    assert "说好三天" not in page, "the unit reads what the office passed on, not the comment"
    assert "214" not in page
    assert act(liaison, case, "answer", outcome="rectified", answer="已向经办人核实，已补办。") == 303
    assert act(office, case, "back", note="没有写明原因") == 303
    assert case.state is CaseState.ASKED
    assert act(liaison, case, "answer", outcome="explained", answer="系统故障，已说明。") == 303
    assert act(office, case, "close") == 303
    assert (case.state, case.outcome) == (CaseState.CLOSED, "explained")


def test_an_answer_that_is_late_is_seen_to_be(case: RatingCase, cast: SimpleNamespace, client_for) -> None:
    act(client_for(cast.office), case, "ask", passed_on="请核实")
    with clock.pinned(clock.now() + timedelta(days=20)):
        assert case.is_overdue
        page = client_for(cast.office).get(f"/ratings/cases?campaign={case.campaign_id}&state=asked")
        assert "已过期" in page.get_data(as_text=True)
        assert "已过期" in client_for(cast.head).get("/ratings/mine").get_data(as_text=True)


def test_what_is_not_taken_up_needs_a_reason(case: RatingCase, cast: SimpleNamespace, client_for) -> None:
    client = client_for(cast.office)
    assert act(client, case, "decline", note="") == 200
    assert case.state is CaseState.NEW
    assert act(client, case, "decline", note="与本单位无关") == 303
    assert case.state is CaseState.DECLINED
    assert act(client, case, "ask", passed_on="请核实") == 409


def test_strangers_groups_and_counties_do_not_see_it(
    case: RatingCase, cast: SimpleNamespace, county: SimpleNamespace, client_for
) -> None:
    service.ask(case, "请核实", by=cast.office)
    db.session.commit()
    for user in (cast.stranger, cast.county, county.office):
        client = client_for(user)
        assert client.get(f"/ratings/cases/{case.id}").status_code == 404, user.username
        assert act(client, case, "answer", outcome="explained", answer="好") == 404
    for user in (cast.style, cast.coord, cast.admin):
        assert client_for(user).get(f"/ratings/cases/{case.id}").status_code == 403


def test_a_deputy_looks_and_a_unit_does_not_judge(case: RatingCase, cast: SimpleNamespace, client_for) -> None:
    service.ask(case, "请核实", by=cast.office)
    db.session.commit()
    deputy = client_for(cast.deputy)
    assert deputy.get(f"/ratings/cases/{case.id}").status_code == 200
    assert act(deputy, case, "answer", outcome="explained", answer="好") == 403
    assert act(client_for(cast.head), case, "decline", note="算了") == 404
    assert act(client_for(cast.office), case, "answer", outcome="explained", answer="好") == 404
    assert case.state is CaseState.ASKED


def test_the_work_list_has_pages_and_states(counter: RatingPoint, cast: SimpleNamespace, client_for) -> None:
    for number in range(queries.PAGE + 1):
        say(counter, S_E6=f"意见{number}")
    db.session.commit()
    client = client_for(cast.office)
    address = f"/ratings/cases?campaign={counter.campaign_id}"
    first = client.get(address).get_data(as_text=True)
    assert "下一页" in first
    assert client.get(f"{address}&after={queries.PAGE}").get_data(as_text=True).count("意见") >= 1
    for state in ("asked", "answered", "done", "aside"):
        assert client.get(f"{address}&state={state}").status_code == 200
    assert client.get(f"{address}&state=odd").status_code == 404
    assert client.get(f"{address}&after=-1").status_code == 200
    assert client_for(cast.head).get(address).status_code == 403


def test_purging_takes_the_text_and_leaves_the_numbers(
    case: RatingCase, praise: Campaign, cast: SimpleNamespace
) -> None:
    assert service.purge(praise, by=cast.office) == 0, "somebody still works on it"
    service.ask(case, "请核实", by=cast.office)
    service.answer(case, "rectified", "已改", by=cast.head)
    service.close(case, "", by=cast.office)
    before = [(row.question, row.answer, row.number) for _, row in queries.counts_of(praise, "service")]
    assert service.purge(praise, by=None) == 1
    assert service.purge(praise, by=None) == 0
    assert (case.rating.comment, case.passed_on, case.rating.is_purged) == ("", "", True)
    assert case.rating.answers["F-H1"] == "l2"
    assert [(row.question, row.answer, row.number) for _, row in queries.counts_of(praise, "service")] == before


def test_the_command_is_there() -> None:
    from walkthrough_app.cli import cli

    assert "群众评价" in CliRunner().invoke(cli, ["ratings", "--help"]).output
