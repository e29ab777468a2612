"""Which items of several units are the same: by the name without spaces and signs, or by the national codes.

Each item carries the number of its group (`same_id`), kept as items are written, so that nobody groups a whole
province's catalogues to show one page.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, event, func, insert, inspect, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from walkthrough_app.campaigns.models import ItemMark, ServiceItem
from walkthrough_app.core import db, ids
from walkthrough_app.core.folding import joined

ITEM, MARK = cast("Table", ServiceItem.__table__), cast("Table", ItemMark.__table__)
TOLD_BY = ("task_name", "catalog_code", "task_code")
NAME = "name "
CHUNK = 500  # values in one question
PATIENCE = 25  # seconds
LOCK = 5_151_302_013  # of PostgreSQL: one writer at a time groups items
HOME = select(ITEM.c.same_id).join(MARK).where(MARK.c.mark == bindparam("mark")).limit(1)
Groups = dict[uuid.UUID, uuid.UUID]

# Who copies the group of an item is told what has changed, in the same transaction.
Listener = Callable[[Connection, Mapping[uuid.UUID, uuid.UUID]], Any]
_listeners: list[Listener] = []


def connect(*listeners: Listener) -> None:
    """Keep the groups as items are written; connecting again changes nothing."""
    _listeners.extend(one for one in listeners if one not in _listeners)
    if not event.contains(db.session, "after_flush", _after_flush):
        event.listen(db.session, "after_flush", _after_flush)


def marks_of(item: Any) -> set[str]:
    """Return what an item shares with those that are the same."""
    codes = {code.strip().upper() for code in (item.catalog_code or "", item.task_code or "")} - {""}
    return {NAME + joined(item.task_name), *(f"code {code}" for code in codes)}


def grouped(marks: Mapping[uuid.UUID, Collection[str]]) -> list[set[uuid.UUID]]:
    """Group items by their marks; what is the same as the same is the same."""
    leaders: dict[str, str] = {}
    for those in marks.values():
        first, *others = sorted(those)
        for other in others:
            leaders[_leader(leaders, other)] = _leader(leaders, first)
    found: dict[str, set[uuid.UUID]] = {}
    for item_id, those in marks.items():
        found.setdefault(_leader(leaders, min(those)), set()).add(item_id)
    return list(found.values())


def _leader(leaders: dict[str, str], mark: str) -> str:
    path = []
    while leaders.get(mark, mark) != mark:
        path.append(mark)
        mark = leaders[mark]
    leaders.update(dict.fromkeys(path, mark))
    return mark


def keep(connection: Connection, items: Sequence[Any], *, new: Collection[uuid.UUID] = ()) -> Groups:
    """Put items into their groups after their names or codes were written; return what each of them is in now."""
    _lock(connection)
    marks = {item.id: marks_of(item) for item in items}
    _forget(connection, list(marks))
    homes = {mark: _home(connection, mark) for mark in sorted(set().union(*marks.values()))}
    rows = [{"item_id": item_id, "mark": mark} for item_id, those in marks.items() for mark in sorted(those)]
    connection.execute(insert(MARK), rows)
    met = {item_id: {home for mark in those if (home := homes[mark])} for item_id, those in marks.items()}
    alone = Counter(mark for those in marks.values() for mark in those if not homes[mark])
    plain = {one for one in new if len(met[one]) <= 1 and all(alone[mark] <= 1 for mark in marks[one])}
    easy = {item.id: next(iter(met[item.id]), item.same_id) for item in items if item.id in plain}
    _write(connection, {item.id: easy[item.id] for item in items if item.id in plain and met[item.id]})
    hard = [item_id for item_id in marks if item_id not in easy]
    left = _values(connection, select(ITEM.c.same_id).where(_among(ITEM.c.id)), hard)
    return easy | _regroup(connection, hard, left.union(*(met[item_id] for item_id in hard)))


def _lock(connection: Connection) -> None:
    """Wait for who groups items now: an import may take a while. SQLite has one writer anyhow."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def _forget(connection: Connection, items: Sequence[uuid.UUID]) -> None:
    for some in _chunks(items):
        connection.execute(delete(MARK).where(MARK.c.item_id.in_(some)))


def _home(connection: Connection, mark: str) -> uuid.UUID | None:
    """Return the group in which a mark is known: all items that have it are in the same."""
    found: uuid.UUID | None = connection.scalar(HOME, {"mark": mark})
    return found


def _regroup(connection: Connection, items: Collection[uuid.UUID], groups: Collection[uuid.UUID]) -> Groups:
    """Look at these items and all of these groups anew, and write down who is in another group than before."""
    columns = select(ITEM.c.id, ITEM.c.same_id, MARK.c.mark).join(MARK)
    rows = {*_rows(connection, columns.where(_among(ITEM.c.same_id)), groups)}
    rows |= {*_rows(connection, columns.where(_among(ITEM.c.id)), items)}
    marks: dict[uuid.UUID, set[str]] = {}
    for item_id, _, mark in rows:
        marks.setdefault(item_id, set()).add(mark)
    before = {item_id: same_id for item_id, same_id, _ in rows}
    after = {item_id: name for group, name in _named(grouped(marks), before) for item_id in group}
    changed = {item_id: name for item_id, name in after.items() if before[item_id] != name}
    _write(connection, changed)
    return {item_id: after[item_id] for item_id in items}


def _named(groups: Sequence[set[uuid.UUID]], before: Groups) -> Iterable[tuple[set[uuid.UUID], uuid.UUID]]:
    """Give each group the number that most of it has; of two halves the larger keeps it."""
    taken: set[uuid.UUID] = set()
    for group in sorted(groups, key=lambda one: (-len(one), min(one))):
        counted = Counter(before[item_id] for item_id in group)
        name = next((one for one, _ in counted.most_common() if one not in taken), None) or ids.new()
        taken.add(name)
        yield group, name


def _write(connection: Connection, changed: Mapping[uuid.UUID, uuid.UUID]) -> None:
    if not changed:
        return
    row = update(ITEM).where(ITEM.c.id == bindparam("key")).values(same_id=bindparam("name"))
    connection.execute(row, [{"key": item_id, "name": name} for item_id, name in changed.items()])
    for listener in _listeners:
        listener(connection, changed)


def _after_flush(session: Session, _context: Any) -> None:
    touched = [one for one in (*session.new, *session.dirty) if isinstance(one, ServiceItem) and _is_other(one)]
    if not touched:
        return
    groups = keep(session.connection(), touched, new={one.id for one in touched if one in session.new})
    for one in touched:
        set_committed_value(one, "same_id", groups[one.id])


def _is_other(item: ServiceItem) -> bool:
    attrs = inspect(item).attrs
    return not item.is_place and any(attrs[name].history.has_changes() for name in TOLD_BY)


def _among(column: Any) -> Any:
    return column.in_(bindparam("among", expanding=True))


def _rows(connection: Connection, query: Any, values: Iterable[Any]) -> list[Any]:
    return [tuple(row) for some in _chunks(list(values)) for row in connection.execute(query, {"among": some})]


def _values(connection: Connection, query: Any, values: Iterable[Any]) -> set[Any]:
    return {row[0] for row in _rows(connection, query.distinct(), values)}


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
