"""Records as pages show them: questions with what stands in their fields, lines of lists, what happened when."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.questionnaires.document import Answers
from walkthrough_app.questionnaires.parts import Question, RecordKind
from walkthrough_app.records import sheet
from walkthrough_app.records.models import Record, RecordEntry, RecordState, Verb
from walkthrough_app.records.queries import Tally
from walkthrough_app.records.sheet import Filled

VERBS = {
    Verb.MADE: "填写",
    Verb.CHANGED: "修改",
    Verb.SETTLED: "销项",
    Verb.WITHDRAWN: "撤销",
    Verb.FOUND: "记为问题",
    Verb.DISMISSED: "不算问题",
}
WRITTEN = frozenset({"count", "minutes", "days", "text", "photo", "date"})


@dataclass(frozen=True)
class Ask:
    """One question on a form: what its fields hold, and what is wrong with that."""

    question: Question
    raw: list[str]
    note: str
    error: str

    @property
    def name(self) -> str:
        return f"q-{self.question.id}"

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be tapped; 不适用 stands only where 是, 否 or a score might not fit."""
        if self.question.type in WRITTEN:
            return []
        fits = self.question.type in {"one", "many"} or self.question.labels is not None
        return [(one.id, one.label) for one in (self.question.choices[:-1] if fits else self.question.choices)]

    @property
    def depends(self) -> str:
        """Return what the question is shown by, for the page's script."""
        shown = self.question.show_if
        return _test(shown.question, shown.when) if shown else ""

    @property
    def note_depends(self) -> str:
        return _test(self.question.id, self.question.note.when) if self.question.note else ""


def _test(question_id: str, when: Mapping[str, Any]) -> str:
    return json.dumps({"question": question_id, "when": dict(when)}, ensure_ascii=False)


def asks(questions: Sequence[Question], answers: Answers, notes: Mapping[str, Any], filled: Filled | None) -> list[Ask]:
    """Return the questions of a form with what is known, or with what was typed when it was refused."""
    if filled is None:
        return [Ask(one, _raw(answers.get(one.id)), notes.get(one.id, ""), "") for one in questions]
    return [
        Ask(
            one,
            filled.typed.get(one.id) or _raw(filled.values.get(one.id)),
            filled.notes.get(one.id, ""),
            filled.errors.get(one.id, ""),
        )
        for one in questions
    ]


def _raw(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def chip(record: Record) -> tuple[str, str]:
    """Say where a record stands, with the colour."""
    if record.state is RecordState.WITHDRAWN:
        return "", "已撤销"
    if record.is_overdue:
        return "bad", "已超期"
    if record.state is RecordState.OPEN:
        return "wait", "待销项"
    return "good", "已完成" if record.record_kind.follow_up else "已填写"


def who(viewer: User, entry: RecordEntry) -> str:
    """Say who did something: the post among one's own, the unit to all others."""
    return entry.by.post if viewer.unit_id == entry.by.unit_id else entry.by.unit.name


@dataclass(frozen=True)
class Story:
    """One line of a record's history."""

    entry: RecordEntry
    verb: str
    who: str


def story(viewer: User, entries: Sequence[RecordEntry]) -> list[Story]:
    return [Story(one, VERBS[one.verb], who(viewer, one)) for one in entries]


def before(record: Record, entry: RecordEntry) -> list[sheet.Line]:
    """Return what a record said before a deed; pictures by their word only."""
    kind, said = record.record_kind, entry.before
    answers = {**said["answers"], **said["follow_up"]}
    told = sheet.lines(record.document, (*kind.questions, *kind.follow_up), answers, said["notes"])
    return [replace(one, photo="") for one in told]


@dataclass(frozen=True)
class Part:
    """A kind on the page of a unit: its records, and whether it is still owed."""

    kind: RecordKind
    records: Sequence[Record]
    may_write: bool

    @property
    def is_owed(self) -> bool:
        return self.kind.once and self.kind.by == "unit" and not self.records

    @property
    def offers_new(self) -> bool:
        return self.may_write and not (self.kind.once and self.records)


@dataclass(frozen=True)
class Cell:
    """What a unit has of one kind."""

    kind: RecordKind
    tally: Tally

    @property
    def is_owed(self) -> bool:
        return self.kind.once and self.kind.by == "unit" and not self.tally.count


@dataclass(frozen=True)
class Line:
    """A unit with what it has of each kind, and how much it owes."""

    unit: Unit
    cells: Sequence[Cell]

    @property
    def owed(self) -> int:
        return sum(cell.is_owed for cell in self.cells)

    @property
    def late(self) -> int:
        return sum(cell.tally.late for cell in self.cells)


def matrix(
    units: Sequence[Unit], kinds: Sequence[RecordKind], tallies: Mapping[tuple[uuid.UUID, str], Tally]
) -> list[Line]:
    """Return a line a unit; what nobody wrote counts nothing."""
    return [Line(unit, [Cell(kind, tallies.get((unit.id, kind.id), Tally())) for kind in kinds]) for unit in units]
