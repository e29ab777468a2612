"""Which walks have reached a user's desk, as a condition: the office's own realm, a lane what was handed in to it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, select, true

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.reports.models import SETTLED, Report, ReportState, report_walk

DESKS = frozenset({Role.OFFICE, Role.GROUP_STYLE, Role.GROUP_COORD})
HANDED_IN = frozenset({ReportState.SUBMITTED, *SETTLED})


def walks(user: User, model: Any) -> ColumnElement[bool]:
    """Return the condition on rows with `walk_id` and `unit_id`: all of the realm, for a lane those of its reports.

    A report that was returned or withdrawn is its unit's own again, until it is handed in again.
    """
    if user.role is Role.OFFICE:
        return in_realm(user, model.unit_id)
    if user.role.lane is None:
        return false()
    lane = func.coalesce(Report.lane, Report.lane)  # known to no index: else SQLite tries all reports for each walk
    report = exists().where(
        report_walk.c.walk_id == model.walk_id,
        report_walk.c.report_id == Report.id,
        lane == user.role.lane,
        Report.state.in_(HANDED_IN),
    )
    return and_(report, in_realm(user, model.unit_id))


def in_realm(user: User, unit_id: Any) -> ColumnElement[bool]:
    """Return the condition on a unit's id that keeps what lies in the user's realm."""
    if realm.county_of(user) is None:
        return true()
    found: ColumnElement[bool] = unit_id.in_(select(Unit.id).where(realm.units(user)))
    return found


def units(user: User) -> ColumnElement[bool]:
    """Return the condition on `Unit`: who walks in the user's realm; for a lane, whose reports come to it."""
    walking = and_(Unit.org_class != OrgClass.OFFICE, realm.units(user))
    if user.role is Role.OFFICE:
        return walking
    if user.role.lane is None:
        return false()
    return and_(walking, Unit.org_class.in_([one for one in OrgClass if one.lane is user.role.lane]))
