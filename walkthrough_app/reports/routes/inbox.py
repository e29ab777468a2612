"""The receiving side: the lane's list, receiving and returning."""

import uuid

from flask import render_template
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.core.errors import Invalid
from walkthrough_app.reports import present, queries, service
from walkthrough_app.reports.forms import ReturnForm
from walkthrough_app.reports.routes.blueprint import bp, to
from walkthrough_app.reports.routes.edit import show


@bp.get("/inbox")
@allow(Role.GROUP_STYLE, Role.GROUP_COORD, Role.OFFICE)
def inbox() -> str:
    listed = present.entries(queries.inbox(current.user()), is_inbox=True)
    return render_template("reports/inbox.html", listed=listed, lane=current.user().role.lane)


@bp.post("/reports/<uuid:report_id>/receive")
@signed_in
def receive(report_id: uuid.UUID) -> Response:
    service.receive(queries.report_to_decide(current.user(), report_id), by=current.user())
    return to("report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/return")
@signed_in
def send_back(report_id: uuid.UUID) -> Response | str:
    report, form = queries.report_to_decide(current.user(), report_id), ReturnForm()
    if form.validate_on_submit():
        try:
            service.return_(report, [*(form.reasons.data or []), form.other.data or ""], by=current.user())
            return to("report", report_id=report_id)
        except Invalid as error:
            form.refuse(error)
    return show(report_id, refused=form)
