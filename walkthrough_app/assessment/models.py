"""Points given by hand, and results as they were settled once."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db

STANDING = text("replaced_at IS NULL")


class GivenPoints(db.Row):
    """Points of one item given to one unit; a correction is a new row, the old one stays."""

    __tablename__ = "given_points"
    __table_args__ = (
        Index(
            "uq_given_points_standing",
            "campaign_id",
            "unit_id",
            "item",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    item: Mapped[str] = mapped_column(String(32), comment="id in the rubric of the questionnaire")
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    replaced_at: Mapped[datetime | None]

    by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class AssessmentResult(db.Row):
    """The assessment of a campaign as it was settled: later changes make a new one."""

    __tablename__ = "assessment_result"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(comment="walkthrough-assessment/1")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    made_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
