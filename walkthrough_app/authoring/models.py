"""Drafts: a questionnaire while it is written, and every save of it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires.models import Questionnaire

OPEN = text("published_id IS NULL")


class QuestionnaireDraft(db.Row):
    """One document on its way to a version; it may be incomplete. Published, it is kept to say what became of it."""

    __tablename__ = "questionnaire_draft"
    __table_args__ = (
        Index("uq_questionnaire_draft_open", "key", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    key: Mapped[str]
    title: Mapped[str]
    based_on_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("questionnaire.id"), comment="the published version it goes on from; none: a programme of its own"
    )
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    revision: Mapped[int] = mapped_column(default=1, comment="raised by every save; a form names the one it shows")
    edited_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    edited_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_out: Mapped[list[Any]] = mapped_column(
        default=list, comment="what a foreign form had that could not be carried"
    )
    published_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("questionnaire.id"))

    based_on: Mapped[Questionnaire | None] = relationship(foreign_keys=[based_on_id])
    published: Mapped[Questionnaire | None] = relationship(foreign_keys=[published_id])
    edited_by: Mapped[User] = relationship()


class DraftSave(db.Row):
    """What a draft was after one save; `what` says in Chinese what was done."""

    __tablename__ = "questionnaire_draft_save"
    __table_args__ = (UniqueConstraint("draft_id", "revision"),)

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("questionnaire_draft.id"), index=True)
    revision: Mapped[int]
    what: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    saved_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    saved_by: Mapped[User] = relationship()
