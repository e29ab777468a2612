"""考核: the ranking, one unit's points, and one unit across all programmes."""

import io
import uuid
from collections.abc import Sequence
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.assessment import queries, service, sheets
from walkthrough_app.assessment.forms import PointsForm
from walkthrough_app.assessment.scoring import ENOUGH
from walkthrough_app.assessment.service import Points
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.queries import has_opened
from walkthrough_app.core import ids, web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.questionnaires.parts import RubricItem

bp = Blueprint("assessment", __name__, template_folder="templates")
nav = [
    NavItem(
        "考核", "assessment.ranking", queries.DESKS, 78, Group.ASSESSING, shown=partial(has_opened, part="assessment")
    )
]


@bp.get("/assessment")
@allow(*queries.DESKS)
def ranking() -> str:
    user = current.user()
    known = queries.campaigns_for(user)
    campaign = _chosen(known)
    if campaign is None:
        return render_template("assessment/nothing.html")
    lines = queries.lines(user, campaign)
    return render_template(
        "assessment/ranking.html",
        campaign=campaign,
        campaigns=known,
        lines=lines,
        places=service.place_of(lines),
        results=queries.results(campaign),
        enough=ENOUGH,
        may_settle=user.role is Role.OFFICE,
    )


@bp.post("/assessment/<uuid:campaign_id>/settle")
@allow(Role.OFFICE)
def settle(campaign_id: uuid.UUID) -> Response:
    user = current.user()
    made = service.settle(queries.campaign_for(user, campaign_id, write=True), by=user)
    flash(f"已定稿，第{made.number}稿。")
    return redirect(url_for("assessment.ranking", campaign=campaign_id), code=303)


@bp.get("/assessment/<uuid:campaign_id>.xlsx")
@allow(*queries.DESKS)
def workbook(campaign_id: uuid.UUID) -> Response:
    user = current.user()
    campaign = queries.campaign_for(user, campaign_id)
    file = io.BytesIO()
    sheets.write(file, queries.lines(user, campaign), title=f"{campaign.title}考核结果")
    return web.spreadsheet(file.getvalue(), "assessment")


@bp.get("/assessment/<uuid:campaign_id>/units/<uuid:unit_id>")
@allow(*queries.DESKS)
def unit(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> str:
    user = current.user()
    campaign = queries.campaign_for(user, campaign_id)
    found = queries.unit_for(user, campaign, unit_id)
    return render_template(
        "assessment/unit.html",
        campaign=campaign,
        line=queries.line(user, campaign, found),
        history=queries.history(campaign, found),
        names={item.id: item.name for item in _items(campaign)},
        may_give=user.role is Role.OFFICE,
    )


@bp.route("/assessment/<uuid:campaign_id>/units/<uuid:unit_id>/<item_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def points(campaign_id: uuid.UUID, unit_id: uuid.UUID, item_id: str) -> Response | str:
    user = current.user()
    campaign = queries.campaign_for(user, campaign_id, write=True)
    found = queries.unit_for(user, campaign, unit_id)
    item = next((one for one in _items(campaign) if one.id == item_id and not one.measure), None)
    if item is None:
        raise NotFound
    known = queries.standing(campaign, found, item.id)
    form = PointsForm(obj=known)
    if form.validate_on_submit():
        try:
            service.give(campaign, found, Points(item, form.points.data or 0, form.reason.data or ""), by=user)
            flash("已保存。")
            return redirect(url_for("assessment.unit", campaign_id=campaign_id, unit_id=unit_id), code=303)
        except Invalid as error:
            form.refuse(error)
    if form.is_submitted():
        web.refuse()
    return render_template("assessment/points.html", campaign=campaign, unit=found, item=item, form=form)


@bp.get("/units/<uuid:unit_id>/programmes")
@signed_in
def across(unit_id: uuid.UUID) -> str:
    user = current.user()
    found = queries.seen_unit(user, unit_id)
    return render_template("assessment/across.html", unit=found, programmes=queries.across(user, found))


def _items(campaign: Campaign) -> tuple[RubricItem, ...]:
    rubric = queries.rubric_of(campaign)
    return rubric.items if rubric else ()


def _chosen(known: Sequence[Campaign]) -> Campaign | None:
    wanted = ids.parse(request.args.get("campaign", ""))
    if wanted is None:
        return known[0] if known else None
    found = next((one for one in known if one.id == wanted), None)
    if found is None:
        raise NotFound
    return found
