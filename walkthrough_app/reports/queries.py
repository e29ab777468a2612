"""Reading reports. Loading is authorising: strangers and those who are too early get NotFound, onlookers Forbidden."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Lane, Role, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.reports.coverage import is_reportable
from walkthrough_app.reports.models import SETTLED, Report, ReportKind, ReportState, ReportVersion, report_walk
from walkthrough_app.walkthroughs import queries as walkthroughs
from walkthrough_app.walkthroughs.models import Walkthrough

WRITERS = frozenset({Role.HEAD, Role.LIAISON})


def report_for(user: User, report_id: uuid.UUID, *, write: bool = False) -> Report:
    """Load a report: head and liaison of its unit may write; its lane and the office may look once it is submitted."""
    report = db.session.get(Report, report_id)
    if report is None or not (is_own(user, report) or is_receiver(user, report)):
        raise NotFound
    if write and not is_own(user, report):
        raise Forbidden("报告由报送单位修改，您可以查看。")
    return report


def report_of(report_id: uuid.UUID) -> Report:
    """Load a report for the operator's own commands."""
    report = db.session.get(Report, report_id)
    if report is None:
        raise NotFound("没有这份报告。")
    return report


def report_to_decide(user: User, report_id: uuid.UUID) -> Report:
    """Load a report to receive or return it: only its own group may; the office looks on."""
    report = report_for(user, report_id)
    if not decides(user, report):
        raise Forbidden("由接收报告的工作组处理，您可以查看。")
    return report


def decides(user: User, report: Report) -> bool:
    """Tell whether the report is for the user's own group: the city's for the city, a county's for the county."""
    return user.role.lane is report.lane and realm.county_of(user) == report.campaign.county_id


def lock(report: Report) -> None:
    """Let one deed at a time decide about this report, and see what the one before has done."""
    db.session.execute(select(Report.id).where(Report.id == report.id).with_for_update())
    for one in (*report.versions, report):
        db.session.expire(one)


def version_for(user: User, report_id: uuid.UUID, number: int) -> ReportVersion:
    """Load a frozen version; receivers see only those that were submitted."""
    report = report_for(user, report_id)
    version = next((one for one in report.versions if one.number == number), None)
    if version is None or not (is_own(user, report) or version.submitted_at):
        raise NotFound
    return version


def is_own(user: User, report: Report) -> bool:
    return user.unit_id == report.unit_id and user.role in WRITERS


def is_receiver(user: User, report: Report) -> bool:
    """Tell whether the report has reached this user's desk: the lane's own or the office's, from submission on."""
    is_theirs = _is_lane_of(user, report.lane) and realm.sees_campaign(user, report.campaign)
    return is_theirs and last_submitted(report) is not None


def _is_lane_of(user: User, lane: Lane) -> bool:
    return user.role is Role.OFFICE or user.role.lane is lane


def last_submitted(report: Report) -> ReportVersion | None:
    return next((version for version in reversed(report.versions) if version.submitted_at), None)


def reports_of_unit(user: User) -> Sequence[Report]:
    """Return the reports of the user's unit, the latest first."""
    query = select(Report).where(Report.unit_id == user.unit_id)
    return db.session.scalars(query.order_by(Report.created_at.desc())).all()


def special_of(head: User, campaign: Campaign) -> Report | None:
    """Return the one special report of a head in a campaign."""
    return db.session.scalar(
        select(Report).filter_by(campaign_id=campaign.id, head_id=head.id, kind=ReportKind.SPECIAL).limit(1)
    )


def supplements_of(report: Report) -> Sequence[Report]:
    """Return the supplements of a report, the latest first."""
    query = select(Report).filter_by(supplements_id=report.id).order_by(Report.created_at.desc())
    return db.session.scalars(query).all()


def walks_for(head: User, campaign: Campaign) -> list[Walkthrough]:
    """Return the walks a head's report may cover: the head's own and the deputies', never the other head's."""
    walks = walkthroughs.walks_of_unit(head.unit, campaign)
    return [walk for walk in walks if is_reportable(walk) and (walk.walker_id == head.id or not walk.is_head_in_person)]


def walks_in_reports(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the walks of a unit that stand in a report handed in; one returned or withdrawn is the unit's again."""
    query = select(report_walk.c.walk_id).join(Report, Report.id == report_walk.c.report_id)
    query = query.where(Report.campaign_id == campaign_id, Report.unit_id == unit_id)
    return db.session.scalars(query.where(Report.state.in_([ReportState.SUBMITTED, *SETTLED]))).all()
