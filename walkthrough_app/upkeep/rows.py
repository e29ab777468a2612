"""Rows from one database to another, whatever kinds they are, and the proof that they are the same."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Column, Connection, Row, Table, bindparam, func, insert, null, select, update

from walkthrough_app.core.errors import AppError
from walkthrough_app.tables import METADATA

BATCH = 500
DERIVED = {"search_entry"}  # made anew where they arrive: each kind of database has an index of its own
Tell = Callable[[str, int], None]
Digests = dict[str, tuple[int, str]]


class NotEqual(AppError):
    """What arrived is not what was sent; the text names the tables."""


def tables() -> list[Table]:
    """Return the tables to copy, those that others refer to first."""
    return [one for one in METADATA.sorted_tables if one.name not in DERIVED]


def filled(target: Connection) -> list[str]:
    """Return the tables that hold rows already."""
    return [one.name for one in tables() if target.scalar(select(func.count()).select_from(one))]


def copy(source: Connection, target: Connection, tell: Tell) -> None:
    """Copy every row in the transactions of both; `tell` hears of each table and how many rows it has."""
    for table in tables():
        count = 0
        own = _own_keys(table)
        later: list[dict[str, Any]] = []
        for batch in _batches(source, table):
            rows = [_values(table, row) for row in batch]
            later += [{"b_id": row["id"], **{f"b_{key}": row[key] for key in own}} for row in rows if _any(row, own)]
            target.execute(insert(table), [row | dict.fromkeys(own) for row in rows])
            count += len(rows)
        if later:  # a row may refer to one that comes after it
            new: dict[str, Any] = {key: bindparam(f"b_{key}") for key in own}
            target.execute(update(table).where(table.c.id == bindparam("b_id")).values(new), later)
        tell(table.name, count)


def digests(source: Connection) -> Digests:
    """Return for each table how many rows it has and what they add up to, in whatever order they come."""
    found: Digests = {}
    for table in tables():
        total, count = 0, 0
        for batch in _batches(source, table):
            total += sum(_digest(row) for row in batch)
            count += len(batch)
        found[table.name] = (count, f"{total % (1 << 128):032x}")
    return found


def prove(expected: Digests, found: Digests) -> None:
    """Raise NotEqual unless both databases hold the same rows."""
    if wrong := [name for name in expected if expected[name] != found.get(name)]:
        raise NotEqual(f"核对没有通过：{'、'.join(wrong)} 两边不一样。")


def _batches(source: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """Give all rows with, behind their values, whether each JSON value is one at all: `null` is, NULL is not."""
    query = select(table, *(one.is_(null()).label(f"no_{one.name}") for one in _json(table)))
    result = source.execute(query, execution_options={"yield_per": BATCH})
    yield from result.partitions(BATCH)


def _values(table: Table, row: Row[Any]) -> dict[str, Any]:
    values = {one.name: row[at] for at, one in enumerate(table.columns) if one.computed is None}
    for at, one in enumerate(_json(table), len(table.columns)):
        if values[one.name] is None:
            values[one.name] = null() if row[at] else JSON.NULL
    return values


def _json(table: Table) -> list[Column[Any]]:
    return [one for one in table.columns if isinstance(one.type, JSON)]


def _own_keys(table: Table) -> list[str]:
    """Return the columns that refer to the table itself."""
    return [one.name for one in table.columns if any(key.column.table is table for key in one.foreign_keys)]


def _any(row: dict[str, Any], keys: Sequence[str]) -> bool:
    return any(row[key] is not None for key in keys)


def _digest(row: Row[Any]) -> int:
    text = "\x1f".join(_plain(value) for value in row)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())


def _plain(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return repr(bool(value)) if isinstance(value, bool) else str(value)
