"""Points: made, printed as cards, closed; and the terms of a campaign."""

import uuid
from collections.abc import Sequence

from flask import current_app, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents import qr
from walkthrough_app.ratings import queries, service, terms
from walkthrough_app.ratings.forms import EVERY, PointsForm, TermsForm
from walkthrough_app.ratings.routes.blueprint import bp, campaign_shown, to


@bp.route("/ratings/points", methods=["GET", "POST"])
@allow(*STEWARDS, *UNIT_ROLES)
def points() -> Response | str:
    campaign = campaign_shown()
    form = PointsForm().offer(queries.forms_of(campaign), campaigns.units_of(campaign))
    if form.validate_on_submit():
        try:
            made = service.add_points(campaign, _units(form, campaign), form.form.data, form.lines, by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash(f"已设 {len(made)} 个评价点，可以打印桌牌了。" if made else "这些评价点已经有了。")
            return to("points", campaign=campaign.id)
    return _page(campaign, form)


def _page(campaign: Campaign, form: PointsForm) -> str:
    user = current.user()
    is_unit = user.role in UNIT_ROLES
    return render_template(
        "ratings/points.html",
        campaign=campaign,
        campaigns=queries.campaigns_for(user),
        form=form,
        titles={one.form.id: one.form.title for one in queries.forms_of(campaign)},
        points=queries.points_of(campaign, user.unit if is_unit else None),
        is_unit=is_unit,
        may_write=user.role is not Role.DEPUTY,
        address=address,
    )


def _units(form: PointsForm, campaign: Campaign) -> Sequence[Unit]:
    user = current.user()
    if user.role in UNIT_ROLES:
        return [user.unit]
    known = campaigns.units_of(campaign)
    return known if form.unit.data == EVERY else [one for one in known if one.id == form.unit_id]


def address(code: str) -> str:
    """Return the address of a public page, as a phone elsewhere opens it."""
    base: str = current_app.config["SETTINGS"].base_url or request.host_url.rstrip("/")
    return base + url_for("ratings.form", code=code)


@bp.post("/ratings/points/<uuid:point_id>/close")
@allow(*STEWARDS, *UNIT_ROLES)
def close_point(point_id: uuid.UUID) -> Response:
    point = queries.point_for(current.user(), point_id)
    service.close_point(point, by=current.user())
    flash("已停用，扫码的人会看到“评价已经结束”，已有的评价都保留。")
    return to("points", campaign=point.campaign_id)


@bp.get("/ratings/cards")
@allow(*STEWARDS, *UNIT_ROLES)
def cards() -> str:
    """Show table cards to print, four on a sheet of A4; ?point= for one."""
    user, campaign = current.user(), campaign_shown()
    unit = user.unit if user.role in UNIT_ROLES else None
    wanted = request.args.get("point", type=uuid.UUID)
    found = [one for one in queries.points_of(campaign, unit) if one.closed_at is None]
    shown = [one for one in found if wanted in {None, one.id}]
    forms = {one.form.id: one.form for one in queries.forms_of(campaign)}
    made = [(one, forms[one.form_key], address(one.code), qr.data_uri(address(one.code))) for one in shown]
    return render_template("ratings/cards.html", campaign=campaign, cards=made)


@bp.route("/ratings/terms", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_terms() -> Response | str:
    campaign = campaign_shown()
    form = TermsForm(obj=terms.of(campaign.id))
    if form.validate_on_submit():
        try:
            service.set_terms(campaign, form.wanted, by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已保存。")
            return to("board", campaign=campaign.id)
    return render_template("ratings/terms.html", campaign=campaign, form=form)
