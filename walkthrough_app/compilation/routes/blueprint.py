"""What the pages share: the blueprint, loading, and where to go next."""

import uuid
from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.compilation import queries
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.media.storage import MediaStore

bp = Blueprint("compilation", __name__, template_folder="../templates")
compilers = allow(*queries.COMPILERS)
REFRESH_SECONDS = "2"


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


def own(compilation_id: uuid.UUID) -> Compilation:
    """Load a compilation to change it."""
    return queries.compilation_for(current.user(), compilation_id, write=True)


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again.

    Without an anchor where the page waits for a job: browsers do not load an address with one anew by themselves.
    """
    return redirect(url_for(f"compilation.{endpoint}", _anchor=anchor or None, **values), code=303)
