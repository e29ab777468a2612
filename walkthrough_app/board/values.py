"""What the board is asked for, and what a unit comes to: plain values, no database."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from walkthrough_app.accounts.models import Lane, OrgClass
from walkthrough_app.reports.models import ReportState

Figures = Counter[str]  # by the column of UnitFigure, and: listed, must, …; category.C, mode.on_behalf, seconds.queue


class Standing(StrEnum):
    """Where a report that is owed stands, the least far first."""

    OVERDUE = "overdue"
    RETURNED = "returned"
    MISSING = "missing"
    SUBMITTED = "submitted"
    RECEIVED = "received"

    @property
    def label(self) -> str:
        return STANDINGS[self][1]

    @property
    def chip(self) -> str:
        return STANDINGS[self][0]


STANDINGS = {
    Standing.OVERDUE: ("bad", "逾期未报"),
    Standing.RETURNED: ("wait", "退回补充"),
    Standing.MISSING: ("", "未报"),
    Standing.SUBMITTED: ("brand", "已报送"),
    Standing.RECEIVED: ("good", "已接收"),
}


class Sort(StrEnum):
    NAME = "name"
    COVERAGE = "coverage"
    STANDING = "standing"

    @property
    def label(self) -> str:
        return {Sort.NAME: "按名称", Sort.COVERAGE: "覆盖率低的在前", Sort.STANDING: "报送慢的在前"}[self]


@dataclass(frozen=True)
class Filters:
    """Which units are looked at; None and '' let all through."""

    lane: Lane | None = None
    org_class: OrgClass | None = None
    standing: Standing | None = None
    text: str = ""
    unit_id: uuid.UUID | None = None

    @property
    def is_all(self) -> bool:
        return self == Filters()


@dataclass(frozen=True, slots=True)
class OwedReport:
    """The special report of one head, begun or not."""

    unit_id: uuid.UUID
    unit: str
    post: str
    lane: Lane | None
    report_id: uuid.UUID | None
    head_id: uuid.UUID | None
    state: ReportState | None
    standing: Standing
    number: int | None = None
    is_late: bool = False
    confirmed_at: datetime | None = None
    submitted_at: datetime | None = None
    returned_at: datetime | None = None
    days_over: int = 0

    @property
    def is_handed_in(self) -> bool:
        return self.standing in {Standing.RETURNED, Standing.SUBMITTED, Standing.RECEIVED}


@dataclass
class UnitLine:
    """A unit with its figures; `reported` are those of the walks in reports that were handed in."""

    id: uuid.UUID
    name: str
    org_class: OrgClass
    figures: Figures = field(default_factory=Counter)
    reported: Figures = field(default_factory=Counter)
    owed: list[OwedReport] = field(default_factory=list)
    supplements: list[OwedReport] = field(default_factory=list)

    @property
    def lane(self) -> Lane | None:
        return self.org_class.lane

    @cached_property
    def standing(self) -> Standing:
        """Where the least far of the unit's reports stands."""
        order = list(Standing)
        return min((one.standing for one in self.owed), key=order.index, default=Standing.MISSING)

    @property
    def days_over(self) -> int:
        return max((one.days_over for one in self.owed), default=0)

    @property
    def coverage(self) -> float:
        """Return the share of the items walked; a unit without items comes last."""
        return self.figures["items_walked"] / self.figures["listed"] if self.figures["listed"] else 2.0

    def passes(self, filters: Filters) -> bool:
        return (
            (filters.lane is None or filters.lane is self.lane)
            and (filters.org_class is None or filters.org_class is self.org_class)
            and (filters.standing is None or filters.standing is self.standing)
            and (filters.unit_id is None or filters.unit_id == self.id)
            and filters.text in self.name
        )


def count_reports(owed: Sequence[OwedReport]) -> Figures:
    """Count the reports owed by where they stand."""
    counts = Counter({"due": len(owed)})
    for one in owed:
        counts[one.standing.value] += 1
        counts["handed_in"] += one.is_handed_in
        counts["late"] += one.is_late
    counts["not_in"] = counts["missing"] + counts["overdue"]
    return counts


def total(figures: Iterable[Figures]) -> Figures:
    """Add up the figures of several units."""
    found: Figures = Counter()
    for one in figures:
        found.update(one)
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody: who, what, since when; `count` stands for how many of them."""

    unit_id: uuid.UUID
    unit: str
    text: str
    since: date
    id: str
    report_id: uuid.UUID | None = None
    walk_id: uuid.UUID | None = None
    count: int = 1
    at: datetime | None = None
