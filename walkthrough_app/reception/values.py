"""Plain values of the desk: what its list is asked for, and what it shows."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.reports.models import Report, ReportVersion


class Desk(StrEnum):
    """Who has to do something about a submitted version; in the order in which the list shows them."""

    WAITING = "waiting"
    RETURNED = "returned"
    RECEIVED = "received"

    @property
    def label(self) -> str:
        return {Desk.WAITING: "待处理", Desk.RETURNED: "已退回", Desk.RECEIVED: "已接收"}[self]


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; None and '' leave everything in."""

    desk: Desk | None = None
    is_late: bool | None = None
    org_class: OrgClass | None = None
    campaign_id: uuid.UUID | None = None
    words: str = ""

    @property
    def is_any(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list ended."""

    desk: Desk
    submitted_at: datetime
    version_id: uuid.UUID


@dataclass(frozen=True)
class Listed:
    """A report as the desk has it: with the version that was submitted last (its data not loaded)."""

    report: Report
    version: ReportVersion
    desk: Desk
    open_threads: int = 0
