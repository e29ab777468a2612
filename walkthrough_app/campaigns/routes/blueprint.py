"""What the pages of campaigns share: the blueprint, the campaign shown, going on after a post."""

import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core.errors import NotFound

bp = Blueprint("campaigns", __name__, template_folder="../templates")


def to(endpoint: str, **values: Any) -> Response:
    """Redirect after a post, so that reloading does not post again."""
    return redirect(url_for(f"campaigns.{endpoint}", **values), code=303)


def unit_shown() -> Unit:
    """Return the unit the page is about: one's own, or the one the office names as ?unit=."""
    return queries.unit_for(current.user(), request.args.get("unit", type=uuid.UUID))


def campaign_shown(campaigns: list[Campaign]) -> Campaign | None:
    """Return the campaign named as ?campaign=, or the latest; NotFound when it is not among these."""
    if "campaign" not in request.args:
        return campaigns[0] if campaigns else None
    wanted = request.args.get("campaign", type=uuid.UUID)
    found = next((one for one in campaigns if one.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def carried() -> dict[str, str]:
    """Return what of the address goes on to the next page: the unit the office looks at."""
    return {"unit": request.args["unit"]} if "unit" in request.args else {}
