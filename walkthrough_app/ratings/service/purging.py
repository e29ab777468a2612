"""Letting comments go when nobody needs them any more (PIPL: shortest storage). Numbers stay."""

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, db
from walkthrough_app.ratings import queries


def purge(campaign: Campaign, *, by: User | None) -> int:
    """Delete the text of comments on which nobody works any more, and what of it units were shown; return how many."""
    found = queries.with_comments(campaign)
    for rating in found:
        rating.comment, rating.is_purged = "", True
        case = queries.case_of(rating.id)
        if case:
            case.passed_on = ""
    db.session.flush()
    audit.record("rating.comments_purged", campaign, by=by, number=len(found))
    return len(found)
