"""The fold: what a log of events says about a walk. Pure; the JavaScript fold is held to the same vectors.

Events are dicts as in `schema/event-1.schema.json`: `{id, walk, device, seq, kind, step, payload, at, mono, boot}`.
Lengths are whole seconds, moments are ISO 8601 strings as the device wrote them.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.walkthroughs.state import Run, State, StepState

Event = Mapping[str, Any]
CLOCK_SLACK = 2.0  # seconds a device's clock may step back unnoticed
LONG_RUN = 6 * 3600  # a step that ran longer was probably forgotten
CLOCK_JUMP = 120.0  # seconds by which wall and monotonic clock may differ over one length


def fold(events: Iterable[Event]) -> State:
    """Add the events up, in their true order, without those that a later event took back."""
    state = State()
    ordered = in_order(events, state.flags)
    gone = taken_back(ordered)
    standing = [event for event in ordered if event["id"] not in gone]
    starts: dict[str, Event] = {}
    for event in standing:
        handler = HANDLERS.get(event["kind"])
        if handler:
            handler(state, event, starts)
            state.last_at = event["at"]
    for event in standing:
        if event["kind"] in AFTERWARDS:
            AFTERWARDS[event["kind"]](state, event)
    return state


def taken_back(ordered: Iterable[Event]) -> set[str]:
    """Return the ids of events that were taken back; a retract that was itself taken back counts for nothing."""
    gone: set[str] = set()
    for event in reversed(list(ordered)):
        if event["kind"] == "retract" and event["id"] not in gone:
            gone.add(event["payload"]["event"])
    return gone


def in_order(events: Iterable[Event], flags: list[str]) -> list[Event]:
    """Sort by time, but never against a device's own counting: a clock set back cannot reorder its taps.

    The start comes first whatever a slow clock says.
    """
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
    return [event for *_, event in sorted(keyed, key=lambda key: (key[3]["kind"] != "start", *key[:3]))]


def elapsed(start: Event, stop: Event) -> int:
    """Return whole seconds from `start` to `stop`: by the monotonic clock within one page session, else by the wall."""
    counted = _by_mono(start, stop)
    return max(0, math.floor((_by_wall(start, stop) if counted is None else counted) + 0.5))


def _by_mono(start: Event, stop: Event) -> float | None:
    """Return the seconds by the monotonic clock; None when the two stand in different page sessions."""
    same = start["device"] == stop["device"] and start.get("boot") and start.get("boot") == stop.get("boot")
    if not same or start.get("mono") is None or stop.get("mono") is None:
        return None
    return (float(stop["mono"]) - float(start["mono"])) / 1000


def _by_wall(start: Event, stop: Event) -> float:
    return (clock.parse(stop["at"]) - clock.parse(start["at"])).total_seconds()


def _measure(state: State, start: Event, stop: Event) -> int:
    """Return the length between two taps; flag it when the two clocks do not agree on it."""
    counted = _by_mono(start, stop)
    if counted is not None and abs(_by_wall(start, stop) - counted) > CLOCK_JUMP:
        _flag(state, "clock_jump")
    return elapsed(start, stop)


def _flag(state: State, name: str) -> None:
    if name not in state.flags:
        state.flags.append(name)


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
    run.stop, run.seconds = event["at"], _measure(state, starts[run.event], event)
    if run.seconds > LONG_RUN:
        _flag(state, "long_run")


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
        waited = _measure(state, starts["number"], event)
        state.queue[-1] |= {"called_at": event["at"], "window": window, "seconds": waited}
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
    state.photos[event["id"]] = {**NEW_PHOTO, "boxes": [], **_entry(event)}


def _on_clip(state: State, event: Event, _starts: Starts) -> None:
    state.clips[event["id"]] = {**NEW_CLIP, **_entry(event)}


def _evidence(state: State, event: Event) -> dict[str, Any] | None:
    key = event["payload"]["evidence"]
    return state.photos.get(key) or state.clips.get(key)


def _kept(state: State, event: Event) -> None:
    evidence = _evidence(state, event)
    if evidence is None:
        return
    facts = {key: value for key, value in event["payload"].items() if key != "evidence" and value is not None}
    evidence |= facts | {"refused": ""}
    if evidence.get("is_clear"):
        evidence["masked"] = evidence["media"]


def _refused(state: State, event: Event) -> None:
    evidence = _evidence(state, event)
    if evidence is not None and evidence["media"] is None:
        evidence["refused"] = event["payload"]["reason"]


def _on_caption(state: State, event: Event, _starts: Starts) -> None:
    key = event["payload"]["photo"]
    evidence = state.photos.get(key) or state.clips.get(key)
    if evidence:
        evidence["caption"] = event["payload"]["text"]


def _on_mask(state: State, event: Event, _starts: Starts) -> None:
    """From a form the masked copy comes with it; from a phone it follows in `masked`."""
    payload = event["payload"]
    photo = state.photos.get(payload["photo"])
    if photo is None:
        return
    boxes = payload["boxes"]
    is_clear = not boxes and bool(payload["media"] if "media" in payload else payload.get("clear"))
    masked = payload["media"] if "media" in payload else photo["media"] if is_clear else None
    photo |= {"mask": event["id"], "boxes": boxes, "is_clear": is_clear, "masked": masked}


def _masked(state: State, event: Event) -> None:
    photo = state.photos.get(event["payload"]["photo"])
    if photo and photo["mask"] == event["payload"]["mask"]:
        photo["masked"] = event["payload"]["media"]


def _on_clock(state: State, _event: Event, _starts: Starts) -> None:
    _flag(state, "clock_jump")


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


NEW_PHOTO = {
    "caption": "",
    "media": None,
    "sent": None,
    "mask": None,
    "masked": None,
    "is_clear": False,
    "refused": "",
}
NEW_CLIP = {"caption": "", "media": None, "sent": None, "poster": None, "seconds": None, "refused": ""}
HANDLERS = {name.removeprefix("_on_"): handler for name, handler in list(globals().items()) if name.startswith("_on_")}
AFTERWARDS = {"kept": _kept, "refused": _refused, "masked": _masked}  # the server's word, whatever its clock says
KINDS = frozenset(HANDLERS) | frozenset(AFTERWARDS) | {"retract", "sealed"}
