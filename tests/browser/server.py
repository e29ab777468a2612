"""The production server as a thing that can be stopped, killed, hung and started again, and what it holds then."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.screenshots import free_port, wait_for
from walkthrough_app.config import ROOT
from walkthrough_app.walkthroughs.fold import fold
from walkthrough_app.walkthroughs.state import State


@dataclass
class Server:
    """`code` is the tree it runs from, `secret` its WALKTHROUGH_SECRET_KEY if not the data folder's own."""

    folder: Path
    walks: dict[str, list[str]]
    code: Path = ROOT
    secret: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start if it does not run, go on if it hangs; returns when it answers."""
        if self.process and self.process.poll() is None:
            self.resume()
            return
        own = {"DATA_DIR": str(self.folder), "DATABASE_URL": "", "BASE_URL": "", "SECRET_KEY": self.secret}
        environment = {**os.environ, **{f"WALKTHROUGH_{name}": value for name, value in own.items()}}
        command = [sys.executable, "-m", "walkthrough_app.cli", "serve", "--no-worker", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.code, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(f"http://127.0.0.1:{self.port}/healthz")

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


def laid_out(folder: Path, count: int) -> Server:
    """Return a server, not yet running, on a 示例市 with `count` walks each of head and deputy."""
    environment = {**os.environ, "WALKTHROUGH_DATA_DIR": str(folder), "WALKTHROUGH_DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.browser.stage", str(count)]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return Server(folder, json.loads(told.stdout))
