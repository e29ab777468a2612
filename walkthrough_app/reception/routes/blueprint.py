"""What the pages of the desk share."""

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.models import Role
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports.models import Report

bp = Blueprint("reception", __name__, template_folder="../templates")
RECEIVERS = frozenset({Role.GROUP_STYLE, Role.GROUP_COORD, Role.OFFICE})
READERS = RECEIVERS | {Role.HEAD, Role.LIAISON}


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(endpoint, _anchor=anchor or None, **values), code=303)


def is_own(report: Report) -> bool:
    return reports.is_own(current.user(), report)
