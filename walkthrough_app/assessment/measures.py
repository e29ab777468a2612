"""What points are computed from: each feature tells one figure of each unit under a name the rubric uses."""

import uuid
from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, and_, case, func, select

from walkthrough_app.assessment.scoring import Basis
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, FindingPhoto, PhotoRole

Measure = Callable[[Campaign], Mapping[uuid.UUID, Basis]]
_measures: dict[str, Measure] = {}


def add(name: str, measure: Measure) -> None:
    _measures[name] = measure


def of(name: str, campaign: Campaign) -> Mapping[uuid.UUID, Basis]:
    """Return one measure of a campaign by unit; nothing for a name that no feature here tells."""
    measure = _measures.get(name)
    return measure(campaign) if measure else {}


def problems_fixed(campaign: Campaign) -> Mapping[uuid.UUID, Basis]:
    """Of the problems whose time is over or that are closed: how many are closed, with how many pictures of after."""
    settled = _counted(Finding.state == State.CLOSED)
    late = and_(Finding.state.not_in([State.CLOSED, State.DISMISSED]), Finding.due_on < clock.today())
    proofs = _proofs(campaign)
    return {
        unit: Basis(
            closed / (closed + over), closed + over, proofs.get(unit, 0), f"到期{closed + over}个，已销号{closed}个"
        )
        for unit, closed, over in _by_unit(campaign, settled, _counted(late))
        if closed + over
    }


def problems_lasting(campaign: Campaign) -> Mapping[uuid.UUID, Basis]:
    """Of the problems that were closed once: how many never came back."""
    ever = _counted((Finding.closed_at.is_not(None)) | (Finding.relapse_count > 0))
    back = _counted(Finding.relapse_count > 0)
    return {
        unit: Basis(1 - again / once, once, 0, f"销号过{once}个，反弹{again}个")
        for unit, once, again in _by_unit(campaign, ever, back)
        if once
    }


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _by_unit(campaign: Campaign, *columns: ColumnElement[int]) -> list[tuple[uuid.UUID, int, int]]:
    query = select(Finding.resp_id, *columns).where(Finding.campaign_id == campaign.id, Finding.is_standing)
    return [(row[0], int(row[1]), int(row[2])) for row in db.session.execute(query.group_by(Finding.resp_id))]


def _proofs(campaign: Campaign) -> dict[uuid.UUID, int]:
    query = select(Finding.resp_id, func.count()).join(FindingPhoto, FindingPhoto.finding_id == Finding.id)
    query = query.where(Finding.campaign_id == campaign.id, FindingPhoto.role == PhotoRole.AFTER)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Finding.resp_id))}


add("problems_fixed", problems_fixed)
add("problems_lasting", problems_lasting)
