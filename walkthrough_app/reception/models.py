"""What the lane says about a place of a report, and what the unit answers."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.reports.models import Report


class Thread(db.Row):
    """One matter, begun by the lane at a place of a frozen version; it stays with that version."""

    __tablename__ = "review_thread"
    __table_args__ = (Index("ix_review_thread_report_id_number", "report_id", "number"),)

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int] = mapped_column(comment="of the version")
    place: Mapped[str] = mapped_column(String(120), comment="see reception/places.py")
    title: Mapped[str] = mapped_column(comment="the place in words, as it stood there")
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    report: Mapped[Report] = relationship(lazy="joined", innerjoin=True)
    comments: Mapped[list["Comment"]] = relationship(order_by="Comment.created_at", lazy="selectin")

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def anchor(self) -> str:
        """Return the id its place has on the review page."""
        return self.place.replace(":", "-")


class Comment(db.Row):
    """One contribution; its id comes from the form, so a form sent twice is the same comment."""

    __tablename__ = "review_comment"

    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_thread.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    text: Mapped[str]

    author: Mapped[User] = relationship(lazy="joined", innerjoin=True)
