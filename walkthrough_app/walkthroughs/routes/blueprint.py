"""What the walk's pages share: the blueprint, loading a walk, and taking in pictures."""

import uuid
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.models import WALKER_ROLES, Role
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.walkthroughs import queries
from walkthrough_app.walkthroughs.forms import pictures_in
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough

# Who may walk: heads and deputies; who looks again may sit at a desk. Whose walk it is, `load(…, write=True)` says.
WALKERS = WALKER_ROLES | {Role.OFFICE, Role.GROUP_STYLE, Role.GROUP_COORD}
bp = Blueprint("walkthroughs", __name__, template_folder="../templates")


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


def load(walk_id: uuid.UUID, *, write: bool = False) -> Walkthrough:
    return queries.walk_for(current.user(), walk_id, write=write)


@bp.app_template_global()
def home_of(walk: Walkthrough) -> tuple[str, str]:
    """Return the address and name of the page a walk was begun from: 我的任务, a 回头看, a visit."""
    if walk.is_recheck:
        return url_for(current_app.extensions["recheck_page"], walk_id=walk.id), "回头看"
    if walk.is_visit:
        return url_for(current_app.extensions["visit_page"], walk_id=walk.id), "明查暗访"
    return url_for("walkthroughs.tasks"), "我的任务"


def door(walk: Walkthrough, tap: uuid.UUID) -> FormDoor:
    return FormDoor(walk, current.user(), tap)


@dataclass(frozen=True)
class TakenIn:
    """Pictures that were taken in, and why others were not."""

    media: list[MediaFile]
    refusals: list[str]

    @property
    def refusal(self) -> str:
        return "；".join(dict.fromkeys(self.refusals))


def take_in(name: str) -> TakenIn:
    """Clean and keep the pictures chosen in a file field; a broken one does not lose the others."""
    streams = [cast("BinaryIO", file.stream) for file in pictures_in(request.files, name)]
    return TakenIn(*media.add_photos(streams, store=store()))


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(f"walkthroughs.{endpoint}", _anchor=anchor or None, **values), code=303)
