"""我的任务, and beginning a walk."""

import uuid

from flask import current_app, render_template
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Mode, PlanEntry
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import options
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.media import queries as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs import present, queries, service
from walkthrough_app.walkthroughs.forms import StartForm
from walkthrough_app.walkthroughs.routes.blueprint import bp, take_in, to
from walkthrough_app.walkthroughs.service import Authorization, Beginning


@bp.get("/tasks")
@allow(Role.HEAD, Role.DEPUTY)
def tasks() -> str:
    plans = campaigns.tasks_of(current.user())
    walks = queries.walks_of_plans(plans)
    groups = present.tasks(plans, walks, today=clock.today())
    parts = [part() for part in current_app.extensions.get("task_parts", ())]
    return render_template("walkthroughs/tasks.html", groups=groups, parts=parts)


@bp.get("/walks/start/<uuid:plan_id>")
@allow(Role.HEAD, Role.DEPUTY)
def begin(plan_id: uuid.UUID) -> Response | str:
    plan = campaigns.plan_entry_for(current.user(), plan_id)
    service.check_start(plan, by=current.user())
    begun = queries.walk_of_plan(plan)
    if begun:
        return to("walk", walk_id=begun.id)
    form = StartForm(tap=str(uuid.uuid4()), kind="simulated" if plan.is_simulated else "real", simulation_stop="accept")
    return _page(plan, form)


@bp.post("/walks/start/<uuid:plan_id>")
@allow(Role.HEAD, Role.DEPUTY)
@accepts_pictures
def start(plan_id: uuid.UUID) -> Response | str:
    plan = campaigns.plan_entry_for(current.user(), plan_id)
    service.check_start(plan, by=current.user())
    form = StartForm()
    kept = None
    try:
        kept = _photo(form)
        if form.validate_on_submit():
            walk = service.start(plan, _beginning(plan, form, kept), by=current.user(), tap=form.tap_id)
            return to("walk", walk_id=walk.id)
    except Invalid as error:
        form.refuse(error)
    form.kept_photo.data = _seal(kept) if kept else ""
    return _page(plan, form, kept)


def _page(plan: PlanEntry, form: StartForm, kept: MediaFile | None = None) -> str:
    document = questionnaires.document_of(plan.campaign.questionnaire)
    walked = document.for_mode(plan.mode.value)
    form.simulation_stop.choices = options(((stop.id, stop.name) for stop in walked.simulation_stops), ask=True)
    form.scope.choices = options(service.authorization_scopes(document), ask=True)
    return render_template(
        "walkthroughs/start.html",
        plan=plan,
        form=form,
        kept=kept,
        mode=document.mode(plan.mode),
        first=walked.steps[0],
        may_simulate=bool(walked.simulation_stops),
        is_secret=any(addon.id == "integrity" for addon in document.addons_for(plan.mode.value)),
        facts=present.plan_facts(plan),
    )


def _beginning(plan: PlanEntry, form: StartForm, photo: MediaFile | None) -> Beginning:
    if plan.mode is Mode.IN_PERSON:
        is_simulated = form.kind.data == "simulated"
        return Beginning(is_simulated=is_simulated, simulation_stop=form.simulation_stop.data or None)
    if plan.mode is Mode.ACCOMPANIED:
        return Beginning(has_consent=bool(form.consent.data))
    if plan.mode is not Mode.ON_BEHALF or not photo:
        return Beginning()
    for field in (form.principal, form.scope):
        if not field.data:
            raise Invalid(field.name, "请选择一项。")
    return Beginning(
        authorization=Authorization(form.principal.data, form.scope.data, form.signed_on.data, photo),
    )


def _photo(form: StartForm) -> MediaFile | None:
    """Take in the picture just chosen, or the one kept from the last try; Invalid when the chosen one is broken."""
    taken = take_in("photo")
    if taken.refusals:
        raise Invalid("photo", taken.refusal)
    if taken.media:
        return taken.media[0]
    try:
        return media.find(_sealer().loads(form.kept_photo.data or ""))
    except BadSignature:
        return None


def _seal(photo: MediaFile) -> str:
    return str(_sealer().dumps(photo.sha256))


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"kept-photo-{current.user().id}")
