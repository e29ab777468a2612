"""Which report somebody may look at or decide about: its unit's writers, its own lane, the office; within the realm."""

import uuid

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.queries import report_for, version_for


def report_to_decide(user: User, report_id: uuid.UUID) -> Report:
    """Load a report to decide about: only its own lane may. One that was withdrawn meanwhile is a Conflict."""
    report = db.session.get(Report, report_id)
    if report and _is_withdrawn(report) and reports.decides(user, report):
        raise Conflict("报送单位刚刚撤回了这份报告，等重新报送以后再处理。")
    return reports.report_to_decide(user, report_id)


def _is_withdrawn(report: Report) -> bool:
    return bool(report.versions) and reports.last_submitted(report) is None


def version_to_review(user: User, report_id: uuid.UUID, number: int | None = None) -> ReportVersion:
    """Load the version a receiver looks at: the one with this number, else the last one submitted."""
    if number is not None:
        return version_for(user, report_id, number)
    last = reports.last_submitted(report_for(user, report_id))
    if last is None:
        raise NotFound
    return last


def submitted_versions(report: Report) -> list[ReportVersion]:
    return [version for version in report.versions if version.submitted_at]


def parent_of(report: Report) -> Report | None:
    """Return the report that this one supplements."""
    return db.session.get(Report, report.supplements_id) if report.supplements_id else None
