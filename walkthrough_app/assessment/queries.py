"""Reading assessments. Loading is authorising: desks see their realm and lane, a unit only what was found about it."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.assessment import measures
from walkthrough_app.assessment.models import AssessmentResult, GivenPoints
from walkthrough_app.assessment.scoring import Basis, Score, score
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.parts import Assessment, RubricItem
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, Source

DESKS = frozenset({Role.OFFICE, Role.GROUP_STYLE, Role.GROUP_COORD})


@dataclass(frozen=True)
class Line:
    """One unit with its score."""

    unit: Unit
    score: Score


@dataclass
class Programme:
    """What one campaign found about a unit; counts by name, sources by how they came up."""

    campaign: Campaign
    counts: Counter[str] = field(default_factory=Counter)
    sources: Counter[Source] = field(default_factory=Counter)
    latest: date | None = None


def rubric_of(campaign: Campaign) -> Assessment | None:
    return questionnaires.document_of(campaign.questionnaire).assessment


def campaigns_for(user: User) -> Sequence[Campaign]:
    """Return the campaigns of the user's realm whose questionnaire assesses units, the latest first."""
    if user.role not in DESKS:
        raise NotFound
    return campaigns.opened(user, part="assessment")


def campaign_for(user: User, campaign_id: uuid.UUID, *, write: bool = False) -> Campaign:
    """Load a campaign that assesses units; only the office gives points and settles."""
    found = next((one for one in campaigns_for(user) if one.id == campaign_id), None)
    if found is None:
        raise NotFound
    if write and user.role is not Role.OFFICE:
        raise Forbidden("只有作风整顿办可以打分和定稿，您可以查看。")
    return found


def units_for(user: User, campaign: Campaign) -> list[Unit]:
    """Return the units that are assessed and that the user may see: a group those of its lane."""
    lane = user.role.lane
    return [unit for unit in campaigns.units_of(campaign) if lane is None or unit.lane is lane]


def unit_for(user: User, campaign: Campaign, unit_id: uuid.UUID) -> Unit:
    found = next((unit for unit in units_for(user, campaign) if unit.id == unit_id), None)
    if found is None:
        raise NotFound
    return found


def lines(user: User, campaign: Campaign) -> list[Line]:
    """Return all units with their scores: the ranked ones from the top, then those with too little to go by."""
    rubric = rubric_of(campaign)
    if rubric is None:
        raise NotFound
    told = {item.measure: measures.of(item.measure, campaign) for item in rubric.items if item.measure}
    given = _given(campaign)
    found = []
    for unit in units_for(user, campaign):
        computed = {
            item.id: told[item.measure][unit.id]
            for item in rubric.items
            if item.measure and unit.id in told[item.measure]
        }
        by_hand = {
            item.id: _by_hand(item, given[unit.id, item.id]) for item in rubric.items if (unit.id, item.id) in given
        }
        found.append(Line(unit, score(rubric, computed | by_hand)))
    return sorted(
        found, key=lambda one: (not one.score.is_ranked, -(one.score.total or 0), -one.score.coverage, one.unit.name)
    )


def line(user: User, campaign: Campaign, unit: Unit) -> Line:
    return next(one for one in lines(user, campaign) if one.unit.id == unit.id)


def standing(campaign: Campaign, unit: Unit, item: str) -> GivenPoints | None:
    query = select(GivenPoints).where(GivenPoints.campaign_id == campaign.id, GivenPoints.unit_id == unit.id)
    return db.session.scalar(query.where(GivenPoints.item == item, GivenPoints.replaced_at.is_(None)))


def history(campaign: Campaign, unit: Unit) -> Sequence[GivenPoints]:
    query = select(GivenPoints).where(GivenPoints.campaign_id == campaign.id, GivenPoints.unit_id == unit.id)
    return db.session.scalars(query.order_by(GivenPoints.created_at.desc())).all()


def results(campaign: Campaign) -> Sequence[AssessmentResult]:
    query = select(AssessmentResult).where(AssessmentResult.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(AssessmentResult.number.desc())).all()


def seen_unit(user: User, unit_id: uuid.UUID) -> Unit:
    """Load a unit for the view across programmes: its own people, and the desks of its realm and lane."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or not _may_see(user, unit):
        raise NotFound
    return unit


def across(user: User, unit: Unit) -> list[Programme]:
    """Return what each campaign found about a unit, as far as the user may see it, the latest campaign first."""
    query = select(Finding).where(Finding.resp_id == unit.id, Finding.is_standing, rights.visible(user))
    query = query.options(lazyload(Finding.campaign), lazyload(Finding.unit), lazyload(Finding.resp))
    found: dict[uuid.UUID, Programme] = {}
    for finding in db.session.scalars(query):
        programme = found.setdefault(finding.campaign_id, Programme(finding.campaign))
        _count(programme, finding)
    return sorted(found.values(), key=lambda one: (one.campaign.opens_on, one.campaign.title), reverse=True)


def _count(programme: Programme, finding: Finding) -> None:
    if finding.state is State.DISMISSED:
        return
    programme.sources[finding.source] += 1
    programme.latest = max(programme.latest or finding.found_on, finding.found_on)
    is_late = finding.state in State.unfinished() and finding.due_on is not None and finding.due_on < clock.today()
    told = {
        "found": True,
        "serious": finding.severity == "serious",
        "closed": finding.state is State.CLOSED,
        "open": finding.state is not State.CLOSED,
        "late": is_late,
        "back": finding.relapse_count > 0,
    }
    programme.counts.update(name for name, is_so in told.items() if is_so)


def _may_see(user: User, unit: Unit) -> bool:
    if user.unit_id == unit.id:
        return True
    lane: Any = user.role.lane
    return user.role in DESKS and realm.sees(user, unit) and (lane is None or unit.lane is lane)


def _given(campaign: Campaign) -> dict[tuple[uuid.UUID, str], GivenPoints]:
    query = select(GivenPoints).where(GivenPoints.campaign_id == campaign.id, GivenPoints.replaced_at.is_(None))
    return {(one.unit_id, one.item): one for one in db.session.scalars(query)}


def _by_hand(item: RubricItem, given: GivenPoints) -> Basis:
    return Basis(given.points / item.points, 1, 0, given.reason)
