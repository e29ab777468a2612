"""Records written down through their own form: what a form would refuse, the sample data cannot say."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.demo.programmes.stage import Stage
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.records import service, sheet
from walkthrough_app.records.models import Record
from walkthrough_app.records.sheet import Filled

NOTE = "note-"


def write(stage: Stage, who: str, kind: str, ago: int, answers: Mapping[str, Any], *, of: Unit | None = None) -> Record:  # noqa: PLR0913
    """Have somebody write a record about the own unit or, as the office, about another one."""
    with stage.at(ago, 10, stage.chance.randrange(60)):
        by, found = stage.people[who], stage.document.record(kind)
        filled = _filled(stage, found.questions, answers, {})
        return service.make(stage.campaign, of or by.unit, found, filled, by=by, tap=stage.tap())


def settle(stage: Stage, record: Record, ago: int, answers: Mapping[str, Any], *, by: User | None = None) -> None:
    """Answer what is asked at the end; by who made the record unless told."""
    with stage.at(ago, 15, stage.chance.randrange(60)):
        asked = record.record_kind.follow_up
        filled = _filled(stage, asked, answers, record.answers)
        who = by or next(one for one in stage.people.values() if one.id == record.made_by_id)
        service.settle(record, filled, by=who, tap=stage.tap(), seen=record.revision)


def _filled(stage: Stage, asked: Sequence[Question], answers: Mapping[str, Any], kept: Mapping[str, Any]) -> Filled:
    posted = [(key if key.startswith(NOTE) else f"q-{key}", _values(value)) for key, value in answers.items()]
    filled = sheet.read(stage.document, asked, MultiDict([(k, one) for k, many in posted for one in many]), kept=kept)
    if filled.errors:
        raise ValueError(filled.errors)
    return filled


def _values(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
