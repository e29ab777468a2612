"""Receiving and returning. The form says which version was looked at, so that no decision hits another one."""

import uuid

from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import signed_in
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.reception import queries
from walkthrough_app.reception.forms import STALE, DecideForm, ReturnForm
from walkthrough_app.reception.routes.blueprint import bp, to
from walkthrough_app.reception.routes.review import page
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report


@bp.post("/reports/<uuid:report_id>/receive")
@signed_in
def receive(report_id: uuid.UUID) -> Response:
    report, form = queries.report_to_decide(current.user(), report_id), DecideForm()
    if not form.validate_on_submit():
        raise Conflict(STALE)
    service.receive(report, by=current.user(), number=form.number.data)
    return to("reports.report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/return")
@signed_in
def send_back(report_id: uuid.UUID) -> Response | str:
    report, form = queries.report_to_decide(current.user(), report_id), ReturnForm()
    if form.validate_on_submit():
        try:
            _send_back(report, form)
            return to("reports.report", report_id=report_id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
    return page(queries.version_to_review(current.user(), report_id), refused=form)


def _send_back(report: Report, form: ReturnForm) -> None:
    reasons = [*(form.reasons.data or []), form.other.data or ""]
    service.return_(report, reasons, by=current.user(), due_on=form.due_on.data, number=form.number.data)
