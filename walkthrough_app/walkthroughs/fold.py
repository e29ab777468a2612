"""The fold: what a log of events says about a walk. Pure; the JavaScript fold is held to the same vectors.

Events are dicts as in `schema/event-1.schema.json`: `{id, walk, device, seq, kind, step, payload, at, mono, boot}`.
Lengths are whole seconds, moments are ISO 8601 strings as the device wrote them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from walkthrough_app.core import clock

Event = Mapping[str, Any]
CLOCK_SLACK = 2.0  # seconds a device's clock may step back unnoticed
LONG_RUN = 6 * 3600  # a step that ran longer was probably forgotten


@dataclass(slots=True)
class Run:
    start: str
    stop: str | None
    seconds: int
    event: str


@dataclass(slots=True)
class StepState:
    """One step: its runs, and a length typed by hand with its reason when the walker corrected it."""

    runs: list[Run] = field(default_factory=list)
    typed: dict[str, Any] | None = None

    @property
    def seconds(self) -> int:
        return int(self.typed["seconds"]) if self.typed else sum(run.seconds for run in self.runs)

    @property
    def is_running(self) -> bool:
        return any(run.stop is None for run in self.runs)


@dataclass(slots=True)
class State:
    """What the events add up to."""

    status: str = "planned"
    mode: str | None = None
    is_simulated: bool = False
    simulation_stop: str | None = None
    steps: dict[str, StepState] = field(default_factory=dict)
    current: str | None = None
    is_paused: bool = False
    trips: list[dict[str, Any]] = field(default_factory=list)
    trips_to_accept: int | None = None
    queue: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    feeling: str = ""
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: dict[str, dict[str, Any]] = field(default_factory=dict)
    dismissed: list[str] = field(default_factory=list)
    accepted: dict[str, Any] | None = None
    tracks: list[dict[str, Any]] = field(default_factory=list)
    result: dict[str, Any] | None = None
    authorization: dict[str, Any] | None = None
    has_consent: bool = False
    no_finding_reason: str = ""
    void_reason: str = ""
    started_at: str | None = None
    finished_at: str | None = None
    last_at: str | None = None
    flags: list[str] = field(default_factory=list)

    @property
    def wait_seconds(self) -> int:
        """Seconds between taking a number and being called, all rounds together."""
        return sum(turn["seconds"] or 0 for turn in self.queue)

    @property
    def total_seconds(self) -> int:
        return sum(step.seconds for step in self.steps.values())

    @property
    def running_since(self) -> str | None:
        step = self.steps.get(self.current or "")
        return step.runs[-1].start if step and step.is_running else None

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON with the derived lengths beside what they are made of."""
        data = asdict(self)
        for name, step in self.steps.items():
            data["steps"][name]["seconds"] = step.seconds
        return data | {"wait_seconds": self.wait_seconds, "total_seconds": self.total_seconds}


def fold(events: Iterable[Event]) -> State:
    """Add the events up, in their true order, without those that a later event took back."""
    state = State()
    ordered = in_order(events, state.flags)
    taken_back = {event["payload"]["event"] for event in ordered if event["kind"] == "retract"}
    starts: dict[str, Event] = {}
    for event in ordered:
        if event["id"] in taken_back or event["kind"] == "retract":
            continue
        handler = HANDLERS.get(event["kind"])
        if handler:
            handler(state, event, starts)
            state.last_at = event["at"]
    return state


def in_order(events: Iterable[Event], flags: list[str]) -> list[Event]:
    """Sort by time, but never against a device's own counting: a clock set back cannot reorder its taps."""
    by_device: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in events:
        by_device[event["device"]].setdefault(event["id"], event)
    keyed: list[tuple[datetime, str, int, Event]] = []
    for device, unique in by_device.items():
        latest: datetime | None = None
        for event in sorted(unique.values(), key=lambda e: (e["seq"], e["id"])):
            at = clock.parse(event["at"])
            if latest and (latest - at).total_seconds() > CLOCK_SLACK and "clock_back" not in flags:
                flags.append("clock_back")
            latest = max(latest, at) if latest else at
            keyed.append((latest, device, event["seq"], event))
    return [event for *_, event in sorted(keyed, key=lambda key: key[:3])]


def elapsed(start: Event, stop: Event) -> int:
    """Return whole seconds from `start` to `stop`: by the monotonic clock within one page session, else by the wall."""
    if start.get("mono") is not None and stop.get("mono") is not None and _same_session(start, stop):
        return max(0, round((float(stop["mono"]) - float(start["mono"])) / 1000))
    return max(0, round((clock.parse(stop["at"]) - clock.parse(start["at"])).total_seconds()))


def _same_session(start: Event, stop: Event) -> bool:
    return bool(start["device"] == stop["device"] and start.get("boot") and start.get("boot") == stop.get("boot"))


Starts = dict[str, Event]


def _on_start(state: State, event: Event, _starts: Starts) -> None:
    payload = event["payload"]
    state.status = "in_progress"
    state.started_at = state.started_at or event["at"]
    state.mode = payload["mode"]
    state.is_simulated = payload.get("is_simulated", False)
    state.simulation_stop = payload.get("simulation_stop")


def _close_run(state: State, event: Event, starts: Starts) -> None:
    step = state.steps.get(state.current or "")
    if not (step and step.is_running):
        return
    run = step.runs[-1]
    run.stop, run.seconds = event["at"], elapsed(starts[run.event], event)
    if run.seconds > LONG_RUN and "long_run" not in state.flags:
        state.flags.append("long_run")


