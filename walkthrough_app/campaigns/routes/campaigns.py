"""The office's pages: campaigns, their basis and deadlines, and the two routes."""

import uuid
from typing import cast

from flask import flash, render_template
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Lane, Role
from walkthrough_app.campaigns import queries, service
from walkthrough_app.campaigns.forms import CampaignForm, RouteForm, campaign_form
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.campaigns.routes.blueprint import bp, to
from walkthrough_app.campaigns.values import STATE_LABELS, CampaignFields
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires import service as questionnaires

BUILTIN = "walkthrough"


@bp.get("/campaigns")
@allow(*STEWARDS)
def campaigns() -> str:
    return render_template("campaigns/campaigns.html", campaigns=queries.campaigns(), states=STATE_LABELS)


@bp.route("/campaigns/new", methods=["GET", "POST"])
@allow(*STEWARDS)
def new_campaign() -> Response | str:
    document = questionnaires.document_of(questionnaires.load(BUILTIN))
    form = campaign_form(queries.questionnaires(), document.limits)
    if form.validate_on_submit():
        try:
            made = service.create_campaign(by=current.user(), **_fields(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("活动已建立。请填写两个组的报送联系方式。")
            return to("campaign", campaign_id=made.id)
    return render_template("campaigns/new_campaign.html", form=form)


@bp.route("/campaigns/<uuid:campaign_id>", methods=["GET", "POST"])
@allow(*STEWARDS)
def campaign(campaign_id: uuid.UUID) -> Response | str:
    shown = queries.campaign_for(current.user(), campaign_id, write=True)
    form = _form_of(shown)
    if form.validate_on_submit():
        try:
            service.change_campaign(shown, by=current.user(), **_fields(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已保存。")
            return to("campaign", campaign_id=campaign_id)
    return _page(shown, form)


@bp.post("/campaigns/<uuid:campaign_id>/routes/<any(style, coord):lane>")
@allow(*STEWARDS)
def set_route(campaign_id: uuid.UUID, lane: str) -> Response | str:
    shown = queries.campaign_for(current.user(), campaign_id, write=True)
    form = RouteForm(prefix=f"{lane}-")
    if form.validate_on_submit():
        service.set_route(shown, Lane(lane), by=current.user(), **form.fields_by_name())
        flash("报送路径已保存。")
        return to("campaign", campaign_id=campaign_id)
    return _page(shown, _form_of(shown), {Lane(lane): form})


def _form_of(shown: Campaign) -> CampaignForm:
    document = questionnaires.document_of(shown.questionnaire)
    return campaign_form(queries.questionnaires(), document.limits, shown)


def _fields(form: CampaignForm) -> CampaignFields:
    chosen = queries.questionnaire(form.questionnaire_id)
    return cast("CampaignFields", form.fields_by_name() | {"questionnaire": chosen})


def _page(shown: Campaign, form: CampaignForm, posted: dict[Lane, RouteForm] | None = None) -> str:
    routes = {lane: RouteForm(prefix=f"{lane}-", obj=shown.route(lane), formdata=None) for lane in Lane}
    return render_template(
        "campaigns/campaign.html",
        campaign=shown,
        form=form,
        routes={**routes, **(posted or {})},
        coverages=queries.coverages(shown) if current.user().role is Role.OFFICE else [],
        confirmed=queries.confirmed_units(shown),
    )
