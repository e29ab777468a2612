"""What the pages of ratings share."""

import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core.errors import NotFound
from walkthrough_app.ratings import queries, views

bp = Blueprint("ratings", __name__, template_folder="../templates")


def to(endpoint: str, **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(f"ratings.{endpoint}", **values), code=303)


def campaign_or_none() -> Campaign | None:
    """Return the campaign named as ?campaign=, or the latest with public forms."""
    wanted = request.args.get("campaign")
    known = queries.campaigns_for(current.user())
    return views.campaign_shown(known, None if wanted is None else _id(wanted))


def campaign_shown() -> Campaign:
    found = campaign_or_none()
    if found is None:
        raise NotFound("还没有可以评价的活动。")
    return found


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error
