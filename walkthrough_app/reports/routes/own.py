"""The unit's reports: the list, and beginning one."""

import uuid

from flask import render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import options
from walkthrough_app.reports import present, queries, service
from walkthrough_app.reports.forms import NewReportForm, WalksForm
from walkthrough_app.reports.present import Opening
from walkthrough_app.reports.routes.blueprint import bp, own, to


@bp.get("/reports")
@allow(Role.HEAD, Role.LIAISON)
def reports() -> str:
    return render_template(
        "reports/reports.html",
        listed=present.entries(queries.reports_of_unit(current.user())),
        openings=present.openings(campaigns.open_campaigns(current.user().unit), _heads(current.user())),
    )


def _heads(user: User) -> list[User]:
    """Return whose reports the user may begin: the head's own; the liaison writes for every head of the unit."""
    return [user] if user.role is Role.HEAD else accounts.heads_of(user.unit)


@bp.get("/reports/new")
@allow(Role.HEAD, Role.LIAISON)
def new() -> str:
    opening = _opening(request.args.get("campaign", ""), request.args.get("head", ""))
    form = NewReportForm(campaign=str(opening.campaign.id), head=str(opening.head.id))
    form.walks.data = [str(walk.id) for walk in opening.walks]
    return _page(opening, form)


@bp.post("/reports/new")
@allow(Role.HEAD, Role.LIAISON)
def begin() -> Response | str:
    form = NewReportForm()
    opening = _opening(form.campaign.data or "", form.head.data or "")
    if form.validate_on_submit():
        try:
            walks = present.chosen(opening.walks, form.walks.data or [])
            made = service.draft(opening.campaign, opening.head, walks, by=current.user())
            return to("report", report_id=made.id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
    return _page(opening, form)


def _opening(campaign: str, head: str) -> Opening:
    """Find the report to begin by the ids on the page; NotFound when there is none or it has begun already."""
    for one in present.openings(campaigns.open_campaigns(current.user().unit), _heads(current.user())):
        if (str(one.campaign.id), str(one.head.id)) == (campaign, head):
            return one
    raise NotFound("没有找到可以生成的专项报告，也许已经生成了，请回到报告列表看一看。")


def _page(opening: Opening, form: NewReportForm) -> str:
    form.walks.choices = options(present.walk_choices(opening.walks))
    return render_template("reports/new.html", opening=opening, form=form)


@bp.get("/reports/<uuid:report_id>/walks")
@allow(Role.HEAD, Role.LIAISON)
def walks(report_id: uuid.UUID) -> str:
    report = own(report_id)
    form = WalksForm()
    form.walks.data = [str(walk.id) for walk in report.walks]
    form.walks.choices = options(present.walk_choices(queries.walks_for(report.head, report.campaign)))
    return render_template("reports/walks.html", report=report, form=form)


@bp.post("/reports/<uuid:report_id>/walks")
@allow(Role.HEAD, Role.LIAISON)
def choose_walks(report_id: uuid.UUID) -> Response | str:
    report, form = own(report_id), WalksForm()
    known = queries.walks_for(report.head, report.campaign)
    form.walks.choices = options(present.walk_choices(known))
    if form.validate_on_submit():
        try:
            service.choose_walks(report, present.chosen(known, form.walks.data or []), by=current.user())
            return to("report", report_id=report_id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
    return render_template("reports/walks.html", report=report, form=form)
