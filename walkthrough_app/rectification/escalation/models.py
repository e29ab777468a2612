"""Steps that were taken, steps that somebody stopped, and what a campaign set otherwise than the built-in rules."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.models import Finding


class EscalationStep(db.Row):
    """A step that was taken, once for each day it may count from: a new term begins a new count.

    A proposal (of a notice, for the bulletin) waits for the desk until it is settled.
    """

    __tablename__ = "escalation_step"
    __table_args__ = (
        UniqueConstraint("finding_id", "rule", "from_on"),
        Index("ix_escalation_step_waiting", "act", "settled_at", "finding_id"),
        Index("ix_escalation_step_done_at", "done_at"),
    )

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"))
    rule: Mapped[str] = mapped_column(String(32))
    act: Mapped[str] = mapped_column(String(16))
    from_on: Mapped[date] = mapped_column(comment="the day it counts from: due, extension refused, or come back")
    due_on: Mapped[date]
    done_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_how: Mapped[str] = mapped_column(Text, default="", comment="e.g. the number of the notice")

    finding: Mapped[Finding] = relationship(lazy="joined", innerjoin=True)
    settled_by: Mapped[User | None] = relationship()


class EscalationStop(db.Row):
    """A desk stopped a step of one finding, with a reason; gone on with when `resumed_at` is set."""

    __tablename__ = "escalation_stop"
    __table_args__ = (Index("ix_escalation_stop_finding_id", "finding_id", "resumed_at"),)

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"))
    rule: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    resumed_at: Mapped[datetime | None]
    resumed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    resumed_why: Mapped[str] = mapped_column(Text, default="")

    finding: Mapped[Finding] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="joined", innerjoin=True)
    resumed_by: Mapped[User | None] = relationship(foreign_keys=[resumed_by_id])


class EscalationSetting(db.Base):
    """What a campaign set otherwise: `{rule: {"is_on": bool, "workdays": number}}`."""

    __tablename__ = "escalation_setting"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
