"""The migrations make exactly the tables the models describe, up and down."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Connection, Engine, MetaData, inspect

from walkthrough_app.board.search.models import FTS
from walkthrough_app.config import ROOT
from walkthrough_app.core import db


def test_an_empty_database_becomes_the_models(engine: Engine, alembic: Config) -> None:
    command.upgrade(alembic, "head")
    assert tables(engine) - {"alembic_version"} == set(db.Base.metadata.tables)
    command.check(alembic)


def test_going_down_leaves_nothing_and_going_up_again_works(engine: Engine, alembic: Config) -> None:
    command.upgrade(alembic, "head")
    command.downgrade(alembic, "base")
    assert tables(engine) <= {"alembic_version"}
    command.upgrade(alembic, "head")
    command.check(alembic)


def test_a_database_in_use_keeps_every_row_and_its_foreign_keys(engine: Engine, alembic: Config) -> None:
    command.upgrade(alembic, "0004")
    before = fill(engine)
    command.upgrade(alembic, "head")
    with engine.connect() as connection:
        assert {table: count(connection, table) for table in before} == before
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    command.downgrade(alembic, "0004")
    with engine.connect() as connection:
        assert {table: count(connection, table) for table in before} == before


def test_walks_counted_by_three_ways_are_counted_by_whatever_their_programme_calls_them(
    engine: Engine, alembic: Config
) -> None:
    command.upgrade(alembic, "0023")
    fill(engine, "walk_figure", "unit_figure")
    command.upgrade(alembic, "0025")
    with engine.connect() as connection:
        assert json.loads(connection.exec_driver_sql("SELECT modes FROM unit_figure").scalar() or "") == {"x": 1}
    command.downgrade(alembic, "0023")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT in_person FROM unit_figure").scalar() == 0


def fill(engine: Engine, *wanted: str) -> dict[str, int]:
    """Put a row into every table there is (or those wanted), each referring to those it depends on; return the counts."""
    known = MetaData()
    known.reflect(engine)
    names = needed(known, wanted) if wanted else set(known.tables) - {"alembic_version"}
    kept = [table for table in known.sorted_tables if table.name in names]
    with engine.begin() as connection:
        for table in kept:
            names, marks = ", ".join(table.columns.keys()), ", ".join("?" for _ in table.columns)
            values = tuple(value(column) for column in table.columns)
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", values)
        return {table.name: count(connection, table.name) for table in kept}


def needed(known: MetaData, wanted: Iterable[str]) -> set[str]:
    """Return tables and all that they refer to."""
    found: set[str] = set()
    ahead = list(wanted)
    while ahead:
        name = ahead.pop()
        found.add(name)
        ahead += {key.column.table.name for key in known.tables[name].foreign_keys} - found
    return found


def value(column: Column) -> object:
    """Return something the column takes; every id is the same, so that every reference is met."""
    if column.nullable:
        return None
    kinds = {"CHAR": "0" * 31 + "1", "DATETIME": "2026-07-15 00:00:00.000000", "DATE": "2026-07-15", "JSON": "{}"}
    kind = str(column.type).partition("(")[0]
    return kinds.get(kind, "x" if kind in {"VARCHAR", "TEXT"} else 1)


def count(connection: Connection, table: str) -> int:
    return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0


def tables(engine: Engine) -> set[str]:
    """Return the tables there are, without those that SQLite's full-text index makes for itself."""
    return {name for name in inspect(engine).get_table_names() if not name.startswith(FTS)}


@pytest.fixture
def engine(tmp_path: Path, stage) -> Engine:
    bound = db.session.get_bind()
    made = db.connect(f"sqlite:///{tmp_path / 'empty.db'}")
    yield made
    made.dispose()
    db.session.remove()
    db.session.configure(bind=bound)


@pytest.fixture
def alembic(engine: Engine) -> Config:
    options = Config(toml_file=str(ROOT / "pyproject.toml"))
    options.attributes["engine"] = engine
    return options
