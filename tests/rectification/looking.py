"""A problem met in the queue, reported done, and looked at again: fixtures and the second walk."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.rectification import stage
from tests.reports import stage as reports_stage
from tests.reports import story
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.rechecks import questions, service
from walkthrough_app.rectification.rechecks.models import Recheck
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough

Make = Callable[..., Finding]
SOON = clock.today() + timedelta(days=5)


@pytest.fixture
def first(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore) -> Walkthrough:
    """The walk that met the problem: 40 minutes in the queue."""
    told = story.Walk(item.task_name)
    told.queue(40)
    told.finding("取号后排队等候40分钟", "C2", question="W-K2", photos=[])
    told.discreet()
    told.tap("finish", after=1)
    return reports_stage.put_walk(cast.head, campaign, item, told, store)


@pytest.fixture
def done(make: Make, first: Walkthrough, cast: SimpleNamespace) -> Finding:
    """A problem of that walk which the liaison reported as done."""
    key = uuid.UUID(next(iter(log.record_of(first).state.findings)))
    return make(state=State.RECTIFIED, walk_id=first.id, key=key, rectified_by_id=cast.liaison.id)


@pytest.fixture
def ordered(done: Finding, cast: SimpleNamespace) -> Recheck:
    found = service.order(done, cast.style, SOON, by=cast.office, tap=uuid.uuid4())
    assert found
    db.session.commit()
    return found


def walked(
    found: Recheck, store: LocalStore, *, solved: str = "yes", photo: int = 1, is_over: bool = True
) -> Walkthrough:
    """Walk the step again: a minute in the queue, one picture that needs no masking."""
    walk = service.start(found, by=found.checker, tap=uuid.uuid4())
    door = FormDoor(walk, found.checker, uuid.uuid4())
    door.add("number", "queue", no="A1", ahead=2)
    door.add("called", "queue", window="")
    kept = stage.photo(photo, store)
    taken = walkthroughs.add_photo(door, kept, step="queue")
    door.add("mask", photo=taken, boxes=[], media=kept.sha256)
    door.add("answer", "queue", question="W-K2", value=2)
    for question in ("W-I1", "W-I2", "W-I3"):
        door.add("answer", question=question, value="yes")
    door.add("answer", question=questions.SOLVED, value=solved)
    door.commit()
    if is_over:
        walkthroughs.finish(walk, by=found.checker, tap=uuid.uuid4())
    db.session.commit()
    return walk
