"""Figures of a public form, of units, points, questions and months; what is too small is not in them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.ratings import counting, interval, terms
from walkthrough_app.ratings.asking import GOOD, Asked, least, most, scores
from walkthrough_app.ratings.models import RatingCount, RatingPoint

Row = tuple[RatingPoint, RatingCount]
Key = TypeVar("Key")


@dataclass
class Tally:
    """What was counted in one group: answers by question and option; the rest are numbers of ratings."""

    given: int = 0
    scored: int = 0
    aside: int = 0
    answers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, row: RatingCount) -> None:
        if row.question == counting.ALL:
            setattr(self, row.answer, getattr(self, row.answer) + row.number)
        else:
            self.answers[row.question][row.answer] += row.number


@dataclass(frozen=True)
class Score:
    """A mean and a share (0…1) with their 95 % intervals, of `n` people."""

    n: int
    mean: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True)
class Line:
    """One group: its scores, of all and by question; None where there is nothing, or too little to be shown."""

    key: Any
    given: int
    aside: int
    is_small: bool
    score: Score | None
    questions: tuple[Score | None, ...]


@dataclass(frozen=True)
class Figures:
    """The groups of one view and their sum, which nobody can take the hidden ones out of."""

    asked: Asked
    smallest: int
    lines: list[Line]
    total: Line

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.asked.scored

    @property
    def has_hidden(self) -> bool:
        return any(line.is_small for line in (*self.lines, self.total))

    def band(self, score: Score) -> str:
        """Name the band of a mean; '' for forms that are no evaluation."""
        return terms.band(score.mean) if self.asked.form.kind == "evaluation" else ""


def tallies(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, Tally]:
    """Add the counters up in groups."""
    found: dict[Key, Tally] = defaultdict(Tally)
    for row in rows:
        found[key(row)].add(row[1])
    return dict(found)


def figures(asked: Asked, groups: Mapping[Any, Tally], smallest: int) -> Figures:
    """Make the figures of groups, in the order given, with small ones suppressed."""
    small = interval.hidden({key: one.scored for key, one in groups.items()}, smallest)
    by_question = [
        interval.hidden({key: people(question, one) for key, one in groups.items()}, smallest)
        for question in asked.scored
    ]
    lines = [_line(asked, key, one, small, by_question) for key, one in groups.items()]
    return Figures(asked, smallest, lines, _total(asked, groups.values(), smallest))


def _line(asked: Asked, key: Any, tally: Tally, small: set[Any], by_question: Sequence[set[Any]]) -> Line:
    is_small = key in small
    questions = tuple(
        None if is_small or key in hidden else score_of([question], tally)
        for question, hidden in zip(asked.scored, by_question, strict=True)
    )
    return Line(key, tally.given, tally.aside, is_small, None if is_small else score_of(asked.scored, tally), questions)


def _total(asked: Asked, groups: Iterable[Tally], smallest: int) -> Line:
    whole = Tally()
    for one in groups:
        whole.given, whole.scored, whole.aside = (
            whole.given + one.given,
            whole.scored + one.scored,
            whole.aside + one.aside,
        )
        for question, counted in one.answers.items():
            whole.answers[question].update(counted)
    small = {None} if whole.scored < smallest else set()
    few = [{None} if people(question, whole) < smallest else set() for question in asked.scored]
    return _line(asked, None, whole, small, few)


def people(question: Question, tally: Tally) -> int:
    """Return how many gave an answer that counts."""
    known = scores(question)
    return sum(number for option, number in tally.answers.get(question.id, {}).items() if option in known)


def score_of(questions: Sequence[Question], tally: Tally) -> Score | None:
    """Return the score over some questions; `n` people, though each may have answered several."""
    n = people(questions[0], tally) if len(questions) == 1 else tally.scored
    counted = [(question, option, number) for question in questions for option, number in _counted(question, tally)]
    answers = sum(number for _, _, number in counted)
    if not n or not answers:
        return None
    mean = sum(scores(question)[option] * number for question, option, number in counted) / answers
    good = sum(number for question, option, number in counted if scores(question)[option] >= GOOD * most(question))
    low, high = interval.of_mean(mean, n, min(map(least, questions)), max(map(most, questions)))
    return Score(n, mean, low, high, good / answers, *interval.wilson(good / answers, n))


def _counted(question: Question, tally: Tally) -> list[tuple[str, int]]:
    known = scores(question)
    return [(option, number) for option, number in tally.answers.get(question.id, {}).items() if option in known]
