"""Questions asked of several people: a set of answers each; from the second on its ids end in `_2`, `_3`…"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from walkthrough_app.questionnaires.parts import Question, Rule, Step

SET_ID = re.compile(r"^(.+)_([1-9][0-9]?)$")


def id_in(question_id: str, number: int) -> str:
    """Return the id under which a set keeps the answer to a question; the first one under its own."""
    return question_id if number == 1 else f"{question_id}_{number}"


def split(question_id: str) -> tuple[str, int]:
    """Return a question's own id and the number of the set; (id, 1) when it stands in no further set."""
    found = SET_ID.match(question_id)
    return (found[1], int(found[2])) if found and int(found[2]) > 1 else (question_id, 1)


def opened(step: Step, answered: Iterable[str]) -> int:
    """Return how many sets a step offers: those up to the last that holds an answer, and a new one if there may be."""
    own = {question.id for question in step.questions}
    numbers = [number for base, number in map(split, answered) if base in own]
    return min(max(numbers, default=0) + 1, step.repeat.most) if step.repeat else 1


def unfolded(step: Step, answered: Iterable[str]) -> Step:
    """Return the step with the questions of all its sets, each named after its respondent."""
    if step.repeat is None:
        return step
    numbers = range(1, opened(step, answered) + 1)
    return replace(step, questions=tuple(_in_set(one, step, number) for number in numbers for one in step.questions))


def _in_set(question: Question, step: Step, number: int) -> Question:
    """Name a question after its set; what it depends on within the step is that of the same set."""
    own = {one.id: id_in(one.id, number) for one in step.questions}
    show_if, name = question.show_if, step.repeat.name if step.repeat else ""
    return replace(
        question,
        id=own[question.id],
        auto=None,
        respondent=f"{name}{number}",
        show_if=replace(show_if, question=own.get(show_if.question, show_if.question)) if show_if else None,
        suggest=tuple(_rule(rule, f"{name}{number}", own) for rule in question.suggest),
    )


def _rule(rule: Rule, respondent: str, own: Mapping[str, str]) -> Rule:
    """Let a suggestion say whose answer it is about."""
    step_from = own.get(rule.step_from, rule.step_from) if rule.step_from else None
    return replace(rule, title=f"{respondent}：{rule.title}", step_from=step_from)
