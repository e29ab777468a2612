"""Problems and measures: suggested, confirmed, edited, dropped; every measure as S002-64…66 ask."""

import uuid
from datetime import timedelta

import pytest

from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs.models import WalkState


def test_a_suggestion_becomes_a_finding_with_its_clause(send, post, state, head, walk) -> None:
    post("queue", **{"q-W-K3": "no"})
    page = head.get(f"/walks/{walk.id}/findings/new?question=W-K3").text
    assert "办事场所秩序乱" in page
    answer = send("new", title="大厅秩序乱", severity="moderate", category="C1", question="W-K3", step="queue")
    key, finding = next(iter(state().findings.items()))
    assert answer.headers["Location"].endswith(f"/findings/{key}/measure")
    assert finding["title"] == "大厅秩序乱"
    assert finding["step"] == "queue"
    assert "秩序" in finding["clause"]["text"]
    assert "可能的问题" not in head.get(f"/walks/{walk.id}/queue").text.split("card-W-K3")[1].split("card-W-K4")[0]


def test_the_button_on_the_step_page_leads_to_the_finding(post, walk) -> None:
    answer = post("queue", "finding:W-K3", **{"q-W-K3": "no"})
    assert f"/walks/{walk.id}/findings/new" in answer.headers["Location"]
    assert "question=W-K3" in answer.headers["Location"]


def test_a_finding_can_be_edited_and_dropped(send, finding, state, head, walk) -> None:
    send(finding, title="照相与受理分在两层", severity="serious", category="C7")
    assert state().findings[finding]["title"] == "照相与受理分在两层"
    assert state().findings[finding]["severity"] == "serious"
    head.post(f"/walks/{walk.id}/findings/{finding}/drop", data={"tap": str(uuid.uuid4())})
    assert finding not in state().findings


def test_a_finding_needs_a_title_and_a_category(send, state) -> None:
    answer = send("new", fact="没有标题", severity="minor")
    assert "请用一句话写明问题" in answer.text
    assert "没有标题" in answer.text
    assert state().findings == {}


def test_a_finding_without_category_keeps_what_was_typed(send, state) -> None:
    answer = send("new", title="排队太久", fact="等了一个小时", severity="minor", category="")
    assert answer.status_code == 200
    assert "请选择类别" in answer.text
    assert "等了一个小时" in answer.text
    assert state().findings == {}


def test_a_category_that_does_not_exist_is_refused(send, state) -> None:
    assert send("new", title="问题", severity="minor", category="Z9").status_code == 200
    assert state().findings == {}


def test_pictures_of_other_walks_cannot_be_attached(send, state) -> None:
    send("new", title="问题", severity="minor", category="C1", photos=[str(uuid.uuid4())])
    assert next(iter(state().findings.values()))["photos"] == []


def test_fixed_at_once_needs_a_measure(measure, state, finding) -> None:
    assert "请写明整改措施" in measure(rectify_type="immediate").text
    measure(rectify_type="immediate", measure="更正网上办公时间")
    assert state().findings[finding]["measure"]["rectify_type"] == "immediate"


@pytest.mark.parametrize(("missing", "sentence"), [("due_on", "整改时限"), ("steps", "整改步骤")])
def test_rectifying_later_needs_deadline_and_steps(missing, sentence, measure, state, finding) -> None:
    due_on = (clock.today() + timedelta(days=20)).isoformat()
    fields = {"rectify_type": "deadline", "measure": "合并窗口", "steps": "先腾窗口", "due_on": due_on}
    answer = measure(**{**fields, missing: ""})
    assert sentence in answer.text
    assert "S002-66" in answer.text
    assert state().findings[finding]["measure"] is None
    assert measure(**fields).status_code == 303
    assert state().findings[finding]["measure"]["due_on"] == due_on


def test_an_impossible_date_is_refused_in_chinese(measure) -> None:
    answer = measure(rectify_type="deadline", measure="合并", steps="一步", due_on="2026-13-77")
    assert answer.status_code == 200
    assert "Not a valid" not in answer.text


def test_the_liaison_sets_measures_once_the_walk_is_done(cast, client_for, measure, walk, state, finding) -> None:
    liaison = client_for(cast.liaison)
    assert measure(client=liaison, rectify_type="immediate", measure="马上改").status_code == 403
    walk.state = WalkState.FINISHED
    db.session.commit()
    assert measure(client=liaison, rectify_type="immediate", measure="马上改").status_code == 303
    assert state().findings[finding]["measure"]["measure"] == "马上改"


@pytest.mark.parametrize("who", ["deputy", "stranger", "county"])
def test_a_stranger_finds_no_finding(who, cast, client_for, measure, finding) -> None:
    assert measure(client=client_for(getattr(cast, who)), rectify_type="immediate", measure="x").status_code == 404


def test_a_finding_that_does_not_exist_is_not_there(head, walk) -> None:
    assert head.get(f"/walks/{walk.id}/findings/{uuid.uuid4()}").status_code == 404
    assert head.get(f"/walks/{walk.id}/findings/{uuid.uuid4()}/measure").status_code == 404


@pytest.fixture
def send(head, walk):
    def post(which: str, **fields):
        data = {"tap": str(uuid.uuid4()), **fields}
        return head.post(f"/walks/{walk.id}/findings/{which}", data=data, content_type="multipart/form-data")

    return post


@pytest.fixture
def finding(send, state) -> str:
    send("new", title="须重复取号", severity="minor", category="C7", step="queue")
    return next(iter(state().findings))


@pytest.fixture
def measure(head, walk, finding):
    def post(client=None, **fields):
        data = {"tap": str(uuid.uuid4()), **fields}
        address = f"/walks/{walk.id}/findings/{finding}/measure"
        return (client or head).post(address, data=data, content_type="multipart/form-data")

    return post
