"""Looking at walks: asked for with the events, done in the background."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.figures.projecting import is_counted
from walkthrough_app.quality import queries, traces
from walkthrough_app.quality.around import around
from walkthrough_app.quality.judging import Finding, judge
from walkthrough_app.quality.models import DeviceTrace, Flag, PhotoTrace, TextTrace, WalkTrace
from walkthrough_app.quality.service.rules import book_of
from walkthrough_app.quality.subject import MEASURING, Subject
from walkthrough_app.walkthroughs import queries as walkthroughs
from walkthrough_app.walkthroughs import snapshot
from walkthrough_app.walkthroughs.models import WalkEvent, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

KIND = "quality.look"
MOST_ECHOES = 20
BATCH = 200  # walks looked at before a command may commit
FETCH = {"synchronize_session": "fetch"}
Tell = Callable[[], None]
_is_paused: ContextVar[bool] = ContextVar("quality paused", default=False)


@contextmanager
def paused() -> Iterator[None]:
    """Have no walk looked at inside the block: for bulk data, after which `walkthrough quality` looks at all."""
    token = _is_paused.set(True)
    try:
        yield
    finally:
        _is_paused.reset(token)


def note(walk: Walkthrough, record: WalkRecord) -> None:
    """Have a walk looked at that a report may tell; forget what was seen of one that counts no more."""
    if is_counted(walk, record):
        ask(walk.id, str(len(record.data["events"])))
    elif db.session.get(WalkTrace, walk.id) is not None:
        _forget(walk.id)


def ask(walk_id: uuid.UUID, why: str) -> None:
    if not _is_paused.get():
        jobs.add(KIND, f"{walk_id}:{why}", {"walk": str(walk_id)})


def ask_again(walks: Iterable[Walkthrough], why: str) -> None:
    """Look anew at walks on an occasion: since the last look others may have come to compare them with."""
    for walk in walks:
        ask(walk.id, why)


def trace(walk_id: uuid.UUID) -> bool:
    """Store by what others are compared with a walk; False when there is nothing to look at (any more)."""
    walk = db.session.get(Walkthrough, walk_id)
    if walk is None:
        return False
    events = walkthroughs.events_of(walk)
    subject = _subject(walk, events)
    _forget(walk_id, flags=False)
    if not is_counted(walk, subject.record):
        return False
    received = {str(event.id): event.received_at for event in events}
    whose = {"walk_id": walk_id, "unit_id": walk.unit_id}
    last = max(received.values(), default=walk.created_at)
    db.session.add(traces.walk_trace(subject, walk_id, walk.walker_id))
    db.session.add_all(traces.photo_traces(subject, whose, lambda key: received.get(key, last)))
    db.session.add_all(traces.text_traces(subject, whose, _first_told(walk, events)))
    db.session.add_all(traces.device_traces(subject, walk_id, walk.walker_id))
    db.session.flush()
    return True


def _first_told(walk: Walkthrough, events: Iterable[WalkEvent]) -> datetime:
    """Texts are as old as the walk's first word: who was first does not change when a word is mended later."""
    return min((event.received_at for event in events), default=walk.created_at)


def look(walk_id: uuid.UUID) -> tuple[list[Finding], Subject]:
    """Return what is to be said about a walk whose trace is stored, and all that was seen of it; writes nothing."""
    walk = db.session.get_one(Walkthrough, walk_id)
    alone = _subject(walk, walkthroughs.events_of(walk))
    whole = replace(alone, around=around(walk, alone))
    return list(judge(whole, book_of(walk.campaign_id))), whole


def put_down(walk_id: uuid.UUID, findings: Iterable[Finding]) -> None:
    """Replace the flags of a walk."""
    walk = db.session.get_one(Walkthrough, walk_id)
    db.session.execute(delete(Flag).where(Flag.walk_id == walk_id), execution_options=FETCH)
    whose = {"walk_id": walk_id, "campaign_id": walk.campaign_id, "unit_id": walk.unit_id}
    db.session.add_all(_flag(one, whose) for one in findings)
    db.session.flush()


def echo(walk_id: uuid.UUID, seen: Subject) -> None:
    """Ask to look anew at the walks that this one concerns and whose flags do not know it yet."""
    concerned = seen.around.concerned
    told = queries.others_told(concerned)
    unaware = [other for other in sorted(concerned) if str(walk_id) not in told.get(other, ())]
    for other in unaware[:MOST_ECHOES]:
        ask(other, f"{walk_id}:{len(seen.events)}")


def _flag(one: Finding, whose: Mapping[str, uuid.UUID]) -> Flag:
    return Flag(
        id=one.id_in(whose["walk_id"]),
        **whose,
        rule=one.rule.id,
        level=one.level,
        sentence=one.sentence,
        evidence={name: list(ids) for name, ids in one.hit.evidence.items()},
        others=[str(other) for other in one.hit.others],
    )


def _subject(walk: Walkthrough, events: Iterable[WalkEvent]) -> Subject:
    events = list(events)
    record = snapshot.record(walk, events)
    measures = [finding["measure"] or {} for finding in record.state.findings.values()]
    later = {photo for measure in measures for photo in measure.get("after_photos") or ()}
    foreign = [
        str(event.id)
        for event in events
        if event.door != "server"
        and event.received_by_id not in {walk.walker_id, None}
        and event.kind not in MEASURING
        and str(event.id) not in later
    ]
    return Subject(record, posted_by_other=foreign, is_simulation_planned=bool(walk.plan and walk.plan.is_simulated))


def _forget(walk_id: uuid.UUID, *, flags: bool = True) -> None:
    traced: tuple[Any, ...] = (WalkTrace, PhotoTrace, TextTrace, DeviceTrace)
    for model in (*traced, Flag) if flags else traced:
        db.session.execute(delete(model).where(model.walk_id == walk_id), execution_options=FETCH)


def rebuild(tell: Tell = lambda: None) -> int:
    """Look at every walk anew, the traces of all first; return how many flags there are.

    `tell` is called after each batch; a command may commit there.
    """
    traced: list[uuid.UUID] = []
    flags = 0
    for number, walk_id in enumerate(queries.counted_walks(), 1):
        traced += [walk_id] if trace(walk_id) else []
        _pause(number, tell)
    for number, walk_id in enumerate(traced, 1):
        findings, _ = look(walk_id)
        put_down(walk_id, findings)
        flags += len(findings)
        _pause(number, tell)
    return flags


def _pause(number: int, tell: Tell) -> None:
    db.session.expunge_all()
    if number % BATCH == 0:
        tell()
