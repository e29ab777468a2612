"""The office's pages: campaigns, their basis and deadlines, the two routes, and what is still lacking."""

import uuid
from typing import cast

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current, realm
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Lane, Role
from walkthrough_app.campaigns import present, queries, readiness, service
from walkthrough_app.campaigns.forms import CampaignForm, RouteForm, campaign_form, route_forms
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.campaigns.routes.blueprint import bp, to
from walkthrough_app.campaigns.values import STATE_LABELS, CampaignFields, Descent
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.parts import Threshold

BUILTIN = "walkthrough"
Routes = dict[Lane, RouteForm]


@bp.get("/campaigns")
@allow(*STEWARDS)
def campaigns() -> str:
    user = current.user()
    return render_template(
        "campaigns/campaigns.html",
        campaigns=queries.campaigns_for(user),
        parents=queries.parents_for(user),
        counties={unit.id: unit.name for unit in accounts.counties()},
        states=STATE_LABELS,
    )


@bp.route("/campaigns/new", methods=["GET", "POST"])
@allow(*STEWARDS)
def new_campaign() -> Response | str:
    """Set up a campaign; with ?parent= the one a county runs within the city's."""
    descent = _descent()
    form = _new_form(descent)
    routes = route_forms(service.receivers(descent["county"]))
    if _are_valid(form, routes):
        given = {lane: route.fields_by_name() for lane, route in routes.items()}
        try:
            made = service.create_campaign(by=current.user(), descent=descent, routes=given, **_fields(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("活动已建立。请看右边还缺什么；都齐了，把状态改为“进行中”。")
            return to("campaign", campaign_id=made.id)
    return render_template("campaigns/new_campaign.html", form=form, routes=routes, **descent)


@bp.route("/campaigns/<uuid:campaign_id>", methods=["GET", "POST"])
@allow(*STEWARDS)
def campaign(campaign_id: uuid.UUID) -> Response | str:
    shown = queries.campaign_for(current.user(), campaign_id, write=True)
    form, routes = _form_of(shown), route_forms({lane: shown.route(lane) for lane in Lane})
    if _are_valid(form, routes):
        try:
            service.change_campaign(shown, by=current.user(), **_fields(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            for lane, route in routes.items():
                service.set_route(shown, lane, by=current.user(), **route.fields_by_name())
            flash("已保存。")
            return to("campaign", campaign_id=campaign_id)
    return _page(shown, form, routes)


@bp.get("/campaigns/<uuid:campaign_id>/units")
@allow(*STEWARDS)
def campaign_units(campaign_id: uuid.UUID) -> str:
    """Show how far each unit is; ?lacks= leaves those that lack something."""
    shown = queries.campaign_for(current.user(), campaign_id)
    lacks = request.args.get("lacks", "")
    found = readiness.standings(shown, with_plans=_sees_plans())
    label, is_lacking = readiness.LACKS.get(lacks, ("", None))
    return render_template(
        "campaigns/campaign_units.html",
        campaign=shown,
        standings=[one for one in found if is_lacking is None or is_lacking(one)],
        total=len(found),
        lacks=lacks,
        label=label,
        filters={key: words for key, (words, _) in readiness.LACKS.items() if key != "plans" or _sees_plans()},
        sees_plans=_sees_plans(),
    )


def _sees_plans() -> bool:
    """Accounts are the administrator's business, plans are not (S002-25)."""
    return current.user().role is Role.OFFICE


def _descent() -> Descent:
    """Read ?parent= (the city's campaign) and ?county=; a county's own office is always its county's."""
    user = current.user()
    parent_id = request.args.get("parent", type=uuid.UUID)
    county_id = realm.county_of(user) or (request.args.get("county", type=uuid.UUID) if parent_id else None)
    return {
        "county": accounts.unit_for(user, county_id) if county_id else None,
        "parent": queries.parent_for(user, parent_id) if parent_id else None,
    }


def _new_form(descent: Descent) -> CampaignForm:
    """Build the form of a new campaign; a county's begins with the basis, questionnaire and dates of the city's."""
    county, parent = descent["county"], descent["parent"]
    if parent is None or county is None:
        form = campaign_form(queries.questionnaires(), _limits(None))
        if request.method == "GET":
            form.questionnaire.data = str(questionnaires.load(BUILTIN).id)
        return form
    form = campaign_form(queries.questionnaires(), _limits(parent), parent)
    if request.method == "GET":
        form.title.data, form.state.data = f"{county.name}{parent.title}", CampaignState.DRAFT.value
    return form


def _limits(shown: Campaign | None) -> list[Threshold]:
    document = questionnaires.document_of(shown.questionnaire if shown else questionnaires.load(BUILTIN))
    return list(document.limits)


def _form_of(shown: Campaign) -> CampaignForm:
    return campaign_form(queries.questionnaires(), _limits(shown), shown)


def _are_valid(form: CampaignForm, routes: Routes) -> bool:
    """Check every part that was posted, so that all mistakes are shown at once."""
    return form.is_submitted() and all([form.validate(), *(route.validate() for route in routes.values())])


def _fields(form: CampaignForm) -> CampaignFields:
    chosen = queries.questionnaire(form.questionnaire_id)
    return cast("CampaignFields", form.fields_by_name() | {"questionnaire": chosen})


def _page(shown: Campaign, form: CampaignForm, routes: Routes) -> str:
    return render_template(
        "campaigns/campaign.html",
        campaign=shown,
        form=form,
        routes=routes,
        deadline=present.deadline(shown),
        warnings=present.warnings(shown),
        lines=readiness.lines(shown, readiness.standings(shown, with_plans=_sees_plans())),
        county_rows=present.county_rows(shown),
        parent=queries.campaign(shown.parent_id) if shown.parent_id else None,
        states=STATE_LABELS,
    )
