"""Covering faces and papers in a picture of a finding. What is saved is the covered copy: nobody uncovers it again."""

import json
import math
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import queries, rights
from walkthrough_app.rectification.machine import Actor, State
from walkthrough_app.rectification.models import Finding, FindingPhoto, PhotoRole

MOST = 50  # boxes
BOX = 4  # numbers: left, top, width, height as fractions of the picture
OURS = frozenset({State.RECTIFYING, State.RECTIFIED, State.RECHECKING})
NOT_YOURS = "打码由交照片的责任单位和作风整顿办、工作组办理，您可以查看。"


def may(user: User, finding: Finding, photo: FindingPhoto) -> bool:
    return not why_not(user, finding, photo)


def why_not(user: User, finding: Finding, photo: FindingPhoto) -> str:
    """Say why the user may not cover something in the picture, or ''. The unit's own while it answers for them."""
    actors = rights.actors_of(user, finding)
    if photo.role is PhotoRole.BEFORE or not actors:
        return NOT_YOURS
    if Actor.DESK in actors:
        return ""
    if photo.role is not PhotoRole.AFTER:
        return NOT_YOURS
    return "" if finding.state in OURS else "这个问题的整改已经有了结论，照片要打码请与工作组联系。"


def photo_for(user: User, finding: Finding, photo: FindingPhoto) -> FindingPhoto:
    """Return the picture; Forbidden to onlookers, Conflict when its time is over."""
    reason = why_not(user, finding, photo)
    if reason == NOT_YOURS:
        raise Forbidden(reason)
    if reason:
        raise Conflict(reason)
    return photo


def boxes_in(text: str) -> list[list[float]]:
    """Read the boxes that a form carries; what is none is left out."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [box for box in found if _is_box(box)][:MOST] if isinstance(found, list) else []


def _is_box(box: Any) -> bool:
    return isinstance(box, list) and len(box) == BOX and all(_is_part(part) for part in box)


def _is_part(part: Any) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool) and math.isfinite(part) and 0 <= part <= 1


def made(photo: FindingPhoto, boxes: list[list[float]], *, store: MediaStore) -> MediaFile:
    """Make the covered copy with no transaction open: call it after authorising and before writing anything."""
    source = photo.media
    db.session.expunge(source)
    db.release()
    return media.mask_photo(source, boxes, store=store)


def put(finding: Finding, photo: FindingPhoto, copy: MediaFile, seen: str, *, by: User) -> None:
    """Show the covered copy from now on; Conflict when somebody covered the picture `seen` meanwhile."""
    queries.lock(finding)
    db.session.refresh(photo)
    if photo.sha256 != seen:
        raise Conflict("这张照片刚刚被别人打过码，请刷新后再看。")
    photo.sha256 = media.keep(copy).sha256
    db.session.flush()
    audit.record("finding.photo_covered", finding, by=by, photo=str(photo.id), was=seen)
