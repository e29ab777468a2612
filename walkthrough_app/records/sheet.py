"""What is filled in at once: answers read by the questionnaire's own rules, with what is missing. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import tidy
from walkthrough_app.questionnaires.answers import MAX_TEXT, parse_answer, show_answer
from walkthrough_app.questionnaires.document import Answers, Document
from walkthrough_app.questionnaires.parts import Question, RecordKind
from walkthrough_app.questionnaires.rules import NA, AnswerValue, holds, is_missing

TITLE = 60  # characters
TEXTS = frozenset({"text", "count", "minutes", "days", "date"})
PERSON = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\w)")
NO_PERSON = "这里不记姓名、电话和证件号码，请删去号码。"


class Posted(Protocol):
    """What a form posted."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass
class Filled:
    """Values and notes by question id; `typed` is what stands in the fields, `errors` what is wrong with it."""

    values: dict[str, AnswerValue] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read(
    document: Document, questions: Sequence[Question], posted: Posted, *, kept: Answers, is_anonymous: bool = False
) -> Filled:
    """Read a form; pictures are those `kept`, for a new one comes as a file. What is hidden is left out.

    `kept` also holds what the rest of the record says, on which a question may depend.
    """
    filled, own = Filled(), {question.id for question in questions}
    for question in questions:
        _read(question, posted, kept, filled)
    rest = {key: value for key, value in kept.items() if key not in own}
    earlier = {**rest, **filled.values}
    for question in questions:
        if not document.is_asked(question, earlier):
            filled.values.pop(question.id, None)
            filled.notes.pop(question.id, None)
    filled.errors |= {key: text for key, text in _missing(questions, filled, rest) if key not in filled.errors}
    if is_anonymous:
        texts = {**filled.notes, **{one.id: filled.values.get(one.id) for one in questions if one.type == "text"}}
        filled.errors |= {key: NO_PERSON for key, text in texts.items() if PERSON.search(str(text or ""))}
    return filled


def _read(question: Question, posted: Posted, kept: Answers, filled: Filled) -> None:
    if question.type == "photo":
        value: AnswerValue | None = kept.get(question.id)
    else:
        raw = [tidy(one) or "" for one in posted.getlist(f"q-{question.id}")]
        filled.typed[question.id] = raw
        try:
            value = parse_answer(question, raw)
        except Invalid as error:
            filled.errors[question.id] = error.message
            return
    if value is not None:
        filled.values[question.id] = value
    note = tidy("".join(posted.getlist(f"note-{question.id}")[:1])) or ""
    if len(note) > MAX_TEXT:
        filled.errors[question.id] = f"说明最多{MAX_TEXT}个字。"
    if note and question.note:
        filled.notes[question.id] = note


def _missing(questions: Sequence[Question], filled: Filled, rest: Answers) -> Iterator[tuple[str, str]]:
    """Yield what must be there and is not; pictures are asked for when their files have been looked at."""
    known = {**rest, **filled.values}
    for question in questions:
        value = filled.values.get(question.id)
        if question.required and question.type != "photo" and is_missing(value) and _is_due(question, known):
            yield question.id, f"请{'填写' if question.type in TEXTS else '选择'}“{question.text.rstrip('？')}”。"
        if question.note and holds(question.note.when, value) and question.id not in filled.notes:
            yield question.id, f"{question.note.prompt}，请写明。"


def _is_due(question: Question, answers: Answers) -> bool:
    """Tell whether a question is asked for certain: its condition, if it has one, is known to hold."""
    shown = question.show_if
    return shown is None or holds(shown.when, answers.get(shown.question))


def missing_photo(question: Question, answers: Answers) -> bool:
    return question.required and question.type == "photo" and question.id not in answers and _is_due(question, answers)


def title_of(kind: RecordKind, answers: Answers) -> str:
    """Return what lists call a record: its first answer in words of its own, cut; else what its kind is called."""
    texts = (answers.get(question.id) for question in kind.questions if question.type == "text")
    first = next((str(text).split("\n", 1)[0].strip() for text in texts if text and text != NA), "")
    return (first[: TITLE - 1] + "…" if len(first) > TITLE else first) or kind.title


def due_of(kind: RecordKind, answers: Answers) -> date | None:
    value = answers.get(kind.due) if kind.due else None
    return clock.day_of(value) if isinstance(value, str) else None


@dataclass(frozen=True)
class Line:
    """One question with its answer in words; `photo` is the id of a picture."""

    question: Question
    text: str
    note: str = ""
    photo: str = ""


def lines(document: Document, questions: Sequence[Question], answers: Answers, notes: Mapping[str, Any]) -> list[Line]:
    """Return what was answered, in the order of the questions."""
    found = []
    for question in questions:
        value = answers.get(question.id)
        if value is None or not document.is_asked(question, answers):
            continue
        photo = str(value) if question.type == "photo" and value != NA else ""
        found.append(Line(question, words(question, value), notes.get(question.id, ""), photo))
    return found


def words(question: Question, value: AnswerValue | None) -> str:
    """Write an answer for people: days as 2026年7月5日."""
    day = clock.day_of(value) if question.type == "date" and isinstance(value, str) else None
    return f"{day.year}年{day.month}月{day.day}日" if day else show_answer(question, value)


def options_of(value: AnswerValue | None) -> list[str]:
    """Return what was chosen, one or many; nothing for a number."""
    return [str(one) for one in value] if isinstance(value, list) else [value] if isinstance(value, str) else []
