"""Reading points, cases and counts. Loading is authorising: NotFound for strangers, Forbidden for onlookers."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit, User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.models import WAITING, CaseState, Rating, RatingCase, RatingCount, RatingPaper, RatingPoint

KEEPERS = frozenset({Role.HEAD, Role.LIAISON})
NO_CODE = "没有这个评价码，请重新扫一次窗口的二维码。"
BY_OFFICE = "反馈单由作风整顿办出具，您可以查看。"
PAGE = 50


def asked_of(campaign: Campaign, form_key: str) -> Asked:
    """Return a public form of a campaign; NotFound when its questionnaire has none of this id."""
    document = questionnaires.document_of(campaign.questionnaire)
    found = next((one for one in document.ratings if one.id == form_key), None)
    if found is None:
        raise NotFound
    return Asked(document, found)


def forms_of(campaign: Campaign) -> list[Asked]:
    document = questionnaires.document_of(campaign.questionnaire)
    return [Asked(document, one) for one in document.ratings]


def campaigns_for(user: User) -> Sequence[Campaign]:
    """Return the campaigns with public forms that the user may look at, the latest first; the office its drafts too."""
    return campaigns.opened(user, part="ratings", drafts=user.role not in UNIT_ROLES)


def has_forms(user: User) -> ColumnElement[bool]:
    return campaigns.has_opened(user, part="ratings", drafts=user.role not in UNIT_ROLES)


def campaign_for(user: User, campaign_id: uuid.UUID) -> Campaign:
    """Load a campaign with public forms."""
    found = campaigns.campaign_for(user, campaign_id)
    if not forms_of(found):
        raise NotFound
    return found


def point_by_code(code: str) -> RatingPoint:
    """Find a point by what stands in its address; NotFound when there is none."""
    found = db.session.scalar(select(RatingPoint).where(RatingPoint.code == code)) if code.isascii() else None
    if found is None:
        raise NotFound(NO_CODE)
    return found


def is_open(point: RatingPoint) -> bool:
    return point.closed_at is None and point.campaign.state is CampaignState.OPEN


def points_of(campaign: Campaign, unit: Unit | None = None) -> Sequence[RatingPoint]:
    """Return the points of a campaign, or of one unit in it, closed ones too."""
    query = select(RatingPoint).join(RatingPoint.unit).where(RatingPoint.campaign_id == campaign.id)
    query = query.where(RatingPoint.unit_id == unit.id) if unit else query
    return db.session.scalars(query.order_by(Unit.name, RatingPoint.form_key, RatingPoint.name)).all()


def point_for(user: User, point_id: uuid.UUID) -> RatingPoint:
    """Load a point to close it: its unit's head and liaison, and the office of its campaign."""
    found = db.session.get(RatingPoint, point_id)
    is_own = found is not None and user.role in UNIT_ROLES and user.unit_id == found.unit_id
    is_office = found is not None and user.role in campaigns.STEWARDS and realm.sees_campaign(user, found.campaign)
    if found is None or not (is_own or is_office):
        raise NotFound
    if is_own and user.role not in KEEPERS:
        raise Forbidden
    return found


def counts_of(campaign: Campaign, form_key: str, unit: Unit | None = None) -> Sequence[tuple[RatingPoint, RatingCount]]:
    """Return the counters of one form, with their points."""
    query = select(RatingPoint, RatingCount).join(RatingCount, RatingCount.point_id == RatingPoint.id)
    query = query.where(RatingPoint.campaign_id == campaign.id, RatingPoint.form_key == form_key)
    query = query.where(RatingPoint.unit_id == unit.id) if unit else query
    return [(row[0], row[1]) for row in db.session.execute(query)]


def rating(rating_id: uuid.UUID) -> Rating | None:
    return db.session.get(Rating, rating_id)


def case_for(user: User, case_id: uuid.UUID, *, write: bool = False) -> RatingCase:
    """Load a case: the office all of its realm; a unit what was passed on to it, its head and liaison to answer."""
    case = db.session.get(RatingCase, case_id)
    if case is None or not _sees(user, case):
        raise NotFound
    if write and user.role in UNIT_ROLES and user.role not in KEEPERS:
        raise Forbidden
    if write:
        query = select(RatingCase).where(RatingCase.id == case.id).with_for_update(of=RatingCase)
        db.session.scalars(query.execution_options(populate_existing=True)).one()
    return case


