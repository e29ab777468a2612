"""The office opens a campaign, changes it, and says where each lane's reports go."""

from typing import Unpack

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns import rules
from walkthrough_app.campaigns.models import Campaign, Route
from walkthrough_app.campaigns.values import CampaignFields, RouteFields
from walkthrough_app.core import audit, db
from walkthrough_app.questionnaires import service as questionnaires

# As the notice names the two groups (S002-72, S002-73); contacts stay empty until the office fills them in (S002-75).
RECEIVERS = {Lane.STYLE: "市作风整顿办作风评议组（市直机关工委）", Lane.COORD: "市作风整顿办综合协调组"}


def create_campaign(*, by: User | None, **fields: Unpack[CampaignFields]) -> Campaign:
    """Open a campaign with its two routes."""
    campaign = Campaign()
    _fill(campaign, fields)
    campaign.routes = [Route(lane=lane, receiver=receiver) for lane, receiver in RECEIVERS.items()]
    db.session.add(campaign)
    db.session.flush()
    audit.record("campaign.created", campaign, by=by, title=campaign.title)
    return campaign


def change_campaign(campaign: Campaign, *, by: User, **fields: Unpack[CampaignFields]) -> None:
    _fill(campaign, fields)
    db.session.flush()
    days = {name: getattr(campaign, name).isoformat() for name in ("opens_on", "walk_due", "report_due")}
    audit.record("campaign.changed", campaign, by=by, state=campaign.state.value, **days)


def set_route(campaign: Campaign, lane: Lane, *, by: User | None, **fields: Unpack[RouteFields]) -> None:
    """Say where a lane's reports go and whom to ask."""
    route = campaign.route(lane)
    for name, value in fields.items():
        setattr(route, name, value)
    db.session.flush()
    audit.record("campaign.route_set", campaign, by=by, lane=lane.value, receiver=route.receiver)


def _fill(campaign: Campaign, fields: CampaignFields) -> None:
    rules.check_campaign_dates(fields["opens_on"], fields["walk_due"], fields["report_due"])
    rules.check_basis_dates(fields.get("basis_made_on"), fields.get("basis_issued_on"))
    known = questionnaires.document_of(fields["questionnaire"]).thresholds
    wanted = fields.get("thresholds", {})
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.thresholds = {name: value for name, value in wanted.items() if known.get(name, value) != value}
