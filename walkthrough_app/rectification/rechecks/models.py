"""A 回头看 with its outcome, and the lot by which it was drawn."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.models import Finding
from walkthrough_app.walkthroughs.models import Walkthrough


class Method(StrEnum):
    """How it is looked at again: the step is walked; where no walk found it, it is looked at on the spot."""

    WALK = "walk"
    VISIT = "visit"

    @property
    def label(self) -> str:
        return "再走一遍" if self is Method.WALK else "现场查看"


class Outcome(StrEnum):
    PASSED = "passed"
    KEPT_UP = "kept_up"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return OUTCOMES[self]


OUTCOMES = {Outcome.PASSED: "通过", Outcome.KEPT_UP: "通过，长期坚持", Outcome.FAILED: "没有解决"}
OPEN = text("decided_at IS NULL")


class Recheck(db.Row):
    """Who looks at a finding again, by when, and what came of it; one at a time."""

    __tablename__ = "recheck"
    __table_args__ = (
        Index("uq_recheck_open", "finding_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_recheck_mine", "checker_id", "decided_at", "due_on"),
    )

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"), index=True)
    checker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    ordered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    due_on: Mapped[date]
    method: Mapped[Method]
    walk_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("walkthrough.id"), index=True)
    outcome: Mapped[Outcome | None]
    text: Mapped[str] = mapped_column(Text, default="", comment="how it was found to be")
    decided_at: Mapped[datetime | None]

    finding: Mapped[Finding] = relationship(lazy="joined", innerjoin=True)
    checker: Mapped[User] = relationship(foreign_keys=[checker_id], lazy="joined", innerjoin=True)
    ordered_by: Mapped[User] = relationship(foreign_keys=[ordered_by_id])
    walk: Mapped[Walkthrough | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < clock.today()


class RecheckSeed(db.Base):
    """What the lots of a campaign are drawn with: made by chance once, kept for good."""

    __tablename__ = "recheck_seed"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class RecheckDraw(db.Base):
    """The lot of a finding when it was reported done: a number of 0…99, drawn when below the share of that day."""

    __tablename__ = "recheck_draw"

    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    number: Mapped[int]
    percent: Mapped[int] = mapped_column(comment="the share as it was set then")
    is_serious: Mapped[bool] = mapped_column(comment="serious: looked at again whatever the lot")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    finding: Mapped[Finding] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_drawn(self) -> bool:
        return self.number < self.percent
