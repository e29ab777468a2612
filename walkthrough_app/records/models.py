"""A record of a kind that the campaign's questionnaire names, what it said before, and its pictures."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.media.models import MediaFile
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.models import Questionnaire
from walkthrough_app.questionnaires.parts import RecordKind

ONLY = "once"  # the slot of a record of which there is one a unit


class RecordState(StrEnum):
    """Open until what its kind follows up is answered; a kind without that is settled at once."""

    OPEN = "open"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    FOUND = "found"
    DISMISSED = "dismissed"


class Record(db.Row):
    """`answers`, `notes` and `follow_up` are kept by question id, as the questionnaire reads them.

    It keeps the version of the questionnaire it was begun with. `slot` is "once" where a kind allows one a unit.
    """

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id", "kind", "slot"),
        Index("ix_record_list", "campaign_id", "kind", "created_at", "id"),
        Index("ix_record_due", "state", "due_on"),
    )

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True, comment="whose record it is")
    questionnaire_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("questionnaire.id"))
    kind: Mapped[str] = mapped_column(String(32))
    slot: Mapped[str] = mapped_column(String(36))
    state: Mapped[RecordState] = mapped_column(default=RecordState.OPEN)
    title: Mapped[str] = mapped_column(Text, comment="for lists: the first text answer, cut")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    follow_up: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dismissed: Mapped[list[Any]] = mapped_column(default=list, comment="questions whose suggested problem is none")
    due_on: Mapped[date | None]
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    revision: Mapped[int] = mapped_column(nullable=False, default=1)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - two people at one record: the second is told

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined", innerjoin=True)
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])

    @property
    def document(self) -> Document:
        return questionnaires.document_of(self.questionnaire)

    @property
    def record_kind(self) -> RecordKind:
        return self.document.record(self.kind)

    @property
    def is_overdue(self) -> bool:
        """Tell whether its day is over and it is still open; computed, never a state."""
        return self.state is RecordState.OPEN and self.due_on is not None and self.due_on < clock.today()


class RecordEntry(db.Base):
    """One deed at a record, in the order of `seq`, with what the record said before; never changed.

    Its id is that of the form, so that one form is one deed.
    """

    __tablename__ = "record_entry"
    __table_args__ = (UniqueConstraint("record_id", "seq"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("record.id"))
    seq: Mapped[int]
    verb: Mapped[Verb]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="answers, notes and follow_up until then")

    by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class RecordPhoto(db.Row):
    """A picture that answers a question; `shown_sha256` is the copy that may be shown, once somebody masked it."""

    __tablename__ = "record_photo"

    record_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("record.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("media_file.sha256"))
    shown_sha256: Mapped[str | None] = mapped_column(ForeignKey("media_file.sha256"))
    boxes: Mapped[list[Any]] = mapped_column(default=list, comment="[x, y, w, h] as fractions of the picture")
    added_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    media: Mapped[MediaFile] = relationship(foreign_keys=[sha256], lazy="joined", innerjoin=True)
    shown: Mapped[MediaFile | None] = relationship(foreign_keys=[shown_sha256], lazy="joined")
