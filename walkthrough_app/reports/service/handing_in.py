"""Handing in: submit, withdraw, supplement. Late is marked, never refused (S002-71)."""

from datetime import datetime

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.figures import service as figures
from walkthrough_app.quality import service as quality
from walkthrough_app.reports import changes, queries
from walkthrough_app.reports.models import SETTLED, Report, ReportKind, ReportState, ReportVersion
from walkthrough_app.reports.service.state import must_be, must_write, save
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough


def submit(report: Report, *, by: User, number: int | None = None) -> ReportVersion:
    """Hand the confirmed version to the lane once its paper is made; doing it again changes nothing.

    `number` is the version on the page that was clicked: Conflict when there is a newer one.
    """
    must_write(report, by)
    queries.lock(report)
    version = _current(report)
    _must_be_newest(version, number)
    if report.state is ReportState.SUBMITTED:
        return version
    must_be(report, ReportState.CONFIRMED, message=_why_not(report))
    if version.pdf_sha256 is None:
        raise Conflict("PDF还没有生成好，生成以后才能报送。")
    now = clock.now()
    version.submitted_at, version.submitted_by_id = now, by.id
    version.is_late = is_late(now, report.campaign) and not _was_on_time(report)
    report.state = ReportState.SUBMITTED
    save()
    figures.note_reports(report.campaign_id, report.unit_id)
    quality.ask_again(report.walks, f"submitted:{version.id}")
    audit.record("report.submitted", report, by=by, number=version.number, is_late=version.is_late)
    changes.tell(report)
    return version


def _why_not(report: Report) -> str:
    if report.state is ReportState.RETURNED:
        return "报告被退回了，请修改并重新确认后再报送。"
    return "" if report.state in SETTLED else "请主要负责同志确认后再报送。"


def is_late(moment: datetime, campaign: Campaign) -> bool:
    """Tell whether a moment is past the last second, in Beijing time, of the deadline and its working days of grace."""
    return moment.replace(microsecond=0) > clock.end_of_day(campaign.late_after)


def _was_on_time(report: Report) -> bool:
    """A report that came in time and was sent back for more is not late when it comes again."""
    return any(version.returned_at and not version.is_late for version in report.versions)


def _current(report: Report) -> ReportVersion:
    if report.current is None:
        raise Conflict(_why_not(report))
    return report.current


def _must_be_newest(version: ReportVersion, number: int | None) -> None:
    if number is not None and number != version.number:
        raise Conflict(f"这份报告已经有第{version.number}版了，请刷新后看过再办。")


def withdraw(report: Report, *, by: User, number: int | None = None) -> None:
    """Take a submitted report back before the lane has decided; it then counts as not submitted."""
    must_write(report, by)
    queries.lock(report)
    if report.current:
        _must_be_newest(report.current, number)
    if report.state is ReportState.CONFIRMED:
        return
    must_be(report, ReportState.SUBMITTED, message=_not_withdrawable(report))
    version = _current(report)
    audit.record("report.withdrawn", report, by=by, number=version.number, submitted_at=_iso(version.submitted_at))
    version.submitted_at, version.submitted_by_id, version.is_late = None, None, False
    report.state = ReportState.CONFIRMED
    save()
    figures.note_reports(report.campaign_id, report.unit_id)
    changes.tell(report)


def _not_withdrawable(report: Report) -> str:
    return "报告已经被接收，不能撤回。" if report.state in SETTLED else "报告没有报送，不用撤回。"


def _iso(moment: datetime | None) -> str | None:
    return clock.iso(moment) if moment else None


def supplement(report: Report, *, by: User) -> Report:
    """Begin a 补报 for results that came after the report was received; one that is open is returned as it is."""
    must_write(report, by)
    must_be(report, *SETTLED, message="报告被接收以后才能补报。")
    still_open = [one for one in queries.supplements_of(report) if one.state not in SETTLED]
    if still_open:
        return still_open[0]
    walks = new_results(report)
    if not walks:
        raise Conflict("还没有新拿到结果的事项，暂时不用补报。")
    made = Report(
        campaign=report.campaign,
        unit=report.unit,
        head=report.head,
        lane=report.lane,
        kind=ReportKind.SUPPLEMENT,
        supplements_id=report.id,
        contact=report.contact,
    )
    made.walks = walks
    db.session.add(made)
    save()
    audit.record("report.supplemented", made, by=by, supplements=str(report.id))
    return made


def new_results(report: Report) -> list[Walkthrough]:
    """Return the walks finished since: those that no received report shows as finished."""
    told = {walk["id"] for version in _received(report) for walk in version.data["walks"] if _is_finished(walk)}
    walks = queries.walks_for(report.head, report.campaign)
    return [walk for walk in walks if walk.state is WalkState.FINISHED and str(walk.id) not in told]


def _received(report: Report) -> list[ReportVersion]:
    family = [report, *queries.supplements_of(report)]
    return [version for one in family for version in one.versions if version.received_at]


def _is_finished(walk: dict[str, object]) -> bool:
    events = walk["events"]
    return isinstance(events, list) and any(event["kind"] == "finish" for event in events)
