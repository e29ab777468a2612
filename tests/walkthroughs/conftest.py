"""A head with a plan, and the walk begun from it."""

import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs import log, queries, service
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.service import Beginning


def jpeg(colour: str = "navy", size: tuple[int, int] = (640, 480)) -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


def plan_for(
    walker: User, item: ServiceItem, campaign: Campaign, mode: Mode = Mode.IN_PERSON, **extra: Any
) -> PlanEntry:
    today = clock.today()
    dates = {"from_on": today, "to_on": today + timedelta(days=5)}
    made = PlanEntry(campaign=campaign, unit_id=walker.unit_id, item=item, walker=walker, mode=mode, **dates, **extra)
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def plan(cast: SimpleNamespace, campaign: Campaign, must_walk_item: ServiceItem) -> PlanEntry:
    return plan_for(cast.head, must_walk_item, campaign)


@pytest.fixture
def walk(plan: PlanEntry, cast: SimpleNamespace) -> Walkthrough:
    made = service.start(plan, Beginning(), by=cast.head, tap=uuid.uuid4())
    db.session.commit()
    return made


@pytest.fixture
def second_walk(
    cast: SimpleNamespace, campaign: Campaign, must_walk_item: ServiceItem, walk: Walkthrough
) -> Walkthrough:
    other = plan_for(cast.head, must_walk_item, campaign)
    made = service.start(other, Beginning(), by=cast.head, tap=uuid.uuid4())
    db.session.commit()
    return made


@pytest.fixture
def head(client_for: Callable[[User], FlaskClient], cast: SimpleNamespace) -> FlaskClient:
    return client_for(cast.head)


@pytest.fixture
def post(head: FlaskClient, walk: Walkthrough) -> Callable[..., Any]:
    """Post a step page as the head's phone does: `post("queue", do="number", no="A037")`."""

    def send(screen: str, do: str = "save", *, tap: str = "", client: FlaskClient | None = None, **fields: Any) -> Any:
        data = {"do": do, "tap": tap or str(uuid.uuid4()), **fields}
        return (client or head).post(f"/walks/{walk.id}/{screen}", data=data, content_type="multipart/form-data")

    return send


@pytest.fixture
def state(walk: Walkthrough, app: Flask) -> Callable[[], Any]:
    """Fold the walk anew."""

    def read() -> Any:
        db.session.expire_all()
        return log.record_of(walk).state

    return read


def kinds(walk: Walkthrough) -> list[str]:
    return [event.kind for event in queries.events_of(walk)]
