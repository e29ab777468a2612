"""What waits for whom: units, walkers, lanes; the longest waiting first."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.board.queries.among import aside
from walkthrough_app.board.values import OwedReport, Standing, UnitLine, Waiting
from walkthrough_app.campaigns.models import Campaign, PlanEntry, PlanState
from walkthrough_app.core import clock, db
from walkthrough_app.core.paging import SIZE, Key
from walkthrough_app.reports.models import ReportState
from walkthrough_app.walkthroughs.models import Purpose, WalkState, Walkthrough

STOPPED_DAYS = 3

Finder = Callable[[Campaign, Sequence[UnitLine]], list[Waiting]]


def no_plan(campaign: Campaign, lines: Sequence[UnitLine]) -> list[Waiting]:
    """Return the units that have planned nothing since the campaign opened."""
    plan = exists().where(PlanEntry.unit_id == Unit.id, PlanEntry.campaign_id == campaign.id)
    query = select(Unit.id).where(plan.where(PlanEntry.state != PlanState.DROPPED))
    planned = set(db.session.scalars(query.where(Unit.id.in_([line.id for line in lines]))))
    return [_of_unit(line, "还没有体验计划", campaign) for line in lines if line.id not in planned]


def must_open(campaign: Campaign, lines: Sequence[UnitLine]) -> list[Waiting]:
    """Return the units whose head has not walked all that the head must walk."""
    found = []
    for line in lines:
        many = line.figures["must"] - line.figures["must_by_head"]
        found += [_of_unit(line, f"{many} 个必须亲自走的事项还没走", campaign, many)] if many else []
    return sorted(found, key=lambda one: (-one.count, one.unit))


def stopped(campaign: Campaign, lines: Sequence[UnitLine], after: Key | None = None) -> list[Waiting]:
    """Return the walks that were begun and have stood still for days: one more than a page has."""
    names = {line.id: line.name for line in lines}
    walk = Walkthrough.__table__.c
    query = select(walk.id, walk.unit_id, walk.updated_at, User.post).join(User, User.id == walk.walker_id)
    query = query.where(*_is_stopped(campaign), aside(walk.unit_id).in_(names))
    if after:
        query = query.where(walk.updated_at >= after[0], (walk.updated_at > after[0]) | (walk.id > after[1]))
    rows = db.session.execute(query.order_by(walk.updated_at, walk.id).limit(SIZE + 1))
    return [
        Waiting(
            unit_id=row.unit_id,
            unit=names[row.unit_id],
            text=f"{row.post}走到一半停下了",
            since=_day(row.updated_at),
            id=str(row.id),
            walk_id=row.id,
            at=row.updated_at,
        )
        for row in rows
    ]


def count_stopped(campaign: Campaign, lines: Sequence[UnitLine]) -> int:
    walk = Walkthrough.__table__.c
    query = select(walk.unit_id, func.count()).where(*_is_stopped(campaign)).group_by(walk.unit_id)
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return sum(counts.get(line.id, 0) for line in lines)


def _is_stopped(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    walk = Walkthrough.__table__.c
    stale = clock.now() - timedelta(days=STOPPED_DAYS)
    is_begun = (walk.state == WalkState.IN_PROGRESS) & (walk.purpose == Purpose.WALK)
    return walk.campaign_id == campaign.id, is_begun, walk.updated_at < stale


def confirmed(_campaign: Campaign, lines: Sequence[UnitLine]) -> list[Waiting]:
    """Return the reports that were confirmed and not handed in."""
    is_ready = [one for one in _owed(lines) if one.state is ReportState.CONFIRMED]
    return _by_age([_of_report(one, "报告已确认，还没有报送", one.confirmed_at) for one in is_ready])


def overdue(campaign: Campaign, lines: Sequence[UnitLine]) -> list[Waiting]:
    """Return the reports that are past their day."""
    due = campaign.late_after
    late = [one for one in _owed(lines) if one.standing is Standing.OVERDUE]
    return [
        Waiting(one.unit_id, one.unit, f"{_who(one)}报告还没有报送", due, f"{one.unit_id}{one.head_id}") for one in late
    ]


def returned(_campaign: Campaign, lines: Sequence[UnitLine]) -> list[Waiting]:
    """Return the reports that were sent back and have not come again."""
    back = [one for one in _owed(lines) if one.standing is Standing.RETURNED]
    return _by_age([_of_report(one, "报告退回，等补充", one.returned_at) for one in back])


def submitted(_campaign: Campaign, lines: Sequence[UnitLine]) -> list[Waiting]:
    """Return the reports that wait for their lane."""
    there = [one for one in _owed(lines) if one.standing is Standing.SUBMITTED]
    return _by_age([_of_report(one, f"{_who(one)}报告等{_lane(one)}接收", one.submitted_at) for one in there])


def _owed(lines: Sequence[UnitLine]) -> list[OwedReport]:
    return [one for line in lines for one in line.owed]


def _of_unit(line: UnitLine, text: str, campaign: Campaign, count: int = 1) -> Waiting:
    return Waiting(line.id, line.name, text, campaign.opens_on, str(line.id), count=count)


def _of_report(one: OwedReport, text: str, since: datetime | None) -> Waiting:
    assert since
    return Waiting(one.unit_id, one.unit, text, _day(since), str(one.report_id), report_id=one.report_id)


def _by_age(found: list[Waiting]) -> list[Waiting]:
    return sorted(found, key=lambda one: (one.since, one.unit, one.id))


def _who(one: OwedReport) -> str:
    return f"{one.post}的" if one.post else ""


def _lane(one: OwedReport) -> str:
    return one.lane.label if one.lane else "工作组"


def _day(moment: datetime) -> date:
    return clock.to_local(moment).date()


FINDERS: dict[str, Finder] = {
    "no_plan": no_plan,
    "must_open": must_open,
    "stopped": stopped,
    "confirmed": confirmed,
    "overdue": overdue,
    "returned": returned,
    "submitted": submitted,
}
