"""The schema of a database, brought to the newest revision."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from walkthrough_app.config import ROOT


def upgrade(engine: Engine) -> None:
    options = Config(toml_file=str(ROOT / "pyproject.toml"))
    options.attributes["engine"] = engine
    command.upgrade(options, "head")


def newest() -> str:
    return str(_scripts().get_current_head())


def is_known(revision: str) -> bool:
    """Tell whether this program knows a revision: a newer one's it does not."""
    return revision in {one.revision for one in _scripts().walk_revisions()}


def revision(engine: Engine) -> str | None:
    """Return where a database stands; None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))
