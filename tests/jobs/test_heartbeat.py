"""Long work keeps its lease: a worker that is alive is never robbed of its job."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.jobs import Job, JobState, runner, tasks

KIND = "test.long"


def test_the_lease_is_prolonged_while_the_work_goes_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BEAT_SECONDS", 0.2)
    seen: list[Any] = []

    def lease() -> Any:
        with engine.connect() as connection:
            return connection.scalar(select(Job.lease_until))

    def work(args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
        seen.append(lease())
        for _ in range(200):
            if lease() > seen[0]:
                break
            time.sleep(0.1)
        seen.append(lease())
        return lambda: None

    jobs.task(KIND)(work)
    jobs.add(KIND, "one", {})
    db.session.commit()
    assert jobs.run_pending() == 1
    assert seen[1] > seen[0]
    job = jobs.find(KIND, "one")
    assert job
    assert (job.state, job.lease_until) == (JobState.DONE, None)


@pytest.fixture
def engine(stage: Flask, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own, for the heartbeat writes on a connection of its own."""
    bound = db.session.get_bind()
    made = db.connect(f"sqlite:///{tmp_path / 'own.db'}")
    db.Base.metadata.create_all(made)
    yield made
    del tasks.known[KIND]
    db.session.remove()
    made.dispose()
    db.session.configure(bind=bound)
