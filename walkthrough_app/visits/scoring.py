"""The score of a visit, for documents whose steps have weights (domain §5.5). Pure.

是 counts as passed, 否 as failed, 不适用 and what was not answered is left out; counts and choices pass or fail by the
rules that suggest a problem. A measure has passed ÷ asked × weight; the total is their sum ÷ the weights asked × 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.parts import Question, Step
from walkthrough_app.questionnaires.rules import NA, AnswerValue, is_missing
from walkthrough_app.questionnaires.suggestions import Facts, suggest_among

Json = dict[str, Any]
UNSCORED = frozenset({"text", "photo", "date"})


@dataclass(frozen=True)
class Measure:
    """One weighted step: of `of` questions `asked` were answered with more than 不适用, and `passed` were well."""

    id: str
    title: str
    weight: int
    passed: int
    asked: int
    of: int

    @property
    def points(self) -> float:
        """What it has of its weight; 0 where nothing was asked, which counts nowhere."""
        return self.passed / self.asked * self.weight if self.asked else 0.0


@dataclass(frozen=True)
class Score:
    measures: tuple[Measure, ...]

    @property
    def total(self) -> float | None:
        """Return 0…100 with one decimal; None when nothing with a weight was asked."""
        weights = sum(one.weight for one in self.measures if one.asked)
        return round(sum(one.points for one in self.measures) / weights * 100, 1) if weights else None

    def as_json(self, *, evidence: int) -> Json:
        """Return the score with its coverage and its evidence, which stand beside it wherever it is shown."""
        return {
            "total": self.total,
            "asked": sum(one.asked for one in self.measures),
            "of": sum(one.of for one in self.measures),
            "evidence": evidence,
            "measures": [
                {name: getattr(one, name) for name in ("id", "title", "weight", "passed", "asked", "of")}
                | {"points": round(one.points, 1)}
                for one in self.measures
            ],
        }


def score(
    document: Document, answers: Mapping[str, AnswerValue], *, facts: Facts, thresholds: Mapping[str, int]
) -> Score:
    """Add up what the answers to the weighted steps are worth; no measures for a document without weights."""
    weighted = [step for step in document.steps if step.weight]
    asked = [question for step in weighted for question in step.questions]
    found = suggest_among(document, asked, answers, facts=facts, thresholds=thresholds)
    failed = {one.question_id for one in found if not one.improve}
    return Score(tuple(_measure(document, step, answers, failed) for step in weighted))


def _measure(document: Document, step: Step, answers: Mapping[str, AnswerValue], failed: set[str]) -> Measure:
    of = [one for one in step.questions if _counts(one) and document.is_asked(one, answers)]
    asked = [one for one in of if not is_missing(answers.get(one.id)) and answers.get(one.id) != NA]
    passed = sum(one.id not in failed and not _is_no(one, answers) for one in asked)
    return Measure(step.id, step.title, step.weight or 0, passed, len(asked), len(of))


def _counts(question: Question) -> bool:
    """Tell whether a question can be passed or failed at all."""
    return question.type == "yn" or bool(question.suggest and question.type not in UNSCORED)


def _is_no(question: Question, answers: Mapping[str, AnswerValue]) -> bool:
    """Take 否 as failed where no rule says what it means."""
    return question.type == "yn" and not question.suggest and answers.get(question.id) == "no"
