"""Deciding: the lane receives a version or returns it. Each version is judged by itself: requests come in any order."""

from collections.abc import Sequence
from datetime import date, timedelta

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.figures import service as figures
from walkthrough_app.reports import changes, queries
from walkthrough_app.reports.models import Report, ReportState, ReportVersion
from walkthrough_app.reports.service.state import must_be, save

DAYS_TO_CORRECT = 5  # working days
LONGEST_WAIT = 366  # days


def receive(report: Report, *, by: User, number: int | None = None) -> ReportVersion:
    """Receive the version with this number (the last submitted one); received already, nothing changes."""
    version = _at_hand(report, by, number)
    if version.received_at:
        return version
    if version.returned_at:
        raise Conflict(f"第{version.number}版已经退回，等报送单位重新报送以后再接收。")
    _must_wait(report, version)
    version.received_at, version.decided_by_id = clock.now(), by.id
    report.state = ReportState.RECEIVED
    save()
    audit.record("report.received", report, by=by, number=version.number)
    return version


def return_(
    report: Report, reasons: Sequence[str], *, by: User, due_on: date | None = None, number: int | None = None
) -> ReportVersion:
    """Send a version back with at least one reason, to be corrected by `due_on` (default: five working days).

    Returned already for the same reasons, nothing changes; for others Conflict.
    """
    given = _tidy(reasons)
    version = _at_hand(report, by, number)
    if version.returned_at:
        return _returned_before(version, given)
    if version.received_at:
        raise Conflict(f"第{version.number}版已经接收，不能再退回。")
    _must_wait(report, version)
    due_on = _checked(due_on or due_by_default())
    version.returned_at, version.decided_by_id = clock.now(), by.id
    version.return_reasons, version.return_due_on = given, due_on
    report.state = ReportState.RETURNED
    save()
    figures.note_reports(report.campaign_id, report.unit_id)
    told = {"number": version.number, "reasons": given, "due_on": due_on.isoformat()}
    audit.record("report.returned", report, by=by, **told)
    changes.tell(report)
    return version


def compile_(report: Report, *, number: int, by: User) -> None:
    """Mark a received report as gone into a compilation, once; who may is the compiler's matter."""
    if report.state is ReportState.COMPILED:
        return
    must_be(report, ReportState.RECEIVED, message="报告不在“已接收”状态，请重新汇集。")
    report.state = ReportState.COMPILED
    save()
    audit.record("report.compiled", report, by=by, number=number)


def due_by_default() -> date:
    return clock.add_workdays(clock.today(), DAYS_TO_CORRECT)


def _tidy(reasons: Sequence[str]) -> list[str]:
    given = list(dict.fromkeys(reason.strip() for reason in reasons if reason.strip()))
    if not given:
        raise Invalid("reasons", "请选择或写明退回的原因。")
    return given


def _checked(due_on: date) -> date:
    if due_on < clock.today():
        raise Invalid("due_on", "补充报送的日期不能早于今天。")
    if due_on > clock.today() + timedelta(days=LONGEST_WAIT):
        raise Invalid("due_on", "日期太远了，请看一下年份。")
    return due_on


def _returned_before(version: ReportVersion, given: list[str]) -> ReportVersion:
    if version.return_reasons != given:
        raise Conflict(f"第{version.number}版已经退回过了，原来写的退回原因没有改动。")
    return version


def _at_hand(report: Report, by: User, number: int | None) -> ReportVersion:
    """Return the version that is decided on, as it stands after everything that was done before."""
    if not queries.decides(by, report):
        raise Forbidden("由接收报告的工作组处理，您可以查看。")
    queries.lock(report)
    wanted = queries.last_submitted(report) if number is None else None
    found = next((one for one in report.versions if one.number == number), wanted)
    if found is None:
        raise Conflict("报告还没有报送，请刷新后再看。")
    return found


def _must_wait(report: Report, version: ReportVersion) -> None:
    """Let only a version be decided on that lies on the desk; Conflict says what has happened to it."""
    last = queries.last_submitted(report)
    if version is last and report.state is ReportState.SUBMITTED:
        return
    if last is not None and last.number > version.number:
        raise Conflict(f"报送单位已经改报了第{last.number}版，请看过第{last.number}版再处理。")
    raise Conflict("报送单位已经撤回这一版，等重新报送以后再处理。")
