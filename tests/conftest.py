"""The cast and the stage: an empty database for each test, and one client for each person."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as examples
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from tests import chance, people, servers
from tests.twice import runs_twice
from walkthrough_app import config, create_app
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db

examples.register_profile("patient", deadline=None)  # how long one example takes is no promise
examples.load_profile("patient")
db.PRAGMAS += chance.pragmas()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database run what is about the database, and nothing else a second time."""
    if os.environ.get("TEST_DATABASE_URL"):
        config.hook.pytest_deselected(items=[one for one in items if not runs_twice(one)])
        items[:] = filter(runs_twice, items)


@pytest.fixture(scope="session")
def bucket_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.bucket(tmp_path_factory.mktemp("bucket")) as server:
        yield server.url


def database_url(folder: Path, worker: str) -> str:
    """Return SQLite in a file, or an empty database of this worker's own on the server of TEST_DATABASE_URL."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        return f"sqlite:///{folder / 'test.db'}"
    name = f"walkthrough_test_{worker}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    head, _, query = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("stage")
    settings = config.Settings(
        data_dir=folder,
        database_url=database_url(folder, worker_id),
        media_dir=folder / "media",
        secret_key="a secret for tests only",
        testing=True,
    )
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    engine = db.session.get_bind()
    db.Base.metadata.create_all(engine)
    yield app
    db.session.remove()
    engine.dispose()


@pytest.fixture
def session(stage: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """One outer transaction around the test; what the app commits inside is a savepoint of it.

    A request ends by forgetting its session; here it only forgets what was not committed, so that the cast stays known.
    """
    engine = stage.extensions.setdefault("test_engine", db.session.get_bind())
    with engine.connect() as connection:
        outer = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        with monkeypatch.context() as patch:
            patch.setattr(db.session, "remove", _forget)
            yield db.session()
        db.session.remove()
        outer.rollback()
    db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")


def _forget() -> None:
    db.session.rollback()
    db.session.expire_all()


@pytest.fixture
def app(stage: Flask, session: Session) -> Flask:
    return stage


@pytest.fixture
def cast(app: Flask) -> SimpleNamespace:
    """Everyone in the play; see tests/people.py."""
    return people.enter()


@pytest.fixture
def county(cast: SimpleNamespace) -> SimpleNamespace:
    """The county's own office, and a bureau below the county; see tests/people.py."""
    return people.enter_county(cast.county.unit)


@pytest.fixture
def anonymous(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def client_for(app: Flask) -> Callable[[User], FlaskClient]:
    def sign_in(user: User) -> FlaskClient:
        token = accounts.open_session(user, device="test")
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["sid"] = token
        return client

    return sign_in


pytest_plugins = ["tests.scenes"]
