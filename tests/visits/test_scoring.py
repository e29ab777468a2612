"""The score of a visit: passed ÷ asked × weight, and what was not asked counts nowhere."""

from typing import Any

import pytest

from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.suggestions import Facts
from walkthrough_app.visits.scoring import Score, score

SHOW = {f"F-Z{n}": "yes" for n in range(1, 5)}
CERT = {f"F-Z{n}": "yes" for n in range(5, 8)}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {one["id"]: Document.parse(one) for one in source.builtin()}


@pytest.fixture(scope="module")
def effective(documents: dict[str, Document]) -> Document:
    return documents["effective"]


def scored(document: Document, answers: dict[str, Any]) -> Score:
    return score(document, answers, facts=Facts(), thresholds={})


def test_the_weights_are_those_of_the_seven_measures(effective: Document) -> None:
    found = scored(effective, {})
    assert [one.weight for one in found.measures] == [15, 10, 15, 20, 15, 15, 10]
    assert sum(one.of for one in found.measures) == 23
    assert found.total is None


def test_all_yes_is_a_hundred_and_all_no_is_nothing(effective: Document) -> None:
    assert scored(effective, SHOW | CERT).total == 100
    assert scored(effective, dict.fromkeys(SHOW, "no")).total == 0


def test_a_measure_is_worth_its_share_and_the_total_is_of_what_was_asked(effective: Document) -> None:
    found = scored(effective, SHOW | {"F-Z1": "no"} | CERT)
    assert [one.points for one in found.measures[:2]] == [11.25, 10]
    assert found.total == 85.0  # (11.25 + 10) ÷ (15 + 10)


def test_what_does_not_apply_is_left_out(effective: Document) -> None:
    found = scored(effective, {"F-Z5": "na", "F-Z6": "na", "F-Z7": "yes"})
    assert (found.measures[1].passed, found.measures[1].asked, found.measures[1].of) == (1, 1, 3)
    assert scored(effective, SHOW | dict.fromkeys(CERT, "na")).total == 100


@pytest.mark.parametrize(
    ("answers", "passed"),
    [
        ({"F-Z14": 0}, 1),
        ({"F-Z14": 1}, 0),
        ({"F-Z23": 2}, 1),
        ({"F-Z23": 1}, 0),
        ({"F-Z16": ["all"]}, 1),
        ({"F-Z16": ["reply"]}, 0),
    ],
)
def test_counts_and_choices_pass_by_the_rule_that_suggests_a_problem(
    effective: Document, answers: dict[str, Any], passed: int
) -> None:
    found = scored(effective, answers)
    assert sum(one.passed for one in found.measures) == passed
    assert sum(one.asked for one in found.measures) == 1


def test_coverage_and_evidence_stand_beside_it(effective: Document) -> None:
    told = scored(effective, SHOW).as_json(evidence=3)
    assert (told["total"], told["asked"], told["of"], told["evidence"]) == (100, 4, 23, 3)
    assert told["measures"][0] == {
        "id": "show",
        "title": "亮牌服务",
        "weight": 15,
        "passed": 4,
        "asked": 4,
        "of": 4,
        "points": 15.0,
    }


def test_a_document_without_weights_has_no_score(documents: dict[str, Document]) -> None:
    assert scored(documents["run_once"], {"Y-L1": "yes"}).measures == ()
