"""结束和归档: what is still open in a campaign, putting it away, and its closing report."""

import uuid
from typing import Any

from flask import current_app, flash, make_response, render_template, send_file, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.campaigns.values import STATE_LABELS
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.closing import queries, service, standing
from walkthrough_app.rectification.closing.models import ClosingReport
from walkthrough_app.rectification.escalation.forms import StepForm
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.routes.blueprint import bp, to

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
SANDBOX = "sandbox; default-src 'none'"
REFRESH_SECONDS = "2"
STILL_OPEN = tuple(state for state in State if not state.is_over)


@bp.get("/campaigns/<uuid:campaign_id>/closing")
@allow(*rights.DESKS)
def closing(campaign_id: uuid.UUID) -> Response | str:
    return _page(queries.campaign_for(current.user(), campaign_id), StepForm())


@bp.post("/campaigns/<uuid:campaign_id>/closing/archive")
@allow(*rights.DESKS)
def archive(campaign_id: uuid.UUID) -> Response:
    service.archive(queries.campaign_for(current.user(), campaign_id), by=current.user())
    flash("已归档。")
    return to("rectification.closing", campaign_id=campaign_id)


@bp.post("/campaigns/<uuid:campaign_id>/closing/unarchive")
@allow(*rights.DESKS)
def unarchive(campaign_id: uuid.UUID) -> Response | str:
    campaign, form = queries.campaign_for(current.user(), campaign_id), StepForm()
    try:
        service.unarchive(campaign, form.reason.data or "", by=current.user())
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return _page(queries.campaign_for(current.user(), campaign_id), form)
    flash("已撤销归档。")
    return to("rectification.closing", campaign_id=campaign_id)


@bp.post("/campaigns/<uuid:campaign_id>/closing/report")
@allow(*rights.DESKS)
def closing_report(campaign_id: uuid.UUID) -> Response:
    """Have the closing report made, or tried again."""
    report = service.ask(queries.campaign_for(current.user(), campaign_id), by=current.user())
    service.ask_again(report, by=current.user())
    return to("rectification.closing", campaign_id=campaign_id)


@bp.get("/campaigns/<uuid:campaign_id>/closing/v<int:number>/<any(pdf, docx, xlsx):kind>")
@allow(*rights.DESKS)
def closing_file(campaign_id: uuid.UUID, number: int, kind: str) -> Response:
    report = queries.report_for(current.user(), campaign_id, number)
    sha256 = getattr(report, f"{kind}_sha256")
    if not sha256:
        raise Conflict("这个文件还没有生成好，请稍等。")
    store: MediaStore = current_app.extensions["media_store"]
    name = f"整改总结报告V{number}.{kind}"
    response = send_file(
        store.path(sha256), mimetype=KINDS[kind], download_name=name, as_attachment=kind != "pdf", max_age=0
    )
    response.headers["Cache-Control"] = "private, no-cache"
    if kind == "pdf":
        response.headers["Content-Security-Policy"] = SANDBOX
    response.set_etag(sha256)
    return response


def _page(campaign: Campaign, form: StepForm) -> Response | str:
    reports = queries.reports_of(campaign)
    making = _making(reports[0]) if reports and not reports[0].pdf_sha256 else None
    shown = render_template(
        "rectification/closing.html",
        campaign=campaign,
        state=STATE_LABELS[campaign.state],
        is_archived=campaign.state is CampaignState.ARCHIVED,
        standing=standing.of(campaign),
        states=STILL_OPEN,
        why_not=service.why_not(campaign),
        is_office=current.user().role is Role.OFFICE,
        reports=reports,
        making=making,
        form=form,
        ledger=lambda **wanted: url_for("rectification.ledger", campaign=campaign.id, **wanted),
        again=url_for("rectification.closing_report", campaign_id=campaign.id),
    )
    if making is None or making["error"]:
        return shown
    response = make_response(shown)
    response.headers["Refresh"] = REFRESH_SECONDS
    return response


def _making(report: ClosingReport) -> dict[str, Any]:
    """Say how far the papers are, or why they were given up."""
    job = service.job_of(report)
    if job is None or job.is_open:
        return {"percent": job.progress if job else 0, "note": (job and job.note) or "正在排队", "error": ""}
    return {"percent": 0, "note": "", "error": job.error}
