"""Sending inspectors out, going at once, and the lots by which units were drawn."""

import uuid

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.core.forms import fresh
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.visits import queries, sampling, service
from walkthrough_app.visits.forms import AimForm, BeginForm, OrderForm, usual_days
from walkthrough_app.visits.queries import DESKS
from walkthrough_app.visits.routes.blueprint import bp, to


@bp.route("/visits/order", methods=["GET", "POST"])
@allow(Role.OFFICE)
def order_visits() -> Response | str:
    """Choose units or have them drawn, who goes, and when."""
    me, campaign, form = current.user(), _campaign(), OrderForm()
    units, people = queries.units_for(me, campaign), queries.inspectors_for(campaign)
    _ask(form, campaign)
    form.offer(units, people, desk=[one for one in people if one.role in DESKS])
    if request.method == "GET":
        form.tap.data, (form.from_on.data, form.to_on.data) = fresh(), usual_days()
    elif form.validate_on_submit():
        try:
            made = service.order(campaign, form.order(units, people), by=me, tap=form.tap_id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            return _ordered(campaign, len(made))
    return render_template("visits/order.html", form=form, campaign=campaign)


def _ordered(campaign: Campaign, many: int) -> Response:
    if many:
        flash(f"已安排督查{many}个单位。没有通知被督查的单位。")
    return to("visits.visits", campaign=campaign.id)


def _campaign() -> Campaign:
    """Return the campaign that is named, or the latest that is open; Conflict while there is none."""
    me = current.user()
    known = queries.open_campaigns(me)
    named = request.values.get("campaign")
    if named:
        return queries.campaign_for(me, _uuid(named), is_open=True)
    if not known:
        raise Conflict("还没有进行中的督查活动。请先在“活动”里新建一个，问卷选“四严机关”或“服务型效能型”。")
    return known[0]


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _ask(form: AimForm, campaign: Campaign) -> None:
    form.ask(queries.open_campaigns(current.user()), questionnaires.document_of(campaign.questionnaire).modes)
    if request.method == "GET":
        form.campaign.data = str(campaign.id)


@bp.route("/visits/begin", methods=["GET", "POST"])
@allow(*DESKS)
def begin_visit() -> Response | str:
    """Begin a visit on the spot."""
    me, campaign, form = current.user(), _campaign(), BeginForm()
    units = queries.units_for(me, campaign)
    _ask(form, campaign)
    form.offer(units)
    if request.method == "GET":
        form.tap.data = fresh()
    elif form.validate_on_submit():
        unit = next(one for one in units if str(one.id) == form.unit.data)
        try:
            walk = service.begin(campaign, unit, form.aim, by=me, tap=form.tap_id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            return to("walkthroughs.walk", walk_id=walk.id)
    return render_template("visits/begin.html", form=form, campaign=campaign)


@bp.get("/visits/draws/<uuid:draw_id>")
@allow(Role.OFFICE)
def draw(draw_id: uuid.UUID) -> str:
    """Show the seed, the rule and every lot, so that anybody can draw again."""
    found = queries.draw_for(current.user(), draw_id)
    lots = sorted((sampling.lot(found.seed, name), name) for name in found.pool)
    return render_template("visits/draw.html", draw=found, lots=lots, drawn=set(found.drawn))
