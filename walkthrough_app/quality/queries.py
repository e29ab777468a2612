"""Reading flags. Loading is authorising: a unit sees its own and never whose walk another one is."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.quality.models import Flag, FlagWord, WalkTrace
from walkthrough_app.quality.rulebook import Level
from walkthrough_app.quality.shown import OtherWalk, Shown, shown
from walkthrough_app.walkthroughs.models import Walkthrough

LEADERS = frozenset({Role.HEAD, Role.LIAISON})
RECEIVERS = frozenset({Role.OFFICE, Role.GROUP_STYLE, Role.GROUP_COORD})


@dataclass(frozen=True)
class Counts:
    """Flags of a unit in a campaign: to look at, to note, explained, and in how many walks."""

    look: int
    note: int
    explained: int
    walks: int


def flags_for_unit(user: User, walk_ids: Iterable[uuid.UUID]) -> list[Shown]:
    """Return the flags of one's own walks (head and liaison: of the unit's); other units stay nameless."""
    query = _flags(walk_ids).where(Flag.unit_id == user.unit_id)
    if user.role not in LEADERS:
        query = query.where(Walkthrough.walker_id == user.id)
    rows = db.session.execute(query).all()
    known = _walks_named([flag for flag, *_ in rows], Unit.id == user.unit_id)
    return [shown(flag, item, word, _named(flag, known)) for flag, item, word in rows]


def flags_of_walks(user: User, walk_ids: Iterable[uuid.UUID]) -> list[Shown]:
    """Return the flags of walks for the lane and the office, with the other walks that lie in their realm.

    Whether the user may see the walks' report is for the caller to know; a walk outside the lane or realm has no flags.
    """
    if user.role not in RECEIVERS:
        return []
    query = _flags(walk_ids).join(Unit, Unit.id == Flag.unit_id).where(realm.units(user))
    rows = [row for row in db.session.execute(query) if user.role.lane in {None, _lane(row[0])}]
    return told(user, rows)


def told(user: User, rows: Iterable[tuple[Flag, str, FlagWord | None]]) -> list[Shown]:
    """Return flags, with their item's name and what was said about them, as the lane and the office may read them."""
    found = list(rows)
    known = _walks_named([flag for flag, *_ in found], realm.units(user))
    return [shown(flag, item, word, _named(flag, known), for_office=True) for flag, item, word in found]


def _lane(flag: Flag) -> Any:
    return db.session.get_one(Unit, flag.unit_id).lane


def _flags(walk_ids: Iterable[uuid.UUID]) -> Any:
    """Select (flag, name of the item, word), what should be looked at first."""
    query = select(Flag, ServiceItem.task_name, FlagWord).join(Walkthrough, Walkthrough.id == Flag.walk_id)
    query = query.join(ServiceItem, ServiceItem.id == Walkthrough.item_id)
    query = query.outerjoin(FlagWord, FlagWord.flag_id == Flag.id).where(Flag.walk_id.in_(list(walk_ids)))
    return query.order_by(Flag.level, Walkthrough.created_at, Flag.rule, Flag.id)


def _walks_named(flags: Iterable[Flag], condition: Any) -> dict[str, OtherWalk]:
    wanted = {uuid.UUID(other) for flag in flags for other in flag.others}
    query = select(Walkthrough.id, Unit.name, ServiceItem.task_name).join(Unit, Unit.id == Walkthrough.unit_id)
    query = query.join(ServiceItem, ServiceItem.id == Walkthrough.item_id)
    rows = db.session.execute(query.where(Walkthrough.id.in_(wanted), condition))
    return {str(walk_id): OtherWalk(walk_id, unit, item) for walk_id, unit, item in rows}


def _named(flag: Flag, known: dict[str, OtherWalk]) -> list[OtherWalk]:
    return [known[other] for other in flag.others if other in known]


def flag_to_explain(user: User, flag_id: uuid.UUID) -> Flag:
    """Load a flag to explain it: the walker, or head and liaison of the unit."""
    flag = _flag(user, flag_id)
    if user.role in RECEIVERS:
        raise Forbidden("由报送单位说明，您可以查看。")
    return flag


def flag_to_mark(user: User, flag_id: uuid.UUID) -> Flag:
    """Load a flag to note that it was looked at: only the office whose realm it lies in."""
    flag = _flag(user, flag_id)
    if user.role is not Role.OFFICE:
        raise Forbidden("由作风整顿办标注，您可以查看。")
    return flag


def _flag(user: User, flag_id: uuid.UUID) -> Flag:
    flag = db.session.get(Flag, flag_id)
    if flag is None or not _may_see(user, flag):
        raise NotFound
    return flag


def _may_see(user: User, flag: Flag) -> bool:
    if user.role in RECEIVERS:
        unit = db.session.get_one(Unit, flag.unit_id)
        return realm.sees(user, unit) and user.role.lane in {None, unit.lane}
    is_own = user.unit_id == flag.unit_id and user.role in LEADERS
    return is_own or db.session.get_one(Walkthrough, flag.walk_id).walker_id == user.id


def counts(campaign_id: uuid.UUID, *more: uuid.UUID) -> dict[uuid.UUID, Counts]:
    """Return how many flags each unit has in a campaign (or several: a city's with its counties')."""
    many = func.count(Flag.id)
    columns = (
        many.filter(Flag.level == Level.LOOK),
        many.filter(Flag.level == Level.NOTE),
        many.filter(FlagWord.explanation != ""),
        func.count(Flag.walk_id.distinct()),
    )
    query = select(Flag.unit_id, *columns).outerjoin(FlagWord, FlagWord.flag_id == Flag.id)
    query = query.where(Flag.campaign_id.in_([campaign_id, *more])).group_by(Flag.unit_id)
    return {unit_id: Counts(*found) for unit_id, *found in db.session.execute(query)}


def others_told(walk_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Return for each walk the other walks that its flags name."""
    query = select(Flag.walk_id, Flag.others).where(Flag.walk_id.in_(list(walk_ids)))
    told: dict[uuid.UUID, set[str]] = {}
    for walk_id, others in db.session.execute(query):
        told.setdefault(walk_id, set()).update(others)
    return told


def counted_walks() -> Sequence[uuid.UUID]:
    """Return the walks that are to be looked at, and those that were once."""
    query = select(Walkthrough.id).outerjoin(WalkFigure, WalkFigure.walk_id == Walkthrough.id)
    query = query.outerjoin(WalkTrace, WalkTrace.walk_id == Walkthrough.id)
    query = query.where(or_(WalkFigure.is_counted, WalkTrace.walk_id.is_not(None)))
    return db.session.scalars(query.order_by(Walkthrough.created_at, Walkthrough.id)).all()


def traced_walks(campaign_id: uuid.UUID) -> Sequence[uuid.UUID]:
    query = select(WalkTrace.walk_id).join(Walkthrough, Walkthrough.id == WalkTrace.walk_id)
    query = query.where(Walkthrough.campaign_id == campaign_id)
    return db.session.scalars(query.order_by(Walkthrough.created_at, Walkthrough.id)).all()
