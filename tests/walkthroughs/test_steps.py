"""The step pages: answers, clock, marks, notes and pictures, all by plain forms."""

import io
import uuid
from datetime import timedelta

import pytest
import time_machine
from PIL import Image

from tests.walkthroughs.conftest import jpeg, kinds
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import WalkState


def test_answers_are_saved_with_whatever_button_is_pressed(post, state) -> None:
    post("query", "pause", **{"q-W-Q4": "no", "note-W-Q4": "牌子写着三楼", "q-W-Q8": "4"})
    answers = state().answers
    assert answers["W-Q4"]["value"] == "no"
    assert answers["W-Q4"]["note"] == "牌子写着三楼"
    assert answers["W-Q8"]["value"] == 4
    assert state().is_paused


def test_saving_the_same_answers_again_adds_nothing(post, walk) -> None:
    post("query", **{"q-W-Q4": "no"})
    before = kinds(walk)
    post("query", **{"q-W-Q4": "no"})
    assert kinds(walk) == before


def test_a_changed_answer_is_a_new_event_and_the_old_one_stays(post, walk, state) -> None:
    for value in ("no", "yes", "no"):
        post("query", **{"q-W-Q4": value}, tap="44444444-4444-4444-8444-444444444444")
    assert state().answers["W-Q4"]["value"] == "no"
    assert kinds(walk).count("answer") == 3


def test_the_clock_runs_on_the_server_when_there_is_no_script(head, plan, cast, post, walk, state) -> None:
    began = clock.now()
    with time_machine.travel(began.timestamp() + 23 * 60, tick=False):
        post("query", "next")
    with time_machine.travel(began.timestamp() + 40 * 60, tick=False):
        post("prepare", "pause")
    assert round(state().steps["query"].seconds / 60) == 23
    assert round(state().steps["prepare"].seconds / 60) == 17


def test_taking_a_number_and_being_called_measures_the_wait(post, state) -> None:
    start = clock.now().timestamp()
    with time_machine.travel(start + 60, tick=False):
        post("queue", "number", no="A037", ahead="14")
    with time_machine.travel(start + 60 + 23 * 60, tick=False):
        post("queue", "called", window="3")
    turn = state().queue[0]
    assert (turn["no"], turn["ahead"], turn["window"], turn["seconds"]) == ("A037", 14, "3", 23 * 60)
    assert len(state().trips) == 1


def test_a_double_tap_takes_one_number(post, state) -> None:
    tap = str(uuid.uuid4())
    post("queue", "number", no="A037", tap=tap)
    post("queue", "number", no="A037", tap=tap)
    assert len(state().queue) == 1


def test_a_second_number_on_a_new_page_counts_as_queueing_again(post, state) -> None:
    post("queue", "number", no="A037")
    post("queue", "number", no="B002")
    assert [turn["no"] for turn in state().queue] == ["A037", "B002"]


def test_a_wrong_mark_can_be_taken_back(post, state) -> None:
    post("queue", "number", no="A037")
    post("queue", f"back:{state().queue[0]['event']}")
    assert state().queue == []


def test_next_leads_through_the_five_screens_to_the_review(post, walk) -> None:
    seen = ["query"]
    while "review" not in seen[-1]:
        seen.append(post(seen[-1], "next").headers["Location"].rsplit("/", 1)[1])
    assert seen == ["query", "prepare", "queue", "accept", "result", "review"]


def test_accepted_rests_for_weeks_and_goes_on(post, walk, state, cast, client_for) -> None:
    post("accept", "accepted", receipt="2018-77")
    post("result", "rest")
    db.session.expire_all()
    assert walk.state is WalkState.AWAITING_RESULT
    with time_machine.travel(clock.now().timestamp() + 14 * 86400, tick=False):
        back = client_for(cast.head)  # a phone's session is long over: the head signs in again
        assert post("result", track="还在审核", channel="电话", client=back).status_code == 303
        post("result", "result", client=back)
    assert state().tracks[0]["text"] == "还在审核"
    assert state().result
    assert state().status == "in_progress"


