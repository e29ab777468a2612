"""The ledger of background jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import clock, db


class JobState(StrEnum):
    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"todo": "等待", "doing": "正在做", "done": "完成", "failed": "没有做成"}[self.value]


class Job(db.Row):
    """One piece of work; who holds `token` while `lease_until` lies ahead is the one that does it."""

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("kind", "key"), Index("ix_job_state_updated_at", "state", "updated_at"))

    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(200), comment="the same work is never asked for twice")
    title: Mapped[str] = mapped_column(default="", comment="what it makes, for people")
    args: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    state: Mapped[JobState] = mapped_column(default=JobState.TODO)
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[str] = mapped_column(String(32), default="")
    lease_until: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0, comment="percent")
    note: Mapped[str] = mapped_column(default="", comment="what is being done now")
    error: Mapped[str] = mapped_column(default="", comment="one sentence")
    result: Mapped[dict[str, Any] | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.TODO, JobState.DOING}