def _on_step_start(state: State, event: Event, starts: Starts) -> None:
    step = state.steps.setdefault(event["step"], StepState())
    if state.current == event["step"] and step.is_running:
        return
    _close_run(state, event, starts)
    starts[event["id"]] = event
    step.runs.append(Run(start=event["at"], stop=None, seconds=0, event=event["id"]))
    state.current, state.is_paused = event["step"], False
    if state.status == "awaiting_result":
        state.status = "in_progress"


def _on_step_stop(state: State, event: Event, starts: Starts) -> None:
    if state.current == event["step"]:
        _close_run(state, event, starts)


def _on_pause(state: State, event: Event, starts: Starts) -> None:
    _close_run(state, event, starts)
    state.is_paused = True


def _on_resume(state: State, event: Event, starts: Starts) -> None:
    if state.current and state.is_paused:
        _on_step_start(state, {**event, "step": state.current}, starts)


def _on_rest(state: State, event: Event, starts: Starts) -> None:
    _on_pause(state, event, starts)
    if state.accepted:
        state.status = "awaiting_result"


def _on_trip(state: State, event: Event, _starts: Starts) -> None:
    state.trips.append({"at": event["at"], "place": event["payload"].get("place", "")})


def _on_number(state: State, event: Event, starts: Starts) -> None:
    starts["number"] = event
    payload = event["payload"]
    turn = {"no": payload.get("no", ""), "ahead": payload.get("ahead"), "number_at": event["at"]}
    state.queue.append({"event": event["id"], **turn, "called_at": None, "window": "", "seconds": None})


def _on_called(state: State, event: Event, starts: Starts) -> None:
    window = event["payload"].get("window", "")
    if state.queue and state.queue[-1]["called_at"] is None:
        state.queue[-1] |= {"called_at": event["at"], "window": window, "seconds": elapsed(starts["number"], event)}
    else:
        turn = {"event": event["id"], "no": "", "ahead": None, "number_at": None}
        state.queue.append({**turn, "called_at": event["at"], "window": window, "seconds": None})


def _on_answer(state: State, event: Event, _starts: Starts) -> None:
    payload = event["payload"]
    if payload["value"] is None:
        state.answers.pop(payload["question"], None)
        return
    state.answers[payload["question"]] = {
        "value": payload["value"],
        "note": payload.get("note", ""),
        "step": event["step"],
        "at": event["at"],
    }


def _entry(event: Event) -> dict[str, Any]:
    return {"id": event["id"], "step": event["step"], "at": event["at"], **event["payload"]}


def _on_note(state: State, event: Event, _starts: Starts) -> None:
    state.notes.append(_entry(event))


def _on_feeling(state: State, event: Event, _starts: Starts) -> None:
    state.feeling = event["payload"]["text"]


def _on_photo(state: State, event: Event, _starts: Starts) -> None:
    state.photos[event["id"]] = {"caption": "", "masked": None, "boxes": [], **_entry(event)}


def _on_caption(state: State, event: Event, _starts: Starts) -> None:
    photo = state.photos.get(event["payload"]["photo"])
    if photo:
        photo["caption"] = event["payload"]["text"]


def _on_mask(state: State, event: Event, _starts: Starts) -> None:
    photo = state.photos.get(event["payload"]["photo"])
    if photo:
        photo["masked"], photo["boxes"] = event["payload"]["media"], event["payload"]["boxes"]


def _on_finding(state: State, event: Event, _starts: Starts) -> None:
    key = event["payload"]["finding"]
    known = state.findings.get(key, {"measure": None, "at": event["at"], "step": event["step"]})
    state.findings[key] = known | event["payload"]


def _on_measure(state: State, event: Event, _starts: Starts) -> None:
    finding = state.findings.get(event["payload"]["finding"])
    if finding:
        finding["measure"] = dict(event["payload"])


def _on_drop(state: State, event: Event, _starts: Starts) -> None:
    state.findings.pop(event["payload"]["finding"], None)


def _on_dismiss(state: State, event: Event, _starts: Starts) -> None:
    if event["payload"]["question"] not in state.dismissed:
        state.dismissed.append(event["payload"]["question"])


def _on_timing(state: State, event: Event, _starts: Starts) -> None:
    payload = event["payload"]
    typed = {"seconds": payload["seconds"], "reason": payload["reason"], "at": event["at"]}
    state.steps.setdefault(event["step"], StepState()).typed = typed


def _on_accepted(state: State, event: Event, _starts: Starts) -> None:
    state.accepted = _entry(event)
    state.trips_to_accept = len(state.trips)


def _on_track(state: State, event: Event, _starts: Starts) -> None:
    state.tracks.append(_entry(event))


def _on_result(state: State, event: Event, _starts: Starts) -> None:
    state.result = _entry(event)
    if state.status == "awaiting_result":
        state.status = "in_progress"


def _on_authorization(state: State, event: Event, _starts: Starts) -> None:
    state.authorization = _entry(event)


def _on_consent(state: State, _event: Event, _starts: Starts) -> None:
    state.has_consent = True


def _on_no_finding(state: State, event: Event, _starts: Starts) -> None:
    state.no_finding_reason = event["payload"]["reason"]


def _on_finish(state: State, event: Event, starts: Starts) -> None:
    _on_pause(state, event, starts)
    state.status, state.finished_at = "finished", event["at"]


def _on_reopen(state: State, _event: Event, _starts: Starts) -> None:
    if state.status == "finished":
        state.status, state.finished_at = "in_progress", None


def _on_void(state: State, event: Event, starts: Starts) -> None:
    _on_pause(state, event, starts)
    state.status, state.void_reason = "void", event["payload"]["reason"]


HANDLERS = {name.removeprefix("_on_"): handler for name, handler in list(globals().items()) if name.startswith("_on_")}
KINDS = frozenset(HANDLERS) | {"retract"}