def test_a_result_that_came_days_ago_does_not_start_the_clock(post, state) -> None:
    post("accept", "accepted")
    post("result", "rest")
    earlier = (clock.today() - timedelta(days=1)).isoformat()
    post("result", "result", result_on=earlier)
    assert state().result["on"] == earlier
    assert "result" not in state().steps
    assert state().running_since is None


def test_a_result_before_acceptance_is_refused_beside_its_field(post, state) -> None:
    answer = post("result", "result", note="先记一笔")
    assert "还没有正式受理" in answer.text
    assert state().result is None


def test_a_mistyped_year_is_refused_and_costs_nothing(post, state) -> None:
    post("accept", "accepted")
    assert "不能晚于今天" in post("result", "result", result_on="9999-12-31").text
    assert "看一下年份" in post("accept", "accepted", promised_on="9999-12-31").text
    assert state().result is None


def test_putting_a_walk_aside_without_acceptance_is_only_a_pause(post, state) -> None:
    post("query", "rest")
    assert state().status == "in_progress"
    assert state().is_paused


def test_enter_saves_and_presses_nothing_else(head, walk) -> None:
    for screen in ("query", "queue", "result"):
        page = head.get(f"/walks/{walk.id}/{screen}").text
        first = page.split('id="step"')[1].split("<button", 1)[1].split(">")[0]
        assert 'value="save"' in first


def test_too_long_an_explanation_is_refused_not_cut(post, state) -> None:
    answer = post("query", **{"q-W-Q4": "no", "note-W-Q4": "长" * 501})
    assert "最多 500 个字" in answer.text
    assert "W-Q4" not in state().answers


def test_a_note_is_kept_with_its_step(post, state) -> None:
    post("prepare", note="复印要去马路对面")
    assert [(note["step"], note["text"]) for note in state().notes] == [("prepare", "复印要去马路对面")]


def test_several_pictures_come_in_at_once_and_a_broken_one_does_not_lose_the_others(post, state) -> None:
    files = [(jpeg("red"), "1.jpg"), (io.BytesIO(b"not a picture"), "2.jpg"), (jpeg("blue"), "3.jpg")]
    answer = post("queue", **{"photo": files, "q-W-K3": "yes"})
    assert len(state().photos) == 2
    assert state().answers["W-K3"]["value"] == "yes"
    assert answer.status_code == 200
    assert "不是照片" in answer.text


def test_a_broken_number_is_refused_beside_its_question_and_the_rest_is_saved(post, state) -> None:
    answer = post("prepare", **{"q-W-P3": "一大堆", "q-W-P1": "yes"})
    assert answer.status_code == 200
    assert state().answers["W-P1"]["value"] == "yes"
    assert "W-P3" not in state().answers
    assert 'value="一大堆"' in answer.text


def test_an_answer_that_looks_like_a_problem_only_suggests(post, head, walk, state) -> None:
    post("queue", **{"q-W-K3": "no"})
    page = head.get(f"/walks/{walk.id}/queue").text
    assert "可能的问题" in page
    assert "办事场所秩序乱" in page
    assert state().findings == {}


def test_a_suggestion_can_be_dismissed_and_stays_dismissed(post, head, walk, state) -> None:
    post("queue", **{"q-W-K3": "no"})
    post("queue", "dismiss:W-K3")
    assert state().dismissed == ["W-K3"]
    assert "办事场所秩序乱" not in head.get(f"/walks/{walk.id}/queue").text


def test_every_question_shows_its_clause(head, walk) -> None:
    page = head.get(f"/walks/{walk.id}/query").text
    assert "首问负责制" in page
    assert "依据" in page


