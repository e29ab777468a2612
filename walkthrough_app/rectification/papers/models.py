"""Official papers, their units, what was done with them, what was printed. A number is never free again."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Lane, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers.life import OWED, Kind, State, Verb

NUMBERS = {
    Kind.NOTICE: "督办〔{year}〕{number}号",
    Kind.LETTER: "交办函〔{year}〕{number}号",
    Kind.RECHECK: "回头看〔{year}〕{number}号",
    Kind.BULLETIN: "通报第{number}期",
    Kind.BRIEF: "典型经验第{number}期",
}


class Part(StrEnum):
    """What a unit has to do with a paper beside the one that answers it."""

    CO = "co"
    NAMED = "named"
    READER = "reader"


paper_finding = Table(
    "official_paper_finding",
    db.Base.metadata,
    Column("paper_id", ForeignKey("official_paper.id"), primary_key=True),
    Column("finding_id", ForeignKey("finding.id"), primary_key=True, index=True),
)


class OfficialPaper(db.Row):
    """One paper; `data` is what its form says, in plain JSON, and may be changed until it is issued."""

    __tablename__ = "official_paper"
    __table_args__ = (
        UniqueConstraint("kind", "office_id", "year", "number"),
        Index("ix_official_paper_office", "office_id", "kind", "state", "created_at"),
        Index("ix_official_paper_unit", "unit_id", "state", "created_at"),
    )

    kind: Mapped[Kind]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("unit.id"), comment="who issues it: numbers are the office's"
    )
    lane: Mapped[Lane | None] = mapped_column(comment="of the group that wrote it; none: the office itself")
    unit_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("unit.id"), comment="who must answer, or whom it is about"
    )
    year: Mapped[int | None] = mapped_column(comment="with number: given when it is issued")
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(String(16), default="", comment="readers: all, a class of units, or units")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_on: Mapped[date | None] = mapped_column(comment="of the answer, with extensions; of objections to a bulletin")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[datetime | None] = mapped_column(comment="dispatch: the clock of 督办 starts here")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    revision: Mapped[int] = mapped_column(nullable=False, default=1)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - two people at one paper: the second is told

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    office: Mapped[Unit] = relationship(foreign_keys=[office_id], lazy="joined", innerjoin=True)
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id], lazy="joined")
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    findings: Mapped[list[Finding]] = relationship(secondary=paper_finding, order_by=Finding.code)
    units: Mapped[list["PaperUnit"]] = relationship(cascade="all, delete-orphan")
    entries: Mapped[list["PaperEntry"]] = relationship(order_by="PaperEntry.seq", back_populates="paper")
    prints: Mapped[list["PaperPrint"]] = relationship(order_by="PaperPrint.edition", back_populates="paper")

    @property
    def code(self) -> str:
        """Return the number as it is written, '' for a draft."""
        if self.number is None:
            return ""
        return NUMBERS[self.kind].format(year=self.year, number=self.number)

    @property
    def name(self) -> str:
        """Return the number in words, which tell the kind too (督办〔2026〕5号, 通报第3期); of a draft its kind."""
        return self.code or self.kind.label

    @property
    def is_owed(self) -> bool:
        return self.kind is Kind.NOTICE and self.state in OWED

    @property
    def late_days(self) -> int:
        """Return by how many working days the answer to a notice is overdue; computed, never a state."""
        if not self.is_owed or self.due_on is None or self.due_on >= clock.today():
            return 0
        return max(1, clock.workdays_between(self.due_on, clock.today()))

    def units_of(self, part: Part) -> list[Unit]:
        return sorted((one.unit for one in self.units if one.part is part), key=lambda unit: unit.name)


class PaperUnit(db.Base):
    __tablename__ = "official_paper_unit"

    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("official_paper.id"), primary_key=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    part: Mapped[Part] = mapped_column(primary_key=True)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)


class PaperEntry(db.Base):
    """One deed in the life of a paper, never changed. A form's id makes it happen once; `post` as it was then."""

    __tablename__ = "official_paper_entry"
    __table_args__ = (UniqueConstraint("paper_id", "seq"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("official_paper.id"))
    seq: Mapped[int]
    verb: Mapped[Verb]
    to_state: Mapped[State]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    post: Mapped[str] = mapped_column(comment="unit and post, as papers name people")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    paper: Mapped[OfficialPaper] = relationship(back_populates="entries")


class PaperPrint(db.Row):
    """What a paper said at one moment, and its files: as issued (1), as closed (2). Never rewritten."""

    __tablename__ = "official_paper_print"
    __table_args__ = (UniqueConstraint("paper_id", "edition"),)

    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("official_paper.id"))
    edition: Mapped[int]
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64), comment="none until a job has made it")
    pages: Mapped[int | None]
    docx_sha256: Mapped[str | None] = mapped_column(String(64))

    paper: Mapped[OfficialPaper] = relationship(back_populates="prints")
