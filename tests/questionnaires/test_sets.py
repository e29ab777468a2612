"""What a document says of its steps and questions: who is asked more than once, what happens where, what answers mean."""

from copy import deepcopy
from typing import Any

import pytest

from walkthrough_app.questionnaires import sets, source
from walkthrough_app.questionnaires.document import Document, QuestionnaireError

Json = dict[str, Any]


@pytest.fixture
def data() -> Json:
    return deepcopy(source.programme("run_once"))


@pytest.fixture
def once(data: Json) -> Document:
    return Document.parse(data)


def step(data: Json, name: str) -> Json:
    return next(one for one in data["steps"] if one["id"] == name)


def test_a_new_person_may_be_asked_after_those_who_have_answered(once: Document) -> None:
    asked = once.for_mode("ask").with_sets(["Y-W0", "Y-W2_3"])
    names = [question.respondent for question in asked.step("ask").questions if question.id.startswith("Y-W0")]
    assert names == ["受访者1", "受访者2", "受访者3", "受访者4"]
    assert once.with_sets([]).step("ask").questions[0].respondent == "受访者1"


def test_what_depends_on_an_answer_depends_on_that_of_the_same_person(once: Document) -> None:
    second = once.with_sets(["Y-W0"]).question("Y-W4_2")
    assert second.show_if is not None
    assert second.show_if.question == "Y-W0_2"
    assert second.suggest[0].title == "受访者2：办事群众不满意"


def test_no_more_people_are_asked_than_the_document_allows(once: Document) -> None:
    assert sets.opened(once.step("ask"), ["Y-W0_30"]) == 30
    assert once.knows("Y-W0_30")
    assert not once.knows("Y-W0_31")


def test_a_document_that_asks_once_stays_as_it_is() -> None:
    walkthrough = Document.parse(source.programme("walkthrough"))
    assert walkthrough.with_sets(["W-Q1"]) is walkthrough
    assert not walkthrough.knows("W-Q1_2")


def test_a_step_may_say_what_happens_in_it(data: Json) -> None:
    step(data, "queue").update(id="wait", screen="wait", does="queue")
    document = Document.parse(data)
    found = document.doing("queue")
    assert found is not None
    assert found.id == "wait"
    assert document.doing("accept") is document.step("accept")
    assert document.for_mode("look").doing("queue") is None


def test_a_question_may_say_what_its_answer_means(data: Json) -> None:
    assert Document.parse(data).meaning("windows") == ""
    step(data, "accept")["questions"][0]["means"] = "extra_materials"
    assert Document.parse(data).meaning("extra_materials") == "Y-D2"
    assert Document.parse(source.programme("walkthrough")).meaning("windows") == "W-A4"


def change_review(data: Json) -> None:
    step(data, "look").update(id="review", screen="review")


def change_deeds(data: Json) -> None:
    step(data, "prepare")["does"] = "queue"


def change_auto(data: Json) -> None:
    step(data, "ask")["questions"][2]["auto"] = "trips"


def change_dependence(data: Json) -> None:
    step(data, "prepare")["questions"][0]["show_if"] = {"question": "Y-W0", "when": {"is": "yes"}}


def change_screen(data: Json) -> None:
    step(data, "track").update(modes=["look", "do"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (change_review, "steps/review：这个编号已有别的用处"),
        (change_deeds, "queue 只能有一个环节"),
        (change_auto, "问几个人的题不能自动记录"),
        (change_dependence, "Y-W0 要问几个人"),
        (change_screen, "modes/look，steps/track/screen"),
    ],
)
def test_what_cannot_be_walked_is_refused_with_its_place(data: Json, change: Any, why: str) -> None:
    change(data)
    with pytest.raises(QuestionnaireError, match=why):
        Document.parse(data)
