"""From a walk's record to the rows by which other walks are compared with it. Pure."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.quality import texts
from walkthrough_app.quality.models import DeviceTrace, PhotoTrace, TextTrace, WalkTrace
from walkthrough_app.quality.subject import OURS, Subject, taken_at
from walkthrough_app.walkthroughs.fold import LONG_RUN

Received = Callable[[str], datetime]  # when the server got the event of this id


def spans(subject: Subject) -> list[list[str]]:
    """Return [start, stop, step] of what was timed; a run that was forgotten to stop proves nothing."""
    steps = subject.record.state.steps.items()
    tracking = {step.id for step in subject.record.paper.steps if step.deed == "track"}
    return [
        [run.start, run.stop, name]
        for name, step in steps
        for run in step.runs
        if name not in tracking and run.stop and 0 < run.seconds <= LONG_RUN
    ]


def walk_trace(subject: Subject, walk_id: uuid.UUID, walker_id: uuid.UUID) -> WalkTrace:
    return WalkTrace(walk_id=walk_id, walker_id=walker_id, spans=spans(subject))


def photo_traces(subject: Subject, whose: dict[str, Any], received: Received) -> Iterator[PhotoTrace]:
    """Give the photos whose file is here; the authorisation is left out, one paper may serve several walks."""
    authorization = (subject.record.state.authorization or {}).get("photo")
    for key, photo in subject.record.state.photos.items():
        if photo["media"] and key != authorization:
            taken = taken_at(photo) or clock.parse(photo["at"])
            yield PhotoTrace(**whose, photo=uuid.UUID(key), sha256=photo["media"], taken_at=taken, at=received(key))


def text_traces(subject: Subject, whose: dict[str, Any], received: datetime) -> Iterator[TextTrace]:
    for place, text in texts.own_texts(subject.record).items():
        yield TextTrace(**whose, place=place, text=text, **texts.marks(text), at=received)


def device_traces(subject: Subject, walk_id: uuid.UUID, walker_id: uuid.UUID) -> Iterator[DeviceTrace]:
    counted = Counter(one["device"] for one in subject.events if not one["device"].startswith(OURS))
    for device, events in counted.items():
        yield DeviceTrace(walk_id=walk_id, device=device, walker_id=walker_id, events=events)
