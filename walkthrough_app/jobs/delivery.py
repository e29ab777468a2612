"""The only door to Huey: it carries numbers of jobs to the workers, and all it holds may be lost.

Huey forgets a message before it is worked on, so the ledger sends again what nobody finished.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from huey import Huey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer
from huey.storage import SqliteStorage

from walkthrough_app.config import Settings
from walkthrough_app.core import db

NAME = "walkthrough"
FILE = "queue.db"
log = logging.getLogger(__name__)

_send: Callable[[str], Any] | None = None
_huey: Huey | None = None


class Storage(SqliteStorage):  # type: ignore[misc]
    """Huey's SQLite file through the same library as our database."""

    integrity_error = db.sqlite_driver().IntegrityError
    operational_error = db.sqlite_driver().OperationalError

    def _create_connection(self) -> Any:
        driver = db.sqlite_driver()
        connection = driver.connect(self.filename, timeout=self._timeout, check_same_thread=False)
        connection.isolation_level = None
        self._set_journal_mode(connection)
        connection.execute("PRAGMA synchronous=OFF")
        return connection


def connect(settings: Settings, run: Callable[[str], None]) -> None:
    """Open the queue in the data folder or the one the settings name; `run` does the job of an id."""
    global _huey, _send
    serializer = SignedSerializer(secret=settings.secret_key)
    if settings.queue_url:
        _huey = _open_redis(settings.queue_url, serializer)
    else:
        _huey = _open(settings.data_dir / FILE, serializer)
    _send = _huey.task(name="run_job")(run)


def _open_redis(url: str, serializer: SignedSerializer) -> RedisHuey:
    """Open a queue on a server, without asking whether it is up; `name` in the address tells installations apart."""
    from redis import ConnectionPool

    parts = urlsplit(url)
    name = parse_qs(parts.query).get("name", [NAME])[0]
    pool = ConnectionPool.from_url(urlunsplit(parts._replace(query="")), socket_timeout=5, socket_connect_timeout=3)
    return RedisHuey(name, connection_pool=pool, results=False, serializer=serializer)


def _open(path: Path, serializer: SignedSerializer) -> SqliteHuey:
    """Open the file, or begin a new one where it is broken."""
    options = {"results": False, "serializer": serializer, "storage_class": Storage, "filename": str(path)}
    try:
        return SqliteHuey(NAME, **options)
    except db.sqlite_driver().DatabaseError:
        log.warning("the queue was broken and begins anew")
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return SqliteHuey(NAME, **options)


def send(ids: Iterable[uuid.UUID]) -> None:
    """Tell the workers about jobs; what cannot be told now is told by the next sweep."""
    if _send is None:
        return
    for one in ids:
        try:
            _send(str(one))
        except Exception:
            log.exception("job %s was not sent", one)


def waiting() -> int:
    """Return how many messages nobody has taken yet; none, when the queue cannot be asked."""
    try:
        return int(_huey.pending_count()) if _huey else 0
    except Exception:
        log.exception("the queue does not answer")
        return 0


def huey() -> Huey:
    """Return the queue for its consumer; LookupError before connect."""
    if _huey is None:
        raise LookupError("connect() first")
    return _huey
