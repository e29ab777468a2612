"""One picture: caption, masking by tap (an image button posts where, without JavaScript), and its files."""

import uuid
from typing import Any

from flask import render_template, request, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media import queries as media_queries
from walkthrough_app.media import service as media
from walkthrough_app.walkthroughs import log, masking, service
from walkthrough_app.walkthroughs.forms import PhotoForm
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord
from walkthrough_app.walkthroughs.routes.blueprint import WALKERS, bp, door, load, store, to


def _known(record: WalkRecord, photo_id: uuid.UUID) -> dict[str, Any]:
    known = record.state.photos.get(str(photo_id))
    if known is None or known["media"] is None:
        raise NotFound  # not there, or still on a phone
    return known


@bp.get("/walks/<uuid:walk_id>/photos/<uuid:photo_id>")
@allow(*WALKERS)
def photo(walk_id: uuid.UUID, photo_id: uuid.UUID) -> str:
    found = load(walk_id, write=True)
    known = _known(log.record_of(found), photo_id)
    return _page(found, known, PhotoForm(tap=str(uuid.uuid4()), caption=known["caption"]))


def _page(found: Walkthrough, known: dict[str, Any], form: PhotoForm) -> str:
    view = masking.view(known, masking.zoom(request.values.get("zoom", "")))
    size = request.values.get("size", "m")
    return render_template("walkthroughs/photo.html", walk=found, photo=known, form=form, view=view, size=size)


@bp.post("/walks/<uuid:walk_id>/photos/<uuid:photo_id>")
@allow(*WALKERS)
def change_photo(walk_id: uuid.UUID, photo_id: uuid.UUID) -> Response | str:
    """Mask where the picture was tapped, take the last mask back, say that none is needed, caption, or drop it."""
    found = load(walk_id, write=True)
    record, form = log.record_of(found), PhotoForm()
    known = _known(record, photo_id)
    service.must_be_open(found)
    here = door(found, form.tap_id)
    do = "mask" if "mask.x" in request.form else request.form.get("do", "save")
    if not form.validate_on_submit():
        return _page(found, known, form)
    if form.caption.data is not None and form.caption.data != known["caption"]:
        here.add("caption", photo=str(photo_id), text=form.caption.data, is_unique=True)
    if do == "drop":
        here.add("retract", event=str(photo_id))
        here.commit()
        return _back(found, record, known)
    boxes = masking.boxes_after(request.form, known)
    if boxes is not None:
        _mask(here, known, boxes, is_clear=do == "clear")
    here.commit()
    if do == "save":
        return _back(found, record, known)
    zoom, size = request.form.get("zoom") or None, request.form.get("size") or None
    return to("photo", walk_id=walk_id, photo_id=photo_id, zoom=zoom, size=size)


def _back(found: Walkthrough, record: WalkRecord, known: dict[str, Any]) -> Response:
    """Return to the screen the picture belongs to."""
    if known["step"] is None:
        return to("walk", walk_id=found.id)
    return to("step", "photos", walk_id=found.id, screen=record.document.step(known["step"]).screen)


def _mask(here: FormDoor, known: dict[str, Any], boxes: list[list[float]], *, is_clear: bool) -> None:
    """Store the masked copy; without boxes the picture is unmasked, or said to need none."""
    masked = known["media"] if is_clear else None
    if boxes:
        source = media_queries.find(known["media"])
        if source is None:
            raise NotFound
        masked = media.add_masked(source, boxes, store=store()).sha256
    here.add("mask", photo=known["id"], boxes=boxes, media=masked, is_unique=True)


@bp.get("/walks/<uuid:walk_id>/photos/<uuid:photo_id>/<any(clean,masked,preview):variant>.jpg")
@signed_in
def picture(walk_id: uuid.UUID, photo_id: uuid.UUID, variant: str) -> Response:
    """Serve a picture to those who may see the walk; never as anything but a picture."""
    found = load(walk_id)
    known = _known(log.record_of(found), photo_id)
    sees_all = current.user().id == found.walker_id or current.user().role is Role.OFFICE
    if not sees_all and (variant == "clean" or not known["masked"]):
        raise NotFound
    if variant == "masked" and not known["masked"]:
        raise NotFound
    sha256 = known["media"] if variant == "clean" else known["masked"] or known["media"]
    kept = media_queries.find(sha256)
    if kept is None:
        raise NotFound
    response = send_file(
        store().path(kept.preview_sha256 if variant == "preview" else kept.sha256),
        mimetype=kept.media_type,
        max_age=0,
        etag=sha256,
        conditional=True,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
