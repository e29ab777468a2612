"""The programmes beside the first: each is a document that can be walked in every one of its modes."""

import pytest

from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document, QuestionnaireError

SISTERS = ("run_once", "four_strict", "effective")
WALKED = {
    "Y-L": range(1, 9),
    "Y-W": range(1, 7),
    "Y-D": range(1, 9),
    "S-V": range(1, 9),
    "S-M": range(1, 9),
    "F-Z": range(1, 24),
}


@pytest.mark.parametrize("key", SISTERS)
def test_every_mode_has_steps_to_walk(key: str) -> None:
    document = Document.parse(source.programme(key))
    for mode in document.modes:
        assert document.for_mode(mode.id).screens


def test_the_questions_of_the_bank_are_carried() -> None:
    documents = [Document.parse(source.programme(key)) for key in SISTERS]
    carried = {question.id for document in documents for question in document.all_questions()}
    assert {f"{prefix}{number}" for prefix, numbers in WALKED.items() for number in numbers} <= carried


def test_the_weights_of_the_seven_measures_make_a_hundred() -> None:
    document = Document.parse(source.programme("effective"))
    assert [step.weight for step in document.steps] == [15, 10, 15, 20, 15, 15, 10]


def test_one_that_asks_respondents_asks_for_consent_first() -> None:
    step = Document.parse(source.programme("run_once")).step("ask")
    consent, *others = step.questions
    assert step.repeat and step.repeat.name == "受访者"
    assert all(one.show_if and one.show_if.question == consent.id for one in others)


def test_a_mode_without_a_step_is_refused() -> None:
    data = source.programme("run_once")
    steps = [step for step in data["steps"] if step["id"] != "look"]
    with pytest.raises(QuestionnaireError, match="modes/look：这种方式没有一个环节"):
        Document.parse({**data, "steps": steps})
