"""Who somebody is towards a finding, and who may see it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import UNIT_ROLES, Role, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.rectification.machine import Actor
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.reports import reach

DESKS = reach.DESKS
VISITED = frozenset({Source.COVERT, Source.OPEN})


def actors_of(user: User, finding: Finding) -> frozenset[Actor]:
    """Return what the user is towards the finding, but for CHECKER, which follows from the 回头看 itself."""
    found = set()
    if user.unit_id == finding.resp_id and user.role in UNIT_ROLES:
        found.add(Actor.UNIT)
        if user.role is Role.HEAD:
            found.add(Actor.UNIT_HEAD)
    if is_desk(user, finding):
        found.add(Actor.DESK)
    return frozenset(found)


def is_desk(user: User, finding: Finding) -> bool:
    """Tell whether the finding is supervised by the user: the office of its realm, the group of its lane.

    A county's desk learns of what the city's visit found no sooner than the unit does.
    """
    if user.role not in DESKS or not realm.sees(user, finding.resp):
        return False
    if not (_is_told(finding) or realm.sees_campaign(user, finding.campaign)):
        return False
    return user.role is Role.OFFICE or user.role.lane is finding.lane


def sees(user: User, finding: Finding) -> bool:
    """Tell whether the user may look, while it stands in a report handed in: its units and who supervises it."""
    is_own = user.role in UNIT_ROLES and user.unit_id in {finding.resp_id, finding.unit_id}
    return finding.is_standing and ((is_own and _is_told(finding)) or is_desk(user, finding))


def _is_told(finding: Finding) -> bool:
    """Tell whether its unit may know of it: what a visit found, when it is handed over (S002-25)."""
    return finding.source not in VISITED or finding.assigned_at is not None


def told() -> ColumnElement[bool]:
    """Return that as a condition on Finding."""
    return or_(Finding.source.not_in(VISITED), Finding.assigned_at.is_not(None))


def visible(user: User) -> ColumnElement[bool]:
    """Return the same as a condition on Finding."""
    if user.role in UNIT_ROLES:
        own = or_(Finding.resp_id == user.unit_id, Finding.unit_id == user.unit_id)
        return and_(Finding.is_standing, own, told())
    if user.role not in DESKS:
        return false()
    lane: Any = true() if user.role is Role.OFFICE else Finding.lane == user.role.lane
    own = Finding.campaign_id.in_(select(Campaign.id).where(realm.campaigns(user, Campaign)))
    known = true() if realm.county_of(user) is None else or_(told(), own)
    return and_(Finding.is_standing, lane, reach.in_realm(user, Finding.resp_id), known)
