"""Points with their codes, what was said there, what is done about it. Nothing here tells who said it."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.printing import GivenOut


class RatingPoint(db.Row):
    """A counter, a window or a whole unit that is rated; `code` stands in the address of its page."""

    __tablename__ = "rating_point"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "form_key", "name"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(32), comment="id of the public form in the questionnaire")
    name: Mapped[str] = mapped_column(comment="as the card says it: 3号窗口")
    code: Mapped[str] = mapped_column(String(16), unique=True)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)


class Rating(db.Base):
    """What one person said once. Its id is that of the form; it keeps a day and no moment, no address, no device."""

    __tablename__ = "rating"
    __table_args__ = (Index("ix_rating_point_day", "point_id", "given_on"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    point_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rating_point.id"))
    given_on: Mapped[date]
    answers: Mapped[dict[str, Any]] = mapped_column(comment="question id to option id or ids; no text")
    comment: Mapped[str] = mapped_column(Text, default="", comment="numbers of people masked before it came here")
    is_aside: Mapped[bool] = mapped_column(default=False, comment="too many of one source on one day: not counted")
    is_purged: Mapped[bool] = mapped_column(default=False, comment="there was a comment, its text is gone")

    point: Mapped[RatingPoint] = relationship(lazy="joined", innerjoin=True)


class RatingCount(db.Base):
    """How often something was answered at a point in a month; a question '' counts ratings (see counting.py)."""

    __tablename__ = "rating_count"

    point_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rating_point.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True, comment="2026-11")
    question: Mapped[str] = mapped_column(String(16), primary_key=True)
    answer: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int]


class DaySecret(db.Base):
    """What makes marks of sources on one day. Deleted when the day is over: no mark can be made again afterwards."""

    __tablename__ = "rating_day_secret"

    day: Mapped[date] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary(32))


class SourceCount(db.Base):
    """How many ratings one mark gave on one day; no rating points to its mark, and the marks go with the secret."""

    __tablename__ = "rating_source_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int]


class CaseState(StrEnum):
    """Where a comment or a bad rating stands."""

    NEW = "new"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"
    FINDING = "finding"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return CASE_LABELS[self]


CASE_LABELS = {
    CaseState.NEW: "待处理",
    CaseState.ASKED: "待单位答复",
    CaseState.ANSWERED: "单位已答复",
    CaseState.CLOSED: "已办结",
    CaseState.FINDING: "已转为问题",
    CaseState.DECLINED: "不采用",
}
WAITING = frozenset({CaseState.NEW, CaseState.ASKED, CaseState.ANSWERED})
OUTCOMES = {"rectified": "已整改", "explained": "已解释"}


class RatingCase(db.Base):
    """A comment or a bad rating on the office's desk, and what came of it; days only, as in a rating."""

    __tablename__ = "rating_case"
    __table_args__ = (
        Index("ix_rating_case_desk", "campaign_id", "state", "due_on"),
        Index("ix_rating_case_unit", "unit_id", "state", "due_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    rating_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rating.id"), unique=True)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[CaseState] = mapped_column(default=CaseState.NEW)
    is_bad: Mapped[bool]
    is_aside: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    passed_on: Mapped[str] = mapped_column(Text, default="", comment="what the unit is shown")
    asked_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(16), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="", comment="why not taken up, sent back, or how it was closed")
    ended_on: Mapped[date | None]
    finding_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("finding.id"))

    rating: Mapped[Rating] = relationship(lazy="joined", innerjoin=True)
    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    finding: Mapped[Finding | None] = relationship()

    @property
    def is_overdue(self) -> bool:
        """Tell whether it still waits for somebody after its day; computed, never a state."""
        return self.state in {CaseState.NEW, CaseState.ASKED} and self.due_on < clock.today()


class RatingPaper(GivenOut):
    """评议结果反馈单 of one public form to one unit; given out again, it is the next number."""

    __tablename__ = "rating_paper"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "form_key", "number"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    form_key: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)


class RatingSetting(db.Base):
    """What a campaign set otherwise than terms.DEFAULT."""

    __tablename__ = "rating_setting"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
