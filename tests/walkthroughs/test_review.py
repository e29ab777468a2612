"""核对 and the end of the walk: it warns, explains and never blocks honest work."""

import io
import uuid
import zipfile

import pytest

from tests.walkthroughs.conftest import jpeg, plan_for
from walkthrough_app.core import db
from walkthrough_app.walkthroughs import package, queries, review, service
from walkthrough_app.walkthroughs.log import record_of
from walkthrough_app.walkthroughs.models import WalkState
from walkthrough_app.walkthroughs.service import Beginning

DISCIPLINE = {f"q-W-I{n}": "yes" for n in range(1, 5)}


def test_an_honest_walk_without_findings_gives_its_reason_and_is_finished(end, walk) -> None:
    answer = end(no_finding="走了两遍都一次办成", **DISCIPLINE)
    assert answer.status_code == 303
    db.session.expire_all()
    assert walk.state is WalkState.FINISHED


def test_no_finding_and_no_reason_asks_for_the_reason(end, walk) -> None:
    answer = end(**DISCIPLINE)
    assert "请写明原因" in answer.text
    db.session.expire_all()
    assert walk.state is WalkState.IN_PROGRESS


def test_the_four_declarations_are_asked_for(end) -> None:
    answer = end(no_finding="确实没有", **{"q-W-I1": "yes"})
    assert "暗访纪律四项" in answer.text


def test_a_declaration_may_honestly_be_no(end, walk) -> None:
    end(no_finding="确实没有", **{**DISCIPLINE, "q-W-I3": "no", "note-W-I3": "司机送到门口"})
    db.session.expire_all()
    assert walk.state is WalkState.FINISHED
    assert record_of(walk).state.answers["W-I3"]["note"] == "司机送到门口"


def test_what_is_missing_is_listed_and_does_not_block(head, walk, end) -> None:
    page = head.get(f"/walks/{walk.id}/review").text
    for gap in ("没有佐证照片", "“准备材料”没有记录"):
        assert gap in page
    assert end(no_finding="确实没有", **DISCIPLINE).status_code == 303


def test_a_step_done_in_a_blink_is_pointed_out(post, walk) -> None:
    post("query", "next")
    texts = [gap.text for gap in review.gaps(record_of(walk))]
    assert "“查询”用时不到 1 分钟" in texts


def test_a_simulated_walk_is_not_asked_for_what_lies_behind_its_stop(simulated) -> None:
    texts = [gap.text for gap in review.gaps(record_of(simulated))]
    assert "“受理”没有记录" in texts
    assert "“拿结果”没有记录" not in texts


def test_an_item_that_became_must_walk_on_the_way_is_pointed_out(cast, campaign, item) -> None:
    entry = plan_for(cast.deputy, item, campaign, delegation_reason="因事项较多，不能在规定时间内完成体验")
    made = service.start(entry, Beginning(), by=cast.deputy, tap=uuid.uuid4())
    item.is_complaint = True
    db.session.commit()
    assert "这个事项已列为一把手必须亲身体验" in [gap.text for gap in review.gaps(record_of(made))]


def test_minutes_can_be_corrected_with_a_reason_and_the_old_ones_stay(head, walk, post, state) -> None:
    post("query", "next")
    address = f"/walks/{walk.id}/timing/query"
    assert "请写明原因" in head.post(address, data={"minutes": "12"}).text
    head.post(address, data={"minutes": "12", "reason": "忘了停表"})
    step = state().steps["query"]
    assert (step.seconds, step.typed["reason"], len(step.runs)) == (720, "忘了停表", 1)


def test_a_finished_walk_can_be_reopened(end, head, walk) -> None:
    end(no_finding="确实没有", **DISCIPLINE)
    head.post(f"/walks/{walk.id}/reopen", data={"tap": str(uuid.uuid4())})
    db.session.expire_all()
    assert walk.state is WalkState.IN_PROGRESS


def test_finishing_twice_is_finishing_once(end, walk) -> None:
    end(no_finding="确实没有", **DISCIPLINE)
    answer = end(no_finding="确实没有", **DISCIPLINE)
    assert answer.status_code == 409
    assert [event.kind for event in queries.events_of(walk)].count("finish") == 1


def test_a_walk_may_wait_for_its_result(post, head, walk) -> None:
    post("accept", "accepted")
    head.post(f"/walks/{walk.id}/review", data={"do": "rest", "tap": str(uuid.uuid4())})
    db.session.expire_all()
    assert walk.state is WalkState.AWAITING_RESULT


def test_voiding_needs_a_reason(head, walk) -> None:
    assert "请写明作废的原因" in head.post(f"/walks/{walk.id}/void", data={}).text


def test_the_package_of_a_walk_can_be_read_again(head, walk, post, photo_file) -> None:
    post("queue", photo=photo_file)
    answer = head.get(f"/walks/{walk.id}/package.zip")
    read = package.read(io.BytesIO(answer.data))
    record = read.walks[0]
    assert record.state.as_json() == record_of(walk).state.as_json()
    (photo,) = record.state.photos.values()
    assert read.media(photo["media"])[:2] == b"\xff\xd8"
    assert walk.walker.name not in zipfile.ZipFile(io.BytesIO(answer.data)).read("walk.json").decode()


def test_the_liaisons_package_holds_no_unmasked_picture(cast, client_for, walk, post, photo_file) -> None:
    post("queue", photo=photo_file)
    answer = client_for(cast.liaison).get(f"/walks/{walk.id}/package.zip")
    assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == ["walk.json"]


@pytest.mark.parametrize("who", ["deputy", "stranger"])
def test_a_stranger_cannot_end_a_walk(who, cast, client_for, walk) -> None:
    client = client_for(getattr(cast, who))
    for verb in ("review", "reopen", "void"):
        assert client.post(f"/walks/{walk.id}/{verb}", data={"reason": "x"}).status_code == 404


def test_the_liaison_cannot_end_a_walk(cast, client_for, walk) -> None:
    liaison = client_for(cast.liaison)
    for verb in ("review", "reopen", "void"):
        assert liaison.post(f"/walks/{walk.id}/{verb}", data={"reason": "x"}).status_code == 403


@pytest.fixture
def end(head, walk):
    def post(**fields):
        data = {"do": "finish", "tap": str(uuid.uuid4()), **fields}
        return head.post(f"/walks/{walk.id}/review", data=data)

    return post


@pytest.fixture
def simulated(plan, cast):
    beginning = Beginning(is_simulated=True, simulation_stop="accept")
    made = service.start(plan, beginning, by=cast.head, tap=uuid.uuid4())
    db.session.commit()
    return made


@pytest.fixture
def photo_file():
    return jpeg(), "a.jpg"
