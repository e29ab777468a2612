"""Beginning a walk: at the enquiry, by the right person, with what the mode needs."""

import io
import uuid

import pytest

from tests.walkthroughs.conftest import jpeg, kinds, plan_for
from walkthrough_app.campaigns.models import Mode, PlanState
from walkthrough_app.core import db
from walkthrough_app.walkthroughs import log, queries
from walkthrough_app.walkthroughs.models import WalkState


def start(client, plan, **fields):
    data = {"tap": str(uuid.uuid4()), **fields}
    return client.post(f"/walks/start/{plan.id}", data=data, content_type="multipart/form-data")


def test_the_head_starts_at_the_enquiry(head, plan) -> None:
    answer = start(head, plan, kind="real")
    walk = queries.walk_of_plan(plan)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/walks/{walk.id}")
    assert kinds(walk) == ["start", "step_start"]
    assert log.record_of(walk).state.current == "query"


def test_the_page_to_start_says_what_incognito_means(head, plan) -> None:
    page = head.get(f"/walks/start/{plan.id}").text
    for rule in ("不亮身份", "不打招呼", "不安排陪同"):
        assert rule in page


def test_starting_twice_is_one_walk(head, plan) -> None:
    first, second = start(head, plan, kind="real"), start(head, plan, kind="real")
    assert first.headers["Location"] == second.headers["Location"]


def test_a_simulated_walk_says_where_it_stops(head, plan) -> None:
    assert "请选择模拟到哪一步" in start(head, plan, kind="simulated").text
    assert queries.walk_of_plan(plan) is None
    start(head, plan, kind="simulated", simulation_stop="accept")
    walk = queries.walk_of_plan(plan)
    assert walk.is_simulated
    assert log.record_of(walk).state.simulation_stop == "accept"


def test_walking_on_behalf_cannot_start_without_the_authorisation(head, on_behalf) -> None:
    answer = start(head, on_behalf, principal="firm", scope="whole")
    assert "委托书" in answer.text
    assert queries.walk_of_plan(on_behalf) is None


def test_walking_on_behalf_starts_with_the_photo_of_the_authorisation(head, on_behalf, scope) -> None:
    answer = start(head, on_behalf, principal="firm", scope=scope, photo=(jpeg(), "a.jpg"))
    walk = queries.walk_of_plan(on_behalf)
    assert answer.status_code == 303
    assert kinds(walk) == ["start", "photo", "authorization", "step_start"]
    state = log.record_of(walk).state
    assert state.authorization["principal"] == "firm"
    assert state.authorization["photo"] in state.photos


def test_the_photo_is_kept_when_another_field_is_missing(head, on_behalf, scope) -> None:
    page = start(head, on_behalf, scope=scope, photo=(jpeg(), "a.jpg"))
    assert queries.walk_of_plan(on_behalf) is None
    kept = page.text.split('name="kept_photo"')[1].split('value="')[1].split('"')[0]
    assert start(head, on_behalf, principal="citizen", scope=scope, kept_photo=kept).status_code == 303


def test_a_kept_photo_cannot_be_made_up(head, on_behalf, scope) -> None:
    start(head, on_behalf, principal="citizen", scope=scope, kept_photo="a" * 64)
    assert queries.walk_of_plan(on_behalf) is None


def test_a_photo_cut_short_is_refused_beside_the_field(head, on_behalf, scope) -> None:
    whole = jpeg().getvalue()
    half = io.BytesIO(whole[: len(whole) // 2])
    answer = start(head, on_behalf, principal="firm", scope=scope, photo=(half, "a.jpg"))
    assert "照片不完整" in answer.text
    assert queries.walk_of_plan(on_behalf) is None


def test_a_file_that_is_no_picture_is_refused(head, on_behalf, scope) -> None:
    answer = start(head, on_behalf, principal="firm", scope=scope, photo=(io.BytesIO(b"<svg/>"), "a.jpg"))
    assert "照片" in answer.text
    assert queries.walk_of_plan(on_behalf) is None


def test_accompanying_needs_consent_first(head, accompanied) -> None:
    assert "同意" in start(head, accompanied).text
    assert queries.walk_of_plan(accompanied) is None
    assert start(head, accompanied, consent="y").status_code == 303
    assert kinds(queries.walk_of_plan(accompanied)) == ["start", "consent", "step_start"]


@pytest.mark.parametrize("who", ["liaison", "style", "coord", "office", "admin"])
def test_those_who_do_not_walk_cannot_start(who, cast, client_for, plan) -> None:
    assert start(client_for(getattr(cast, who)), plan).status_code == 403


@pytest.mark.parametrize("who", ["deputy", "stranger", "county"])
def test_another_walkers_plan_is_not_there(who, cast, client_for, plan) -> None:
    assert start(client_for(getattr(cast, who)), plan, kind="real").status_code == 404
    assert client_for(getattr(cast, who)).get(f"/walks/start/{plan.id}").status_code == 404


def test_a_dropped_plan_cannot_be_started(head, plan) -> None:
    plan.state = PlanState.DROPPED
    db.session.commit()
    assert start(head, plan, kind="real").status_code in {404, 409}


def test_an_item_that_became_must_walk_cannot_be_walked_by_a_deputy(cast, client_for, campaign, item) -> None:
    plan = plan_for(cast.deputy, item, campaign, delegation_reason="因事项较多，不能在规定时间内完成体验")
    item.is_complaint = True
    db.session.commit()
    answer = start(client_for(cast.deputy), plan, kind="real")
    assert answer.status_code == 409
    assert "S002-10" in answer.text


def test_a_void_walk_leaves_the_plan_free(head, plan, walk) -> None:
    head.post(f"/walks/{walk.id}/void", data={"tap": str(uuid.uuid4()), "reason": "窗口停电"})
    db.session.expire_all()
    assert walk.state is WalkState.VOID
    assert start(head, plan, kind="real").status_code == 303
    assert queries.walk_of_plan(plan).id != walk.id


@pytest.fixture
def scope(campaign) -> str:
    from walkthrough_app.questionnaires import service as questionnaires

    document = questionnaires.document_of(campaign.questionnaire)
    return document.question("W-G3").options[0].id


@pytest.fixture
def on_behalf(cast, campaign, must_walk_item):
    return plan_for(cast.head, must_walk_item, campaign, Mode.ON_BEHALF)


@pytest.fixture
def accompanied(cast, campaign, must_walk_item):
    return plan_for(cast.head, must_walk_item, campaign, Mode.ACCOMPANIED)
