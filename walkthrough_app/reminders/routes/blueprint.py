"""What the pages of reminders share."""

from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.config import Settings

bp = Blueprint("reminders", __name__, template_folder="../templates")


def to(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(f"reminders.{endpoint}", **values), code=303)


def full_address(path: str) -> str:
    """Put the site's public name before a path, or the name the user came by."""
    settings: Settings = current_app.config["SETTINGS"]
    return (settings.base_url or request.host_url.rstrip("/")) + path
