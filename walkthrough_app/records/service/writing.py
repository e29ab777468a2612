"""Writing records: nothing that was said is lost, and one form is one deed."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media.models import MediaFile
from walkthrough_app.questionnaires.parts import RecordKind
from walkthrough_app.records import queries, rights, sheet
from walkthrough_app.records.models import ONLY, Record, RecordEntry, RecordState, Verb
from walkthrough_app.records.service import pictures
from walkthrough_app.records.sheet import Filled

Pictures = Mapping[str, MediaFile]
NONE: Pictures = {}
USED = "这张表单已经用过了，请刷新后再填。"
ONE_ONLY = "这项已经填过一份，请打开原来的那份修改。"
CHANGED = "这份记录刚刚被别人改过，请先看一下现在的内容；再按一次保存，就以这里的为准。"
GONE = "这份记录已经撤销，不能再改。"
LONGEST_REASON = 500


def make(  # noqa: PLR0913 - where, what, by whom
    campaign: Campaign,
    unit: Unit,
    kind: RecordKind,
    filled: Filled,
    *,
    by: User,
    tap: uuid.UUID,
    photos: Pictures = NONE,
) -> Record:
    """Write a record down; the form sent twice is one record. Conflict when there may be only one and there is."""
    if not rights.may_write(by, campaign, unit, kind):
        raise Forbidden
    known = db.session.get(Record, tap)
    if known is not None:
        return _same(known, campaign, unit, kind, by)
    record = Record(
        id=tap,
        campaign_id=campaign.id,
        unit_id=unit.id,
        questionnaire_id=campaign.questionnaire_id,
        kind=kind.id,
        slot=ONLY if kind.once else str(tap),
        made_by_id=by.id,
        title=kind.title,
    )
    _insert(record)
    _fill(record, kind, filled, pictures.attach(record, photos, by=by))
    if not kind.follow_up:
        record.state = RecordState.SETTLED
    _write(record, Verb.MADE, by=by, entry=ids.new())
    return record


def _insert(record: Record) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(record)
    except IntegrityError as error:
        raise Conflict(ONE_ONLY) from error


def _same(known: Record, campaign: Campaign, unit: Unit, kind: RecordKind, by: User) -> Record:
    place = (known.campaign_id, known.unit_id, known.kind, known.made_by_id)
    if place != (campaign.id, unit.id, kind.id, by.id):
        raise Conflict(USED)
    return known


def change(  # noqa: PLR0913 - what, by whom, over what
    record: Record, filled: Filled, *, by: User, tap: uuid.UUID, seen: int, photos: Pictures = NONE
) -> None:
    """Write new answers; the old ones stay in its history. Invalid("form") when it was changed after `seen`."""
    if _begin(record, by, tap, seen):
        before = _said(record)
        _fill(record, record.record_kind, filled, pictures.attach(record, photos, by=by))
        _write(record, Verb.CHANGED, by=by, entry=tap, before=before)


def settle(  # noqa: PLR0913 - what, by whom, over what
    record: Record, filled: Filled, *, by: User, tap: uuid.UUID, seen: int, photos: Pictures = NONE
) -> None:
    """Answer what is asked at the end; the record is settled then, and may be answered anew."""
    if not record.record_kind.follow_up:
        raise Conflict("这种记录不用销项。")
    if not _begin(record, by, tap, seen):
        return
    before = _said(record)
    own = {question.id for question in record.record_kind.follow_up}
    record.follow_up = {**filled.values, **pictures.attach(record, photos, by=by)}
    record.notes = {**{key: text for key, text in record.notes.items() if key not in own}, **filled.notes}
    record.state, record.settled_by_id, record.settled_at = RecordState.SETTLED, by.id, clock.now()
    _forget_dismissed(record, own)
    _write(record, Verb.SETTLED, by=by, entry=tap, before=before)


def withdraw(record: Record, reason: str, *, by: User, tap: uuid.UUID) -> None:
    """Take a record back for good, with a reason; it stays to be read by who read it before, if not by the public."""
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"请用不超过{LONGEST_REASON}个字写明为什么撤销。")
    if _begin(record, by, tap, None):
        record.state, record.slot = RecordState.WITHDRAWN, str(record.id)
        _write(record, Verb.WITHDRAWN, by=by, entry=tap, text=reason)


def must_write(record: Record, by: User) -> None:
    """Forbidden unless `by` may write this record; Conflict once it was withdrawn."""
    if not rights.may_write(by, record.campaign, record.unit, record.record_kind):
        raise Forbidden
    if record.state is RecordState.WITHDRAWN:
        raise Conflict(GONE)


def _begin(record: Record, by: User, tap: uuid.UUID, seen: int | None) -> bool:
    """Lock the record; false when the very same form was done before."""
    queries.lock(record)
    done = db.session.get(RecordEntry, tap)
    if done is not None:
        if (done.record_id, done.by_id) != (record.id, by.id):
            raise Conflict(USED)
        return False
    must_write(record, by)
    if seen is not None and seen != record.revision:
        raise Invalid("form", CHANGED)
    return True


def _fill(record: Record, kind: RecordKind, filled: Filled, photos: Mapping[str, Any]) -> None:
    own = {question.id for question in kind.questions}
    old = dict(record.answers or {})
    record.answers = {**filled.values, **photos}
    rest = {key: text for key, text in (record.notes or {}).items() if key not in own}
    record.notes = {**rest, **filled.notes}
    record.title = sheet.title_of(kind, record.answers)
    record.due_on = sheet.due_of(kind, record.answers)
    _forget_dismissed(record, {key for key in own if old.get(key) != record.answers.get(key)})


def _forget_dismissed(record: Record, changed: set[str]) -> None:
    """What was said to be no problem is asked again once the answer is another."""
    record.dismissed = [key for key in record.dismissed or [] if key not in changed]


def _said(record: Record) -> dict[str, Any]:
    return {
        "answers": dict(record.answers),
        "notes": dict(record.notes),
        "follow_up": dict(record.follow_up),
        "state": record.state.value,
    }


def _write(  # noqa: PLR0913 - a deed is told whole
    record: Record,
    verb: Verb,
    *,
    by: User,
    entry: uuid.UUID,
    before: Mapping[str, Any] | None = None,
    text: str = "",
) -> None:
    db.session.flush()
    made = RecordEntry(
        id=entry,
        record_id=record.id,
        seq=queries.next_seq(record),
        verb=verb,
        by_id=by.id,
        text=text,
        before=dict(before or {}),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(f"record.{verb.value}", record, by=by, kind=record.kind)
