"""A recording and its poster: nothing in it can be hidden, so only the walker and the office may play it."""

import uuid

from flask import send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media import queries as media_queries
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.routes.blueprint import bp, load, store


@bp.get("/walks/<uuid:walk_id>/clips/<uuid:clip_id>/<any(clip,poster):variant>")
@signed_in
def clip(walk_id: uuid.UUID, clip_id: uuid.UUID, variant: str) -> Response:
    """Serve a recording (parts of it when the player asks for a range) or its poster."""
    found = load(walk_id)
    known = log.record_of(found).state.clips.get(str(clip_id))
    sees_all = current.user().id == found.walker_id or current.user().role is Role.OFFICE
    kept = media_queries.find(known["media"]) if known and known["media"] and sees_all else None
    is_poster = variant == "poster"
    if kept is None or (is_poster and not kept.preview_sha256):
        raise NotFound
    sha256 = kept.preview_sha256 if is_poster else kept.sha256
    mimetype = "image/jpeg" if is_poster else kept.media_type
    response = send_file(store().path(sha256), mimetype=mimetype, max_age=0, etag=sha256, conditional=True)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
