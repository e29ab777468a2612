"""Masking a picture of a finding by tap: the boxes travel in the form until they are saved, also without JavaScript."""

import json
import uuid
from typing import Any

from flask import current_app, flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core.errors import Conflict
from walkthrough_app.rectification import queries
from walkthrough_app.rectification.ledger import covering
from walkthrough_app.rectification.models import FindingPhoto
from walkthrough_app.rectification.routes.blueprint import READERS, bp, to
from walkthrough_app.walkthroughs import masking


@bp.route("/findings/<uuid:finding_id>/photos/<uuid:photo_id>/cover", methods=["GET", "POST"])
@allow(*READERS)
def cover(finding_id: uuid.UUID, photo_id: uuid.UUID) -> Response | str:
    """Show the picture with what is to be covered, one box more or less; saved, lead back to the finding."""
    user = current.user()
    finding = queries.finding_for(user, finding_id)
    photo = covering.photo_for(user, finding, queries.photo_for(user, finding_id, photo_id))
    seen = request.form.get("seen") or photo.sha256
    boxes = covering.boxes_in(request.form.get("boxes", ""))
    if request.form.get("do") == "save" and "mask.x" not in request.form:
        _save(finding_id, photo, boxes, seen)
        flash("已打码。", "ok")
        return to("rectification.finding", "pictures", finding_id=finding_id)
    known = {"width": photo.media.width or 1, "height": photo.media.height or 1, "boxes": boxes}
    after = masking.boxes_after(request.form, known)
    return _page(finding_id, photo, known, (boxes if after is None else after)[: covering.MOST], seen)


def _save(finding_id: uuid.UUID, photo: FindingPhoto, boxes: list[list[float]], seen: str) -> None:
    if not boxes:
        raise Conflict("还没有点要遮住的地方，请返回后点一下照片。")
    photo_id = photo.id
    copy = covering.made(photo, boxes, store=current_app.extensions["media_store"])
    user = current.user()
    finding = queries.finding_for(user, finding_id)
    again = covering.photo_for(user, finding, queries.photo_for(user, finding_id, photo_id))
    covering.put(finding, again, copy, seen, by=user)


def _page(
    finding_id: uuid.UUID, photo: FindingPhoto, known: dict[str, Any], boxes: list[list[float]], seen: str
) -> str:
    return render_template(
        "rectification/cover.html",
        finding_id=finding_id,
        photo=photo,
        boxes=boxes,
        packed=json.dumps(boxes),
        seen=seen,
        view=masking.view(known, request.values.get("zoom", "")),
        size=request.values.get("size", "m"),
    )
