"""What every unit of a campaign still owes, computed anew each time from the data, in a few statements."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, or_, select, true

from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, PlanEntry, PlanState, ServiceItem
from walkthrough_app.campaigns.queries import is_member
from walkthrough_app.core import db
from walkthrough_app.reports.models import Report, ReportKind, ReportState, ReportVersion
from walkthrough_app.walkthroughs.models import Purpose, WalkState, Walkthrough

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


@dataclass(frozen=True, slots=True)
class Among:
    """A campaign and the units looked at: all that take part, or the named ones of them."""

    campaign: Campaign
    unit_ids: Sequence[uuid.UUID] | None = None

    def of(self, column: Any) -> ColumnElement[bool]:
        """Return the condition on a column with the id of a unit; a short list lets its index be used."""
        return true() if self.unit_ids is None else column.in_(self.unit_ids)

    @property
    def units(self) -> ColumnElement[bool]:
        return self.of(Unit.id) & is_member(self.campaign)


def debts(campaign: Campaign, *, walks: bool = True) -> list[Debt]:
    """Return every unit of the campaign, by name, whether it owes something or not; without `walks` reports only."""
    return _debts(Among(campaign), walks=walks)


def debts_of(campaign: Campaign, unit_ids: Iterable[uuid.UUID]) -> list[Debt]:
    return _debts(Among(campaign, list(unit_ids)), walks=True)


def _debts(among: Among, *, walks: bool) -> list[Debt]:
    units = db.session.scalars(select(Unit).where(among.units).order_by(Unit.name)).all()
    people, reports = _people(among), _reports(among)
    unwalked = _unwalked(among) if walks else {}
    uncovered = _uncovered(among) if walks else {}
    planned = _planned(among) if walks else {unit.id for unit in units}
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


def _people(among: Among) -> dict[uuid.UUID, list[User]]:
    query = select(User).join(Unit, User.unit_id == Unit.id).where(among.units)
    active = query.where(User.is_active, User.role.in_(UNIT_ROLES))
    return _grouped(db.session.scalars(active.order_by(User.created_at)))


def _reports(among: Among) -> dict[uuid.UUID, list[Report]]:
    query = select(Report).where(Report.campaign_id == among.campaign.id, among.of(Report.unit_id))
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
    return {key: Returned(one.report, one.returned_at, one.return_due_on) for key, one in last.items()}


def _live(among: Among) -> ColumnElement[bool]:
    here = (PlanEntry.campaign_id == among.campaign.id) & among.of(PlanEntry.unit_id)
    return here & (PlanEntry.state != PlanState.DROPPED)


def _unwalked(among: Among) -> dict[uuid.UUID, int]:
    """Count the confirmed entries nobody has walked, by walker; what waits for its result is walked."""
    walked = select(Walkthrough.plan_id).where(
        Walkthrough.campaign_id == among.campaign.id, among.of(Walkthrough.unit_id), Walkthrough.state.in_(WALKED)
    )
    walked = walked.where(Walkthrough.purpose == Purpose.WALK)
    query = select(PlanEntry.walker_id, func.count()).where(_live(among), PlanEntry.state == PlanState.CONFIRMED)
    rows = db.session.execute(query.where(PlanEntry.id.not_in(walked)).group_by(PlanEntry.walker_id))
    return {row[0]: row[1] for row in rows}


def _planned(among: Among) -> set[uuid.UUID]:
    """Return the units that have planned anything."""
    return set(db.session.scalars(select(PlanEntry.unit_id).where(_live(among)).distinct()))


def _uncovered(among: Among) -> dict[uuid.UUID, int]:
    """Count by unit the items the head must walk and has not planned (S002-10)."""
    heads = select(User.id).where(User.role == Role.HEAD)
    by_head = select(PlanEntry.item_id).where(_live(among), PlanEntry.walker_id.in_(heads))
    must_walk = or_(ServiceItem.is_important, ServiceItem.is_core_function, ServiceItem.is_complaint)
    query = select(ServiceItem.unit_id, func.count()).where(ServiceItem.is_active, must_walk)
    units = select(Unit.id).where(among.units)  # without them the catalogues of the whole province would be read
    mine = query.where(ServiceItem.unit_id.in_(units), ServiceItem.id.not_in(by_head))
    return {row[0]: row[1] for row in db.session.execute(mine.group_by(ServiceItem.unit_id))}
