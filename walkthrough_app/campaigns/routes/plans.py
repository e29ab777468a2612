"""The plan of a unit: who walks what, when; visible to nobody it does not concern (S002-25)."""

import uuid
from typing import cast

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role, Unit
from walkthrough_app.campaigns import present, queries, rules, service
from walkthrough_app.campaigns.forms import PlanForm
from walkthrough_app.campaigns.forms.plans import filled
from walkthrough_app.campaigns.models import Campaign, CampaignState, PlanEntry, ServiceItem
from walkthrough_app.campaigns.queries import PLANNERS
from walkthrough_app.campaigns.routes.blueprint import bp, campaign_shown, carried, to, unit_shown
from walkthrough_app.campaigns.values import STANDARD_REASON, PlanFields
from walkthrough_app.core import clock, web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.questionnaires import service as questionnaires


@bp.get("/plan")
@allow(*PLANNERS, Role.OFFICE)
def plan() -> str:
    """Show what is planned and what is not; the office reads the plan of the unit it names."""
    unit = unit_shown()
    campaigns = queries.campaigns_at(current.user(), unit)
    shown = campaign_shown(campaigns)
    page = present.plan_page(unit, shown) if shown else None
    may_plan = page is not None and not page.must_list_first and current.user().role in PLANNERS
    return render_template(
        "campaigns/plan.html", page=page, campaigns=campaigns, unit=unit, may_plan=may_plan, carried=carried()
    )


@bp.route("/plan/new", methods=["GET", "POST"])
@allow(*PLANNERS)
def new_entry() -> Response | str:
    item_id = request.args.get("item", type=uuid.UUID)
    campaign = campaign_shown(queries.open_campaigns(current.user().unit))
    if item_id is None or campaign is None:
        raise NotFound
    item = queries.item_for(current.user(), item_id, write=True)
    rules.check_may_plan(campaign, item.unit)
    form = _offered(PlanForm(data=_usual(campaign, item.unit) if request.method == "GET" else None), item, campaign)
    if form.validate_on_submit():
        try:
            service.plan(campaign=campaign, item=item, by=current.user(), **_fields(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash(f"已安排体验“{item.task_name}”。")
            return to("plan", campaign=campaign.id)
    return _form_page("campaigns/new_entry.html", form, item, campaign)


@bp.get("/plan/<uuid:entry_id>")
@signed_in
def entry(entry_id: uuid.UUID) -> str:
    """Show a plan entry: to change it, or only to read it."""
    shown = queries.plan_entry_for(current.user(), entry_id)
    row = present.plan_row(shown)
    if row.is_settled or not queries.may_change(current.user(), shown):
        return render_template("campaigns/entry.html", row=row, back=_list_of(shown))
    return _change_page(shown, _offered(PlanForm(data=filled(shown)), shown.item, shown.campaign, shown))


@bp.post("/plan/<uuid:entry_id>")
@signed_in
def change_entry(entry_id: uuid.UUID) -> Response | str:
    shown = queries.plan_entry_for(current.user(), entry_id, write=True)
    rules.check_untouched(shown)
    form = _offered(PlanForm(), shown.item, shown.campaign, shown)
    if form.validate_on_submit():
        try:
            service.change_plan(shown, by=current.user(), **_fields(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("计划已保存。")
            return to("plan", campaign=shown.campaign_id)
    return _change_page(shown, form)


@bp.post("/plan/<uuid:entry_id>/drop")
@signed_in
def drop_entry(entry_id: uuid.UUID) -> Response:
    shown = queries.plan_entry_for(current.user(), entry_id, write=True)
    service.drop_plan(shown, by=current.user())
    flash(f"已取消体验“{shown.item.task_name}”的计划。")
    return to("plan", campaign=shown.campaign_id)


def _list_of(shown: PlanEntry) -> str:
    """Return the address of the list the entry stands in, or '' for those who do not see the list."""
    user, campaign = current.user(), shown.campaign
    if user.role not in {*PLANNERS, Role.OFFICE} or campaign.state is not CampaignState.OPEN:
        return ""
    unit = shown.unit_id if user.role is Role.OFFICE else None
    return url_for("campaigns.plan", campaign=campaign.id, unit=unit)


def _change_page(shown: PlanEntry, form: PlanForm) -> str:
    row = present.plan_row(shown)
    return _form_page("campaigns/change_entry.html", form, shown.item, shown.campaign, row=row)


def _form_page(template: str, form: PlanForm, item: ServiceItem, campaign: Campaign, **more: object) -> str:
    return render_template(
        template, form=form, item=item, campaign=campaign, clause=rules.MUST_WALK, reason=STANDARD_REASON, **more
    )


def _usual(campaign: Campaign, unit: Unit) -> dict[str, object]:
    """Return what a new entry most often is: the head, from now until the deadline."""
    heads = accounts.heads_of(unit)
    first_day = max(clock.today(), campaign.opens_on)
    walker = str(heads[0].id) if len(heads) == 1 else None
    return {"walker": walker, "from_on": first_day, "to_on": max(first_day, campaign.walk_due)}


def _offered(form: PlanForm, item: ServiceItem, campaign: Campaign, entry: PlanEntry | None = None) -> PlanForm:
    """Offer who may walk the item, and the errands of it that are still in the pool."""
    walkers = [user for user in queries.walkers_of(item.unit) if user.role is Role.HEAD or not item.must_walk]
    own = entry.errand_id if entry else None
    errands = [one for one in queries.errands_of(item.unit) if one.item_id == item.id]
    document = questionnaires.document_of(campaign.questionnaire)
    return form.offer(walkers, [one for one in errands if not one.is_taken or one.id == own], document)


def _fields(form: PlanForm) -> PlanFields:
    """Return what the service takes; who is not there is refused like who may not walk."""
    walker = queries.person(form.walker_id) if form.walker_id else None
    if walker is None:
        raise Invalid("walker", rules.ONLY_OWN)
    errand = queries.errand_for(current.user(), form.errand_id) if form.errand_id else None
    return cast("PlanFields", form.fields_by_name() | {"walker": walker, "errand": errand})
