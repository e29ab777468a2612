"""Alembic's way in: the same engine, models and naming convention as the application."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from walkthrough_app import config, tables
from walkthrough_app.board.search.models import FTS, GIN
from walkthrough_app.core import db


def render_item(kind: str, obj: Any, _autogen: Any) -> str | bool:
    """Write our column types as plain ones, so that old migrations never import the application."""
    if kind == "type" and isinstance(obj, db.UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(obj, sa.Enum | db.Open):
        return f"sa.String(length={getattr(obj, 'length', 32)})"
    return False


def same_type(_context: Any, _inspected: Any, _metadata: Any, inspected: Any, declared: Any) -> bool | None:
    """Our enums are plain strings in the database; everything else is compared as usual."""
    return False if isinstance(declared, sa.Enum) and isinstance(inspected, sa.String) else None


def is_ours(_obj: Any, name: str | None, _kind: str, is_reflected: bool, _compared: Any) -> bool:  # noqa: FBT001
    """Leave out what Alembic cannot describe: the full-text index and the tables FTS5 makes for itself."""
    return not (is_reflected and (name or "").startswith((FTS, GIN)))


def run(connection: sa.Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:  # batch mode drops and recreates tables, which their children forbid
        foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=tables.METADATA,
        render_as_batch=is_sqlite,
        render_item=render_item,
        compare_type=same_type,
        include_object=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise SystemExit(f"迁移后有 {len(broken)} 处外键不一致，已停止。")
    if is_sqlite:
        connection.commit()
        foreign_keys(connection, "ON")


def foreign_keys(connection: sa.Connection, state: str) -> None:
    """Set the check past SQLAlchemy: inside a transaction, which it would begin, SQLite passes this over in silence."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


engine = context.config.attributes.get("engine") or db.connect(config.from_env().database_url)
with engine.connect() as connection:
    run(connection)
