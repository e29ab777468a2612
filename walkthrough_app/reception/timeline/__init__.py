"""What was really tapped, line by line: the raw events of one walk as frozen in a version, told in plain sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.reception import places
from walkthrough_app.reception.queries import Arrival
from walkthrough_app.reception.timeline.devices import Devices
from walkthrough_app.reception.timeline.telling import Event, Teller, length
from walkthrough_app.walkthroughs.fold import in_order, taken_back
from walkthrough_app.walkthroughs.record import WalkRecord

QUIET = frozenset({"kept", "masked", "sealed"})  # the server's receipts: told beside the photo they belong to
STEPS = frozenset({"start", "step_start", "step_stop", "pause", "resume", "rest", "finish", "reopen", "void"})
WARNINGS = frozenset({"timing", "clock", "refused", "retract"})
LATE = 600  # seconds: what came sooner was sent as it happened


@dataclass(frozen=True)
class Line:
    """One event. `day` is set on the first line of a day, `photo` is the masked picture to show, if there is one."""

    id: str
    at: datetime
    day: date | None
    text: str
    look: str
    notes: tuple[str, ...]
    is_gone: bool
    place: str
    photo: str


def timeline(record: WalkRecord, arrivals: Mapping[str, Arrival]) -> list[Line]:
    """Tell the events of a walk in their true order; what was taken back stays, marked."""
    ordered = in_order(record.data["events"], [])
    return list(_lines(ordered, record, arrivals))


def _lines(ordered: list[Event], record: WalkRecord, arrivals: Mapping[str, Arrival]) -> Iterator[Line]:
    gone, teller, devices = taken_back(ordered), Teller(record, ordered), Devices()
    last: date | None = None
    for event in (one for one in ordered if one["kind"] not in QUIET):
        at = clock.parse(event["at"])
        day = clock.to_local(at).date()
        arrival = arrivals.get(event["id"])
        received = arrival.received_at if arrival else None
        is_gone = event["id"] in gone
        yield Line(
            id=event["id"],
            at=at,
            day=None if day == last else day,
            text=teller.tell(event, is_gone=is_gone),
            look=_look(event["kind"]),
            notes=(*devices.change(event, arrival), *teller.notes(event, received), *_lateness(at, arrival)),
            is_gone=is_gone,
            place=_place(record, event),
            photo=event["id"] if _is_shown(record, event) else "",
        )
        last = day


def _look(kind: str) -> str:
    if kind in STEPS:
        return "step"
    return "warn" if kind in WARNINGS else "finding" if kind in {"finding", "measure"} else ""


def _lateness(at: datetime, arrival: Arrival | None) -> Iterator[str]:
    late = (arrival.received_at - at).total_seconds() if arrival else 0
    if late > LATE:
        yield f"{length(int(late))}后收到"


def _place(record: WalkRecord, event: Event) -> str:
    """Return what a comment on this line is about: the step that begins here, or the photo."""
    if event["kind"] == "step_start" and event["step"] in record.state.steps:
        return places.step(record.id, event["step"])
    return places.photo(event["id"]) if event["id"] in record.state.photos else ""


def _is_shown(record: WalkRecord, event: Event) -> bool:
    photo = record.state.photos.get(event["id"])
    return bool(photo and photo["masked"])


FLAGS = {
    "clock_back": "手机时间曾被调回，先后次序按点按的次序排列",
    "clock_jump": "手机时间变动过，用时以实际流逝为准",
    "long_run": "有一个环节计时超过6小时，可能忘了停",
}


def flags_of(record: WalkRecord) -> list[str]:
    """Return what the clocks of a walk gave away, in words."""
    typed = [name for name, step in record.state.steps.items() if step.typed]
    titles = {step.id: step.title for step in record.document.steps}
    told = [f"手工填写用时：{phrases.listed(titles.get(name, name) for name in typed)}"] if typed else []
    return [FLAGS[flag] for flag in record.state.flags if flag in FLAGS] + told
