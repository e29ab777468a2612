"""Asking the index: the newest first, and no further than a page needs."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, column, literal, literal_column, or_, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.board.search import marking, tokens
from walkthrough_app.board.search.asking import Question
from walkthrough_app.board.search.models import FTS, Kind, SearchEntry
from walkthrough_app.core import db
from walkthrough_app.exports.filters import Filters
from walkthrough_app.reports import reach
from walkthrough_app.reports.models import Report, report_walk

PAGE = 20
BATCH = 200
MOST_READ = 2000  # entries that are looked at for phrases before the page ends
NOWHERE = "znowhere"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, and where the next one goes on."""

    entries: Sequence[SearchEntry]
    units: dict[uuid.UUID, Unit]
    after: int | None


def search(user: User, question: Question, filters: Filters, kind: Kind | None, after: int | None = None) -> Found:
    """Return what the user may see of what was asked for."""
    wanted = sorted(question.wanted | facets(user, filters, kind))
    found: list[SearchEntry] = []
    read = 0
    for entry in _read(user, wanted, after, BATCH if question.phrases else PAGE + 1):
        read, after = read + 1, entry.id
        if not question.phrases or all(_holds(entry, phrase) for phrase in question.phrases):
            found.append(entry)
        if len(found) > PAGE or read >= MOST_READ:
            break
    else:
        after = None
    if len(found) > PAGE:
        found.pop()
        after = found[-1].id
    units = {one.id: one for one in db.session.scalars(select(Unit).where(Unit.id.in_({e.unit_id for e in found})))}
    return Found(found, units, after)


def facets(user: User, filters: Filters, kind: Kind | None) -> set[str]:
    """Return the filters and the user's own realm and lane as tokens, so that the index answers them."""
    county = realm.county_of(user)
    own = [] if user.role is Role.OFFICE else [tokens.facet("l", user.role.lane or NOWHERE)]
    own += [tokens.facet("r", county)] if county else []
    asked = {"k": kind, "u": filters.unit, "c": filters.campaign, "g": filters.category}
    return {*own, *(tokens.facet(letter, value) for letter, value in asked.items() if value)}


def _read(user: User, wanted: Sequence[str], after: int | None, many: int) -> Iterator[SearchEntry]:
    """Yield the entries that hold all tokens, the newest first; rights are asked of the tables themselves once more."""
    while wanted:
        rows = db.session.scalars(_query(wanted, after).where(_may_see(user)).limit(many)).all()
        yield from rows
        if len(rows) < many:
            return
        after = rows[-1].id


def _query(wanted: Sequence[str], after: int | None) -> Select[*tuple[Any, ...]]:
    if db.session.get_bind().dialect.name == "sqlite":
        fts = table(FTS, column("rowid", Integer))
        rowid: ColumnElement[int] = fts.c.rowid
        query = select(SearchEntry).select_from(fts).join(SearchEntry, SearchEntry.id == rowid)
        query = query.where(literal_column(FTS).op("MATCH")(" AND ".join(f'"{one}"' for one in wanted)))
    else:
        rowid = SearchEntry.id.expression
        query = select(SearchEntry).where(
            SearchEntry.tokens.op("@@")(cast(literal(" & ".join(f"'{one}'" for one in wanted)), TSQUERY))
        )
    query = query.order_by(rowid.desc())
    return query if after is None else query.where(rowid < after)


def _may_see(user: User) -> ColumnElement[bool]:
    """Return the condition that holds whatever the index says: problems by their walk, the rest by its unit."""
    problem = and_(SearchEntry.kind == Kind.PROBLEM, reach.walks(user, SearchEntry))
    units = select(Unit.id).where(reach.units(user))
    return or_(problem, and_(SearchEntry.kind != Kind.PROBLEM, SearchEntry.unit_id.in_(units)))


def _holds(entry: SearchEntry, phrase: str) -> bool:
    unit = db.session.get_one(Unit, entry.unit_id)
    return marking.holds((entry.title, entry.text, entry.context, unit.name), phrase)


def reports_of(user: User, walks: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return, by walk, a report that tells it and that the user may open."""
    query = select(report_walk.c.walk_id, Report.id).join(Report, Report.id == report_walk.c.report_id)
    query = query.where(report_walk.c.walk_id.in_(walks), Report.state.in_(reach.HANDED_IN))
    if user.role is not Role.OFFICE:
        query = query.where(Report.lane == user.role.lane)
    return {row.walk_id: row.id for row in db.session.execute(query.order_by(Report.created_at))}
