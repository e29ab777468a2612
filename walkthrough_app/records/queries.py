"""Reading records. Loading is authorising: NotFound for strangers, Forbidden for those who may only look."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select, tuple_

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import queries as campaign_queries
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db, paging
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.parts import RecordKind
from walkthrough_app.records import rights
from walkthrough_app.records.models import Record, RecordEntry, RecordPhoto, RecordState

KINDS = (datetime, uuid.UUID)  # of a page's key
STATES = {"open": "待销项", "late": "已超期", "settled": "已完成", "withdrawn": "已撤销"}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; '' is everything that was not withdrawn."""

    state: str = ""
    unit: uuid.UUID | None = None
    text: str = ""


@dataclass
class Tally:
    """How many records there are of one kind, and how many of them are open or late."""

    count: int = 0
    open: int = 0
    late: int = 0


def document_of(campaign: Campaign) -> Document:
    return questionnaires.document_of(campaign.questionnaire)


def campaigns(user: User) -> Sequence[Campaign]:
    """Return the campaigns that have records and that the user may see, the latest first."""
    return campaign_queries.opened(user, part="records")


def campaign_for(user: User, campaign_id: uuid.UUID) -> Campaign:
    found = next((one for one in campaigns(user) if one.id == campaign_id), None)
    if found is None:
        raise NotFound
    return found


def kind_for(campaign: Campaign, kind_id: str) -> RecordKind:
    found = next((one for one in document_of(campaign).records if one.id == kind_id), None)
    if found is None:
        raise NotFound("这项活动没有这种记录。")
    return found


def record_for(user: User, record_id: uuid.UUID, *, write: bool = False) -> Record:
    """Load a record to read or to write; one that may be read but not written is Forbidden."""
    found = db.session.get(Record, record_id)
    if found is None or not rights.may_read(user, found):
        raise NotFound
    if write and not rights.may_write(user, found.campaign, found.unit, found.record_kind):
        raise Forbidden
    return found


def unit_for(user: User, campaign: Campaign, unit_id: uuid.UUID | None) -> Unit:
    """Return the unit whose records are meant: one's own, or for desks one that they oversee in this campaign."""
    if unit_id is None or unit_id == user.unit_id:
        return user.unit
    found = db.session.get(Unit, unit_id)
    if found is None or not rights.is_desk(user, found) or not campaign_queries.takes_part(campaign, found):
        raise NotFound
    return found


def units(user: User, campaign: Campaign) -> Sequence[Unit]:
    """Return the units of a campaign whose records a desk looks after, by name."""
    query = select(Unit).where(campaign_queries.is_member(campaign), rights.overseen(user))
    return db.session.scalars(query.order_by(Unit.name, Unit.id)).all()


def lock(record: Record) -> None:
    """Let one writer at a time change a record, and read it afresh."""
    query = select(Record).where(Record.id == record.id).with_for_update(of=Record)
    db.session.scalars(query.execution_options(populate_existing=True)).one()


def page(user: User, campaign: Campaign, kind: RecordKind, wanted: Filters, after: Any) -> Sequence[Record]:
    """Return one record more than a page holds, the latest first."""
    query = _wanted(user, campaign, kind, wanted).order_by(Record.created_at.desc(), Record.id.desc())
    if after:
        query = query.where(tuple_(Record.created_at, Record.id) < after)
    return db.session.scalars(query.limit(paging.SIZE + 1)).all()


def key(record: Record) -> tuple[datetime, uuid.UUID]:
    return record.created_at, record.id


def count(user: User, campaign: Campaign, kind: RecordKind, wanted: Filters) -> int:
    query = _wanted(user, campaign, kind, wanted).with_only_columns(func.count()).order_by(None)
    return db.session.scalar(query) or 0


def for_sheet(user: User, campaign: Campaign, kind: RecordKind, wanted: Filters, most: int) -> Sequence[Record]:
    query = _wanted(user, campaign, kind, wanted).join(Record.unit).order_by(Unit.name, Record.created_at, Record.id)
    return db.session.scalars(query.limit(most)).all()


