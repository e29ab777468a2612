"""One visit: what it is for, what was found, and what is to be done next."""

import uuid
from typing import Any

from flask import current_app, render_template, send_file, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.forms import DeedForm, fresh
from walkthrough_app.media import queries as media
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.visits import present, queries
from walkthrough_app.visits.forms import FeedbackForm, ReasonForm
from walkthrough_app.visits.models import Visit, VisitState
from walkthrough_app.visits.queries import INSPECTORS
from walkthrough_app.visits.routes.blueprint import bp, to


@bp.get("/visits/<uuid:visit_id>")
@allow(*INSPECTORS)
def visit(visit_id: uuid.UUID) -> str:
    return page(queries.visit_for(current.user(), visit_id))


@bp.get("/visits/walks/<uuid:walk_id>")
@allow(*INSPECTORS)
def visit_of_walk(walk_id: uuid.UUID) -> Response:
    """Go from the walk back to the visit it is of."""
    found = queries.of_walk(walk_id)
    if found is None:
        raise NotFound
    queries.visit_for(current.user(), found.id)
    return to("visits.visit", visit_id=found.id)


def page(found: Visit, **forms: Any) -> str:
    me = current.user()
    is_mine, is_desk = found.inspector_id == me.id, queries.is_desk(me, found)
    record = present.record_of(found)
    return render_template(
        "visits/visit.html",
        visit=found,
        is_mine=is_mine,
        is_desk=is_desk,
        shown=present.shown(found, record),
        problems=present.problems(record),
        findings=queries.findings_of(found),
        olds=[(str(one.id), f"{one.code} {one.title}") for one in queries.closed_at(found)] if is_mine else [],
        why_not=present.why_not(found, record) if is_mine and found.state is VisitState.UNDER_WAY else "",
        tap=fresh(),
        deed=DeedForm(formdata=None, tap=fresh()),
        feedback=forms.get("feedback") or FeedbackForm(formdata=None, tap=fresh()),
        reason=forms.get("reason") or ReasonForm(formdata=None, tap=fresh()),
        errors=forms.get("errors", {}),
        typed=forms.get("typed", {}),
        photo_url=photo_url(found),
    )


def photo_url(found: Visit) -> Any:
    """Return what gives the address of a picture of the visit."""
    return lambda sha256, size="preview": url_for("visits.photo", visit_id=found.id, sha256=sha256, size=size)


@bp.get("/visits/<uuid:visit_id>/photos/<sha256>/<any(masked,preview):size>.jpg")
@signed_in
def photo(visit_id: uuid.UUID, sha256: str, size: str) -> Response:
    """Serve a picture of the visit that may be shown, and no other; the unit those of its problems."""
    if not _may_see(visit_id, sha256):
        raise NotFound
    kept = media.find(sha256)
    if kept is None:
        raise NotFound
    path = store().path(kept.preview_sha256 if size == "preview" else sha256)
    response = send_file(path, mimetype=kept.media_type, max_age=0, etag=sha256, conditional=True)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


def _may_see(visit_id: uuid.UUID, sha256: str) -> bool:
    me = current.user()
    try:
        found = queries.visit_for(me, visit_id)
    except NotFound:
        return sha256 in present.told_photos(queries.told_for(me, visit_id))
    return sha256 in present.shown(found, present.record_of(found))["photos"]
