"""Results: the board of the office, the page of a unit, the spreadsheet."""

import uuid

from flask import Response as FlaskResponse
from flask import render_template, request
from markupsafe import Markup

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Unit
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import NotFound
from walkthrough_app.ratings import queries, views, workbook
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.models import CaseState
from walkthrough_app.ratings.routes.blueprint import bp, campaign_or_none, campaign_shown


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
def unit(unit_id: uuid.UUID) -> str:
    campaign = campaign_shown()
    found = next((one for one in campaigns.units_of(campaign) if one.id == unit_id), None)
    if found is None:
        raise NotFound
    return _unit(campaign, found, is_own=False)


@bp.get("/ratings/mine")
@allow(*UNIT_ROLES)
def mine() -> str:
    """Show a unit what the public says of it, and what it is to answer."""
    campaign, user = campaign_or_none(), current.user()
    return _unit(campaign, user.unit, is_own=True) if campaign else render_template("ratings/none.html")


def _unit(campaign: Campaign, unit: Unit, *, is_own: bool) -> str:
    asked = _asked(campaign)
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
