"""The ledger as a list: what is due first on top, in pages; how many stand where."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import UNIT_ROLES, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.queries import OWN_FIRST
from walkthrough_app.core import clock, db
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.ledger.filters import Filters
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding

NO_DAY = date(9999, 12, 31)  # the key of a finding without a term: behind all others
ORDER = (Finding.due_on.is_(None), Finding.due_on, Finding.id)
OVER = frozenset({State.CLOSED, State.DISMISSED})
KINDS = (date, uuid.UUID)
Key = tuple[Any, ...]


def page(user: User, filters: Filters, after: Key | None, size: int) -> Sequence[Finding]:
    """Return one finding more than a page holds, those due first on top."""
    query = select(Finding).where(matching(user, filters)).order_by(*ORDER)
    if after:
        query = query.where(_behind(after))
    return db.session.scalars(query.limit(size + 1)).all()


def key(finding: Finding) -> Key:
    return finding.due_on or NO_DAY, finding.id


def _behind(after: Key) -> ColumnElement[bool]:
    day, last = after
    if day == NO_DAY:
        return and_(Finding.due_on.is_(None), Finding.id > last)
    same = and_(Finding.due_on == day, Finding.id > last)
    return or_(Finding.due_on > day, same, Finding.due_on.is_(None))


def matching(user: User, filters: Filters) -> ColumnElement[bool]:
    """Return the condition on Finding: what the user may see of what is asked for."""
    return and_(rights.visible(user), *_narrowed(filters))


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_standing(filters)]
    equal = {
        Finding.campaign_id: filters.campaign,
        Finding.resp_id: filters.unit,
        Finding.lane: filters.lane,
        Finding.letter: filters.letter,
        Finding.category: filters.category[1:] and filters.category,
        Finding.severity: filters.severity,
        Finding.rectify_type: filters.rectify_type,
    }
    wanted += [column == value for column, value in equal.items() if value]
    if filters.is_overdue:
        wanted.append(overdue())
    if filters.must_recheck:
        wanted.append(Finding.must_recheck.is_(True))
    if filters.words:
        texts: tuple[Any, ...] = (Finding.code, Finding.title, Finding.fact, Finding.task_name)
        wanted.append(or_(*(one.contains(filters.words, autoescape=True) for one in texts)))
    return wanted


def _standing(filters: Filters) -> ColumnElement[bool]:
    if filters.state:
        return Finding.state == filters.state
    return Finding.state.in_(list(State)) if filters.is_all else Finding.state.not_in(OVER)


def overdue() -> ColumnElement[bool]:
    """Return the same as Finding.is_overdue as a condition."""
    return and_(Finding.due_on < clock.today(), Finding.state.in_(State.unfinished()))


def counts(user: User, filters: Filters) -> tuple[dict[State, int], int]:
    """Count by state what the other filters leave, and how many of it are overdue."""
    late = func.sum(case((overdue(), 1), else_=0))
    query = select(Finding.state, func.count(), late).where(matching(user, filters.anywhere()))
    rows = db.session.execute(query.group_by(Finding.state)).all()
    return {state: number for state, number, _ in rows}, sum(int(found or 0) for *_, found in rows)


def batch(user: User, filters: Filters, states: Collection[State], after: str | None, size: int) -> Sequence[Finding]:
    """Return the next findings in these states by their numbers, for files of any length."""
    query = select(Finding).where(matching(user, filters), Finding.state.in_(states))
    if after:
        query = query.where(Finding.code > after)
    return db.session.scalars(query.order_by(Finding.code).limit(size)).all()


def by_state(user: User, filters: Filters) -> dict[State, int]:
    """Count by state what the filters leave, whatever state they name."""
    there = matching(user, replace(filters, state=None, is_all=True))
    query = select(Finding.state, func.count().label("number")).where(there).group_by(Finding.state)
    return {row.state: row.number for row in db.session.execute(query)}


def count(user: User, filters: Filters) -> int:
    return db.session.scalar(select(func.count()).select_from(Finding).where(matching(user, filters))) or 0


def campaigns(user: User) -> Sequence[Campaign]:
    """Return the campaigns that have something in the user's ledger."""
    there = select(Finding.campaign_id).where(rights.visible(user))
    return db.session.scalars(select(Campaign).where(Campaign.id.in_(there)).order_by(*OWN_FIRST, Campaign.id)).all()


