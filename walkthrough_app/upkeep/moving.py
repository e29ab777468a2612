"""Moving a running installation to another database and store: nothing acknowledged stays behind."""

from dataclasses import dataclass, replace

from sqlalchemy import Engine

from walkthrough_app import config, schema
from walkthrough_app.core import db, pausing
from walkthrough_app.core.errors import AppError
from walkthrough_app.media.storage import open_store
from walkthrough_app.upkeep import files, index, rows


class CannotMove(AppError):
    """The move cannot begin; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Moved:
    rows: int
    files: int
    size: int


def move(here: config.Settings, there: config.Settings, tell: rows.Tell) -> Moved:
    """Copy everything to where `there` says, with writing paused at the end of it and from then on.

    When anything fails, writing goes on here as if nothing had been tried.
    """
    source, target = db.engine_of(here.database_url), db.engine_of(there.database_url)
    _check(here, source, target)
    left, arrived = open_store(here), open_store(there)
    files.copy(left, arrived)  # most of the bytes, while everybody works on
    pausing.begin(here.data_dir)
    try:
        with source.connect() as old, old.begin():  # takes SQLite's write lock: who is in the middle of a write ends it
            count, size = files.copy(left, arrived)
            with target.begin() as new:
                rows.copy(old, new, tell)
            with target.connect() as new:
                expected, found = rows.digests(old), rows.digests(new)
            rows.prove(expected, found)
        index.rebuild(there)
    except BaseException:
        pausing.end(here.data_dir)
        raise
    finally:
        source.dispose()
        target.dispose()
    return Moved(sum(number for number, _ in expected.values()), count, size)


def destination(here: config.Settings, database: str, media: str) -> config.Settings:
    """Return the settings of this installation elsewhere; SettingError."""
    env = {
        f"{config.PREFIX}DATABASE_URL": database,
        f"{config.PREFIX}MEDIA_URL": media,
        f"{config.PREFIX}DATA_DIR": str(here.data_dir),
    }
    found = config.from_env(env)
    return replace(here, database_url=found.database_url, media_dir=found.media_dir, bucket=found.bucket)


def _check(here: config.Settings, source: Engine, target: Engine) -> None:
    if source.dialect.name != "sqlite":
        raise CannotMove("只能从内置的数据库搬出；从 PostgreSQL 搬，请用 walkthrough backup 和 restore。")
    if source.url == target.url:
        raise CannotMove("新的数据库就是现在的数据库。")
    if pausing.is_on(here.data_dir):
        raise CannotMove("已经搬过一次，正停止保存；不搬了就运行 walkthrough migrate-to --cancel。")
    if schema.revision(source) != schema.newest():
        raise CannotMove("数据库的版本太旧，请先运行：walkthrough db upgrade")
    schema.upgrade(target)
    with target.connect() as new:
        if rows.filled(new):
            raise CannotMove("新的数据库里已经有数据，请换一个空的。")
