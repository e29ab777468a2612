"""Redis carries the numbers of jobs as the built-in queue does, and what it forgets is not lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from tests import servers
from tests.jobs import worker
from tests.jobs.test_worker import Place, migrated, place, until  # noqa: F401 - fixtures
from walkthrough_app import config
from walkthrough_app.core import clock
from walkthrough_app.jobs import Job, JobState, delivery, runner


@pytest.fixture
def server(place: Place, tmp_path: Path) -> Iterator[servers.Process]:  # noqa: F811
    (tmp_path / "redis").mkdir()
    with servers.redis_server(tmp_path / "redis").up() as running:
        place.queue = f"{running.url}?name={tmp_path.name}"
        yield running


@pytest.fixture
def messages(server: servers.Process, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """This process is a web server of the same installation; its messages go to this Redis."""
    for name in ("_huey", "_send"):
        monkeypatch.setattr(delivery, name, None)
    delivery.connect(config.from_env(place.environment), runner.run)


def test_a_message_reaches_a_worker_also_after_redis_was_killed(place, server, messages) -> None:  # noqa: F811
    (place.folder / "go").touch()
    place.slow_worker()
    for _ in range(2):
        add_for_nobody_but_messages(place)
        delivery.send([place.job().id])
        until(lambda: place.job().state is JobState.DONE, "it was never done")
        server.kill()
        server.start()
        forget(place)


def test_what_could_not_be_sent_is_done_by_the_next_worker(place, server, messages) -> None:  # noqa: F811
    (place.folder / "go").touch()
    server.kill()
    place.add(worker.KIND, {})
    delivery.send([place.job().id])
    assert delivery.waiting() == 0
    server.start()
    place.slow_worker()
    until(lambda: place.job().state is JobState.DONE, "it was never done")
    assert place.outcomes() == 1


def add_for_nobody_but_messages(place: Place) -> None:  # noqa: F811
    """Write a job down that no sweep takes for lost."""
    place.add(worker.KIND, {})
    with place.engine.begin() as connection:
        connection.execute(update(Job).values(updated_at=clock.now() + timedelta(hours=1)))


def forget(place: Place) -> None:  # noqa: F811
    with place.engine.begin() as connection:
        connection.execute(Job.__table__.delete())
