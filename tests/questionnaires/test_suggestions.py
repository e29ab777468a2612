"""What the answers point to, held to the vectors that the phone is held to as well."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document, Question
from walkthrough_app.questionnaires.suggestions import Advice, Facts, Suggestion, advise, suggest

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "suggestions.json").read_text(encoding="utf-8"))
DOCUMENT = Document.parse(next(one for one in source.builtin() if one["id"] == "walkthrough" and one["version"] == 1))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_answers_suggest_what_the_vectors_say(case: dict) -> None:
    found = suggest(DOCUMENT, case["answers"], facts=Facts(**case["facts"]), thresholds=case["thresholds"])
    assert [as_vector(one) for one in found] == case["suggestions"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_answers_propose_the_reforms_the_vectors_say(case: dict) -> None:
    found = advise(DOCUMENT, case["answers"], facts=Facts(**case["facts"]), thresholds=case["thresholds"])
    assert [as_advice(one) for one in found] == case["advice"]


def test_every_rule_that_is_more_than_a_plain_no_has_a_vector() -> None:
    covered = {
        (one["question"], one["title"], one["severity"]) for case in VECTORS["cases"] for one in case["suggestions"]
    }
    rules = {
        (question.id, rule.title, rule.severity)
        for question in DOCUMENT.all_questions()
        if question.type != "yn"
        for rule in question.suggest
    }
    assert rules - covered == set()


@pytest.mark.parametrize(
    "question", [one for one in DOCUMENT.all_questions() if one.type == "yn" and one.suggest], ids=lambda one: one.id
)
def test_every_no_suggests_one_problem_with_its_clause(question: Question) -> None:
    (found,) = suggest(DOCUMENT, {question.id: "no"}, facts=Facts(), thresholds={})
    assert (found.question_id, found.clause) == (question.id, question.clause)


def test_a_proposal_for_reform_blames_nobody() -> None:
    found = suggest(DOCUMENT, {"W-R5": "shorter", "W-A2": "no"}, facts=Facts(), thresholds={})
    assert {one.question_id: one.improve for one in found} == {"W-R5": True, "W-A2": False}


def test_what_the_companion_says_belongs_to_the_step_he_names() -> None:
    found = suggest(DOCUMENT, {"W-B2": "dissatisfied", "W-B3": "queue"}, facts=Facts(), thresholds={})
    assert [one.step for one in found] == ["queue", "queue"]


def test_what_the_companion_says_belongs_to_no_step_when_he_names_none() -> None:
    (found,) = suggest(DOCUMENT, {"W-B2": "dissatisfied", "W-B3": "none"}, facts=Facts(), thresholds={})
    assert found.step is None


def test_low_marks_for_the_counter_offer_both_categories() -> None:
    (found,) = suggest(DOCUMENT, {"W-A8": 2}, facts=Facts(), thresholds={})
    assert (found.category, found.also) == ("G2", ("H3",))


def legal(question: Question) -> st.SearchStrategy:
    """Every answer a walker can give to a question, none included."""
    ids = [option.id for option in question.options]
    kinds = {
        "yn": st.sampled_from(["yes", "no"]),
        "count": st.integers(0, 999),
        "minutes": st.integers(0, 10_000),
        "days": st.integers(0, 999),
        "score5": st.integers(1, 5),
        "text": st.text(min_size=1, max_size=500),
        "photo": st.uuids().map(str),
        "one": st.sampled_from(ids or ["-"]),
        "many": st.lists(st.sampled_from(ids or ["-"]), min_size=1, unique=True),
    }
    return st.none() | st.just("na") | kinds[question.type]


ANSWERS = st.fixed_dictionaries({question.id: legal(question) for question in DOCUMENT.all_questions()})
FACTS = st.builds(Facts, *[st.none() | st.integers(0, 365)] * 3)
THRESHOLDS = st.dictionaries(st.sampled_from(list(DOCUMENT.thresholds)), st.integers(0, 10_000))


@settings(deadline=None)
@given(ANSWERS, FACTS, THRESHOLDS)
def test_no_combination_of_answers_is_too_strange(answers: dict, facts: Facts, thresholds: dict) -> None:
    given_answers = {key: value for key, value in answers.items() if value is not None}
    found = suggest(DOCUMENT, given_answers, facts=facts, thresholds=thresholds)
    assert len({one.question_id for one in found}) == len(found)
    for one in found:
        assert DOCUMENT.category_name(one.category)
        assert 0 < len(one.title) <= 60
        assert "{" not in one.reason or one.question_id == "W-B4"
    for one in advise(DOCUMENT, given_answers, facts=facts, thresholds=thresholds):
        assert "{" not in one.text


def as_vector(one: Suggestion) -> dict:
    fields = {name: value for name, value in asdict(one).items() if name not in {"question_id", "clause"}}
    return {"question": one.question_id, **fields, "also": list(one.also)}


def as_advice(one: Advice) -> dict:
    return {"question": one.question_id, "step": one.step, "heading": one.heading, "text": one.text}
