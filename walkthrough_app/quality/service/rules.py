"""The rules as a campaign has set them."""

import uuid
from collections.abc import Mapping
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.quality import rulebook
from walkthrough_app.quality.models import QualitySetting

CAMPAIGN = "quality.campaign"


def book_of(campaign_id: uuid.UUID) -> rulebook.Rulebook:
    """Return the rules as a campaign has set them."""
    setting = db.session.get(QualitySetting, campaign_id)
    return rulebook.builtin().changed(setting.changes if setting else {})


def set_rules(campaign: Campaign, changes: Mapping[str, Any], *, by: User) -> None:
    """Keep what differs from the document, and look at all walks of the campaign anew."""
    kept = {rule.id: change for rule in rulebook.builtin().rules if (change := _difference(rule, changes))}
    setting = db.session.get(QualitySetting, campaign.id) or QualitySetting(campaign_id=campaign.id)
    if (setting.changes or {}) == kept:
        return
    setting.changes = kept
    db.session.add(setting)
    audit.record("quality.rules_set", campaign, by=by, changes=kept)
    jobs.add(CAMPAIGN, f"{campaign.id}:{clock.iso(clock.now())}", {"campaign": str(campaign.id)})


def _difference(rule: rulebook.Rule, changes: Mapping[str, Any]) -> dict[str, Any]:
    wanted = changes.get(rule.id, {})
    limits = {
        limit.id: value
        for limit in rule.limits
        if (value := wanted.get("limits", {}).get(limit.id, limit.value)) != limit.value
    }
    for name, value in limits.items():
        if not 0 <= value <= rulebook.LARGEST:
            raise Invalid(f"{rule.id}-{name}", f"请填 0 到 {rulebook.LARGEST} 的整数。")
    is_on = wanted.get("is_on", rule.is_on)
    return ({"limits": limits} if limits else {}) | ({"is_on": is_on} if is_on != rule.is_on else {})
