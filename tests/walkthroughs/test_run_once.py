"""最多跑一次 · 一看二问三办: another programme on the same engine, in each of its three ways, on the plain pages."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.walkthroughs.conftest import jpeg, kinds, plan_for
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, Mode, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs import incoming, log, queries, review
from walkthrough_app.walkthroughs.models import Walkthrough

Walker = Callable[..., Any]


@pytest.fixture
def once(campaign: Campaign) -> Campaign:
    """A campaign of 最多跑一次."""
    campaign.questionnaire = questionnaires.load("run_once")
    db.session.commit()
    return campaign


@pytest.fixture
def begin(head: FlaskClient, cast: SimpleNamespace, once: Campaign, must_walk_item: ServiceItem) -> Walker:
    def start(mode: str) -> Walkthrough:
        plan = plan_for(cast.head, must_walk_item, once, Mode(mode))
        answer = head.post(f"/walks/start/{plan.id}", data={"tap": str(uuid.uuid4())})
        assert answer.status_code == 303
        walk = queries.walk_of_plan(plan)
        assert walk is not None
        return walk

    return start


@pytest.fixture
def save(head: FlaskClient) -> Walker:
    def send(walk: Walkthrough, screen: str, do: str = "save", **fields: Any) -> Any:
        data = {"do": do, "tap": str(uuid.uuid4()), **{name.replace("__", "-"): one for name, one in fields.items()}}
        return head.post(f"/walks/{walk.id}/{screen}", data=data, content_type="multipart/form-data")

    return send


def record(walk: Walkthrough) -> Any:
    db.session.expire_all()
    return log.record_of(walk)


def asked(number: int, **answers: str) -> dict[str, str]:
    """Write what the page of one respondent posts: `asked(2, W1="tax")`."""
    end = "" if number == 1 else f"_{number}"
    return {"set": str(number), **{f"q-Y-{name}{end}": value for name, value in answers.items()}}


def test_the_plan_offers_the_ways_of_the_campaigns_questionnaire(head, once, must_walk_item) -> None:
    page = head.get(f"/plan/new?item={must_walk_item.id}&campaign={once.id}").text
    assert all(name in page for name in ("现场看", "跟踪问", "具体办"))
    assert "代理办" not in page
    assert "模拟事项" not in page


@pytest.mark.parametrize("mode", ["look", "ask", "do"])
def test_each_way_can_be_planned_on_the_page(head, once, cast, must_walk_item, mode) -> None:
    today = clock.today().isoformat()
    data = {"walker": str(cast.head.id), "mode": mode, "from_on": today, "to_on": today}
    answer = head.post(f"/plan/new?item={must_walk_item.id}&campaign={once.id}", data=data)
    assert answer.status_code == 303
    assert f"{Mode(mode).label}" in head.get(f"/plan?campaign={once.id}").text


def test_a_way_of_another_programme_is_refused(once, cast, must_walk_item) -> None:
    today = clock.today()
    fields = {"walker": cast.head, "mode": Mode.IN_PERSON, "from_on": today, "to_on": today}
    with pytest.raises(Invalid, match="没有这种方式"):
        campaigns.plan(campaign=once, item=must_walk_item, by=cast.head, **fields)


def test_nothing_is_simulated_where_no_place_to_stop_is_written(once, cast, must_walk_item) -> None:
    today = clock.today()
    fields = {"walker": cast.head, "mode": Mode("do"), "from_on": today, "to_on": today, "is_simulated": True}
    with pytest.raises(Invalid, match="模拟"):
        campaigns.plan(campaign=once, item=must_walk_item, by=cast.head, **fields)


def test_the_page_to_start_asks_only_what_the_way_needs(head, once, cast, must_walk_item) -> None:
    plan = plan_for(cast.head, must_walk_item, once, Mode("ask"))
    page = head.get(f"/walks/start/{plan.id}").text
    assert "从跟踪问开始" in page
    for word in ("委托", "模拟", "征得同意，再", "暗访三条"):
        assert word not in page


@pytest.mark.parametrize(("mode", "screens"), [("look", ("look",)), ("ask", ("ask",)), ("do", ("prepare", "queue"))])
def test_a_walk_has_the_screens_of_its_way(head, begin, mode, screens) -> None:
    walk = begin(mode)
    assert record(walk).screens[: len(screens)] == screens
    for screen in record(walk).screens:
        assert head.get(f"/walks/{walk.id}/{screen}").status_code == 200
    for other in {"look", "ask", "query", "nowhere"} - set(screens):
        assert head.get(f"/walks/{walk.id}/{other}").status_code == 404
    for page in ("", "/sheets"):
        assert head.get(f"/walks/{walk.id}{page}").status_code == 200


def test_buttons_of_the_counter_stand_only_where_there_is_one(head, begin, save) -> None:
    looking, doing = begin("look"), begin("do")
    assert "取号" not in head.get(f"/walks/{looking.id}/look").text
    assert "又跑了一趟" not in head.get(f"/walks/{looking.id}/look").text
    assert save(looking, "look", "number", no="A1").status_code == 404
    assert save(looking, "look", "accepted").status_code == 404
    assert "取号" in head.get(f"/walks/{doing.id}/queue").text


def test_looking_is_walked_and_finished_in_one_step(head, begin, save) -> None:
    walk = begin("look")
    yes = {f"q-Y-L{number}": "yes" for number in (1, 2, 3, 6, 7)}
    save(walk, "look", **yes, **{"q-Y-L4": "2", "q-Y-L5": "10", "photo": (jpeg(), "hall.jpg")})
    done = record(walk)
    assert [one.title for one in done.open_suggestions] == ["群众被退回、多次跑路"]
    assert done.answers["Y-L8"] in done.state.photos, "the picture asked for is the one that was taken"
    assert not any("没答" in gap.text for gap in review.gaps(done))
    assert save(walk, "look", "review").headers["Location"].endswith("/review")
    page = head.post(f"/walks/{walk.id}/review", data={"do": "finish", "no_finding": "都办得顺"}, follow_redirects=True)
    assert "已走完" in page.text
    assert record(walk).is_full_process


def test_doing_goes_from_the_papers_to_the_result(begin, save) -> None:
    walk = begin("do")
    for screen, do in (("prepare", "next"), ("queue", "number"), ("queue", "next"), ("accept", "accepted")):
        assert save(walk, screen, do).status_code == 303
    assert record(walk).is_awaiting
    save(walk, "result", "result")
    assert record(walk).is_full_process
    steps = [
        event.step for event in queries.events_of(walk) if event.kind in {"number", "called", "accepted", "result"}
    ]
    assert steps == ["queue", "queue", "accept", "result"]
    assert record(walk).answers["Y-D1"] == 1


def test_each_respondent_has_a_set_of_answers(head, begin, save) -> None:
    walk = begin("ask")
    answer = save(walk, "ask", "another", **asked(1, W0="yes", W1="tax", W2="1", W3="0", W4="good", W5="none"))
    assert "set=2" in answer.headers["Location"]
    save(walk, "ask", "another", **asked(2, W0="no"))
    save(walk, "ask", "save", **asked(3, W0="yes", W2="3", W4="bad"))
    done = record(walk)
    assert [one.name for one in done.sets("ask")] == ["受访者1", "受访者2", "受访者3"]
    assert done.answers["Y-W2_3"] == 3
    assert [one.title for one in done.suggestions] == ["受访者3：未实现最多跑一次", "受访者3：办事群众不满意"]
    texts = [gap.text for gap in review.gaps(done)]
    assert "“跟踪问”受访者1还有 1 问没答" in texts
    assert "“跟踪问”受访者3还有 4 问没答" in texts
    assert not any("受访者2" in text or "受访者4" in text for text in texts)
    page = head.get(f"/walks/{walk.id}/review").text
    assert all(words in page for words in ("问了 3 人", "受访者2", "不同意回答", "办的什么事：缴费办税"))


def test_an_earlier_respondent_can_be_corrected(head, begin, save) -> None:
    walk = begin("ask")
    save(walk, "ask", "another", **asked(1, W0="yes", W2="3"))
    save(walk, "ask", "save", **asked(2, W0="yes", W2="2"))
    assert 'name="q-Y-W2"' in head.get(f"/walks/{walk.id}/ask?set=1").text
    answer = save(walk, "ask", "save", **asked(1, W2="1"))
    assert "set=1" in answer.headers["Location"]
    assert [record(walk).answers[key] for key in ("Y-W2", "Y-W2_2")] == [1, 2]


def test_who_does_not_consent_is_asked_no_more(head, begin, save) -> None:
    walk = begin("ask")
    save(walk, "ask", "save", **asked(1, W0="no"))
    page = head.get(f"/walks/{walk.id}/ask?set=1").text
    assert 'name="q-Y-W0"' in page
    assert 'name="q-Y-W1"' not in page


def test_a_problem_of_one_respondent_becomes_a_finding_with_cause_and_mark(head, begin, save) -> None:
    walk = begin("ask")
    save(walk, "ask", "another", **asked(1, W0="yes", W2="1"))
    save(walk, "ask", "save", **asked(2, W0="yes", W2="4"))
    page = head.get(f"/walks/{walk.id}/findings/new?question=Y-W2_2&screen=ask").text
    assert all(words in page for words in ("受访者2：未实现最多跑一次", "不肯改", "慢慢改", "制度缺失"))
    data = {"title": "受访者2：未实现最多跑一次", "severity": "moderate", "category": "D5", "question": "Y-W2_2"}
    head.post(f"/walks/{walk.id}/findings/new", data={**data, "step": "ask", "root_cause": "RC4", "tags": ["delay"]})
    [finding] = record(walk).state.findings.values()
    assert (finding["root_cause"], finding["tags"], finding["question"]) == ("RC4", ["delay"], "Y-W2_2")
    assert record(walk).open_suggestions == []
    assert "慢慢改" in head.get(f"/walks/{walk.id}/review").text


def test_a_document_without_marks_offers_none(head, walk) -> None:
    page = head.get(f"/walks/{walk.id}/findings/new").text
    assert "病灶" not in page
    assert "不肯改" not in page


@pytest.mark.parametrize("question", ["Y-W2_31", "Y-W2_1", "Y-W9", "Y-L1_2", "W-Q1", "Y-W2_002"])
def test_answers_to_what_is_not_asked_are_refused(begin, question) -> None:
    walk = begin("ask")
    with pytest.raises(Invalid, match="题目"):
        incoming.check(walk, event_of(walk, "answer", question=question, value="yes"))


def test_the_last_set_of_answers_is_within_the_limit(begin) -> None:
    incoming.check(walk := begin("ask"), event_of(walk, "answer", question="Y-W2_30", value=1))


@pytest.mark.parametrize("more", [{"tags": ["lazy"]}, {"root_cause": "RC99"}])
def test_marks_and_causes_nobody_knows_are_refused(begin, more) -> None:
    walk = begin("ask")
    made = {"finding": str(uuid.uuid4()), "title": "慢", "severity": "minor", "category": "G5", **more}
    with pytest.raises(Invalid):
        incoming.check(walk, event_of(walk, "finding", **made))


def test_others_see_a_walk_of_respondents_and_change_nothing(client_for, cast, begin, save) -> None:
    walk = begin("ask")
    assert client_for(cast.stranger).get(f"/walks/{walk.id}/ask").status_code == 404
    assert client_for(cast.liaison).post(f"/walks/{walk.id}/ask", data={"do": "another"}).status_code == 403
    assert kinds(walk) == ["start", "step_start"]


def event_of(walk: Walkthrough, kind: str, **payload: Any) -> dict[str, Any]:
    whose = {"id": str(uuid.uuid4()), "walk": str(walk.id), "device": "phone", "seq": 1}
    return {**whose, "kind": kind, "step": "ask", "payload": payload, "at": clock.iso(clock.now())}
