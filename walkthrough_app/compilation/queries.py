"""Reading what can be compiled. Loading is authorising: NotFound for strangers, Forbidden for onlookers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, select
from sqlalchemy.orm import defer, joinedload

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState
from walkthrough_app.campaigns.queries import opened
from walkthrough_app.compilation.material import Due, rank
from walkthrough_app.compilation.models import Compilation, CompilationVersion, Scope
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.reports.models import Report, ReportState, ReportVersion

COMPILERS = frozenset({Role.GROUP_STYLE, Role.GROUP_COORD, Role.OFFICE})
COMPILABLE = (ReportState.RECEIVED, ReportState.COMPILED)
NOBODY = "主要负责同志"  # of a unit whose head has no account yet


@dataclass(frozen=True)
class Standing:
    """What a compilation would be made of: received versions, and who has not got there."""

    received: Sequence[ReportVersion]
    missing: Sequence[Due]
    due: Sequence[Due]


def campaigns_of(user: User) -> Sequence[Campaign]:
    """Return the campaigns of the user's realm that have begun, the latest first."""
    return opened(user, purpose=CampaignPurpose.WALK)


def campaign_for(user: User, campaign_id: uuid.UUID) -> Campaign:
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None or campaign.state is CampaignState.DRAFT or not _sees(user, campaign):
        raise NotFound
    return campaign


def _sees(user: User, campaign: Campaign) -> bool:
    county = realm.county_of(user)
    return user.role in COMPILERS and (county is None or campaign.county_id == county)


def scopes_of(user: User) -> list[Scope]:
    """Return what the user looks at: a group its own lane, the office the whole and both lanes."""
    if user.role is Role.OFFICE:
        return [Scope.ALL, Scope.STYLE, Scope.COORD]
    return [Scope(user.role.lane.value)] if user.role.lane else []


def may_write(user: User, campaign: Campaign, scope: Scope) -> bool:
    """Tell whether the user compiles it: a lane's own group, the office the whole, each of its own level."""
    is_own_level = campaign.county_id == realm.county_of(user)
    is_own_scope = user.role is Role.OFFICE if scope is Scope.ALL else user.role.lane is scope.lane
    return is_own_level and is_own_scope


def scope_for(user: User, campaign_id: uuid.UUID, scope: Scope, *, write: bool = False) -> Campaign:
    """Load the campaign of a compilation that need not exist yet."""
    campaign = campaign_for(user, campaign_id)
    if scope not in scopes_of(user):
        raise NotFound
    if write and not may_write(user, campaign, scope):
        raise Forbidden("由负责的工作组汇总，您可以查看。")
    return campaign


def compilation_for(user: User, compilation_id: uuid.UUID, *, write: bool = False) -> Compilation:
    found = db.session.get(Compilation, compilation_id)
    if found is None:
        raise NotFound
    scope_for(user, found.campaign_id, found.scope, write=write)
    return found


def compilation_of(campaign: Campaign, scope: Scope) -> Compilation | None:
    return db.session.scalar(select(Compilation).filter_by(campaign_id=campaign.id, scope=scope))


def version_for(user: User, compilation_id: uuid.UUID, number: int) -> CompilationVersion:
    found = compilation_for(user, compilation_id)
    version = next((one for one in found.versions if one.number == number), None)
    if version is None:
        raise NotFound
    return version


def received(campaign: Campaign, scope: Scope, *, with_counties: bool = False) -> list[ReportVersion]:
    """Return the received version of every report in the scope, of the counties' own campaigns too when asked for."""
    query = select(ReportVersion).join(Report).where(Report.state.in_(COMPILABLE))
    query = query.where(ReportVersion.received_at.is_not(None), Report.campaign_id.in_(_level(campaign, with_counties)))
    if scope.lane:
        query = query.where(Report.lane == scope.lane)
    newest: dict[uuid.UUID, ReportVersion] = {}
    query = query.options(defer(ReportVersion.data), joinedload(ReportVersion.report))
    for one in db.session.scalars(query.order_by(ReportVersion.number)):
        newest[one.report_id] = one
    return list(newest.values())


def _level(campaign: Campaign, with_counties: bool) -> list[uuid.UUID]:  # noqa: FBT001
    below = db.session.scalars(select(Campaign.id).where(Campaign.parent_id == campaign.id)) if with_counties else ()
    return [campaign.id, *below]


def has_counties(campaign: Campaign) -> bool:
    return db.session.scalar(select(Campaign.id).where(Campaign.parent_id == campaign.id).limit(1)) is not None


def due(campaign: Campaign, scope: Scope, *, with_counties: bool = False) -> list[Due]:
    """Return who owes a report: every head of the units that walk in the campaign, in the order of the papers."""
    counties = [campaign.county_id]
    if with_counties:
        counties += db.session.scalars(select(Campaign.county_id).where(Campaign.parent_id == campaign.id))
    units = [one for one in _units(counties) if scope.lane in {None, one.lane}]
    posts = _posts([one.id for one in units])
    found = [
        Due(str(unit.id), unit.name, unit.org_class.value, post)
        for unit in units
        for post in posts.get(unit.id, [NOBODY])
    ]
    return sorted(found, key=lambda one: rank(one.org_class, one.unit, one.post))


def _units(counties: Sequence[uuid.UUID | None]) -> Sequence[Unit]:
    """Return the units that walk: the city's own (no county), or those of the counties."""
    named = [one for one in counties if one is not None]
    belongs = Unit.parent_id.in_(named) | (Unit.parent_id.is_(None) if None in counties else false())
    return db.session.scalars(select(Unit).where(Unit.org_class != OrgClass.OFFICE, belongs)).all()


def _posts(units: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Return the posts of the active heads by unit: one, or two in a county."""
    query = select(User.unit_id, User.post).where(User.role == Role.HEAD, User.is_active)
    found: dict[uuid.UUID, list[str]] = {}
    wanted = set(units)
    for unit_id, post in db.session.execute(query.order_by(User.created_at, User.username)):
        if unit_id in wanted:
            found.setdefault(unit_id, []).append(post)
    return found


def standing(campaign: Campaign, scope: Scope, *, with_counties: bool = False) -> Standing:
    """Return what is there and what is missing."""
    versions = received(campaign, scope, with_counties=with_counties)
    owed = due(campaign, scope, with_counties=with_counties)
    there = {(str(one.report.unit_id), one.report.head.post) for one in versions}
    missing = [one for one in owed if (one.unit_key, one.post) not in there]
    return Standing(versions, missing, owed)
