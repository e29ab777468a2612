"""回头看: what is to be looked at, then and now side by side, and what came of it; and the lots of a campaign."""

import uuid
from typing import BinaryIO, cast

from flask import current_app, flash, render_template, request, send_file, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import clock, web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import DeedForm, fresh
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.media import queries as media_queries
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import rights, terms
from walkthrough_app.rectification.rechecks import material, queries, sampling, service
from walkthrough_app.rectification.rechecks.forms import SOLVED, DecideForm
from walkthrough_app.rectification.rechecks.models import Method, Recheck
from walkthrough_app.rectification.routes.blueprint import bp, to
from walkthrough_app.rectification.routes.recheck_orders import hand_over_form
from walkthrough_app.walkthroughs.forms import pictures_in
from walkthrough_app.walkthroughs.models import WalkState


@bp.get("/rechecks")
@allow(*rights.DESKS, Role.HEAD)
def rechecks() -> str:
    """Show what I am to look at again, what others are, and what came of the last ones."""
    me = current.user()
    is_desk = me.role in rights.DESKS
    return render_template(
        "rectification/rechecks.html",
        mine=queries.to_do(me),
        others=queries.under_way(me) if is_desk else [],
        decided=queries.decided(me),
        campaigns=campaigns.campaigns_for(me) if is_desk else [],
    )


def to_do_part() -> Markup:
    """Return what 我的任务 says to who is to look again at something; '' to all others."""
    found = queries.to_do(current.user())
    return Markup(render_template("rectification/_recheck_tasks.html", rechecks=found) if found else "")  # noqa: S704 - our own page


@bp.get("/rechecks/<uuid:recheck_id>")
@signed_in
def recheck(recheck_id: uuid.UUID) -> str:
    return _page(queries.recheck_for(current.user(), recheck_id), DecideForm(formdata=None, tap=fresh()))


@bp.get("/rechecks/walks/<uuid:walk_id>")
@signed_in
def recheck_of_walk(walk_id: uuid.UUID) -> Response:
    """Go from the walk back to what it was for."""
    found = queries.of_walk(walk_id)
    if found is None or not queries.may_see(current.user(), found):
        raise NotFound
    return to("rectification.recheck", recheck_id=found.id)


def _page(found: Recheck, form: DecideForm) -> str:
    me, walk = current.user(), found.walk
    is_walked = walk is not None and walk.state is WalkState.FINISHED
    may_decide = found.is_open and me.id == found.checker_id
    if form.due_on.data is None and may_decide:
        form.due_on.data = terms.of(found.finding.campaign_id).due_after(clock.today(), found.finding.severity)
    return render_template(
        "rectification/recheck.html",
        recheck=found,
        finding=found.finding,
        both=material.of(found),
        form=form if may_decide and (is_walked or found.method is Method.VISIT) else None,
        may_start=may_decide and found.method is Method.WALK and not is_walked,
        may_open_walk=walk is not None and walk.walker_id == me.id,
        hand_over=hand_over_form(found, me),
        finding_url=url_for("rectification.finding", finding_id=found.finding_id),
        start_form=DeedForm(formdata=None, tap=fresh()),
        photo_url=lambda sha256, size="preview": url_for(
            "rectification.recheck_photo", recheck_id=found.id, sha256=sha256, size=size
        ),
    )


@bp.post("/rechecks/<uuid:recheck_id>/start")
@signed_in
def start_recheck(recheck_id: uuid.UUID) -> Response:
    found = queries.recheck_for(current.user(), recheck_id, write=True)
    walk = service.start(found, by=current.user(), tap=DeedForm().tap_id)
    return to("walkthroughs.walk", walk_id=walk.id)


@bp.post("/rechecks/<uuid:recheck_id>")
@signed_in
@accepts_pictures
def decide_recheck(recheck_id: uuid.UUID) -> Response | str:
    """Take the checker's word; refused, the form is shown again with nothing of it done."""
    found, form = queries.recheck_for(current.user(), recheck_id, write=True), DecideForm()
    try:
        photos = _photos()
        if form.validate_on_submit():
            verdict = service.Verdict(form.outcome.data == SOLVED, form.text.data or "", form.due_on.data, photos)
            if service.decide(found, verdict, by=current.user(), tap=form.tap_id):
                flash(f"已记下结果：{found.outcome.label if found.outcome else ''}。")
            return to("rectification.recheck", recheck_id=recheck_id)
    except Invalid as error:
        form.refuse(error)
        web.refuse()
    form.tap.data = fresh()
    return _page(queries.recheck_for(current.user(), recheck_id, write=True), form)


def _photos() -> list[MediaFile]:
    streams = [cast("BinaryIO", file.stream) for file in pictures_in(request.files, "photos")]
    taken, refusals = media.add_photos(streams, store=_store())
    if refusals:
        raise Invalid("photos", "；".join(dict.fromkeys(refusals)))
    return taken


def _store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


@bp.get("/rechecks/<uuid:recheck_id>/photos/<sha256>/<any(masked,preview):size>.jpg")
@signed_in
def recheck_photo(recheck_id: uuid.UUID, sha256: str, size: str) -> Response:
    """Serve a picture of the comparison, and no other."""
    both = material.of(queries.recheck_for(current.user(), recheck_id))
    kept = media_queries.find(sha256)
    if kept is None or sha256 not in {*both.then.photos, *both.now.photos, *both.after_photos}:
        raise NotFound
    path = _store().path(kept.preview_sha256 if size == "preview" else sha256)
    response = send_file(path, mimetype=kept.media_type, max_age=0, etag=sha256, conditional=True)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/campaigns/<uuid:campaign_id>/draws")
@allow(*rights.DESKS)
def recheck_draws(campaign_id: uuid.UUID) -> str:
    """Show the seed, the rule, and what was drawn and why, so that anybody can draw again."""
    campaign = campaigns.campaign_for(current.user(), campaign_id)
    return render_template(
        "rectification/recheck_draws.html",
        campaign=campaign,
        seed=sampling.known_seed(campaign_id),
        percent=terms.of(campaign_id).sample_percent,
        draws=sampling.draws(current.user(), campaign_id),
    )
