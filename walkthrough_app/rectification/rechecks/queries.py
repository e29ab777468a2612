"""Reading rechecks. Loading is authorising: the unit learns nothing of one that is not decided (S002-25)."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import UNIT_ROLES, Role, User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.machine import Actor
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.rechecks.models import Recheck


def recheck_for(user: User, recheck_id: uuid.UUID, *, write: bool = False) -> Recheck:
    """Load a recheck: its checker decides, who supervises may look, the unit once it is decided."""
    found = db.session.get(Recheck, recheck_id)
    if found is None or not may_see(user, found):
        raise NotFound
    if write and found.checker_id != user.id:
        raise Forbidden("只有回头看人员本人可以办理，您可以查看。")
    return found


def may_see(user: User, found: Recheck) -> bool:
    if user.id == found.checker_id or rights.is_desk(user, found.finding):
        return True
    return rights.sees(user, found.finding) and (not found.is_open or user.id == found.ordered_by_id)


def of_walk(walk_id: uuid.UUID) -> Recheck | None:
    return db.session.scalar(select(Recheck).where(Recheck.walk_id == walk_id).limit(1))


def open_of(finding: Finding) -> Recheck | None:
    return db.session.scalar(select(Recheck).where(Recheck.finding_id == finding.id, Recheck.decided_at.is_(None)))


def of_finding(finding: Finding) -> Sequence[Recheck]:
    query = select(Recheck).where(Recheck.finding_id == finding.id)
    return db.session.scalars(query.order_by(Recheck.created_at)).all()


def to_do(user: User) -> Sequence[Recheck]:
    """Return what the user is to look at again, the most urgent first."""
    query = select(Recheck).where(Recheck.checker_id == user.id, Recheck.decided_at.is_(None))
    return db.session.scalars(query.order_by(Recheck.due_on, Recheck.created_at)).unique().all()


def count_to_do(user: User) -> Select[int]:
    query = select(func.count()).select_from(Recheck)
    return query.where(Recheck.checker_id == user.id, Recheck.decided_at.is_(None))


def under_way(user: User, *, most: int = 200) -> Sequence[Recheck]:
    """Return what others are to look at again in the user's lane and realm, the most urgent first."""
    query = select(Recheck).join(Finding, Finding.id == Recheck.finding_id).where(rights.visible(user))
    query = query.where(Recheck.decided_at.is_(None), Recheck.checker_id != user.id)
    return db.session.scalars(query.order_by(Recheck.due_on, Recheck.created_at).limit(most)).unique().all()


def decided(user: User, *, most: int = 50) -> Sequence[Recheck]:
    """Return the last ones decided that the user may see."""
    query = select(Recheck).join(Finding, Finding.id == Recheck.finding_id).where(rights.visible(user))
    query = query.where(Recheck.decided_at.is_not(None))
    return db.session.scalars(query.order_by(Recheck.decided_at.desc()).limit(most)).unique().all()


def candidates(finding: Finding, by: User) -> list[User]:
    """Return who may look again when `by` orders it: the desk sends its own people or the unit's head, a head goes."""
    actors = rights.actors_of(by, finding)
    if Actor.DESK in actors:
        known = db.session.scalars(select(User).where(User.is_active, User.role.in_(rights.DESKS))).unique()
        found = [one for one in known if rights.is_desk(one, finding) and _is_near(one, finding)]
        found += _heads(finding)
    else:
        found = [one for one in _heads(finding) if one.id == by.id and Actor.UNIT_HEAD in actors]
    others = [one for one in found if one.id != finding.rectified_by_id]
    return sorted(others, key=lambda one: (one.role in UNIT_ROLES, one.unit.name, one.post, one.name, str(one.id)))


def _is_near(user: User, finding: Finding) -> bool:
    """Leave the city's people out of a county's own matters, which the county's office sends its own people to."""
    return realm.county_of(user) == finding.resp.parent_id


def _heads(finding: Finding) -> list[User]:
    query = select(User).where(User.unit_id == finding.resp_id, User.role == Role.HEAD, User.is_active)
    return list(db.session.scalars(query))
