"""Reading people, units, sessions and invitations."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, Select, case, func, literal, select, tuple_
from sqlalchemy.orm import Session, contains_eager

from walkthrough_app.accounts import devices, realm, tokens
from walkthrough_app.accounts.lifetimes import is_alive
from walkthrough_app.accounts.models import UNIT_ROLES, Invitation, OrgClass, Role, Unit, User, UserSession
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import NotFound

GROUPS = (Role.GROUP_STYLE, Role.GROUP_COORD)
ORDER_OF_ROLES = {role: place for place, role in enumerate(Role)}
PAGE = 100
_TYPES = (User.created_at.type, User.id.type)
SPENT = "这个邀请链接已经用过或者过期了，请联系管理员重新发一个。"


def units() -> Sequence[Unit]:
    return db.session.scalars(select(Unit).order_by(Unit.name)).all()


def units_for(steward: User) -> Sequence[Unit]:
    """Return the units of the steward's realm: all for the city, for a county itself and those below it."""
    return db.session.scalars(select(Unit).where(realm.units(steward)).order_by(Unit.name)).all()


def counties() -> Sequence[Unit]:
    """Return the counties of the city, which may have units below them."""
    query = select(Unit).where(Unit.org_class == OrgClass.COUNTY, Unit.parent_id.is_(None))
    return db.session.scalars(query.order_by(Unit.name)).all()


def find_unit(name: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.name == name))


def unit_for(steward: User, unit_id: uuid.UUID) -> Unit:
    """Return a unit of the steward's realm; NotFound for any other."""
    found = db.session.get(Unit, unit_id)
    if found is None or not realm.sees(steward, found):
        raise NotFound
    return found


def get_unit(unit_id: uuid.UUID) -> Unit:
    found = db.session.get(Unit, unit_id)
    if found is None:
        raise NotFound
    return found


def people_counts() -> dict[uuid.UUID, int]:
    """Return the number of active people by unit."""
    rows = db.session.execute(select(User.unit_id, func.count()).where(User.is_active).group_by(User.unit_id))
    return {row[0]: row[1] for row in rows}


def users_of(unit: Unit) -> list[User]:
    """Return everyone of the unit, the disabled too, heads first."""
    return _in_order(select(User).where(User.unit_id == unit.id))


def users_for(steward: User, after: uuid.UUID | None = None) -> tuple[list[User], uuid.UUID | None]:
    """Return a page of everyone in the steward's realm, the disabled too, and whom the next page goes on behind."""
    rank = case(ORDER_OF_ROLES, value=User.role)
    order = tuple_(Unit.name, rank, User.created_at, User.id)
    query = select(User).join(User.unit).options(contains_eager(User.unit)).where(realm.units(steward))
    last = db.session.get(User, after) if after else None
    if last:
        place = (last.unit.name, ORDER_OF_ROLES[last.role], last.created_at, last.id)
        query = query.where(order > tuple_(*map(literal, place, (Unit.name.type, Integer(), *_TYPES))))
    found = list(db.session.scalars(query.order_by(Unit.name, rank, User.created_at, User.id).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def count_for(steward: User) -> int:
    return db.session.scalar(select(func.count()).select_from(User).join(User.unit).where(realm.units(steward))) or 0


def members_of(units: Sequence[Unit]) -> list[User]:
    """Return the active people of these units, unit by unit, heads first."""
    listed = User.unit_id.in_([unit.id for unit in units])
    return _in_order(select(User).where(listed, User.is_active, User.role.in_(UNIT_ROLES)))


def invitable_for(steward: User, ids: Collection[uuid.UUID]) -> list[User]:
    """Return the people of units in the steward's realm that have these ids; NotFound when one is not among them."""
    query = select(User).join(User.unit).where(User.id.in_(ids), User.is_active, User.role.in_(UNIT_ROLES))
    found = _in_order(query.where(realm.units(steward)))
    if len(found) != len(set(ids)):
        raise NotFound("有的人员已经停用或调走，请返回刷新后再选。")
    return found


def groups_of(county_id: uuid.UUID | None) -> list[User]:
    """Return the active people of both receiving groups of the city (None) or of a county."""
    query = select(User).join(User.unit).where(User.role.in_(GROUPS), User.is_active)
    return _in_order(query.where(Unit.parent_id.is_(None) if county_id is None else Unit.parent_id == county_id))


def heads_of(unit: Unit, *, for_update: bool = False) -> list[User]:
    """Return the active heads: one, or two in a county."""
    if for_update:
        db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    return _active(unit, Role.HEAD)


def deputies_of(unit: Unit) -> list[User]:
    return _active(unit, Role.DEPUTY)


def liaison_of(unit: Unit) -> User | None:
    return next(iter(_active(unit, Role.LIAISON)), None)


def admins() -> list[User]:
    return list(db.session.scalars(select(User).where(User.role == Role.ADMIN, User.is_active)))


def get_user_for(admin: User, user_id: uuid.UUID) -> User:
    """Return an account to the one who keeps accounts; NotFound to everybody else."""
    found = db.session.get(User, user_id) if admin.role is Role.ADMIN else None
    if found is None or not realm.sees(admin, found.unit):
        raise NotFound
    return found


def find_by_username(username: str, *, for_update: bool = False) -> User | None:
    query = select(User).where(User.username == username)
    if for_update:
        query = query.with_for_update(of=User).execution_options(populate_existing=True)
    return db.session.scalar(query)


def stored_hash(username: str) -> str | None:
    """Read a password's hash in a transaction of its own: nobody may hold SQLite's write lock while hashing."""
    with Session(db.session.get_bind(), join_transaction_mode="create_savepoint") as reader:
        reader.connection(execution_options={db.READONLY: True})
        return reader.scalar(select(User.password_hash).where(User.username == username))


def live_session(token: str) -> UserSession | None:
    """Return the signed-in device that holds the token; None when it is revoked, idle too long or too old."""
    found = db.session.scalar(select(UserSession).where(UserSession.token_hash == tokens.digest(token)))
    return found if found and is_alive(found, clock.now()) else None


@dataclass(frozen=True, slots=True)
class Device:
    """A device on which the user is signed in; `is_here` marks the one that asks."""

    id: uuid.UUID
    name: str
    seen_at: datetime
    is_here: bool


def devices_of(user: User, token: str) -> list[Device]:
    """Return where the user is signed in now, the last used first; `token` is the asking device's."""
    query = select(UserSession).where(UserSession.user_id == user.id).order_by(UserSession.seen_at.desc())
    now, here = clock.now(), tokens.digest(token)
    return [
        Device(entry.id, devices.describe(entry.device), entry.seen_at, entry.token_hash == here)
        for entry in db.session.scalars(query)
        if is_alive(entry, now)
    ]


def open_invitation(token: str) -> Invitation:
    """Return the invitation if it can still be accepted; NotFound with the reason if not."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == tokens.digest(token)))
    if found is None or found.used_at or clock.now() >= found.expires_at or not found.user.is_active:
        raise NotFound(SPENT)
    return found


def _active(unit: Unit, role: Role) -> list[User]:
    query = select(User).where(User.unit_id == unit.id, User.role == role, User.is_active).order_by(User.created_at)
    return list(db.session.scalars(query))


def _in_order(query: Select[User]) -> list[User]:
    people = db.session.scalars(query.order_by(User.created_at)).all()
    return sorted(people, key=lambda user: (user.unit.name, ORDER_OF_ROLES[user.role]))
