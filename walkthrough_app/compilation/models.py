"""A compilation of a campaign's reports for one lane or for the whole, and its versions."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db


class Scope(StrEnum):
    """Whose reports: a lane's, or everybody's."""

    STYLE = "style"
    COORD = "coord"
    ALL = "all"

    @property
    def lane(self) -> Lane | None:
        return None if self is Scope.ALL else Lane(self.value)

    @property
    def label(self) -> str:
        return self.lane.label if self.lane else "全部报告"


class Compilation(db.Row):
    """The draft, which goes on after each version: what was gathered (`material`) and what people decided."""

    __tablename__ = "compilation"
    __table_args__ = (UniqueConstraint("campaign_id", "scope"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    scope: Mapped[Scope]
    with_counties: Mapped[bool] = mapped_column(default=False, comment="the city's includes what its counties received")
    material: Mapped[dict[str, Any] | None] = mapped_column(
        deferred=True, comment="what the reports decide: see content.gathered"
    )
    gathering: Mapped[int] = mapped_column(default=0, comment="how often it was asked for: the job's number")
    gathered_at: Mapped[datetime | None]
    decisions: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="groups of problems, by problem id")
    picks: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="chosen cases: models, warnings")
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="rewritten paragraphs: text, was")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    revision: Mapped[int] = mapped_column(nullable=False, default=1)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - two people editing: the second is told

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    versions: Mapped[list["CompilationVersion"]] = relationship(
        order_by="CompilationVersion.number", back_populates="compilation"
    )

    @property
    def current(self) -> "CompilationVersion | None":
        return self.versions[-1] if self.versions else None


class CompilationVersion(db.Row):
    """A frozen compilation: its data and its files. Never rewritten."""

    __tablename__ = "compilation_version"
    __table_args__ = (UniqueConstraint("compilation_id", "number"),)

    compilation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("compilation.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(deferred=True, comment="walkthrough-compilation/1, as in the PDF")
    reports: Mapped[int] = mapped_column(comment="how many went in")
    frozen_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    frozen_at: Mapped[datetime]
    pdf_sha256: Mapped[str | None] = mapped_column(String(64), comment="none until the papers are made")
    pages: Mapped[int | None]
    docx_sha256: Mapped[str | None] = mapped_column(String(64))
    xlsx_sha256: Mapped[str | None] = mapped_column(String(64))
    binder_sha256: Mapped[str | None] = mapped_column(String(64), comment="all its reports bound, once asked for")

    compilation: Mapped[Compilation] = relationship(back_populates="versions")
    frozen_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
