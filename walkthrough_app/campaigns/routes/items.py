"""The catalogue of a unit, and confirming it."""

import uuid

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role, Unit
from walkthrough_app.campaigns import present, queries, rules, service
from walkthrough_app.campaigns.forms import ItemForm
from walkthrough_app.campaigns.forms.items import filled
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.campaigns.queries import PLANNERS, STEWARDS
from walkthrough_app.campaigns.routes.blueprint import bp, carried, to, unit_shown
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import tidy


@bp.get("/items")
@allow(*PLANNERS, *STEWARDS)
def items() -> Response | str:
    """Show the catalogue of one's unit; the office goes and chooses a unit first."""
    if current.user().role in STEWARDS and "unit" not in request.args:
        return to("units")
    return _catalog(unit_shown())


def _catalog(unit: Unit) -> str:
    show, words = request.args.get("show", ""), tidy(request.args.get("words")) or ""
    opened = [
        (campaign, queries.confirmation(campaign, unit)) for campaign in queries.campaigns_at(current.user(), unit)
    ]
    return render_template(
        "campaigns/items.html",
        unit=unit,
        items=present.catalog(unit, show, words),
        show=show,
        words=words,
        filters=present.FILTERS,
        confirmations=opened if current.user().role in PLANNERS else [],
        carried=carried(),
    )


@bp.route("/items/new", methods=["GET", "POST"])
@allow(*PLANNERS, *STEWARDS)
def new_item() -> Response | str:
    unit, form = unit_shown(), ItemForm()
    if form.validate_on_submit():
        try:
            service.add_item(unit=unit, by=current.user(), **form.fields_by_name())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已加入目录。")
            return to("items", **carried())
    return render_template("campaigns/new_item.html", form=form, carried=carried(), clause=rules.MUST_WALK)


@bp.get("/items/<uuid:item_id>")
@signed_in
def item(item_id: uuid.UUID) -> str:
    """Show an item: to change it, or only to read it."""
    shown = queries.item_for(current.user(), item_id)
    if current.user().role is Role.DEPUTY:
        return render_template("campaigns/item.html", item=shown)
    return _form_page(shown, ItemForm(data=filled(shown)))


@bp.post("/items/<uuid:item_id>")
@signed_in
def change_item(item_id: uuid.UUID) -> Response | str:
    shown = queries.item_for(current.user(), item_id, write=True)
    form = ItemForm()
    if form.validate_on_submit():
        try:
            service.change_item(shown, by=current.user(), **form.fields_by_name())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已保存。")
            return to("items", **_back(shown))
    return _form_page(shown, form)


def _form_page(shown: ServiceItem, form: ItemForm) -> str:
    return render_template(
        "campaigns/change_item.html", item=shown, form=form, carried=_back(shown), clause=rules.MUST_WALK
    )


@bp.post("/items/<uuid:item_id>/retire")
@signed_in
def retire_item(item_id: uuid.UUID) -> Response:
    shown = queries.item_for(current.user(), item_id, write=True)
    service.retire_item(shown, by=current.user())
    flash("已移出目录，可以在“已移出”里恢复。")
    return to("items", **_back(shown))


@bp.post("/items/<uuid:item_id>/restore")
@signed_in
def restore_item(item_id: uuid.UUID) -> Response:
    shown = queries.item_for(current.user(), item_id, write=True)
    service.restore_item(shown, by=current.user())
    flash("已恢复到目录。")
    return to("items", **_back(shown))


@bp.post("/items/confirm")
@allow(*PLANNERS)
def confirm_catalog() -> Response:
    campaign_id = request.form.get("campaign", type=uuid.UUID)
    if campaign_id is None:
        raise NotFound
    user = current.user()
    service.confirm_catalog(queries.campaign_for(user, campaign_id), user.unit, by=user)
    flash("事项目录已确认，可以安排体验计划了。")
    return to("items")


def _back(shown: ServiceItem) -> dict[str, str]:
    """Return the ?unit= that brings the office back to the catalogue it came from."""
    return {"unit": str(shown.unit_id)} if current.user().role in STEWARDS else {}
