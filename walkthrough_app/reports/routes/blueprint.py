"""What the report pages share: the blueprint, the store, and where to go next."""

import uuid
from typing import Any

from flask import Blueprint, current_app, make_response, redirect, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports import queries
from walkthrough_app.reports.models import Report

bp = Blueprint("reports", __name__, template_folder="../templates")
REFRESH_SECONDS = "2"


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


def base_url() -> str:
    """Return the address people reach us under, '' when the operator has not set one."""
    return str(current_app.config["SETTINGS"].base_url)


def own(report_id: uuid.UUID) -> Report:
    """Load a report to change it."""
    return queries.report_for(current.user(), report_id, write=True)


def to(endpoint: str, anchor: str = "", **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(f"reports.{endpoint}", _anchor=anchor or None, **values), code=303)


def waiting(page: str) -> Response:
    """Answer with a page that asks again by itself until the work it tells of is done."""
    response = make_response(page)
    response.headers["Refresh"] = REFRESH_SECONDS
    return response
