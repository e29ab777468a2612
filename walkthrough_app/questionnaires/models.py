"""Published questionnaires: one row a version, never changed."""

from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import db


class Questionnaire(db.Row):
    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("key", "version"),)

    key: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    # 35 KB that hardly anybody reads: they would come along with every campaign and every walk of a list.
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
