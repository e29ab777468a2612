"""The office opens a campaign, changes it, and says where each lane's reports go."""

from collections.abc import Mapping
from typing import Unpack

from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts.models import Lane, Unit, User
from walkthrough_app.campaigns import rules
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState, Route
from walkthrough_app.campaigns.values import CampaignFields, Descent, RouteFields
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.questionnaires import service as questionnaires

# As the notice names the two groups (S002-72, S002-73); contacts stay empty until the office fills them in (S002-75).
RECEIVERS = {Lane.STYLE: "市作风整顿办作风评议组（市直机关工委）", Lane.COORD: "市作风整顿办综合协调组"}
OTHER_PURPOSE = "自己走流程的和去督查的，问卷不能互换，请另建一个活动。"


def receivers(county: Unit | None) -> dict[Lane, str]:
    """Return how reports address the two groups of the city, or of a county."""
    return {lane: f"{county.name}作风整顿办{lane.label}" for lane in Lane} if county else RECEIVERS


def create_campaign(
    *,
    by: User | None,
    descent: Descent | None = None,
    routes: Mapping[Lane, RouteFields] | None = None,
    **fields: Unpack[CampaignFields],
) -> Campaign:
    """Open a campaign with its two routes: the city's, or with `descent` a county's own (S002-12)."""
    county, parent = (descent["county"], descent["parent"]) if descent else (None, None)
    rules.check_descent(county, parent, by)
    campaign = Campaign(county_id=county.id if county else None, parent_id=parent.id if parent else None)
    campaign.purpose = CampaignPurpose(questionnaires.document_of(fields["questionnaire"]).purpose)
    if parent and parent.purpose is not campaign.purpose:
        raise Invalid("questionnaire", OTHER_PURPOSE)
    _fill(campaign, fields)
    given: Mapping[Lane, RouteFields] = routes or {}
    known = receivers(county)
    campaign.routes = [Route(lane=lane, **{"receiver": known[lane], **given.get(lane, {})}) for lane in Lane]
    _insert(campaign)
    audit.record("campaign.created", campaign, by=by, title=campaign.title, county=county.name if county else "")
    return campaign


def _insert(campaign: Campaign) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
    except IntegrityError as error:  # two clicks at the same moment: the rule asked before either was there
        raise Conflict("本县（市）区已经开展了这个活动，请直接打开修改。") from error


def change_campaign(campaign: Campaign, *, by: User, **fields: Unpack[CampaignFields]) -> None:
    rules.check_state(campaign, fields.get("state", campaign.state))
    _fill(campaign, fields)
    db.session.flush()
    days = {name: getattr(campaign, name).isoformat() for name in ("opens_on", "walk_due", "report_due")}
    audit.record(
        "campaign.changed", campaign, by=by, state=campaign.state.value, grace_days=campaign.grace_days, **days
    )


def set_archived(campaign: Campaign, *, is_archived: bool, by: User | None, reason: str = "") -> None:
    """Put a campaign away, or take it out again as one that has ended; whether it may be is asked further up."""
    wanted = CampaignState.ARCHIVED if is_archived else CampaignState.CLOSED
    if campaign.state is wanted:
        return
    campaign.state = wanted
    db.session.flush()
    verb = "campaign.archived" if is_archived else "campaign.unarchived"
    audit.record(verb, campaign, by=by, **({"reason": reason} if reason else {}))


def set_route(campaign: Campaign, lane: Lane, *, by: User | None, **fields: Unpack[RouteFields]) -> None:
    """Say where a lane's reports go and whom to ask; what is the same already is not noted again."""
    route = campaign.route(lane)
    if all(getattr(route, name) == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(route, name, value)
    db.session.flush()
    audit.record("campaign.route_set", campaign, by=by, lane=lane.value, receiver=route.receiver)


def _fill(campaign: Campaign, fields: CampaignFields) -> None:
    rules.check_campaign_dates(fields["opens_on"], fields["walk_due"], fields["report_due"])
    rules.check_basis_dates(fields.get("basis_made_on"), fields.get("basis_issued_on"))
    document = questionnaires.document_of(fields["questionnaire"])
    if document.purpose != campaign.purpose.value:
        raise Invalid("questionnaire", OTHER_PURPOSE)
    known = document.thresholds
    wanted = fields.get("thresholds", {})
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.thresholds = {name: value for name, value in wanted.items() if known.get(name, value) != value}
