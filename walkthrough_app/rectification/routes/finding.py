"""One finding on one page: what it is, its pictures, its life, and the forms of what this user may do now."""

import uuid
from typing import Any

from flask import current_app, render_template, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import User
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.rectification import forms, queries, rights, service
from walkthrough_app.rectification.ledger import covering, story, view
from walkthrough_app.rectification.ledger.deeds import DEEDS, PROVED
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.queries import ledger
from walkthrough_app.rectification.rechecks import secrecy
from walkthrough_app.rectification.routes.blueprint import READERS, bp


@bp.get("/findings/<uuid:finding_id>")
@allow(*READERS)
def finding(finding_id: uuid.UUID) -> str:
    return page(queries.finding_for(current.user(), finding_id))


def page(found: Finding, tried: str = "", form: DeedForm | None = None) -> str:
    """Show a finding; `tried` is the deed whose form was refused and is shown again, open."""
    user = current.user()
    standing = view.standing(user, found)
    made = _forms(found, user, standing)
    if form is not None:
        made[tried] = form
        if isinstance(form, forms.AssignForm):
            form.offer(ledger.responsible_units(user), ask=True)
    return render_template(
        "rectification/finding.html",
        finding=found,
        is_desk=rights.is_desk(user, found),
        row=view.rows([found], user)[0],
        term=view.term(found),
        pictures=view.pictures(found),
        coverable={one.id for one in queries.photos_of(found) if covering.may(user, found, one)},
        lines=story.told(secrecy.entries_for(user, found), hidden=secrecy.hidden_deeds(user, found)),
        extensions=queries.extensions_of(found),
        forms=made,
        tried=tried,
        standing=standing,
        is_ready=service.is_complete(found),
        dispute_until=service.objection_until(found),
        offers=view.offered(user, found),
        duplicate=queries.duplicate_of(user, found),
        is_unproved=bool(queries.unproved([found.id])),
    )


def _forms(found: Finding, user: User, standing: view.Standing) -> dict[str, Any]:
    """Make the forms of the deeds that are open, each with an id of its own."""
    made: dict[str, Any] = {}
    for name, deed in DEEDS.items():
        if set(deed.verbs) & set(standing.verbs):
            made[name] = deed.form(formdata=None, data={**deed.start(found), "tap": str(uuid.uuid4())})
    for name, verb in PROVED.items():
        if verb in standing.verbs:
            made[name] = forms.DoneForm(formdata=None, data={"tap": str(uuid.uuid4())})
    if "assign" in made:
        made["assign"].offer(ledger.responsible_units(user), ask=False)
    return made


@bp.get("/findings/<uuid:finding_id>/photos/<uuid:photo_id>/<any(full, preview):size>.jpg")
@allow(*READERS)
def photo(finding_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> Response:
    """Send a picture of a finding to who may see the finding, and no other."""
    kept = queries.photo_for(current.user(), finding_id, photo_id).media
    sha256 = kept.preview_sha256 if size == "preview" and kept.preview_sha256 else kept.sha256
    store: MediaStore = current_app.extensions["media_store"]
    try:
        path = store.path(sha256)
    except MissingError as error:
        raise NotFound from error
    response = send_file(path, mimetype="image/jpeg", max_age=0, etag=sha256, conditional=True)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
