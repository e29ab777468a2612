"""Sample data of a size, in SQLite or PostgreSQL, built once and kept in var/bench/office; and a server for it."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests.browser.screenshots import free_port, wait_for
from walkthrough_app.config import ROOT

FOLDER = ROOT / "var" / "bench" / "office"
PASSWORD = "walk-the-process-1"
WORKERS = 2


@dataclass(frozen=True)
class Data:
    """One set of sample data; `postgres` is the address of a server, '' stands for SQLite in the folder."""

    walks: int
    postgres: str
    folder: Path = FOLDER

    @property
    def engine(self) -> str:
        return "PostgreSQL" if self.postgres else "SQLite"

    @property
    def home(self) -> Path:
        return self.folder / f"{self.engine.lower()}-{self.walks}"

    @property
    def url(self) -> str:
        if not self.postgres:
            return f"sqlite:///{self.home / 'walkthrough.db'}"
        head, _, query = self.postgres.partition("?")
        return f"{head.rsplit('/', 1)[0]}/bench_{self.walks}" + (f"?{query}" if query else "")

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WALKTHROUGH_")}
        own = {"DATA_DIR": str(self.home), "DATABASE_URL": self.url, "DEMO_PASSWORD": PASSWORD}
        return kept | {f"WALKTHROUGH_{name}": value for name, value in own.items()}

    def run(self, *words: str) -> None:
        subprocess.run(command(*words), env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def build(self) -> dict[str, float]:
        """Build what is not there yet; return what that took: seconds of wall and of processor, KiB of memory."""
        note = self.home / "built.json"
        if note.exists():
            self.run("db", "upgrade")
            built: dict[str, float] = json.loads(note.read_text())
            return built
        self.home.mkdir(parents=True, exist_ok=True)
        if self.postgres:
            self._create()
        self.run("db", "upgrade")
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command("demo", "--walks", str(self.walks)), env=self.environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        took = {"wall": time.monotonic() - start, "cpu": cpu, "rss": after.ru_maxrss}
        if self.postgres:
            self.ask("VACUUM ANALYZE")
        note.write_text(json.dumps(took))
        return took

    def _create(self) -> None:
        engine = create_engine(self.postgres, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS bench_{self.walks}"))
            connection.execute(text(f"CREATE DATABASE bench_{self.walks}"))
        engine.dispose()

    def ask(self, statement: str, **values: Any) -> list[Any]:
        """Ask the database itself; rows, or nothing."""
        from walkthrough_app.core import db

        engine = db.connect(self.url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            found = connection.execute(text(statement), values)
            return list(found) if found.returns_rows else []

    @property
    def size(self) -> int:
        """Bytes of the database, with its log."""
        if self.postgres:
            return int(self.ask(f"SELECT pg_database_size('bench_{self.walks}')")[0][0])
        return sum(path.stat().st_size for path in self.home.glob("walkthrough.db*"))


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "walkthrough_app.cli", *words]


@contextmanager
def served(data: Data) -> Iterator[str]:
    """Serve the data as in production; yield the address."""
    port = free_port()
    words = command("serve", "--port", str(port), "--workers", str(WORKERS), "--no-worker")
    process = subprocess.Popen(words, env=data.environment, stdout=subprocess.DEVNULL, process_group=0)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def peak(script: str, *words: str, environment: Mapping[str, str]) -> dict[str, float]:
    """Run a piece of Python in a process of its own; return its seconds and the most memory it held, in KiB."""
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", script, *words], env=dict(environment))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bench: {script.splitlines()[0]} … ended with {process.returncode}")
    return {"wall": time.monotonic() - start, "cpu": used.ru_utime + used.ru_stime, "rss": used.ru_maxrss}
