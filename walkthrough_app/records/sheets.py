"""Records of one kind as a spreadsheet: a column for each question, 公开承诺台账 among them."""

from collections.abc import Iterator, Sequence

from walkthrough_app.core import clock
from walkthrough_app.documents.workbook import Cell, Column, Sheet
from walkthrough_app.questionnaires.parts import Question, RecordKind
from walkthrough_app.questionnaires.rules import AnswerValue
from walkthrough_app.records import present, sheet
from walkthrough_app.records.models import Record

WIDE = frozenset({"text", "many"})
HEAD = (Column("序号", 6), Column("单位", 24, is_wrapped=True))
TAIL = (Column("状态", 9), Column("填写日期", 12), Column("完成日期", 12))


def book(kind: RecordKind, records: Sequence[Record], *, note: str) -> list[Sheet]:
    """Return the one sheet of a kind, questions in their order, those asked at the end behind them."""
    questions = [one for one in (*kind.questions, *kind.follow_up) if one.type != "photo"]
    columns = (*HEAD, *(_column(one) for one in questions), *TAIL)
    return [Sheet(f"{kind.title}台账"[:31], columns, _rows(questions, records), note=note)]


def _column(question: Question) -> Column:
    is_wide = question.type in WIDE or question.note is not None
    return Column(question.text.rstrip("？"), 36 if is_wide else 14, is_wrapped=True)


def _rows(questions: Sequence[Question], records: Sequence[Record]) -> Iterator[Sequence[Cell]]:
    for number, record in enumerate(records, 1):
        answers = {**record.answers, **record.follow_up}
        cells = (_cell(one, answers.get(one.id), str(record.notes.get(one.id, ""))) for one in questions)
        settled = clock.to_local(record.settled_at).date() if record.settled_at else None
        made = clock.to_local(record.created_at).date()
        yield (number, record.unit.name, *cells, present.chip(record)[1], made, settled)


def _cell(question: Question, value: AnswerValue | None, note: str) -> Cell:
    """Return days and numbers as such, everything else as text with its note."""
    if question.type == "date" and isinstance(value, str) and (day := clock.day_of(value)):
        return day
    if isinstance(value, int) and question.is_number and value not in {one.value for one in question.special}:
        return value
    text = sheet.words(question, value)
    return f"{text}（{note}）" if note else text
