"""A finding in the ledger, what was done about it, deed by deed, and its pictures. The walk's log stays as it was."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Lane, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.media.models import MediaFile
from walkthrough_app.rectification.machine import State, Verb


class Source(StrEnum):
    """How a finding came up (domain §6.4)."""

    WALK = "walk"
    SELF_CHECK = "self_check"
    OPEN = "open"
    COVERT = "covert"
    RECHECK = "recheck"
    EVALUATION = "evaluation"
    RATING = "rating"
    VOICE = "voice"

    @property
    def label(self) -> str:
        return SOURCE_LABELS[self]


SOURCE_LABELS = {
    Source.WALK: "走流程",
    Source.SELF_CHECK: "查摆",
    Source.OPEN: "明查",
    Source.COVERT: "暗访",
    Source.RECHECK: "回头看",
    Source.EVALUATION: "评议",
    Source.RATING: "差评",
    Source.VOICE: "群众意见",
}
SEVERITIES = {"minor": "一般", "moderate": "较重", "serious": "严重"}
NEXT_SEVERITY = {"minor": "moderate", "moderate": "serious", "serious": "serious"}


class PhotoRole(StrEnum):
    """What a picture shows: as it was found, as it is after the work, as somebody found it who looked again."""

    BEFORE = "before"
    AFTER = "after"
    RECHECK = "recheck"


class Finding(db.Row):
    """One problem with its measure and its state; days are Beijing's. `due_on` counts from the hand-over.

    Its texts are copied from the report that was handed in, so that a unit cannot quietly rewrite them afterwards.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("walk_id", "key"),
        Index("ix_finding_ledger", "campaign_id", "state", "due_on", "id"),
        Index("ix_finding_unit", "resp_id", "state", "due_on", "id"),
        Index("ix_finding_same", "item_id", "category", "state"),
        Index("ix_finding_due", "state", "due_on"),
    )

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), comment="where it was found")
    resp_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), comment="责任单位")
    lane: Mapped[Lane | None] = mapped_column(comment="of the responsible unit: who supervises")
    source: Mapped[Source]
    walk_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("walkthrough.id"))
    key: Mapped[uuid.UUID | None] = mapped_column(comment="of the finding inside its walk")
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service_item.id"))
    task_name: Mapped[str] = mapped_column(default="", comment="of the item; '' for what concerns none")
    step: Mapped[str | None] = mapped_column(String(32))
    mode: Mapped[str] = mapped_column(String(16), default="", comment="亲身办 …, as the papers write it")
    code: Mapped[str] = mapped_column(String(200), unique=True, comment="WT-2026-市直-公安局-0007")
    category: Mapped[str] = mapped_column(String(16))
    letter: Mapped[str] = mapped_column(String(1), Computed("substr(category, 1, 1)", persisted=True))
    severity: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Text)
    fact: Mapped[str] = mapped_column(Text, default="")
    clause: Mapped[str] = mapped_column(Text, default="", comment="依据（原文）")
    root_cause: Mapped[str] = mapped_column(String(16), default="")
    tags: Mapped[list[Any]] = mapped_column(default=list)
    found_on: Mapped[date]
    rectify_type: Mapped[str] = mapped_column(String(16), default="")
    measure: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[str] = mapped_column(Text, default="")
    resp_leader: Mapped[str] = mapped_column(default="", comment="责任领导, by post")
    resp_person: Mapped[str] = mapped_column(default="", comment="责任人, by post")
    escalate_to: Mapped[str] = mapped_column(default="", comment="提请协调: which body")
    due_on: Mapped[date | None]
    state: Mapped[State] = mapped_column(default=State.REGISTERED)
    state_since: Mapped[datetime] = mapped_column(default=clock.now)
    is_standing: Mapped[bool] = mapped_column(default=True, comment="false while its report is the unit's own again")
    assigned_at: Mapped[datetime | None] = mapped_column(comment="交办: the clock of 督办 starts here")
    signed_at: Mapped[datetime | None] = mapped_column(comment="签收")
    signed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    result: Mapped[str] = mapped_column(Text, default="", comment="what came of it, as the unit reports")
    rectified_on: Mapped[date | None]
    rectified_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    must_recheck: Mapped[bool] = mapped_column(default=False, comment="serious, relapsed or drawn: no closing on paper")
    checked_on: Mapped[date | None] = mapped_column(comment="of the last 回头看")
    check_result: Mapped[str] = mapped_column(Text, default="")
    next_look_on: Mapped[date | None] = mapped_column(comment="长期坚持: the yearly look-back")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    relapse_count: Mapped[int] = mapped_column(default=0)
    duplicate_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("finding.id"))
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    revision: Mapped[int] = mapped_column(nullable=False, default=1)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - two people at one finding: the second is told

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)
    resp: Mapped[Unit] = relationship(foreign_keys=[resp_id], lazy="joined", innerjoin=True)
    rectified_by: Mapped[User | None] = relationship(foreign_keys=[rectified_by_id])

    @property
    def is_overdue(self) -> bool:
        """Tell whether its term is over and nobody has reported it done; computed, never a state."""
        return self.due_on is not None and self.due_on < clock.today() and self.state in State.unfinished()

    @property
    def severity_label(self) -> str:
        return SEVERITIES.get(self.severity, self.severity)


class FindingEntry(db.Base):
    """One deed in the life of a finding, in the order of `seq`; never changed. A form's id makes it happen once."""

    __tablename__ = "finding_entry"
    __table_args__ = (UniqueConstraint("finding_id", "seq"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"))
    seq: Mapped[int]
    verb: Mapped[Verb]
    from_state: Mapped[State | None]
    to_state: Mapped[State]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), comment="none: by rule")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    finding: Mapped[Finding] = relationship()
    by: Mapped[User | None] = relationship(lazy="joined")


class FindingPhoto(db.Row):
    """A picture of a finding: always a copy that may be shown (masked where there was something to mask)."""

    __tablename__ = "finding_photo"
    __table_args__ = (
        UniqueConstraint("finding_id", "role", "sha256"),
        Index("ix_finding_photo_sha256", "sha256"),
    )

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"))
    role: Mapped[PhotoRole]
    sha256: Mapped[str] = mapped_column(ForeignKey("media_file.sha256"))
    caption: Mapped[str] = mapped_column(default="")
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    media: Mapped[MediaFile] = relationship(lazy="joined", innerjoin=True)


class Extension(db.Row):
    """More time, asked for before the due day, with the office's answer."""

    __tablename__ = "finding_extension"

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text)
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    is_granted: Mapped[bool | None] = mapped_column(comment="none: not decided")

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class RectificationSetting(db.Base):
    """What a campaign set otherwise than terms.DEFAULT."""

    __tablename__ = "rectification_setting"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