def test_the_liaison_may_look_but_not_write(cast, client_for, walk, post) -> None:
    liaison = client_for(cast.liaison)
    assert liaison.get(f"/walks/{walk.id}/review").status_code == 200
    assert post("query", client=liaison, **{"q-W-Q4": "no"}).status_code == 403


@pytest.mark.parametrize("who", ["deputy", "deputy2", "stranger", "county"])
def test_a_stranger_finds_nothing(who, cast, client_for, walk, post) -> None:
    client = client_for(getattr(cast, who))
    for page in ("", "/query", "/review", "/package.zip"):
        assert client.get(f"/walks/{walk.id}{page}").status_code == 404
    assert post("query", client=client).status_code == 404


@pytest.mark.parametrize("who", ["style", "coord", "admin"])
def test_lanes_and_admin_do_not_see_a_walk(who, cast, client_for, walk) -> None:
    assert client_for(getattr(cast, who)).get(f"/walks/{walk.id}/review").status_code == 404


def test_an_unknown_screen_is_not_there_and_an_unknown_button_saves(head, walk, post, state) -> None:
    assert head.get(f"/walks/{walk.id}/kitchen").status_code == 404
    assert post("query", "explode", note="不能丢").status_code == 303
    assert state().notes[0]["text"] == "不能丢"
    assert head.get("/walks/not-an-id/query").status_code == 404


def test_nothing_is_written_to_a_finished_walk(post, walk, head) -> None:
    walk.state = WalkState.FINISHED
    db.session.commit()
    answer = post("query", **{"q-W-Q4": "no"})
    assert answer.status_code == 409
    assert "重新打开" in answer.text


def test_the_log_is_chained(post, walk) -> None:
    post("query", "next", **{"q-W-Q4": "no"})
    events = sorted(log.queries.events_of(walk), key=lambda event: event.seq)
    assert [event.prev for event in events[1:]] == [event.hash for event in events[:-1]]


def test_the_same_picture_twice_in_one_post_is_one_and_keeps_the_chain(post, walk, state) -> None:
    picture = jpeg("green").getvalue()
    post("queue", "next", photo=[(io.BytesIO(picture), "1.jpg"), (io.BytesIO(picture), "2.jpg")])
    events = sorted(log.queries.events_of(walk), key=lambda event: event.seq)
    assert len(state().photos) == 1
    assert [event.prev for event in events[1:]] == [event.hash for event in events[:-1]]


def test_too_long_a_note_is_refused_and_shown_again(post, state) -> None:
    answer = post("query", note="长" * 1001)
    assert "最多 1000 个字" in answer.text
    assert "长" * 50 in answer.text
    assert state().notes == []


def test_a_picture_may_be_larger_than_a_form_and_needs_the_forms_token(strict, head, walk, state) -> None:
    noise = io.BytesIO()
    Image.effect_noise((640, 480), 90).convert("RGB").save(noise, "JPEG", quality=95)
    assert noise.tell() > strict.config["MAX_CONTENT_LENGTH"]
    page = head.get(f"/walks/{walk.id}/query").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    statuses = []
    for data in ({}, {"csrf_token": token}):
        picture = io.BytesIO(noise.getvalue())
        answer = head.post(f"/walks/{walk.id}/query", data={**data, "photo": (picture, "a.jpg")})
        statuses.append(answer.status_code)
    assert statuses == [400, 303]
    assert len(state().photos) == 1


def test_a_stranger_cannot_post_more_than_a_form(strict, anonymous) -> None:
    body = b"x" * 100_000
    assert anonymous.post("/sign-in", data={"photo": (io.BytesIO(body), "a.jpg")}).status_code == 413


@pytest.fixture
def strict(app):
    """The app as in production: tokens checked; forms small enough that a test's picture is larger."""
    before = {name: app.config[name] for name in ("WTF_CSRF_ENABLED", "MAX_CONTENT_LENGTH")}
    app.config.update(WTF_CSRF_ENABLED=True, MAX_CONTENT_LENGTH=50_000)
    yield app
    app.config.update(before)
