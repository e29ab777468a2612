"""Points: made one by one or in bulk, closed when their card is taken down."""

import secrets
from collections.abc import Sequence

from walkthrough_app.accounts.models import UNIT_ROLES, Unit, User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.ratings import queries
from walkthrough_app.ratings.models import RatingPoint

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else
LENGTH = 12  # 59 bits
LONGEST = 30  # characters of a name
MOST = 100  # points at once


def add_points(
    campaign: Campaign, units: Sequence[Unit], form_key: str, names: Sequence[str], *, by: User
) -> list[RatingPoint]:
    """Make a point of each name at each unit; those that are there already stay as they are. Return the new ones."""
    _check(campaign, units, names, by)
    queries.asked_of(campaign, form_key)
    known = {(one.unit_id, one.form_key, one.name) for one in queries.points_of(campaign)}
    wanted = [(unit, name) for unit in units for name in dict.fromkeys(names) if (unit.id, form_key, name) not in known]
    made = [
        RatingPoint(
            campaign_id=campaign.id, unit_id=unit.id, form_key=form_key, name=name, code=_code(), made_by_id=by.id
        )
        for unit, name in wanted
    ]
    db.session.add_all(made)
    db.session.flush()
    for point in made:
        audit.record("rating_point.added", point, by=by, name=point.name)
    return made


def _check(campaign: Campaign, units: Sequence[Unit], names: Sequence[str], by: User) -> None:
    if campaign.state is not CampaignState.OPEN:
        raise Conflict("活动没有开始或者已经结束，不能再设评价点。")
    if not all(campaigns.takes_part(campaign, unit) for unit in units):
        raise Forbidden("这个单位不参加这次活动。")
    if by.role in UNIT_ROLES and {unit.id for unit in units} != {by.unit_id}:
        raise Forbidden
    if not names or not units:
        raise Invalid("names", "请写明在哪里，每行一个，例如：3号窗口。")
    if len(units) * len(names) > MOST * max(1, len(units)):
        raise Invalid("names", f"一次最多设{MOST}个，请分几次。")
    if any(len(name) > LONGEST for name in names):
        raise Invalid("names", f"每个名称最多{LONGEST}个字。")


def close_point(point: RatingPoint, *, by: User) -> None:
    """Take no more ratings at a point; its figures stay. Repeated: nothing changes."""
    if point.closed_at is None:
        point.closed_at = clock.now()
        audit.record("rating_point.closed", point, by=by)


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
