"""The database: engine, session, base class, column types, and the only caller of commit."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, String, TypeDecorator, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, scoped_session, sessionmaker

from walkthrough_app.core import clock

SAFE_SQLITE = (3, 51, 3)
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=15000",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_size_limit=67108864",
    "temp_store=MEMORY",
)
BREATH = 0.1  # seconds
READONLY = "walkthrough_readonly"


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC in and out, also on SQLite, which forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Open(TypeDecorator[StrEnum]):
    """A word of a list that is not closed: `kind` makes a member of what it finds."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__(32)
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


def stored_values(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


class Base(DeclarativeBase):
    """Typed models: every enum is stored by its value, every moment is UTC, every id is a uuid4."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as declared
        datetime: UTCDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        StrEnum: Enum(StrEnum, native_enum=False, create_constraint=False, length=32, values_callable=stored_values),
    }


class Row(Base):
    """What nearly every table has: an id and the moment it was made."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=100)


session: scoped_session[Session] = scoped_session(sessionmaker(autoflush=True))


def connect(url: str) -> Engine:
    """Make the engine for `url` and bind the session to it; refuse a SQLite that can lose committed writes."""
    engine = engine_of(url)
    session.remove()
    session.configure(bind=engine)
    return engine


def engine_of(url: str) -> Engine:
    """Make an engine that the session is not bound to."""
    return _sqlite(url) if url.startswith("sqlite") else _postgresql(url)


def sqlite_driver() -> Any:
    """Return the newest SQLite there is: pysqlite3 brings its own, Python's is the system's."""
    try:
        from pysqlite3 import dbapi2 as driver
    except ImportError:
        import sqlite3 as driver
    return driver


def _sqlite(url: str) -> Engine:
    driver = sqlite_driver()
    if driver.sqlite_version_info < SAFE_SQLITE:
        found = driver.sqlite_version
        raise SystemExit(f"SQLite {found} 在 WAL 模式下可能丢失数据，请安装 pysqlite3 或改用 PostgreSQL。")
    engine = create_engine(url, module=driver)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours, or savepoints do not isolate
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """Take the write lock at once: a read that later writes would fail with 'database is locked'."""
    readonly = connection.get_execution_options().get(READONLY, False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _postgresql(url: str) -> Engine:
    options = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
    return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8, connect_args={"options": options})


def begin_readonly() -> None:
    """Open this session's transaction without the write lock; what it writes is never committed."""
    if not session().in_transaction():
        session.connection(execution_options={READONLY: True})


def release() -> None:
    """End the transaction before slow work, so that nobody waits for our lock; what was not committed is gone."""
    session.rollback()


def step() -> None:
    """Commit what a long command has done so far, inside its `transaction`, and let go of what was loaded.

    SQLite knows no queue: who waits for the write lock looks again every tenth of a second, and must find it free.
    """
    session.commit()
    session.expunge_all()
    if session.get_bind().dialect.name == "sqlite":
        time.sleep(BREATH)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or nothing of it (for commands; requests are committed in core.web)."""
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.remove()
