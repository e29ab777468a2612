"""Adding to counters that many write at once, each in one statement and without a gap."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from walkthrough_app.core import db
from walkthrough_app.ratings.models import RatingCount, SourceCount


def add_new(model: type[db.Base], row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is there already; tell whether it was new."""
    result = db.session.connection().execute(_insert(model, _dialect()), row)
    return bool(result.rowcount)


def add_up(model: type[RatingCount | SourceCount], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add `number` of each row to its counter. Give rows in one order everywhere: then locks queue."""
    statement = _adding(model, _dialect())
    for row in rows:
        db.session.connection().execute(statement, row)


def add_one(model: type[RatingCount | SourceCount], row: Mapping[str, Any]) -> int:
    """Add `number` of a row to its counter and return what it is then."""
    return int(db.session.connection().execute(_telling(model, _dialect()), row).scalar_one())


def _dialect() -> str:
    return db.session.get_bind().dialect.name


def _table(model: type[db.Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def _insert(model: type[db.Base], dialect: str) -> Any:
    return _dialects_own(model, dialect).on_conflict_do_nothing()


@cache
def _adding(model: type[RatingCount | SourceCount], dialect: str) -> Any:
    added, table = _dialects_own(model, dialect), _table(model)
    more = table.c.number + added.excluded.number
    return added.on_conflict_do_update(index_elements=list(table.primary_key), set_={"number": more})


@cache
def _telling(model: type[RatingCount | SourceCount], dialect: str) -> Any:
    return _adding(model, dialect).returning(_table(model).c.number)


def _dialects_own(model: type[db.Base], dialect: str) -> Any:
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(_table(model))
