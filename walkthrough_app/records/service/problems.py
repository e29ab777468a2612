"""Problems that the answers of a record point to: into the ledger, or said to be none, each with one tap."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import NotFound
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.questionnaires.rules import NA
from walkthrough_app.questionnaires.suggestions import Facts, Suggestion, suggest_among
from walkthrough_app.records import queries, sheet
from walkthrough_app.records.models import Record, RecordEntry, RecordState, Verb
from walkthrough_app.records.service.writing import must_write
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.rectification.service.taking_in import Found, take_in

MOST_FACT = 2000  # characters
CAUSE = "cause"  # the dim of a question whose options are root causes


@dataclass(frozen=True)
class Offer:
    """A problem that suggests itself, and what became of it."""

    suggestion: Suggestion
    finding: Finding | None = None
    is_dismissed: bool = False

    @property
    def is_open(self) -> bool:
        return self.finding is None and not self.is_dismissed


def offers(record: Record) -> list[Offer]:
    """Return the problems that its answers point to, in the order of the questions; none once it is withdrawn."""
    if record.state is RecordState.WITHDRAWN:
        return []
    return [
        Offer(one, ledger.by_key(key_of(record, one.question_id)), one.question_id in record.dismissed)
        for one in _suggested(record)
    ]


def _suggested(record: Record) -> list[Suggestion]:
    answers = {**record.answers, **record.follow_up}
    thresholds = record.campaign.thresholds
    return suggest_among(record.document, _asked(record), answers, facts=Facts(), thresholds=thresholds)


def _asked(record: Record) -> Iterable[Question]:
    return (*record.record_kind.questions, *record.record_kind.follow_up)


def key_of(record: Record, question_id: str) -> uuid.UUID:
    """Return the name under which the ledger knows a problem of this record: the same each time."""
    return uuid.uuid5(record.id, question_id)


def take(record: Record, question_id: str, *, by: User) -> Finding:
    """Put a suggested problem into the ledger, once; NotFound when the answer points to none."""
    queries.lock(record)
    must_write(record, by)
    suggestion = _suggestion(record, question_id)
    key = key_of(record, question_id)
    known = ledger.by_key(key)
    if known is not None:
        return known
    finding = take_in(record.campaign, _found(record, suggestion, key), by=by, record=str(record.id), kind=record.kind)
    _note(record, Verb.FOUND, f"{finding.code} {finding.title}", by)
    return finding


def dismiss(record: Record, question_id: str, *, by: User) -> None:
    """Say that a suggested problem is none; saying it again changes nothing."""
    queries.lock(record)
    must_write(record, by)
    suggestion = _suggestion(record, question_id)
    if question_id not in record.dismissed and ledger.by_key(key_of(record, question_id)) is None:
        record.dismissed = [*record.dismissed, question_id]
        _note(record, Verb.DISMISSED, suggestion.title, by)


def _suggestion(record: Record, question_id: str) -> Suggestion:
    found = next((one for one in _suggested(record) if one.question_id == question_id), None)
    if found is None:
        raise NotFound("答案已经改了，这里没有这个问题。")
    return found


def _found(record: Record, suggestion: Suggestion, key: uuid.UUID) -> Found:
    return Found(
        unit=record.unit,
        source=Source(record.record_kind.source or ("self_check" if record.record_kind.by == "unit" else "open")),
        category=suggestion.category,
        severity=suggestion.severity,
        title=suggestion.title,
        fact=_fact(record, suggestion),
        clause=str(suggestion.clause),
        found_on=clock.today(),
        key=key,
        root_cause=_root_cause(record),
        tags=_tags(record),
        photos=queries.shown_pictures(record),
    )


def _fact(record: Record, suggestion: Suggestion) -> str:
    """Tell what was answered, what was noted beside it, and which record it stands in."""
    note = str(record.notes.get(suggestion.question_id, ""))
    title = "" if record.title == record.record_kind.title else f"：{record.title}"
    parts = [suggestion.reason, note, f"{record.record_kind.title}{title}"]
    return "。".join(part.rstrip("。") for part in parts if part)[: MOST_FACT - 1] + "。"


def _root_cause(record: Record) -> str:
    known = {cause.id.lower(): cause.id for cause in record.document.root_causes}
    return next((known[one] for one in _options(record, CAUSE) if one in known), "")


def _tags(record: Record) -> list[str]:
    """Return the tags that were chosen: options that bear the name of one, in a question of its group."""
    return [tag.id for tag in record.document.tags if tag.id in set(_options(record, tag.group))]


def _options(record: Record, dim: str) -> list[str]:
    values = (sheet.options_of(record.answers.get(one.id)) for one in _asked(record) if one.dim == dim)
    return [option for found in values for option in found if option != NA]


def _note(record: Record, verb: Verb, text: str, by: User) -> None:
    db.session.flush()
    seq = queries.next_seq(record)
    db.session.add(RecordEntry(id=ids.new(), record_id=record.id, seq=seq, verb=verb, by_id=by.id, text=text))
    db.session.flush()
    audit.record(f"record.{verb.value}", record, by=by, problem=text)
