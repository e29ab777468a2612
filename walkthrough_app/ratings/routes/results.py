"""Results: the board of the office, the page of a unit, the spreadsheet."""

import uuid
from collections.abc import Sequence

from flask import Response as FlaskResponse
from flask import current_app, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.documents.papers import RatingFeedback
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.ratings import queries, service, views, workbook
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.models import CaseState, RatingPaper
from walkthrough_app.ratings.routes.blueprint import bp, campaign_or_none, campaign_shown, to
from walkthrough_app.rectification.printing import Progress

REFRESH_SECONDS = "2"
Given = Sequence[tuple[RatingPaper, Progress | None]]


@bp.get("/ratings")
@allow(*STEWARDS)
def board() -> str:
    campaign = campaign_or_none()
    if campaign is None:
        return render_template("ratings/none.html")
    asked = _asked(campaign)
    figures = views.board(campaign, asked)
    counts = queries.case_counts(campaign)
    return render_template(
        "ratings/board.html",
        campaign=campaign,
        campaigns=queries.campaigns_for(current.user()),
        forms=queries.forms_of(campaign),
        figures=figures,
        rate=workbook.rate_name(figures),
        waiting=sum(counts.get((state, False), 0) for state in (CaseState.NEW, CaseState.ANSWERED)),
    )


@bp.get("/ratings/results.xlsx")
@allow(*STEWARDS)
def spreadsheet() -> FlaskResponse:
    campaign = campaign_shown()
    answer = FlaskResponse(workbook.xlsx(campaign, views.board(campaign, _asked(campaign))), mimetype=web.XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename="ratings.xlsx")
    return answer


@bp.get("/ratings/units/<uuid:unit_id>")
@allow(*STEWARDS)
def unit(unit_id: uuid.UUID) -> Response | str:
    campaign = campaign_shown()
    return _unit(campaign, _member(campaign, unit_id), is_own=False)


def _member(campaign: Campaign, unit_id: uuid.UUID) -> Unit:
    found = next((one for one in campaigns.units_of(campaign) if one.id == unit_id), None)
    if found is None:
        raise NotFound
    return found


@bp.post("/ratings/units/<uuid:unit_id>/papers")
@allow(Role.OFFICE)
def give_out(unit_id: uuid.UUID) -> Response:
    """Give a unit the results as 评议结果反馈单."""
    campaign, user = campaign_shown(), current.user()
    asked = _asked(campaign)
    service.give_out(campaign, asked, _member(campaign, unit_id), by=user)
    return to("unit", unit_id=unit_id, campaign=campaign.id, form=asked.form.id)


@bp.get("/ratings/papers/<uuid:paper_id>.<any(pdf, docx):suffix>")
@allow(*STEWARDS, *UNIT_ROLES)
def paper(paper_id: uuid.UUID, suffix: str) -> Response:
    found = queries.paper_for(current.user(), paper_id)
    sha256 = found.pdf_sha256 if suffix == "pdf" else found.docx_sha256
    if not sha256:
        raise Conflict("反馈单还没有生成好，请稍等。")
    store: MediaStore = current_app.extensions["media_store"]
    return web.paper(store.path(sha256), f"{RatingFeedback.kind}（{found.unit.name}）.{suffix}", etag=sha256)


@bp.post("/ratings/papers/<uuid:paper_id>/again")
@allow(Role.OFFICE)
def paper_again(paper_id: uuid.UUID) -> Response:
    """Try again to make the files."""
    found = queries.paper_for(current.user(), paper_id, write=True)
    service.PRESS.again(found)
    return to("unit", unit_id=found.unit_id, campaign=found.campaign_id, form=found.form_key)


@bp.get("/ratings/mine")
@allow(*UNIT_ROLES)
def mine() -> Response | str:
    """Show a unit what the public says of it, and what it is to answer."""
    campaign, user = campaign_or_none(), current.user()
    return _unit(campaign, user.unit, is_own=True) if campaign else render_template("ratings/none.html")


def _unit(campaign: Campaign, unit: Unit, *, is_own: bool) -> Response | str:
    asked = _asked(campaign)
    given = [(one, service.PRESS.progress(one)) for one in queries.papers_of(campaign, unit, asked.form.id)]
    shown = _shown(campaign, asked, unit, is_own=is_own, given=given)
    if not any(going and not going.error for _, going in given):
        return shown
    response = make_response(shown)
    response.headers["Refresh"] = REFRESH_SECONDS
    return response


def _shown(campaign: Campaign, asked: Asked, unit: Unit, *, is_own: bool, given: Given) -> str:
    figures = views.of_unit(campaign, asked, unit, beside_others=not is_own)
    return render_template(
        "ratings/unit.html",
        campaign=campaign,
        campaigns=queries.campaigns_for(current.user()),
        forms=queries.forms_of(campaign),
        unit=unit,
        shown=figures,
        figures=figures.points,
        rate=workbook.rate_name(figures.points),
        is_own=is_own,
        few=views.FEW,
        given=given,
        open_cases=queries.passed_to(unit, is_open=True) if is_own else (),
        done_cases=queries.passed_to(unit, is_open=False) if is_own else (),
    )


def _asked(campaign: Campaign) -> Asked:
    return views.form_shown(campaign, request.args.get("form"))


def to_do_part() -> Markup:
    """Return what 我的任务 says of ratings: what is to be answered, and the way to the results; '' without any."""
    unit = current.user().unit
    if not queries.campaigns_for(current.user()) or not queries.has_points(unit):
        return Markup("")
    waiting = queries.passed_to(unit, is_open=True)
    return Markup(render_template("ratings/_task.html", waiting=waiting))  # noqa: S704 - our own page
