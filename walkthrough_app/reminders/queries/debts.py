"""What every unit of a campaign still owes, computed anew each time from the data, in a few statements."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, func, or_, select, true

from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, PlanEntry, PlanState, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.reminders import asked
from walkthrough_app.reminders.queries.members import is_member
from walkthrough_app.reports.models import Report, ReportKind, ReportState, ReportVersion
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

Of = TypeVar("Of", User, Report)
WALKED = (WalkState.AWAITING_RESULT, WalkState.FINISHED)
UNSENT = frozenset({ReportState.DRAFT, ReportState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Returned:
    """A report that was sent back: `asked_on` is the day it is asked for, if one was named."""

    report: Report
    at: datetime | None
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class Debt:
    """What one unit owes. `unwalked` counts plan entries by walker; `heads_missing` have handed in no report."""

    unit: Unit
    people: tuple[User, ...]
    unwalked: Mapping[uuid.UUID, int]
    is_unplanned: bool
    uncovered: int
    missing: int
    heads_missing: tuple[User, ...]
    state: ReportState | None
    returned: tuple[Returned, ...]

    @property
    def leads(self) -> list[User]:
        return [user for user in self.people if user.role in {Role.HEAD, Role.LIAISON}]

    @property
    def owes_report(self) -> bool:
        return bool(self.missing or self.returned)


def debts(campaign: Campaign) -> list[Debt]:
    """Return every unit of the campaign, by name, whether it owes something or not."""
    return _debts(campaign, true())


def debts_of(campaign: Campaign, unit_ids: Iterable[uuid.UUID]) -> list[Debt]:
    return _debts(campaign, Unit.id.in_(list(unit_ids)))


def _debts(campaign: Campaign, which: ColumnElement[bool]) -> list[Debt]:
    mine = which & is_member(campaign)
    units = db.session.scalars(select(Unit).where(mine).order_by(Unit.name)).all()
    people, reports = _people(mine), _reports(campaign, mine)
    unwalked, planned, uncovered = _unwalked(campaign, mine), _planned(campaign, mine), _uncovered(campaign, mine)
    returned = _returned([one for of_unit in reports.values() for one in of_unit])

    def debt(unit: Unit) -> Debt:
        here, own = people[unit.id], reports[unit.id]
        missing, heads = _missing(here, own)
        return Debt(
            unit=unit,
            people=tuple(here),
            unwalked={user.id: unwalked[user.id] for user in here if user.id in unwalked},
            is_unplanned=unit.id not in planned,
            uncovered=uncovered.get(unit.id, 0),
            missing=missing,
            heads_missing=heads,
            state=next((one.state for one in own if one.state in UNSENT and _is_special(one)), None),
            returned=tuple(returned[one.id] for one in own if one.id in returned),
        )

    return [debt(unit) for unit in units]


def _missing(people: Sequence[User], reports: Sequence[Report]) -> tuple[int, tuple[User, ...]]:
    """Count the special reports that were never handed in: one is due for each head, of a unit without one too."""
    heads = [user for user in people if user.role is Role.HEAD]
    handed = [one for one in reports if _is_special(one) and one.state not in UNSENT]
    missing = max(0, max(1, len(heads)) - len(handed))
    done = {one.head_id for one in handed}
    return missing, tuple(head for head in heads if head.id not in done) if missing else ()


def _is_special(report: Report) -> bool:
    return report.kind is ReportKind.SPECIAL


def _people(mine: ColumnElement[bool]) -> dict[uuid.UUID, list[User]]:
    query = select(User).join(Unit, User.unit_id == Unit.id).where(mine, User.is_active, User.role.in_(UNIT_ROLES))
    return _grouped(db.session.scalars(query.order_by(User.created_at)))


def _reports(campaign: Campaign, mine: ColumnElement[bool]) -> dict[uuid.UUID, list[Report]]:
    query = select(Report).join(Unit, Report.unit_id == Unit.id).where(mine, Report.campaign_id == campaign.id)
    return _grouped(db.session.scalars(query.order_by(Report.created_at)))


def _grouped(rows: Iterable[Of]) -> dict[uuid.UUID, list[Of]]:
    grouped: dict[uuid.UUID, list[Of]] = defaultdict(list)
    for row in rows:
        grouped[row.unit_id].append(row)
    return grouped


def _returned(reports: Iterable[Report]) -> dict[uuid.UUID, Returned]:
    """Return the reports that lie with their unit again, by their id."""
    ids = [one.id for one in reports if one.state is ReportState.RETURNED]
    if not ids:
        return {}
    query = select(ReportVersion).where(ReportVersion.report_id.in_(ids), ReportVersion.returned_at.is_not(None))
    last = {one.report_id: one for one in db.session.scalars(query.order_by(ReportVersion.number))}
    days = asked.days_of(list(last.values()))
    return {key: Returned(one.report, one.returned_at, days.get(one.id)) for key, one in last.items()}


def _live(campaign: Campaign) -> ColumnElement[bool]:
    return (PlanEntry.campaign_id == campaign.id) & (PlanEntry.state != PlanState.DROPPED)


def _unwalked(campaign: Campaign, mine: ColumnElement[bool]) -> dict[uuid.UUID, int]:
    """Count the confirmed entries nobody has walked, by walker; what waits for its result is walked."""
    walked = exists().where(Walkthrough.plan_id == PlanEntry.id, Walkthrough.state.in_(WALKED))
    query = (
        select(PlanEntry.walker_id, func.count())
        .join(Unit, PlanEntry.unit_id == Unit.id)
        .where(mine, PlanEntry.campaign_id == campaign.id, PlanEntry.state == PlanState.CONFIRMED, ~walked)
        .group_by(PlanEntry.walker_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _planned(campaign: Campaign, mine: ColumnElement[bool]) -> set[uuid.UUID]:
    """Return the units that have planned anything."""
    query = select(PlanEntry.unit_id).join(Unit, PlanEntry.unit_id == Unit.id).where(mine, _live(campaign))
    return set(db.session.scalars(query.distinct()))


def _uncovered(campaign: Campaign, mine: ColumnElement[bool]) -> dict[uuid.UUID, int]:
    """Count by unit the items the head must walk and has not planned (S002-10)."""
    by_head = exists().where(
        PlanEntry.item_id == ServiceItem.id,
        _live(campaign),
        PlanEntry.walker_id == User.id,
        User.role == Role.HEAD,
    )
    must_walk = or_(ServiceItem.is_important, ServiceItem.is_core_function, ServiceItem.is_complaint)
    query = (
        select(ServiceItem.unit_id, func.count())
        .join(Unit, ServiceItem.unit_id == Unit.id)
        .where(mine, ServiceItem.is_active, must_walk, ~by_head)
        .group_by(ServiceItem.unit_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
