"""Many rows at once, past the ORM: their columns make the values ready, the driver takes them together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import IntegrityError

Row = Mapping[str, Any]
MOST = 5000  # rows handed over together


def pour(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Insert rows, which all name the same columns: nothing is filled in for them. Return how many there were."""
    waiting, count = iter(rows), 0
    while some := list(islice(waiting, MOST)):
        _insert(connection, table, some)
        count += len(some)
    return count


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    ready = [_ready(connection, table, name) for name in names]
    values = [tuple([make(row[name]) if make else row[name] for name, make in ready]) for row in rows]
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        _copy(connection, f'COPY "{table.name}" ({quoted}) FROM STDIN', values)
    else:
        marks = ", ".join("?" for _ in names)
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', values)  # noqa: S608


def _ready(connection: Connection, table: Table, name: str) -> tuple[str, Callable[[Any], Any] | None]:
    """Return a column's name with what makes its values ready for the driver."""
    kind = table.c[name].type.dialect_impl(connection.dialect)
    return name, kind.bind_processor(connection.dialect)


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Hand rows to PostgreSQL by its own door, which SQLAlchemy does not know: its errors are named for it here."""
    broken: Any = connection.dialect.loaded_dbapi.IntegrityError
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
    except broken as error:
        raise IntegrityError(statement, None, error) from error
