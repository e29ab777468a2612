"""Confirming (on the head's phone), handing in, and the ways back."""

import uuid

from flask import render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.quality import queries as quality
from walkthrough_app.reports import present, service
from walkthrough_app.reports.forms import ConfirmForm
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.reports.routes.blueprint import base_url, bp, own, store, to


@bp.get("/reports/<uuid:report_id>/confirm")
@allow(Role.HEAD)
def confirm(report_id: uuid.UUID) -> Response | str:
    report = own(report_id)
    if report.state is not ReportState.DRAFT:
        return to("report", report_id=report_id)
    return _page(report, ConfirmForm())


@bp.post("/reports/<uuid:report_id>/confirm")
@allow(Role.HEAD)
def vouch(report_id: uuid.UUID) -> Response | str:
    """Freeze the report; its paper is made in the background."""
    report, form = own(report_id), ConfirmForm()
    if report.state is ReportState.CONFIRMED:
        return to("report", report_id=report_id)
    try:
        service.confirm(report, by=current.user(), ticked=bool(form.ticked.data), store=store(), base_url=base_url())
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return _page(report, form)
    return to("report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/paper")
@allow(Role.HEAD, Role.LIAISON)
def make_paper(report_id: uuid.UUID) -> Response:
    """Try again to make the paper of the confirmed version."""
    service.papers.ask_again(own(report_id), by=current.user())
    return to("report", report_id=report_id)


def _page(report: Report, form: ConfirmForm) -> str:
    return render_template(
        "reports/confirm.html",
        report=report,
        page=present.page(report, current.user()),
        form=form,
        flags=quality.flags_for_unit(current.user(), [walk.id for walk in report.walks]),
    )


def _number() -> int | None:
    """Return which version the page showed whose button was pressed."""
    return request.form.get("number", type=int)


@bp.post("/reports/<uuid:report_id>/submit")
@allow(Role.HEAD, Role.LIAISON)
def submit(report_id: uuid.UUID) -> Response:
    service.submit(own(report_id), by=current.user(), number=_number())
    return to("report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/withdraw")
@allow(Role.HEAD, Role.LIAISON)
def withdraw(report_id: uuid.UUID) -> Response:
    service.withdraw(own(report_id), by=current.user(), number=_number())
    return to("report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/take-back")
@allow(Role.HEAD, Role.LIAISON)
def take_back(report_id: uuid.UUID) -> Response:
    service.take_back(own(report_id), by=current.user())
    return to("report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/supplement")
@allow(Role.HEAD, Role.LIAISON)
def supplement(report_id: uuid.UUID) -> Response:
    made = service.supplement(own(report_id), by=current.user())
    return to("report", report_id=made.id)
