"""A walk with problems of all kinds, handed in; and single findings in any state."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests import desks
from tests.conftest import database_url
from tests.rectification import stage
from tests.rectification.looking import done, first, ordered  # noqa: F401 - fixtures
from tests.reports import stage as reports
from tests.reports import story
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification.models import Finding
from walkthrough_app.reports.models import Report

Make = Callable[..., Finding]


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def own_database(stage: Flask, tmp_path: Path, worker_id: str) -> Iterator[Engine]:
    """A database of its own, which many threads may use: the others share one transaction."""
    before = db.session.get_bind()
    engine = db.connect(database_url(tmp_path, f"{worker_id}_own"))
    db.Base.metadata.create_all(engine)
    try:
        yield engine
    finally:
        db.session.remove()
        db.session.configure(bind=before)
        engine.dispose()


@pytest.fixture
def told(campaign: Campaign, item: ServiceItem) -> story.Walk:
    """A walk that met three problems: queue (serious), guide (moderate, with a measure), seats (minor)."""
    return stage.three_problems(item.task_name)


@pytest.fixture
def report(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, told: story.Walk, store: LocalStore) -> Report:
    """The report over that walk, handed in."""
    walk = reports.put_walk(cast.head, campaign, item, told, store)
    return desks.hand_in(SimpleNamespace(campaign=campaign, store=store), cast.head, walk)


@pytest.fixture
def make(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem) -> Make:
    """Put a finding of the police into the ledger in the state that is wanted."""

    def put(**wanted: object) -> Finding:
        return stage.put_finding(cast.head.unit, campaign, item, **wanted)

    return put


@pytest.fixture
def everyone(cast: SimpleNamespace, county: SimpleNamespace) -> dict[str, User]:
    """All people who could come by: the unit's own, others, the groups and offices of the city and of a county."""
    own = ("head", "deputy", "liaison")
    others = ("stranger", "stranger_liaison", "county", "party", "style", "coord", "office", "admin")
    return {name: getattr(cast, name) for name in (*own, *others)} | {
        f"county_{name}": getattr(county, name) for name in ("office", "style", "head")
    }
