"""Setting a campaign's terms for ratings."""

from collections.abc import Mapping
from dataclasses import asdict

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.ratings import terms
from walkthrough_app.ratings.models import RatingSetting
from walkthrough_app.ratings.terms import Terms

# field: (label, unit, least, most)
LIMITS: Mapping[str, tuple[str, str, int, int]] = {
    "smallest": ("少于这么多份的，不显示", "份", 3, 50),
    "per_device": ("同一来源一天一个点最多计入", "份", 1, 50),
    "per_network": ("同一网络一天一个点最多计入", "份", 10, 5000),
}


def set_terms(campaign: Campaign, wanted: Mapping[str, int], *, by: User) -> Terms:
    """Keep what differs from the default; Invalid names the field that is out of bounds."""
    for name, (label, unit, least, most) in LIMITS.items():
        if not least <= wanted[name] <= most:
            raise Invalid(name, f"{label}：请填{least}到{most}{unit}。")
    default = asdict(terms.DEFAULT)
    changes = {name: wanted[name] for name in LIMITS if wanted[name] != default[name]}
    db.session.merge(RatingSetting(campaign_id=campaign.id, changes=changes))
    db.session.flush()
    audit.record("rating.terms_set", campaign, by=by, **changes)
    return terms.of(campaign.id)
