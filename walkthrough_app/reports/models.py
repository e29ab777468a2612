"""The special report of one reporting head, its versions, and what the lane did with them."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Lane, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs.models import Walkthrough


class ReportKind(StrEnum):
    SPECIAL = "special"
    SUPPLEMENT = "supplement"

    @property
    def label(self) -> str:
        return "专项报告" if self is ReportKind.SPECIAL else "补报"


class ReportState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RECEIVED = "received"
    COMPILED = "compiled"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    ReportState.DRAFT: "草稿",
    ReportState.CONFIRMED: "已确认，待报送",
    ReportState.SUBMITTED: "已报送",
    ReportState.RETURNED: "退回补充",
    ReportState.RECEIVED: "已接收",
    ReportState.COMPILED: "已汇编",
}
SETTLED = frozenset({ReportState.RECEIVED, ReportState.COMPILED})

report_walk = Table(
    "report_walk",
    db.Base.metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("walk_id", ForeignKey("walkthrough.id"), primary_key=True, index=True),
)


class Report(db.Row):
    __tablename__ = "report"
    __table_args__ = (
        Index(
            "uq_report_special",
            "campaign_id",
            "head_id",
            unique=True,
            sqlite_where=text("kind = 'special'"),
            postgresql_where=text("kind = 'special'"),
        ),
    )

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    head_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[ReportKind] = mapped_column(default=ReportKind.SPECIAL)
    supplements_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("report.id"))
    lane: Mapped[Lane] = mapped_column(index=True)
    state: Mapped[ReportState] = mapped_column(default=ReportState.DRAFT)
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="paragraphs the unit has rewritten, by key")
    explanations: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="why something is missing, by check")
    contact: Mapped[str] = mapped_column(default="", comment="for the 附注: post and telephone of the liaison")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    revision: Mapped[int] = mapped_column(nullable=False, default=1)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - two people editing: the second is told

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    head: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    walks: Mapped[list[Walkthrough]] = relationship(secondary=report_walk, order_by=Walkthrough.created_at)
    versions: Mapped[list["ReportVersion"]] = relationship(order_by="ReportVersion.number", back_populates="report")

    @property
    def current(self) -> "ReportVersion | None":
        return self.versions[-1] if self.versions else None


def _desk_index(name: str, condition: str) -> Index:
    """Index the versions that lie on a desk in one state, in the order in which they came.

    It holds all that the desk's list asks for: behind the long data a row is slow to read.
    """
    where, columns = text(condition), ("submitted_at", "id", "report_id", "number", "is_late")
    return Index(f"ix_report_version_{name}", *columns, sqlite_where=where, postgresql_where=where)


class ReportVersion(db.Row):
    """A confirmed, frozen report: its data, its PDF and its way through the lane. Never rewritten."""

    __tablename__ = "report_version"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        _desk_index("waiting", "submitted_at IS NOT NULL AND returned_at IS NULL AND received_at IS NULL"),
        _desk_index("returned", "returned_at IS NOT NULL"),
        _desk_index("received", "received_at IS NOT NULL"),
    )

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(comment="the machine-readable report, as embedded in the PDF")
    code: Mapped[str | None] = mapped_column(
        String(16), unique=True, comment="printed on the paper, leads to its proof"
    )
    pdf_sha256: Mapped[str | None] = mapped_column(String(64), comment="none until the paper is laid out")
    pdf_size: Mapped[int | None] = mapped_column(comment="bytes")
    pages: Mapped[int | None]
    docx_sha256: Mapped[str | None] = mapped_column(String(64))
    confirmed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime]
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    is_late: Mapped[bool] = mapped_column(default=False)
    returned_at: Mapped[datetime | None]
    return_reasons: Mapped[list[Any]] = mapped_column(default=list)
    return_due_on: Mapped[date | None] = mapped_column(comment="by when the lane wants the corrected report")
    received_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    report: Mapped[Report] = relationship(back_populates="versions")
    confirmed_by: Mapped[User] = relationship(foreign_keys=[confirmed_by_id], lazy="joined", innerjoin=True)