def _sees(user: User, case: RatingCase) -> bool:
    if user.role in UNIT_ROLES:
        return user.unit_id == case.unit_id and case.asked_on is not None
    return user.role is Role.OFFICE and realm.sees_campaign(user, case.campaign)


def cases_of(
    campaign: Campaign, states: frozenset[CaseState], *, is_aside: bool = False, after: int = 0
) -> Sequence[RatingCase]:
    """Return a page of the desk's work list and one more, the first to be done first; new ones with words before."""
    query = (
        select(RatingCase)
        .join(RatingCase.rating)
        .options(contains_eager(RatingCase.rating))
        .where(RatingCase.campaign_id == campaign.id, RatingCase.state.in_(states))
    )
    query = query.where(RatingCase.is_aside.is_(is_aside)).order_by(
        *([Rating.comment == ""] if CaseState.NEW in states else []), RatingCase.due_on, RatingCase.id
    )
    return db.session.scalars(query.offset(after).limit(PAGE + 1)).all()


def case_counts(campaign: Campaign) -> dict[tuple[CaseState, bool], int]:
    """Count the cases by state, and whether they were set aside."""
    query = select(RatingCase.state, RatingCase.is_aside, func.count()).where(RatingCase.campaign_id == campaign.id)
    rows = db.session.execute(query.group_by(RatingCase.state, RatingCase.is_aside))
    return {(row[0], row[1]): row[2] for row in rows}


def passed_to(unit: Unit, *, is_open: bool) -> Sequence[RatingCase]:
    """Return what the unit is asked to answer, or the last it has answered."""
    waits: ColumnElement[bool] = RatingCase.state == CaseState.ASKED
    query = select(RatingCase).where(RatingCase.unit_id == unit.id, RatingCase.asked_on.is_not(None))
    query = query.where(waits if is_open else ~waits).order_by(RatingCase.due_on, RatingCase.id)
    return db.session.scalars(query.limit(PAGE)).all()


def cases_at(campaign: Campaign, unit: Unit, form_key: str) -> Sequence[RatingCase]:
    """Return what came of the comments and bad ratings of one form, the earliest first."""
    query = select(RatingCase).join(RatingCase.rating).join(Rating.point).options(contains_eager(RatingCase.rating))
    query = query.where(RatingCase.campaign_id == campaign.id, RatingCase.unit_id == unit.id)
    query = query.where(RatingPoint.form_key == form_key)
    return db.session.scalars(query.order_by(RatingCase.due_on, RatingCase.id)).all()


def papers_of(campaign: Campaign, unit: Unit, form_key: str) -> Sequence[RatingPaper]:
    """Return what was given out to a unit of one form, the latest first."""
    query = select(RatingPaper).where(RatingPaper.campaign_id == campaign.id, RatingPaper.unit_id == unit.id)
    return db.session.scalars(query.where(RatingPaper.form_key == form_key).order_by(RatingPaper.number.desc())).all()


def paper_for(user: User, paper_id: uuid.UUID, *, write: bool = False) -> RatingPaper:
    """Load a paper: its unit, and who sees its campaign; the office gives it out."""
    found = db.session.get(RatingPaper, paper_id)
    is_own = found is not None and user.role in UNIT_ROLES and user.unit_id == found.unit_id
    is_steward = found is not None and user.role in campaigns.STEWARDS and realm.sees_campaign(user, found.campaign)
    if found is None or not (is_own or is_steward):
        raise NotFound
    if write and user.role is not Role.OFFICE:
        raise Forbidden(BY_OFFICE)
    return found


def has_points(unit: Unit) -> bool:
    return db.session.scalar(select(RatingPoint.id).where(RatingPoint.unit_id == unit.id).limit(1)) is not None


def with_comments(campaign: Campaign) -> Sequence[Rating]:
    """Return the ratings whose text is still kept although nobody works on it any more."""
    query = select(Rating).join(Rating.point).outerjoin(RatingCase, RatingCase.rating_id == Rating.id)
    query = query.where(RatingPoint.campaign_id == campaign.id, Rating.comment != "")
    return db.session.scalars(query.where(RatingCase.id.is_(None) | RatingCase.state.not_in(WAITING))).all()


def case_of(rating_id: uuid.UUID) -> RatingCase | None:
    return db.session.scalar(select(RatingCase).where(RatingCase.rating_id == rating_id))
