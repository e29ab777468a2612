"""A list that somebody asked for as a file."""

import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db


class FileKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def label(self) -> str:
        return "Excel（xlsx）" if self is FileKind.XLSX else "文本（csv）"


class Export(db.Row):
    """Asked for once, made by a job under its id; only who asked may fetch the file. It is forgotten after a week."""

    __tablename__ = "export"
    __table_args__ = (
        Index("ix_export_user", "user_id", "created_at"),
        Index("ix_export_sha256", "sha256"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    listing: Mapped[str] = mapped_column(String(64), comment="the key of the list")
    title: Mapped[str]
    file_kind: Mapped[FileKind]
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="as they stand in the address")
    sha256: Mapped[str | None] = mapped_column(String(64), comment="none while it is being made, and once forgotten")
    size: Mapped[int | None] = mapped_column(comment="bytes")
    rows: Mapped[int | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @property
    def file_name(self) -> str:
        return f"{self.title}.{self.file_kind.value}"