def units(user: User) -> Sequence[Unit]:
    """Return the responsible units of the user's ledger."""
    there = select(Finding.resp_id).where(rights.visible(user))
    return db.session.scalars(select(Unit).where(Unit.id.in_(there)).order_by(Unit.name)).all()


def letters(user: User) -> dict[str, uuid.UUID]:
    """Return the classes of problems in the user's ledger, each with a campaign whose questionnaire names it."""
    query = select(Finding.letter, Finding.campaign_id).where(rights.visible(user)).distinct()
    return {row.letter: row.campaign_id for row in db.session.execute(query.order_by(Finding.letter))}


def owed(user: User) -> Select[int]:
    """Count what the user's unit owes: to be signed for, or overdue."""
    waits = or_(Finding.state.in_([State.ASSIGNED, State.RELAPSED]), overdue())
    query = select(func.count()).select_from(Finding)
    return query.where(Finding.is_standing, Finding.resp_id == user.unit_id, waits)


def of_unit(user: User, most: int = 200) -> Sequence[Finding]:
    """Return what the user's unit has to answer for and is not over, due first on top."""
    return db.session.scalars(select(Finding).where(_of_unit(user)).order_by(*ORDER).limit(most)).all()


def sizes_of_unit(user: User) -> tuple[int, int]:
    """Count all of that, and how much of it is overdue."""
    late = func.sum(case((overdue(), 1), else_=0))
    row = db.session.execute(select(func.count(), late).select_from(Finding).where(_of_unit(user))).one()
    return row[0], int(row[1] or 0)


def _of_unit(user: User) -> ColumnElement[bool]:
    return and_(_answered_for(user), Finding.state.not_in(OVER))


def _answered_for(user: User) -> ColumnElement[bool]:
    return and_(Finding.is_standing, Finding.resp_id == user.unit_id, rights.told())


def responsible_units(user: User) -> Sequence[Unit]:
    """Return the units to which a desk may hand a problem over."""
    among = [one for one in accounts.units_for(user) if one.lane is not None]
    return among if user.role is Role.OFFICE else [one for one in among if one.lane is user.role.lane]


def seen_by_code(user: User, code: str) -> Finding | None:
    """Return the finding with a number, if the user may see it."""
    return db.session.scalar(select(Finding).where(Finding.code == code.strip(), rights.visible(user)))


def by_code(codes: Sequence[str]) -> dict[str, Finding]:
    """Return findings by their numbers, whoever may see them."""
    found: dict[str, Finding] = {}
    for start in range(0, len(codes), 500):
        query = select(Finding).where(Finding.code.in_(codes[start : start + 500]))
        found |= {one.code: one for one in db.session.scalars(query)}
    return found


def column(user: User, filters: Filters, state: State, most: int) -> Sequence[Finding]:
    """Return the first findings of one state, those due first on top."""
    wanted = replace(filters, state=state, is_all=False)
    return page(user, wanted, None, most)[:most]


def over_of_unit(user: User, most: int = 50) -> Sequence[Finding]:
    """Return what the user's unit had to answer for and is over, the latest first."""
    query = select(Finding).where(_answered_for(user), Finding.state.in_(OVER))
    return db.session.scalars(query.order_by(Finding.state_since.desc(), Finding.id).limit(most)).all()


def for_sheet(user: User, filters: Filters) -> Sequence[Finding]:
    """Return what goes into a sheet: for a unit what it has to answer for, for a desk what is asked for."""
    if user.role in UNIT_ROLES:
        query = select(Finding).where(_answered_for(user))
    else:
        query = select(Finding).where(matching(user, filters))
    return db.session.scalars(query.order_by(Finding.code)).all()
