"""How a public form is asked: which questions stand on which screen, what a form posted, what counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires.answers import parse_answer
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.parts import Question, RatingForm
from walkthrough_app.questionnaires.rules import NA, AnswerValue, holds

Said = dict[str, AnswerValue]
GOOD = 0.6  # of the highest score: 基本满意 and better


@dataclass(frozen=True)
class Asked:
    """A public form with the document it stands in."""

    document: Document
    form: RatingForm

    @property
    def scored(self) -> tuple[Question, ...]:
        return tuple(one for one in self.form.questions if scores(one))

    def screens(self, *, one_each: bool) -> list[list[Question]]:
        """Return the questions screen by screen: each alone, or what depends on others after the rest before it."""
        questions = list(self.form.questions)
        if one_each:
            return [[question] for question in questions]
        first = next((n for n, one in enumerate(questions) if one.show_if), len(questions))
        return [part for part in (questions[:first], questions[first:]) if part]

    def is_asked(self, question: Question, said: Said) -> bool:
        """Tell whether a question applies; what depends on an answer waits for it."""
        rule = question.show_if
        return rule is None or holds(rule.when, said.get(rule.question))

    def following(self, at: int, said: Said, *, one_each: bool, step: int = 1) -> int | None:
        """Return the next screen (or with -1 the one before) on which there is something to ask; None at an end."""
        screens = self.screens(one_each=one_each)
        places = range(at + step, len(screens) if step > 0 else -1, step)
        return next((n for n in places if any(self.is_asked(one, said) for one in screens[n])), None)

    def read(self, posted: Mapping[str, Sequence[str]]) -> Said:
        """Return the answers a form posted, without those nobody asked for; Invalid(question id, …) for a bad one."""
        said: Said = {}
        for question in self.form.questions:
            value = parse_answer(question, posted.get(question.id, ()))
            if value is not None and value != NA and self.is_asked(question, said):
                said[question.id] = value
        return said

    def check(self, said: Said) -> None:
        """Refuse what says nothing: Invalid names the question that must be answered."""
        needed = next((one for one in self.form.questions if one.required and one.id not in said), None)
        if needed:
            raise Invalid(needed.id, "请先选一项，再提交。")
        if not said:
            raise Invalid(self.form.questions[0].id, "请至少评一项，再提交。")

    def choices(self, said: Said) -> Said:
        """Return the answers without texts."""
        texts = {one.id for one in self.form.questions if one.type == "text"}
        return {key: value for key, value in said.items() if key not in texts}

    def comment(self, said: Said) -> str:
        return "\n".join(str(said[one.id]) for one in self.form.questions if one.type == "text" and one.id in said)

    def bad(self, said: Mapping[str, AnswerValue]) -> list[Question]:
        """Return the questions that were answered with a bad score."""
        found = []
        for question in self.scored:
            score = scores(question).get(str(said.get(question.id)))
            if score is not None and score < GOOD * most(question):
                found.append(question)
        return found


def scores(question: Question) -> dict[str, int]:
    """Return what each option counts; an option without a score (不了解) is not in it."""
    return {option.id: option.score for option in question.options if option.score is not None}


def most(question: Question) -> int:
    return max(scores(question).values())


def least(question: Question) -> int:
    return min(scores(question).values())