def _wanted(user: User, campaign: Campaign, kind: RecordKind, wanted: Filters) -> Select[Record]:
    query = select(Record).where(Record.campaign_id == campaign.id, Record.kind == kind.id)
    query = query.where(rights.visible(user, kind))
    if wanted.state == "late":
        query = query.where(Record.state == RecordState.OPEN, Record.due_on < clock.today())
    elif wanted.state:
        query = query.where(Record.state == RecordState(wanted.state))
    else:
        query = query.where(Record.state != RecordState.WITHDRAWN)
    if wanted.unit:
        query = query.where(Record.unit_id == wanted.unit)
    if wanted.text:
        query = query.where(Record.title.contains(wanted.text, autoescape=True))
    return query


def of_unit(user: User, campaign: Campaign, unit: Unit) -> dict[str, list[Record]]:
    """Return what stands of a unit's records, by kind, what is open first; only those the user may read."""
    query = select(Record).where(Record.campaign_id == campaign.id, Record.unit_id == unit.id)
    query = query.where(Record.state != RecordState.WITHDRAWN)
    found: dict[str, list[Record]] = {}
    for one in db.session.scalars(query.order_by(Record.state, Record.due_on, Record.created_at)):
        if rights.may_read(user, one):
            found.setdefault(one.kind, []).append(one)
    return found


def tallies(campaign: Campaign, unit_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], Tally]:
    """Return what stands by unit and kind."""
    late = func.sum(_one(Record.due_on < clock.today(), Record.state == RecordState.OPEN))
    is_open = func.sum(_one(Record.state == RecordState.OPEN))
    query = select(Record.unit_id, Record.kind, func.count(), is_open, late)
    query = query.where(Record.campaign_id == campaign.id, Record.unit_id.in_(list(unit_ids)))
    query = query.where(Record.state != RecordState.WITHDRAWN).group_by(Record.unit_id, Record.kind)
    return {(row[0], row[1]): Tally(row[2], row[3] or 0, row[4] or 0) for row in db.session.execute(query)}


def _one(*conditions: Any) -> Any:
    return case((and_(*conditions), 1), else_=0)


def owing(unit_ids: Collection[uuid.UUID] | None = None) -> Sequence[Record]:
    """Return the open records that fall due on a day, by that day; of all units or some."""
    query = select(Record).join(Campaign, Campaign.id == Record.campaign_id)
    query = query.where(Record.state == RecordState.OPEN, Record.due_on.is_not(None))
    query = query.where(Campaign.state.in_(rights.WRITABLE))
    if unit_ids is not None:
        query = query.where(Record.unit_id.in_(list(unit_ids)))
    return db.session.scalars(query.order_by(Record.due_on, Record.id)).all()


def entries_of(record: Record) -> Sequence[RecordEntry]:
    return db.session.scalars(select(RecordEntry).filter_by(record_id=record.id).order_by(RecordEntry.seq)).all()


def next_seq(record: Record) -> int:
    query = select(func.count()).where(RecordEntry.record_id == record.id)
    return (db.session.scalar(query) or 0) + 1


def photo_for(user: User, record_id: uuid.UUID, photo_id: uuid.UUID, *, write: bool = False) -> RecordPhoto:
    """Load a picture of a record; one not yet masked only to those who may write the record."""
    record = record_for(user, record_id, write=write)
    found = db.session.get(RecordPhoto, photo_id)
    if found is None or found.record_id != record.id:
        raise NotFound
    if found.shown_sha256 is None and not rights.may_write(user, record.campaign, record.unit, record.record_kind):
        raise NotFound
    return found


def photos_of(record: Record) -> dict[str, RecordPhoto]:
    """Return the pictures that its answers name, by their ids."""
    named = {str(value) for value in (*record.answers.values(), *record.follow_up.values()) if isinstance(value, str)}
    found = db.session.scalars(select(RecordPhoto).filter_by(record_id=record.id).order_by(RecordPhoto.created_at))
    return {str(one.id): one for one in found if str(one.id) in named}


def shown_pictures(record: Record) -> list[str]:
    """Return the hashes of its pictures that may be shown."""
    return [one.shown_sha256 for one in photos_of(record).values() if one.shown_sha256]
