"""Real workers: killed, hung, stopped and started again, a job is done exactly once in effect."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, func, select, update
from sqlalchemy.orm import Session

from tests.browser.screenshots import wait_for
from tests.conftest import database_url
from tests.jobs import worker
from tests.ports import free_port
from tests.reports import story
from walkthrough_app.config import ROOT
from walkthrough_app.core import clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.jobs import Job, JobState
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports.service import previews

CLI = [sys.executable, "-m", "walkthrough_app.cli"]


@dataclass
class Place:
    """An installation of its own, and the processes started there."""

    folder: Path
    url: str
    engine: Engine
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    queue: str = ""

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "BASE_URL": "",
            "SECRET_KEY": "",
            "QUEUE_URL": self.queue,
        }
        return {**os.environ, **{f"WALKTHROUGH_{name}": value for name, value in own.items()}}

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            made = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(made)
        return made

    def slow_worker(self) -> subprocess.Popen[bytes]:
        return self.start(sys.executable, "-m", "tests.jobs.worker", str(self.folder))

    def add(self, kind: str, args: dict[str, Any]) -> None:
        """Write a job down that no worker was told of, as if the web server had died after its commit."""
        with Session(self.engine) as session, session.begin():
            session.add(Job(kind=kind, key="one", args=args))

    def job(self) -> Job:
        with Session(self.engine) as session:
            return session.scalars(select(Job).filter_by(key="one")).one()

    def run_out(self) -> None:
        """So much time goes by that the lease of the job has run out."""
        with self.engine.begin() as connection:
            connection.execute(update(Job).values(lease_until=clock.now() - timedelta(seconds=1)))

    def hang(self, process: subprocess.Popen[bytes]) -> None:
        """Stop a worker with all its processes, at a moment when none of them holds the database: the first sweep may still go on."""
        with self.engine.begin() as connection:
            connection.execute(select(Job.id).with_for_update())
            os.killpg(process.pid, signal.SIGSTOP)
            whole = [process.pid, *children(process.pid)]
            until(lambda: all(state_of(pid) == "T" for pid in whole), "it does not stop")

    def outcomes(self) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).where(AuditEntry.verb == worker.VERB)) or 0


def until(what: Callable[[], Any], why: str) -> Any:
    for _ in range(2400):
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(why)


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for file in listed for one in file.read_text().split()]


def state_of(pid: int) -> str:
    """Return one letter: T is stopped, Z over but not yet collected; "" when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    except OSError:
        return ""


def is_running(pid: int) -> bool:
    return state_of(pid) not in {"", "Z"}


def test_a_worker_does_a_job_that_nobody_told_it_of(place: Place) -> None:
    walk = story.Walk("居住证申领")
    walk.step("query", 5)
    place.add(previews.KIND, {"data": story.report([walk]), "at": clock.iso(datetime.now(UTC))})
    process = place.start(*CLI, "worker")
    until(lambda: place.job().state is JobState.DONE, "it was never done")
    sha256 = (place.job().result or {})["sha256"]
    assert LocalStore(place.folder / "media").path(sha256).read_bytes().startswith(b"%PDF-")
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0


def test_killed_in_the_middle_of_a_job_it_is_done_again_and_once(place: Place) -> None:
    place.add(worker.KIND, {})
    first = place.slow_worker()
    until(lambda: list(place.folder.glob("begun.*")), "it never began")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert place.job().state is JobState.DOING
    (place.folder / "go").touch()
    place.run_out()
    place.slow_worker()
    until(lambda: place.job().state is JobState.DONE, "it was never done again")
    assert place.job().attempts == 2
    assert place.outcomes() == 1


def test_a_worker_that_hung_past_its_lease_writes_nothing_when_it_goes_on(place: Place) -> None:
    place.add(worker.KIND, {})
    first = place.slow_worker()
    until(lambda: list(place.folder.glob("begun.*")), "it never began")
    place.hang(first)
    place.run_out()
    (place.folder / "go").touch()
    place.slow_worker()
    until(lambda: place.job().state is JobState.DONE, "the second never did it")
    os.killpg(first.pid, signal.SIGCONT)
    until(lambda: "taken over" in (place.folder / "log").read_text(), "the first never noticed")
    assert place.outcomes() == 1


def test_a_child_that_is_killed_is_replaced_and_none_outlives_its_worker(place: Place) -> None:
    main = place.slow_worker()
    hands = until(lambda: len(found := children(main.pid)) == 2 and found, "it has no children")
    os.kill(hands[0], signal.SIGKILL)
    until(lambda: len(children(main.pid)) == 2 and children(main.pid) != hands, "it was not replaced")
    hands = children(main.pid)
    main.kill()
    main.wait()
    until(lambda: not any(map(is_running, hands)), "a child lives on")


def test_the_server_keeps_a_worker_and_takes_it_along(place: Place) -> None:
    port = free_port()
    server = place.start(*CLI, "serve", "--port", str(port), "--workers", "1")
    wait_for(f"http://127.0.0.1:{port}/healthz")
    first = until(lambda: workers_of(server.pid), "there is no worker")
    os.kill(first[0], signal.SIGKILL)
    second = until(lambda: (found := workers_of(server.pid)) != first and found, "it was not started again")
    hands = until(lambda: children(second[0]), "it has no children")
    server.send_signal(signal.SIGINT)
    assert server.wait(120) == 0
    until(lambda: not any(map(is_running, [*second, *hands])), "the worker lives on")


def test_the_server_killed_at_once_leaves_no_worker_behind(place: Place) -> None:
    port = free_port()
    server = place.start(*CLI, "serve", "--port", str(port), "--workers", "1")
    wait_for(f"http://127.0.0.1:{port}/healthz")
    [main] = until(lambda: workers_of(server.pid), "there is no worker")
    hands = until(lambda: children(main), "it has no children")
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    until(lambda: not any(map(is_running, [main, *hands])), "the worker lives on")


def workers_of(server: int) -> list[int]:
    return [pid for pid in children(server) if b"\0worker\0" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[tuple[Path, str, Engine]]:
    folder = tmp_path_factory.mktemp("place")
    url = database_url(folder, f"{worker_id}_jobs")
    engine = db._sqlite(url) if url.startswith("sqlite") else create_engine(url)
    environment = {**os.environ, "WALKTHROUGH_DATA_DIR": str(folder), "WALKTHROUGH_DATABASE_URL": url}
    subprocess.run([*CLI, "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True)
    yield folder, url, engine
    engine.dispose()


@pytest.fixture
def place(migrated: tuple[Path, str, Engine], tmp_path: Path) -> Iterator[Place]:
    """The installation, with no job in it."""
    _, url, engine = migrated
    with engine.begin() as connection:
        for table in (Job, AuditEntry):
            connection.execute(table.__table__.delete())
    made = Place(tmp_path, url, engine)
    yield made
    for process in made.started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
