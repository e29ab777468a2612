"""The desk's list: what waits for the lane first, the oldest on top; then what waits for units, then what is done.

Each of the three is read along an index of its own, so that a page costs the same however long the list is.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, defer, selectinload

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose
from walkthrough_app.campaigns.queries import OWN_FIRST
from walkthrough_app.core import db
from walkthrough_app.reception.queries.threads import open_counts
from walkthrough_app.reception.values import Cursor, Desk, Filters, Listed
from walkthrough_app.reports.models import Report, ReportVersion

PAGE = 30
ON_DESK = {
    Desk.WAITING: and_(
        ReportVersion.submitted_at.is_not(None),
        ReportVersion.returned_at.is_(None),
        ReportVersion.received_at.is_(None),
    ),
    Desk.RETURNED: and_(ReportVersion.submitted_at.is_not(None), ReportVersion.returned_at.is_not(None)),
    Desk.RECEIVED: and_(ReportVersion.submitted_at.is_not(None), ReportVersion.received_at.is_not(None)),
}


def page(user: User, filters: Filters, after: Cursor | None = None) -> tuple[list[Listed], Cursor | None]:
    """Return one page of the list, and where the next one begins (None on the last)."""
    found: list[tuple[Desk, Report, ReportVersion]] = []
    for desk in _desks(filters, after):
        rows = _rows(user, filters, desk, after, limit=PAGE + 1 - len(found))
        found += [(desk, report, version) for report, version in rows]
        if len(found) > PAGE:
            break
    counted = open_counts(report.id for _, report, _ in found)
    listed = [Listed(report, version, desk, counted.get(report.id, 0)) for desk, report, version in found[:PAGE]]
    return listed, _cursor(listed[-1]) if len(found) > PAGE else None


def _desks(filters: Filters, after: Cursor | None) -> list[Desk]:
    wanted = [desk for desk in Desk if filters.desk in {None, desk}]
    order = list(Desk)
    return [desk for desk in wanted if after is None or order.index(desk) >= order.index(after.desk)]


def _cursor(last: Listed) -> Cursor:
    assert last.version.submitted_at
    return Cursor(last.desk, last.version.submitted_at, last.version.id)


def _rows(
    user: User, filters: Filters, desk: Desk, after: Cursor | None, *, limit: int
) -> Iterator[tuple[Report, ReportVersion]]:
    query = _narrowed(select(Report, ReportVersion), user, filters, desk)
    query = query.options(contains_eager(Report.unit), selectinload(Report.campaign), defer(ReportVersion.data))
    query = query.limit(limit)
    place = tuple_(ReportVersion.submitted_at, ReportVersion.id)
    here = (after.submitted_at, after.version_id) if after and after.desk is desk else None
    if desk is Desk.RECEIVED:  # the latest first: nobody waits for them
        query = query.order_by(ReportVersion.submitted_at.desc(), ReportVersion.id.desc())
        query = query.where(place < here) if here else query
    else:
        query = query.order_by(ReportVersion.submitted_at, ReportVersion.id)
        query = query.where(place > here) if here else query
    return ((row[0], row[1]) for row in db.session.execute(query))


def counts(user: User, filters: Filters) -> dict[Desk, int]:
    """Count what each state holds under the other filters."""
    return {
        desk: db.session.scalar(_narrowed(select(func.count(ReportVersion.id)), user, filters, desk)) or 0
        for desk in Desk
    }


def campaigns_of(user: User) -> Sequence[Campaign]:
    """Return the campaigns of which something may lie on the user's desk, the latest first."""
    query = select(Campaign).where(realm.campaigns(user, Campaign), Campaign.purpose == CampaignPurpose.WALK)
    return db.session.scalars(query.order_by(*OWN_FIRST)).all()


def _narrowed(query: Any, user: User, filters: Filters, desk: Desk) -> Any:
    """Add to a query of reports and versions what the user may see of them and has asked for."""
    later = aliased(ReportVersion)
    is_newer = and_(
        later.report_id == ReportVersion.report_id,
        later.number > ReportVersion.number,
        later.submitted_at.is_not(None),
    )
    query = query.select_from(Report).join(ReportVersion, ReportVersion.report_id == Report.id)
    query = query.join(Unit, Unit.id == Report.unit_id)
    return query.where(ON_DESK[desk], ~exists().where(is_newer), *_conditions(user, filters))


def _conditions(user: User, filters: Filters) -> Iterator[ColumnElement[bool]]:
    if user.role is Role.OFFICE:
        yield _is_of(realm.campaigns(user, Campaign))
    else:
        yield _is_of(Campaign.county_id == realm.county_of(user))
        yield func.coalesce(Report.lane, "") == user.role.lane  # or SQLite would read all of a lane and sort it
    if filters.is_late is not None:
        yield ReportVersion.is_late.is_(filters.is_late)
    if filters.org_class:
        yield Unit.org_class == filters.org_class
    if filters.campaign_id:
        yield Report.campaign_id == filters.campaign_id
    if filters.words:
        words = filters.words
        yield or_(Unit.name.contains(words, autoescape=True), _is_of_head(words))


def _is_of(campaigns: ColumnElement[bool]) -> ColumnElement[bool]:
    return Report.campaign_id.in_(select(Campaign.id).where(campaigns))


def _is_of_head(words: str) -> ColumnElement[bool]:
    """Tell that the reporting head's post contains the words."""
    return Report.head_id.in_(select(User.id).where(User.post.contains(words, autoescape=True)))
