"""Publishing makes the next version; what is out never changes, and walks under way keep theirs."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.scenes import add_item
from tests.walkthroughs.conftest import plan_for
from walkthrough_app.accounts.models import User
from walkthrough_app.authoring import queries, service
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.board.search import listening
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry
from walkthrough_app.core import clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Conflict
from walkthrough_app.figures import service as figures
from walkthrough_app.quality.service import looking as quality
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.service import Beginning

Post = Callable[..., TestResponse]


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def test_a_fifth_programme_is_published_and_offered_to_campaigns(post: Post, desk: FlaskClient, at: str) -> None:
    assert "发布第 1 版" in text_of(desk.get(f"{at}/publish"))
    assert post("/publish").status_code == 303
    made = questionnaires.load("quick_service")
    assert (made.version, made.title) == (1, "窗口提速")
    assert "窗口提速 第 1 版" in text_of(desk.get("/campaigns/new"))
    said = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("questionnaire.%"))).all()
    assert {"questionnaire.draft_started", "questionnaire.published"} <= set(said)


def test_pressed_twice_it_is_published_once(post: Post, desk: FlaskClient, at: str) -> None:
    first, second = post("/publish", revision=1), post("/publish", revision=1)
    assert first.location == second.location
    assert [one.version for one in queries.versions("quick_service")] == [1]
    assert desk.get(at).location == first.location
    assert post("/arrange", revision=1, do="add:steps").status_code == 409
    assert post("/discard", revision=1).status_code == 409


def test_a_draft_with_problems_is_not_published(post: Post, desk: FlaskClient, at: str) -> None:
    post("/arrange", do="drop:steps:0:0")
    assert "处要改" in text_of(desk.get(f"{at}/publish"))
    assert post("/publish").status_code == 409
    assert queries.newest("quick_service") is None


def test_what_was_changed_meanwhile_is_looked_at_again(post: Post) -> None:
    post("/basics", title="窗口提速行动", key="quick_service", basis="S001", purpose="walk")
    refused = post("/publish", revision=1)
    assert refused.status_code == 409
    assert queries.newest("quick_service") is None


def test_the_next_version_shows_what_it_changes(post: Post, desk: FlaskClient, cast: SimpleNamespace) -> None:
    post("/publish")
    first = questionnaires.load("quick_service")
    kept = dict(first.document)
    opened = desk.post(f"/questionnaires/{first.id}/next").location
    assert desk.post(f"/questionnaires/{first.id}/next").location == opened
    draft = queries.open_draft("quick_service")
    assert draft
    with pytest.raises(Conflict, match="完全一样"):
        service.publish(draft, revision=draft.revision, by=cast.office)
    desk.post(f"{opened}/steps/0", data={"revision": 1, "title": "头一环节", "short": "头", "ribbon": "do"})
    shown = text_of(desk.get(f"{opened}/publish"))
    assert "<del>第一环节</del>" in shown
    assert "<ins>头一环节</ins>" in shown
    done = desk.post(f"{opened}/publish", data={"revision": 2})
    second = questionnaires.load("quick_service")
    assert (second.version, second.document["version"]) == (2, 2)
    assert dict(questionnaires.load("quick_service", 1).document) == kept
    assert "<ins>头一环节</ins>" in text_of(desk.get(done.location))


def test_an_id_that_is_out_or_is_the_systems_own_is_refused(desk: FlaskClient) -> None:
    fields = {"title": "又一份", "basis": "通知", "clause": "一句"}
    for key, said in (("walkthrough", "已经有这个代号"), ("recheck_x", "系统自己要用"), ("1x", "小写字母开头")):
        assert said in text_of(desk.post("/questionnaires/new/empty", data={**fields, "key": key}))
    assert queries.open_drafts() == []


def test_a_questionnaire_that_is_out_keeps_its_id(post: Post, desk: FlaskClient) -> None:
    post("/publish")
    opened = desk.post(f"/questionnaires/{questionnaires.load('quick_service').id}/next").location
    fields = {"revision": 1, "title": "改名", "key": "other", "basis": "S001", "purpose": "walk"}
    assert desk.post(f"{opened}/basics", data=fields).status_code == 303
    draft = queries.open_draft("quick_service")
    assert draft
    assert (draft.title, draft.document["id"]) == ("改名", "quick_service")


def test_a_new_one_may_still_change_its_id_but_not_to_one_that_is_taken(post: Post) -> None:
    fields = {"title": "窗口提速", "basis": "S001", "purpose": "visit"}
    assert "已经有这个代号" in text_of(post("/basics", key="run_once", **fields))
    assert post("/basics", key="faster", **fields).status_code == 303
    draft = queries.open_draft("faster")
    assert draft
    assert (draft.document["id"], draft.document["purpose"]) == ("faster", "visit")


def test_a_programme_begins_from_another_one(desk: FlaskClient) -> None:
    source = questionnaires.load("run_once")
    made = desk.post("/questionnaires/new/copy", data={"source": source.id, "title": "跑一次", "key": "run_once2"})
    assert made.status_code == 303
    draft = queries.open_draft("run_once2")
    assert draft
    assert (draft.document["title"], draft.document["version"]) == ("跑一次", 1)
    assert draft.document["steps"] == source.document["steps"]


def test_a_version_published_in_the_middle_of_a_hundred_walks_changes_none_of_them(
    desk: FlaskClient, cast: SimpleNamespace, client_for: Callable[[User], FlaskClient], campaign: Campaign
) -> None:
    with together():
        walks = begin_many([cast.head, cast.stranger, cast.county], campaign, 100)
    old = walks[0].questionnaire_id
    source = questionnaires.load("walkthrough")
    draft = service.start(source.document, by=cast.office, based_on=source)
    steps = [dict(one) for one in draft.document["steps"]]
    steps[0]["title"] = "先查询"
    service.save(draft, {**draft.document, "steps": steps}, "改名", revision=1, by=cast.office)
    db.session.commit()
    desk.post(f"/questionnaires/drafts/{draft.id}/publish", data={"revision": 2})
    made = questionnaires.load("walkthrough")
    assert made.version == source.version + 1
    for walk in walks[:3]:
        client = client_for(walk.walker)
        assert "先查询" not in text_of(client.get(f"/walks/{walk.id}/query"))
        saved = client.post(f"/walks/{walk.id}/query", data={"do": "save", "tap": str(uuid.uuid4()), "q-W-Q1": "phone"})
        assert saved.status_code == 303
    with together():
        for walk in walks[3:]:
            door = FormDoor(walk, walk.walker, uuid.uuid4())
            door.add("answer", "query", question="W-Q1", value=["phone"])
            door.commit()
    records = [log.record_of(db.session.get_one(Walkthrough, walk.id)) for walk in walks]
    assert {(tuple(one.answers["W-Q1"]), one.document.version) for one in records} == {(("phone",), source.version)}
    kept = db.session.scalars(select(Walkthrough.questionnaire_id).distinct()).all()
    assert kept == [old]
    late = begin(cast.head, campaign, "发布以后才走的事项")
    assert late.questionnaire_id == old  # the campaign chose it


@contextmanager
def together() -> Iterator[None]:
    """Let what counts walks add up once for all of the block, in one transaction."""
    with figures.later(), listening.paused(), quality.paused():
        yield
    db.session.commit()


def begin_many(walkers: list[User], campaign: Campaign, count: int) -> list[Walkthrough]:
    today = clock.today()
    plain = {"campaign": campaign, "mode": Mode.IN_PERSON, "from_on": today, "to_on": today}
    items = {who.id: add_item(who.unit, "居住证申领") for who in walkers}
    turns = [walkers[number % len(walkers)] for number in range(count)]
    plans = [PlanEntry(unit_id=who.unit_id, item=items[who.id], walker=who, **plain) for who in turns]
    db.session.add_all(plans)
    db.session.flush()
    return [walkthroughs.start(one, Beginning(), by=one.walker, tap=uuid.uuid4()) for one in plans]


def begin(who: User, campaign: Campaign, item: str) -> Walkthrough:
    plan = plan_for(who, add_item(who.unit, item), campaign)
    walk = walkthroughs.start(plan, Beginning(), by=who, tap=uuid.uuid4())
    db.session.commit()
    return walk


def test_two_offices_cannot_write_two_drafts_of_one_questionnaire(
    draft: QuestionnaireDraft, cast: SimpleNamespace, fifth: dict[str, Any]
) -> None:
    with pytest.raises(Conflict, match="已经有一份草稿"):
        service.start(fifth, by=cast.office)
