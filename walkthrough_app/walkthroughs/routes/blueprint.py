"""What the walk's pages share: the blueprint, loading a walk, and taking in pictures."""

import uuid
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.walkthroughs import queries
from walkthrough_app.walkthroughs.forms import pictures_in
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough

bp = Blueprint("walkthroughs", __name__, template_folder="../templates")


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


def load(walk_id: uuid.UUID, *, write: bool = False) -> Walkthrough:
    return queries.walk_for(current.user(), walk_id, write=write)


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
