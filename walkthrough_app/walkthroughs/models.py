"""A walkthrough is a log of events; its row only keeps what lists need."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import MODE, Campaign, Mode, PlanEntry, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires.models import Questionnaire


class WalkState(StrEnum):
    IN_PROGRESS = "in_progress"
    AWAITING_RESULT = "awaiting_result"
    FINISHED = "finished"
    VOID = "void"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    WalkState.IN_PROGRESS: "进行中",
    WalkState.AWAITING_RESULT: "已受理、待结果",
    WalkState.FINISHED: "已走完",
    WalkState.VOID: "已作废",
}


class Purpose(StrEnum):
    """Why somebody walks: to find out, to look again at one step, to inspect another unit.

    Only the first is counted among the walks of a campaign.
    """

    WALK = "walk"
    RECHECK = "recheck"
    VISIT = "visit"


class Walkthrough(db.Row):
    __tablename__ = "walkthrough"
    __table_args__ = (
        Index(
            "uq_walkthrough_live",
            "plan_id",
            unique=True,
            sqlite_where=text("state != 'void' AND purpose = 'walk'"),
            postgresql_where=text("state != 'void' AND purpose = 'walk'"),
        ),
    )

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"))
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan_entry.id"), comment="none: a visit")
    walker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    questionnaire_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("questionnaire.id"))
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.WALK, server_default=text("'walk'"))
    mode: Mapped[Mode] = mapped_column(MODE)
    is_simulated: Mapped[bool]
    state: Mapped[WalkState] = mapped_column(default=WalkState.IN_PROGRESS, comment="copied from the fold, for lists")
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="copied from the fold, for lists")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[ServiceItem] = relationship(lazy="joined", innerjoin=True)
    plan: Mapped[PlanEntry | None] = relationship(lazy="joined")
    walker: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_recheck(self) -> bool:
        return self.purpose is Purpose.RECHECK

    @property
    def is_visit(self) -> bool:
        return self.purpose is Purpose.VISIT

    @property
    def is_head_in_person(self) -> bool:
        return self.walker.role is Role.HEAD

    @property
    def is_open(self) -> bool:
        return self.state in {WalkState.IN_PROGRESS, WalkState.AWAITING_RESULT}


class WalkEvent(db.Base):
    """One tap, note, photo or correction; immutable. The phone makes the id, so a repeat is the same row."""

    __tablename__ = "walk_event"
    __table_args__ = (Index("ix_walk_event_order", "walk_id", "received_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"))
    device: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(comment="counts up on its device")
    kind: Mapped[str] = mapped_column(String(32))
    step: Mapped[str | None] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(comment="the device's wall clock")
    mono: Mapped[float | None] = mapped_column(comment="ms on the device's monotonic clock since `boot`")
    boot: Mapped[str | None] = mapped_column(String(64), comment="names the page session `mono` belongs to")
    prev: Mapped[str | None] = mapped_column(String(64), comment="hash of this device's previous event")
    hash: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    received_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    door: Mapped[str] = mapped_column(String(16), comment="form | sync | import")
