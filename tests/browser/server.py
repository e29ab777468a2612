"""The production server as a thing that can be stopped, killed, hung and started again, and what it holds then."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser.screenshots import wait_for
from tests.ports import free_port
from walkthrough_app.config import ROOT
from walkthrough_app.walkthroughs.fold import fold
from walkthrough_app.walkthroughs.state import State

EMPTY = ("walkthrough_app.cli", "db", "upgrade")


@dataclass
class Server:
    """`code` is the tree it runs from, `secret` its WALKTHROUGH_SECRET_KEY if not the data folder's own.

    `flags` are more words for `serve`; without any it makes no reports.
    """

    folder: Path
    walks: dict[str, list[str]]
    code: Path = ROOT
    secret: str = ""
    flags: tuple[str, ...] = ("--no-worker",)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start if it does not run, go on if it hangs; returns when it answers."""
        if self.process and self.process.poll() is None:
            self.resume()
            return
        own = {"DATA_DIR": str(self.folder), "DATABASE_URL": "", "BASE_URL": "", "SECRET_KEY": self.secret}
        environment = {**os.environ, **{f"WALKTHROUGH_{name}": value for name, value in own.items()}}
        command = [sys.executable, "-m", "walkthrough_app.cli", "serve", *self.flags, "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.code, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(f"{self.address}/healthz")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def hang(self) -> None:
        """It still takes connections, and says nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        self._signal(how)
        if how is not signal.SIGKILL:
            self.resume()
        if self.process:
            self.process.wait(timeout=40)

    def _signal(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)

    def rows(self, query: str, *values: str) -> list[dict[str, Any]]:
        """Ask the database itself."""
        with closing(sqlite3.connect(f"file:{self.folder / 'walkthrough.db'}?mode=ro", uri=True)) as base:
            base.row_factory = sqlite3.Row
            return [dict(row) for row in base.execute(query, values)]

    def events(self, walk: str, kind: str = "") -> list[dict[str, Any]]:
        rows = self.rows("SELECT * FROM walk_event WHERE walk_id = ? ORDER BY device, seq", uuid.UUID(walk).hex)
        return [_event(row) for row in rows if kind in {"", row["kind"]}]

    def state(self, walk: str) -> State:
        """Return what the events of this walk add up to."""
        return fold(self.events(walk))

    def holds(self, sha256: str) -> bool:
        """Tell whether the store has this file, whole."""
        path = self.folder / "media" / "sha256" / sha256[:2] / sha256[2:4] / sha256
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _event(row: dict[str, Any]) -> dict[str, Any]:
    at = row["at"].replace(" ", "T") + "Z"
    return {**row, "id": str(uuid.UUID(row["id"])), "payload": json.loads(row["payload"]), "at": at}


def prepared(factory: pytest.TempPathFactory, *command: str) -> Path:
    """Return a data folder of one's own, as `python -m COMMAND` fills it: made once for all workers of a run, then copied.

    Every command begins with an empty database; what it said stands in the file `said`.
    """
    base = factory.getbasetemp()
    run = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = run / hashlib.sha256(repr(command).encode()).hexdigest()[:12]
    with Path(f"{made}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            fresh = factory.mktemp("made") if command == EMPTY else prepared(factory, *EMPTY)
            (fresh / "said").write_text(told(fresh, *command))
            fresh.rename(made)
    copy = factory.mktemp("data")
    shutil.copytree(made, copy, dirs_exist_ok=True)
    return copy


def told(folder: Path, *command: str) -> str:
    """Run `python -m COMMAND` on a data folder; return what it says."""
    own = {f"WALKTHROUGH_{name}": "" for name in ("DATABASE_URL", "BASE_URL", "SECRET_KEY")}
    environment = {**os.environ, **own, "WALKTHROUGH_DATA_DIR": str(folder)}
    words = [sys.executable, "-m", *command]
    return subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
