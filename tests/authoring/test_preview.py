"""The preview answers taps as the phone does, in every mode, and keeps nothing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from walkthrough_app.authoring import service
from walkthrough_app.authoring.models import DraftSave, QuestionnaireDraft
from walkthrough_app.core import db
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs.models import WalkEvent, Walkthrough

Post = Callable[..., TestResponse]


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def counted() -> list[int]:
    tables: list[Any] = [Walkthrough, WalkEvent, QuestionnaireDraft, DraftSave]
    return [db.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def previewed(cast: SimpleNamespace, key: str) -> str:
    source = questionnaires.load(key)
    draft = service.start(source.document, by=cast.office, based_on=source)
    db.session.commit()
    return f"/questionnaires/drafts/{draft.id}/preview"


def test_each_mode_shows_its_own_steps(desk: FlaskClient, cast: SimpleNamespace) -> None:
    at = previewed(cast, "run_once")
    assert "门好进" in text_of(desk.get(at))
    asked = text_of(desk.get(f"{at}?mode=ask"))
    assert "说明来意" in asked
    assert "门好进" not in asked
    assert desk.get(f"{at}?mode=fly").status_code == 404
    assert desk.get(f"{at}?mode=ask&screen=look").status_code == 404


def test_a_bad_answer_suggests_its_problem_and_nothing_is_kept(desk: FlaskClient, cast: SimpleNamespace) -> None:
    at = previewed(cast, "run_once")
    before = counted()
    shown = text_of(desk.post(at, data={"mode": "look", "screen": "look", "q-Y-L1": "no", "q-Y-L5": "50"}))
    assert "可能的问题：门难进" in shown
    assert "可能的问题：等候过长" in shown
    assert counted() == before


def test_answers_of_one_page_decide_what_the_next_asks(desk: FlaskClient, cast: SimpleNamespace) -> None:
    at = previewed(cast, "walkthrough")
    told = {"mode": "in_person", "screen": "query", "q-W-Q1": "web", "go": "prepare"}
    shown = text_of(desk.post(at, data=told))
    assert 'name="q-W-Q1" value="web"' in shown
    assert "电话打了几次" not in text_of(desk.post(at, data={**told, "go": "query"}))
    assert "电话打了几次" in text_of(desk.post(at, data={**told, "q-W-Q1": "phone", "go": "query"}))


def test_addons_have_a_page_at_the_end(desk: FlaskClient, cast: SimpleNamespace) -> None:
    at = previewed(cast, "walkthrough")
    names = [one["modes"] for one in questionnaires.load("walkthrough").document["addons"] if one.get("modes")]
    mode = names[0][0]
    assert "附加" in text_of(desk.get(f"{at}?mode={mode}&screen=addons"))


def test_every_builtin_programme_can_be_previewed_in_every_mode(desk: FlaskClient, cast: SimpleNamespace) -> None:
    for key in ("walkthrough", "run_once", "four_strict", "effective"):
        at = previewed(cast, key)
        for mode in questionnaires.document_of(questionnaires.load(key)).modes:
            assert desk.get(f"{at}?mode={mode.id}").status_code == 200
