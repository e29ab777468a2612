"""What the pages of records share."""

from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from walkthrough_app.media.storage import MediaStore
from walkthrough_app.records import present

bp = Blueprint("records", __name__, template_folder="../templates")
bp.add_app_template_global(present.chip, "record_chip")
bp.add_app_template_global(present.before, "record_before")


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(f"records.{endpoint}", _anchor=anchor or None, **values), code=303)
