"""The terms as a campaign sets them."""

from collections.abc import Mapping
from dataclasses import asdict

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit
from walkthrough_app.rectification import terms


def set_terms(campaign: Campaign, values: Mapping[str, int], *, by: User) -> None:
    """Keep the terms of a campaign; problems handed over already keep their day. Invalid names the field."""
    before = asdict(terms.of(campaign.id))
    after = asdict(terms.put(campaign.id, values))
    changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if changed:
        audit.record("rectification.terms_set", campaign, by=by, changes=changed)
