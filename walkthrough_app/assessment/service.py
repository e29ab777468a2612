"""Giving points and settling a result. Only what nobody can compute is given by hand, each with its reason."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.assessment import queries
from walkthrough_app.assessment.models import AssessmentResult, GivenPoints
from walkthrough_app.assessment.queries import Line
from walkthrough_app.assessment.scoring import places
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.questionnaires.parts import RubricItem

LONGEST = 200  # characters
SCHEMA = "walkthrough-assessment/1"


@dataclass(frozen=True)
class Points:
    """What is given for an item, and why."""

    item: RubricItem
    points: int
    reason: str


def give(campaign: Campaign, unit: Unit, given: Points, *, by: User) -> GivenPoints:
    """Give a unit points of an item that is assessed by hand; the same once more changes nothing."""
    item, points = given.item, given.points
    if item.measure:
        raise Conflict("这一项由系统按数据计算，不能手工打分。")
    if not 0 <= points <= item.points:
        raise Invalid("points", f"请填0到{item.points}之间的分数。")
    why = given.reason.strip()
    if not why or len(why) > LONGEST:
        raise Invalid("reason", f"请用不超过{LONGEST}个字写明打分的依据。")
    before = queries.standing(campaign, unit, item.id)
    if before and (before.points, before.reason) == (points, why):
        return before
    if before:
        before.replaced_at = clock.now()
        db.session.flush()
    made = GivenPoints(campaign_id=campaign.id, unit_id=unit.id, item=item.id, points=points, reason=why, by=by)
    db.session.add(made)
    db.session.flush()
    audit.record("assessment.points", made, by=by, item=item.id, points=points)
    return made


def settle(campaign: Campaign, *, by: User) -> AssessmentResult:
    """Keep the assessment as it stands now; when nothing has changed, return the last one."""
    data = as_data(campaign, queries.lines(by, campaign))
    last = next(iter(queries.results(campaign)), None)
    if last and last.data == data:
        return last
    query = select(func.max(AssessmentResult.number)).where(AssessmentResult.campaign_id == campaign.id)
    number = (db.session.scalar(query) or 0) + 1
    made = AssessmentResult(campaign_id=campaign.id, number=number, data=data, made_by=by)
    db.session.add(made)
    db.session.flush()
    audit.record("assessment.settled", made, by=by, number=number)
    return made


def as_data(campaign: Campaign, lines: list[Line]) -> dict[str, Any]:
    """Write an assessment as plain JSON: what was reached, of what, resting on what."""
    order = place_of(lines)
    return {
        "schema": SCHEMA,
        "campaign": campaign.title,
        "units": [
            {
                "unit": one.unit.name,
                "place": order.get(str(one.unit.id)),
                "total": one.score.total,
                "band": one.score.band,
                "coverage": one.score.coverage,
                "evidence": one.score.evidence,
                "items": [
                    {"id": item.item.id, "points": item.points, "cases": item.basis.cases, "told": item.basis.told}
                    for part in one.score.parts
                    for item in part.items
                ],
            }
            for one in lines
        ],
    }


def place_of(lines: list[Line]) -> dict[str, int]:
    """Return the place of each ranked unit by its id."""
    ranked = [one for one in lines if one.score.is_ranked and one.score.total is not None]
    order = places(one.score.total for one in ranked if one.score.total is not None)
    return {str(one.unit.id): order[one.score.total] for one in ranked if one.score.total is not None}
