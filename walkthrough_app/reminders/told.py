"""Who is told what on a day: from debts and desks to lines, without writing anything."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.reminders import days, papers, rectifying, words
from walkthrough_app.reminders.lines import Kind, Line
from walkthrough_app.reminders.queries.debts import Debt, Returned
from walkthrough_app.reminders.queries.desks import Desk
from walkthrough_app.reminders.queries.papers import PaperOwed
from walkthrough_app.reminders.queries.records import Unsettled
from walkthrough_app.reminders.queries.rectifying import Rectifying, Waiting

AT = time(8, 30)


@dataclass(slots=True)
class Told:
    """Everything one person is told: one message, however much is owed."""

    user: User
    lines: list[Line] = field(default_factory=list)


class Telling:
    """Gathers lines by person, in the order they were found."""

    def __init__(self) -> None:
        self.by_user: dict[uuid.UUID, Told] = {}

    def add(self, user: User, line: Line) -> None:
        self.by_user.setdefault(user.id, Told(user)).lines.append(line)

    def debt(self, campaign: Campaign, debt: Debt, day: date, *, always: bool = False) -> None:
        """Tell the people of a unit what they owe, if the day is one that reminds of it."""
        for user, kind, text in _owed(campaign, debt, day, always=always):
            self.add(user, Line.of(kind, campaign, debt.unit.lane, text))

    def desk(self, desk: Desk) -> None:
        text = words.digest(desk.waiting, desk.arrived)
        self.add(desk.user, Line.of(Kind.DIGEST, desk.campaign, desk.user.role.lane, text))

    def rectifying(self, one: Rectifying, day: date, reminded: Collection[uuid.UUID], *, always: bool = False) -> None:
        """Tell head and liaison of the responsible unit what they owe of their problems."""
        for text in rectifying.owed(one, day, reminded=reminded, always=always):
            for user in one.leads:
                self.add(user, Line.of(Kind.RECTIFY, one.campaign, one.unit.lane, text))

    def papers(self, waiting: Sequence[PaperOwed], day: date, *, always: bool = False) -> None:
        """Tell the people of units what papers wait for them, by campaign."""
        theirs: dict[tuple[uuid.UUID, uuid.UUID], list[tuple[User, PaperOwed]]] = defaultdict(list)
        for one in waiting:
            for user in one.people:
                theirs[user.id, one.campaign.id].append((user, one))
        for found in theirs.values():
            user, first = found[0]
            for text in papers.owed([one for _, one in found], day, always=always):
                self.add(user, Line.of(Kind.PAPER, first.campaign, first.unit.lane, text))

    def unsettled(self, one: Unsettled, day: date, *, always: bool = False) -> None:
        """Tell head and liaison which records they have to settle, by day."""
        for due, count in sorted(one.due.items()):
            if always or days.is_reminder_day(due, day):
                for user in one.leads:
                    self.add(
                        user, Line.of(Kind.RECORD, one.campaign, one.unit.lane, words.settle_until(count, due, day))
                    )

    def waiting(self, one: Waiting) -> None:
        self.add(one.user, Line.of(Kind.HANDLE, one.campaign, one.user.role.lane, words.to_handle(one.counts)))


def since(day: date) -> datetime:
    """Return when the groups were last told what is new: the morning of the working day before."""
    before = days.last_workday(day - timedelta(days=1))
    return clock.from_local(datetime.combine(before, AT))


def _owed(campaign: Campaign, debt: Debt, day: date, *, always: bool) -> Iterator[tuple[User, Kind, str]]:
    if always or days.is_reminder_day(campaign.walk_due, day):
        yield from _walks(campaign, debt, day)
    if debt.missing and (always or days.is_reminder_day(campaign.report_due, day)):
        yield from _reports(campaign, debt, day)
    for one in debt.returned:
        if always or _returns_today(one, day):
            for user in _responsible(debt, (one.report.head,)):
                yield user, Kind.RETURNED, words.returned(one.asked_on, day)


def _walks(campaign: Campaign, debt: Debt, day: date) -> Iterator[tuple[User, Kind, str]]:
    when = words.until(campaign.walk_due, day)
    for user in debt.people:
        if count := debt.unwalked.get(user.id, 0):
            yield user, Kind.WALK, f"{words.unwalked(count)}，{when}"
    if debt.is_unplanned or debt.uncovered:
        what = words.unplanned() if debt.is_unplanned else words.uncovered(debt.uncovered)
        for user in debt.leads:
            yield user, Kind.PLAN, f"{what}，{when}"


def _reports(campaign: Campaign, debt: Debt, day: date) -> Iterator[tuple[User, Kind, str]]:
    when = words.report_until(campaign.report_due, campaign.late_after, day)
    for user in _responsible(debt, debt.heads_missing):
        count = debt.missing if user.role is Role.LIAISON else 1
        yield user, Kind.REPORT, f"{words.unreported(count)}，{when}"


def _responsible(debt: Debt, heads: tuple[User, ...]) -> list[User]:
    """Return those heads who are still there, and the liaison of the unit."""
    ids = {head.id for head in heads}
    return [user for user in debt.leads if user.role is Role.LIAISON or user.id in ids]


def _returns_today(one: Returned, day: date) -> bool:
    if one.asked_on:
        return days.is_reminder_day(one.asked_on, day)
    return one.at is not None and days.is_nagging_day(clock.to_local(one.at).date(), day)
