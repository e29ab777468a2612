"""The people a step asks one after another: a set of answers each, and nothing that says who they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from walkthrough_app.questionnaires import sets
from walkthrough_app.questionnaires.answers import show_answer
from walkthrough_app.questionnaires.document import Question, Step
from walkthrough_app.questionnaires.rules import NA
from walkthrough_app.walkthroughs.record import WalkRecord

REFUSED = "不同意回答"


@dataclass(frozen=True)
class Person:
    """One respondent in a list: 受访者2, what was said in a line, how much of it is answered."""

    step: str
    screen: str
    number: int
    name: str
    said: str
    done: str


@dataclass(frozen=True)
class Respondents:
    """Who was asked on a screen, whose answers are open, and whether one more may be asked."""

    people: list[Person]
    number: int
    name: str
    may_ask_more: bool

    @property
    def next(self) -> int:
        return max((one.number for one in self.people), default=0) + 1


def steps(record: WalkRecord) -> list[Step]:
    """Return the steps that ask several people."""
    return [step for step in record.paper.steps if step.repeat]


def of_step(record: WalkRecord, step: Step) -> list[Person]:
    """Return those asked in a step."""
    return [
        Person(
            step=step.id,
            screen=step.screen,
            number=one.number,
            name=one.name,
            said=said(record, one.questions),
            done=f"{sum(asked.id in record.answers for asked in one.questions)}/{len(one.questions)} 问已答",
        )
        for one in record.sets(step.id)
    ]


def of_screen(record: WalkRecord, screen: str, wanted: int) -> Respondents | None:
    """Return who is asked on a screen; the set wanted is opened, else the last one begun. None when nobody is."""
    step = next((one for one in steps(record) if one.screen == screen), None)
    if step is None or step.repeat is None:
        return None
    people = of_step(record, step)
    offered = sets.opened(step, record.state.answers)
    number = wanted if 1 <= wanted <= offered else max((one.number for one in people), default=1)
    may_ask_more = len(people) > 0 and offered > max(one.number for one in people)
    return Respondents(people, number, f"{step.repeat.name}{number}", may_ask_more)


def said(record: WalkRecord, questions: Sequence[Question]) -> str:
    """Write the answers of one respondent in a line; who did not consent is left in peace."""
    if has_refused(record, questions):
        return REFUSED
    return "；".join(_answers(record, questions))


def has_refused(record: WalkRecord, questions: Sequence[Question]) -> bool:
    """Tell whether the only answer is a no to the question that all others depend on."""
    return len(questions) == 1 and record.answers.get(questions[0].id) == "no"


def _answers(record: WalkRecord, questions: Sequence[Question]) -> Iterator[str]:
    for question in questions:
        value = record.answers.get(question.id)
        gates = any(one.show_if and one.show_if.question == question.id for one in questions)
        is_said = bool(value) if isinstance(value, list) else value not in {None, NA}
        if is_said and not gates:
            yield f"{question.text.rstrip('？?')}：{show_answer(question, value)}"
