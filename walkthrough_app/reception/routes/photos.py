"""The masked pictures of a frozen version, and no others."""

import uuid

from flask import current_app, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media import queries as media
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reception import pictures, queries
from walkthrough_app.reception.routes.blueprint import READERS, bp


@bp.get("/reports/<uuid:report_id>/versions/<int:number>/photos/<uuid:photo_id>/<any(masked,preview):size>.jpg")
@allow(*READERS)
def photo(report_id: uuid.UUID, number: int, photo_id: uuid.UUID, size: str) -> Response:
    version = queries.version_for(current.user(), report_id, number)
    sha256 = pictures.masked_in(version.data, str(photo_id))
    store: MediaStore = current_app.extensions["media_store"]
    kept = media.find(sha256)
    small = kept.preview_sha256 if kept and size == "preview" else ""
    try:
        path = store.path(small or sha256)
    except MissingError as error:
        raise NotFound from error
    kind = kept.media_type if kept else "image/jpeg"
    response = send_file(path, mimetype=kind, max_age=0, etag=small or sha256, conditional=True)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
