"""Question cards: a question with what is known about its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.questionnaires.document import Question
from walkthrough_app.questionnaires.rules import AnswerValue, holds
from walkthrough_app.questionnaires.suggestions import Suggestion
from walkthrough_app.walkthroughs.record import WalkRecord

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Card:
    """One question on the page."""

    question: Question
    value: Any
    note: str
    error: str
    counted: Any
    suggestion: Suggestion | None
    is_unsettled: bool = True
    is_asked: bool = True
    typed: str = ""

    @property
    def is_bad(self) -> bool:
        return self.suggestion is not None

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """What can be tapped: (value, words, whether it points to a problem)."""
        if self.question.type in {"count", "minutes", "days", "text", "photo"}:
            return []
        return [(one.id, one.label, self._is_bad(one.id)) for one in self.question.choices]

    def _is_bad(self, option: str) -> bool:
        kind = self.question.type
        value: AnswerValue = (
            [option] if kind == "many" else int(option) if kind == "score5" and option.isdigit() else option
        )
        return any(holds(rule.when, value) for rule in self.question.suggest)

    @property
    def hint(self) -> str:
        """The problem that suggests itself, or that would if a bad answer were chosen; '' once it is settled."""
        if self.suggestion:
            return self.suggestion.title
        return self.question.suggest[0].title if self.question.suggest and self.is_unsettled and self.options else ""

    @property
    def counted_text(self) -> str:
        unit = self.question.unit or {"minutes": "分钟", "days": "个工作日"}.get(self.question.type, "")
        return f"自动记录：{self.counted} {unit}" if self.counted is not None else ""

    @property
    def raw(self) -> list[str]:
        """What the page's fields hold: what was refused just now, else the answer."""
        return [self.typed] if self.typed else self._answer

    @property
    def shown(self) -> str:
        return as_shown(self._answer, self.note)

    @property
    def _answer(self) -> list[str]:
        if self.value is None:
            return []
        return [str(part) for part in self.value] if isinstance(self.value, list) else [str(self.value)]


def cards(
    record: WalkRecord, questions: Sequence[Question], errors: Mapping[str, str], typed: Mapping[str, str] = NOTHING
) -> list[Card]:
    """Return a card for each question; `errors` and `typed` are what was refused just now, by question id."""
    settled = {*record.state.dismissed, *(one.get("question") for one in record.state.findings.values())}
    open_ones = {one.question_id: one for one in record.open_suggestions}
    return [
        Card(
            question=question,
            value=record.answers.get(question.id),
            note=record.state.answers.get(question.id, {}).get("note", ""),
            error=errors.get(question.id, ""),
            counted=record.automatic.get(question.auto or ""),
            suggestion=open_ones.get(question.id),
            is_unsettled=question.id not in settled,
            is_asked=record.document.is_asked(question, record.answers),
            typed=typed.get(question.id, ""),
        )
        for question in questions
    ]


def as_shown(raw: Sequence[str], note: str) -> str:
    """Write what a question's fields hold in one line, to tell whether they were touched."""
    return " ".join([*raw, "/", note])
