"""Who may do what in which state: one clear sentence when not."""

from sqlalchemy.orm.exc import StaleDataError

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.reports import queries
from walkthrough_app.reports.models import Report, ReportState

WRONG = {
    ReportState.DRAFT: "报告还是草稿。",
    ReportState.CONFIRMED: "报告已经确认；要修改，请先点“退回草稿”。",
    ReportState.SUBMITTED: "报告已经报送；要修改，请先撤回。",
    ReportState.RETURNED: "报告被退回了；要修改，请先点“开始修改”。",
    ReportState.RECEIVED: "报告已经被接收，不能再改；有新结果请补报。",
    ReportState.COMPILED: "报告已经汇编，不能再改；有新结果请补报。",
}


def must_be(report: Report, *states: ReportState, message: str = "") -> None:
    if report.state not in states:
        raise Conflict(message or WRONG[report.state])


def must_write(report: Report, by: User) -> None:
    if not queries.is_own(by, report):
        raise Forbidden("报告由报送单位的一把手和联络员填写。")


def save() -> None:
    """Flush; Conflict when somebody else has changed the report meanwhile."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise Conflict("这份报告刚刚被别人改过，请刷新后再试。") from error
