"""Who somebody is towards a paper, and who may see it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit, User
from walkthrough_app.rectification.papers.life import OUT, Kind, State, Who
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperUnit, Part
from walkthrough_app.rectification.rights import DESKS

EVERYBODY = "all"
CHOSEN = "units"
ADDRESSED = (Kind.NOTICE, Kind.LETTER, Kind.RECHECK)
PUBLISHED = (Kind.BULLETIN, Kind.BRIEF)


def who(user: User, paper: OfficialPaper) -> frozenset[Who]:
    if user.role in DESKS:
        return frozenset({Who.AUTHOR}) if is_author(user, paper) else frozenset()
    found = set()
    if user.role in UNIT_ROLES and user.unit_id == paper.unit_id and paper.kind in ADDRESSED:
        found = {Who.UNIT, Who.HEAD} if user.role is Role.HEAD else {Who.UNIT}
    if any(one.unit_id == user.unit_id and one.part is Part.NAMED for one in paper.units):
        found.add(Who.NAMED)
    return frozenset(found)


def is_author(user: User, paper: OfficialPaper) -> bool:
    """Tell whether the user writes this paper: the office its own and its groups', a group only its own."""
    if user.role not in DESKS or user.unit_id != paper.office_id:
        return False
    return user.role is Role.OFFICE or user.role.lane is paper.lane


def visible(user: User) -> ColumnElement[bool]:
    """Return the condition on OfficialPaper: desks their own, units what is addressed to them or published."""
    if user.role in UNIT_ROLES:
        return _of_unit(user)
    return _of_desk(user) if user.role in DESKS else false()


def _of_desk(user: User) -> ColumnElement[bool]:
    """The city's office also looks at what the counties' offices have issued."""
    own = OfficialPaper.office_id == user.unit_id
    if user.role is not Role.OFFICE:
        published = and_(OfficialPaper.kind.in_(PUBLISHED), OfficialPaper.state == State.ISSUED)
        return and_(own, or_(OfficialPaper.lane == user.role.lane, published))
    offices = select(Unit.id).where(realm.units(user))
    return or_(own, and_(OfficialPaper.office_id.in_(offices), OfficialPaper.state.in_(OUT)))


def _of_unit(user: User) -> ColumnElement[bool]:
    named = OfficialPaper.id.in_(_papers_of(user, Part.NAMED))
    mine = or_(OfficialPaper.unit_id == user.unit_id, OfficialPaper.id.in_(_papers_of(user, Part.CO)))
    published = and_(OfficialPaper.kind.in_(PUBLISHED), OfficialPaper.state == State.ISSUED)
    return or_(
        and_(OfficialPaper.kind.in_(ADDRESSED), OfficialPaper.state.in_(OUT), mine),
        and_(published, or_(named, reads(user.unit))),
        and_(OfficialPaper.kind == Kind.BULLETIN, OfficialPaper.state == State.HEARING, named),
    )


def reads(unit: Unit) -> ColumnElement[bool]:
    """Return the condition that a published paper goes to a unit: whole realm, a class of units, or units by name."""
    above = {unit.id, unit.parent_id} - {None}
    realms = select(Unit.id).where(or_(Unit.parent_id.is_(None), Unit.parent_id.in_(above)))
    beside = select(Unit.id).where(Unit.parent_id == unit.parent_id if unit.parent_id else Unit.parent_id.is_(None))
    chosen = select(PaperUnit.paper_id).where(PaperUnit.unit_id == unit.id, PaperUnit.part == Part.READER)
    return or_(
        and_(OfficialPaper.scope == EVERYBODY, OfficialPaper.office_id.in_(realms)),
        and_(OfficialPaper.scope == unit.org_class.value, OfficialPaper.office_id.in_(beside)),
        and_(OfficialPaper.scope == CHOSEN, OfficialPaper.id.in_(chosen)),
    )


def _papers_of(user: User, part: Part) -> Select[Any]:
    return select(PaperUnit.paper_id).where(PaperUnit.unit_id == user.unit_id, PaperUnit.part == part)
