"""What the pages of visits share."""

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

bp = Blueprint("visits", __name__, template_folder="../templates")


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(endpoint, _anchor=anchor or None, **values), code=303)
