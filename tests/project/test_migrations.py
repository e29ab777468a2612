"""The migrations make exactly the tables the models describe, up and down."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

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
