"""Pictures of records: masked by tap (an image button posts where, without JavaScript), and their files."""

import uuid
from typing import Any

from flask import render_template, request, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.media.storage import MissingError
from walkthrough_app.records import queries, service
from walkthrough_app.records.models import RecordPhoto
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes.blueprint import bp, store, to
from walkthrough_app.walkthroughs import masking


@bp.get("/records/one/<uuid:record_id>/photos/<uuid:photo_id>")
@allow(*READERS)
def photo(record_id: uuid.UUID, photo_id: uuid.UUID) -> str:
    """Show a picture to mask."""
    found = queries.photo_for(current.user(), record_id, photo_id, write=True)
    return render_template(
        "records/photo.html",
        photo=found,
        record_id=record_id,
        form=DeedForm(formdata=None, data={"tap": str(uuid.uuid4())}),
        view=masking.view(_known(found), masking.zoom(request.args.get("zoom", ""))),
        size=request.args.get("size", "m"),
    )


@bp.post("/records/one/<uuid:record_id>/photos/<uuid:photo_id>")
@allow(*READERS)
def mask(record_id: uuid.UUID, photo_id: uuid.UUID) -> Response:
    """Mask where the picture was tapped, take the last mask back, or say that none is needed."""
    user = current.user()
    found = queries.photo_for(user, record_id, photo_id, write=True)
    DeedForm().validate()
    boxes = masking.boxes_after(request.form, _known(found))
    if boxes is None:
        return to("record", record_id=record_id)
    service.mask(found, boxes, is_clear=request.form.get("do") == "clear", store=store(), by=user)
    zoom, size = request.form.get("zoom") or None, request.form.get("size") or None
    return to("photo", record_id=record_id, photo_id=photo_id, zoom=zoom, size=size)


def _known(photo: RecordPhoto) -> dict[str, Any]:
    return {"boxes": photo.boxes, "width": photo.media.width or 1, "height": photo.media.height or 1}


@bp.get("/records/one/<uuid:record_id>/photos/<uuid:photo_id>/<any(full, preview, clean):size>.jpg")
@allow(*READERS)
def picture(record_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> Response:
    """Send a picture to who may read the record: its masked copy; the clean one only to who masks it."""
    found = queries.photo_for(current.user(), record_id, photo_id, write=size == "clean")
    kept = found.media if size == "clean" else found.shown or found.media
    sha256 = kept.preview_sha256 if size == "preview" and kept.preview_sha256 else kept.sha256
    try:
        path = store().path(sha256)
    except MissingError as error:
        raise NotFound from error
    response = send_file(path, mimetype="image/jpeg", max_age=0, etag=sha256, conditional=True)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
