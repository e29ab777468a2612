"""What the answers point to: problems to confirm and reforms to propose. Pure; held to `tests/vectors`."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from walkthrough_app.questionnaires.answers import plain_answer
from walkthrough_app.questionnaires.document import Answers, Document
from walkthrough_app.questionnaires.parts import Clause, Question, Rule
from walkthrough_app.questionnaires.rules import AnswerValue, Numbers, holds, limit_of


@dataclass(frozen=True)
class Facts:
    """The item as published: materials in the guide, promised working days (0 = on the spot), visits to the site."""

    guide_materials: int | None = None
    promise_workdays: int | None = None
    limit_scene_num: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """A possible problem; at most one a question. `improve` marks a proposal that blames nobody."""

    question_id: str
    step: str | None
    title: str
    category: str
    severity: str
    clause: Clause
    reason: str
    improve: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """A reform the walker proposed; `heading` is the id of one of the document's reform headings."""

    question_id: str
    step: str | None
    heading: str
    text: str
    clause: Clause


def suggest(document: Document, answers: Answers, *, facts: Facts, thresholds: Mapping[str, int]) -> list[Suggestion]:
    """Return the possible problems in the order of the questions; thresholds not given are the document's own."""
    return suggest_among(document, document.all_questions(), answers, facts=facts, thresholds=thresholds)


def suggest_among(
    document: Document, questions: Iterable[Question], answers: Answers, *, facts: Facts, thresholds: Mapping[str, int]
) -> list[Suggestion]:
    """Return the possible problems that the answers to some questions point to: of a record, of a public form."""
    numbers = _numbers(document, facts, thresholds)
    found = []
    for question in questions:
        value = answers.get(question.id)
        if value is not None and document.is_asked(question, answers):
            rule = next((rule for rule in question.suggest if holds(rule.when, value, numbers)), None)
            found += [_suggestion(document, question, rule, answers, numbers)] if rule else []
    return found


def advise(document: Document, answers: Answers, *, facts: Facts, thresholds: Mapping[str, int]) -> list[Advice]:
    """Return the reforms the answers propose, in the order of the questions."""
    numbers = _numbers(document, facts, thresholds)
    return [
        Advice(
            question_id=question.id,
            step=document.step_of(question.id),
            heading=rule.heading,
            text=_fill(rule.text, question, answers[question.id], limit_of(rule.when, numbers)),
            clause=question.clause,
        )
        for question in document.all_questions()
        if document.is_asked(question, answers)
        for rule in question.advice
        if holds(rule.when, answers.get(question.id), numbers)
    ]


def _numbers(document: Document, facts: Facts, thresholds: Mapping[str, int]) -> Numbers:
    return {"fact": asdict(facts), "threshold": {**document.thresholds, **thresholds}}


def _suggestion(document: Document, question: Question, rule: Rule, answers: Answers, numbers: Numbers) -> Suggestion:
    limit = limit_of(rule.when, numbers)
    reason = rule.reason_at_zero if limit == 0 and rule.reason_at_zero else rule.reason
    return Suggestion(
        question_id=question.id,
        step=_step(document, question, rule, answers),
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        clause=question.clause,
        reason=_fill(reason, question, answers[question.id], limit),
        improve=rule.improve,
        also=rule.also,
    )


def _step(document: Document, question: Question, rule: Rule, answers: Answers) -> str | None:
    if rule.step_from is None:
        return document.step_of(question.id)
    named = answers.get(rule.step_from)
    return next((step.id for step in document.steps if step.id == named), None)


def _fill(text: str, question: Question, value: AnswerValue, limit: int | None) -> str:
    """Put the figures in; the answer last, for it may hold braces of its own."""
    return text.replace("{limit}", str(limit)).replace("{value}", plain_answer(question, value))
