"""Making the whole index anew: after bulk loading, after an update, when in doubt."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.board.search import entries, index
from walkthrough_app.board.search.entries import FINDING, ITEM
from walkthrough_app.board.search.index import ENTRY, UNIT
from walkthrough_app.core import db

BATCH = 2000
Tell = Callable[[int], None]
Rows = Sequence[Row[*tuple[Any, ...]]]


def rebuild(tell: Tell = lambda _count: None) -> int:
    """Make all entries anew from units, items and problems, the oldest first; return how many there are.

    `tell` is called after each batch, with how many there are by then; a command may commit there.
    """
    index.clear(db.session.connection())
    sources = (
        (select(UNIT).where(UNIT.c.org_class != OrgClass.OFFICE), (UNIT.c.created_at, UNIT.c.id), entries.of_unit),
        (select(ITEM).where(ITEM.c.is_active), (ITEM.c.created_at, ITEM.c.id), entries.of_item),
        (select(FINDING), (FINDING.c.found_at, FINDING.c.id, FINDING.c.walk_id), entries.of_problem),
    )
    total = 0
    for query, key, entry_of in sources:
        for rows in _batches(query, key):
            _fill([entry_of(row) for row in rows])
            total += len(rows)
            tell(total)
    index.after_filling(db.session.connection())
    return total


def _fill(made: Sequence[dict[str, Any]]) -> None:
    """Add entries behind the last one; what somebody has added meanwhile is replaced."""
    connection = db.session.connection()
    refs = [one["ref_id"] for one in made]
    index.remove(connection, connection.scalars(select(ENTRY.c.id).where(ENTRY.c.ref_id.in_(refs))).all())
    last = connection.scalar(select(func.max(ENTRY.c.id))) or 0
    index.fill(connection, last + 1, made)


def catch_up() -> int:
    """Make the index when there is none yet (after an update); return how many entries were made."""
    has_entries = db.session.scalar(select(ENTRY.c.id).limit(1)) is not None
    is_empty = not db.session.scalar(select(func.count()).select_from(UNIT))
    return 0 if has_entries or is_empty else rebuild()


def _batches(query: Select[*tuple[Any, ...]], key: Sequence[Any]) -> Iterator[Rows]:
    names = [column.name for column in key]
    after: tuple[Any, ...] | None = None
    while True:
        wanted = query.order_by(*key).limit(BATCH)
        rows = db.session.connection().execute(wanted.where(tuple_(*key) > after) if after else wanted).all()
        if rows:
            yield rows
        if len(rows) < BATCH:
            return
        after = tuple(getattr(rows[-1], name) for name in names)
