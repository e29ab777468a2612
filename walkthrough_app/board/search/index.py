"""Writing the index: the tokens of entries that exist, as the database keeps them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from typing import cast as cast_type

from sqlalchemy import Connection, Table, bindparam, cast, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from walkthrough_app.accounts.models import Lane, OrgClass, Unit
from walkthrough_app.board.search import tokens
from walkthrough_app.board.search.models import FTS, SearchEntry
from walkthrough_app.core.pouring import pour
from walkthrough_app.reports import reach
from walkthrough_app.reports.models import Report, report_walk

ENTRY = cast_type("Table", SearchEntry.__table__)
UNIT = cast_type("Table", Unit.__table__)
MOST_BOUND = 500  # ids in one statement


def write(connection: Connection, ids: Sequence[int]) -> None:
    """Index these entries as they stand now, with the words of their unit and where they may be seen."""
    for start in range(0, len(ids), MOST_BOUND):
        some = ids[start : start + MOST_BOUND]
        columns = (*(c for c in ENTRY.c if c.name != "tokens"), UNIT.c.name, UNIT.c.parent_id, UNIT.c.org_class)
        query = select(*columns).join(UNIT, UNIT.c.id == ENTRY.c.unit_id).where(ENTRY.c.id.in_(some))
        rows = connection.execute(query).all()
        lanes = lanes_of(connection, [row.walk_id for row in rows if row.walk_id])
        _store(connection, [(row.id, " ".join(sorted(tokens_of(row, lanes.get(row.walk_id, ()))))) for row in rows])


def remove(connection: Connection, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), MOST_BOUND):
        some = list(ids[start : start + MOST_BOUND])
        if connection.dialect.name == "sqlite":
            gone = text(f"DELETE FROM {FTS} WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True))  # noqa: S608
            connection.execute(gone, {"ids": some})
        connection.execute(delete(ENTRY).where(ENTRY.c.id.in_(some)))


def clear(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"INSERT INTO {FTS} ({FTS}) VALUES ('delete-all')"))  # noqa: S608
        connection.execute(delete(ENTRY))
    else:
        connection.execute(text(f'TRUNCATE TABLE "{ENTRY.name}"'))


def fill(connection: Connection, first: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many new entries together with their words, under ids that count up from `first`."""
    units = {
        row.id: row for row in connection.execute(select(UNIT.c.id, UNIT.c.name, UNIT.c.parent_id, UNIT.c.org_class))
    }
    lanes = lanes_of(connection, [row["walk_id"] for row in rows if row["walk_id"]])
    found = []
    for number, row in enumerate(rows, first):
        unit = units[row["unit_id"]]
        whole = SimpleNamespace(**row, name=unit.name, parent_id=unit.parent_id, org_class=unit.org_class)
        found.append((number, " ".join(sorted(tokens_of(whole, lanes.get(row["walk_id"], ()))))))
    if connection.dialect.name == "sqlite":
        pour(connection, ENTRY, ({"id": key, **row} for (key, _), row in zip(found, rows, strict=True)))
        connection.exec_driver_sql(f"INSERT INTO {FTS} (rowid, tokens) VALUES (?, ?)", found)  # noqa: S608
    else:
        pour(
            connection,
            ENTRY,
            ({"id": key, **row, "tokens": words} for (key, words), row in zip(found, rows, strict=True)),
        )


def after_filling(connection: Connection) -> None:
    """Let ids go on behind those that were given."""
    if connection.dialect.name != "sqlite":
        table = ENTRY.name
        last = f'SELECT max(id) FROM "{table}"'  # noqa: S608
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(({last}), 1))"))


def tokens_of(row: Any, lanes: Iterable[Lane]) -> set[str]:
    """Return the words of an entry, and its facets: by them every filter is answered inside the index."""
    return tokens.of_texts((row.title, row.text, row.context, row.name)) | facets_of(row, lanes)


def facets_of(row: Any, lanes: Iterable[Lane]) -> set[str]:
    found = {tokens.facet("k", row.kind), tokens.facet("u", row.unit_id)}
    found |= {tokens.facet("r", one) for one in (row.unit_id, row.parent_id) if one}
    found |= {tokens.facet("l", one) for one in (lanes if row.walk_id else [_lane(row.org_class)]) if one}
    if row.campaign_id:
        found.add(tokens.facet("c", row.campaign_id))
    if row.category:
        found |= {tokens.facet("g", row.category), tokens.facet("g", row.category[:1])}
    return found


def _lane(org_class: OrgClass) -> Lane | None:
    return org_class.lane


def lanes_of(connection: Connection, walks: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Lane]]:
    """Return the lanes to which walks have been handed in."""
    query = select(report_walk.c.walk_id, Report.lane).join(Report, Report.id == report_walk.c.report_id)
    query = query.where(report_walk.c.walk_id.in_(set(walks)), Report.state.in_(reach.HANDED_IN))
    found: dict[uuid.UUID, list[Lane]] = {}
    for walk_id, lane in connection.execute(query) if walks else ():
        found.setdefault(walk_id, []).append(lane)
    return found


def _store(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text(f"INSERT OR REPLACE INTO {FTS} (rowid, tokens) VALUES (:id, :tokens)")  # noqa: S608
        connection.execute(statement, [{"id": key, "tokens": words} for key, words in rows])
    else:
        words_of = func.array_to_tsvector(cast(func.string_to_array(bindparam("words"), " "), ARRAY(Text)))
        statement = update(ENTRY).where(ENTRY.c.id == bindparam("key")).values(tokens=words_of)  # type: ignore[assignment]
        connection.execute(statement, [{"key": key, "words": words} for key, words in rows])
