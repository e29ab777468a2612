"""What the pages of the ledger share."""

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.rectification.rights import DESKS

bp = Blueprint("rectification", __name__, template_folder="../templates")
READERS = UNIT_ROLES | DESKS


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(endpoint, _anchor=anchor or None, **values), code=303)
