"""From a report's data (`walkthrough-report/1`, as in its PDF and in its version) to what a compilation keeps."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.compilation.facts import Campaign, Source, Timing, Walk
from walkthrough_app.core import clock
from walkthrough_app.reports import told, voice
from walkthrough_app.reports.compose import read
from walkthrough_app.reports.dates import day_at
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import Material


def of_data(data: Mapping[str, Any], **known: Any) -> Source:
    """Read a report; `known` are the fields of Source that the data itself does not tell.

    What strangers wrote may raise anything that reading odd data raises: see verification.contents.MALFORMED.
    """
    material = read(data)
    unit, coverage = data["unit"], data["coverage"]
    came_at = str(data.get("confirmed_at") or f"{data['made_on']}T00:00:00+08:00")
    read_out = {
        "campaign": _campaign(data["campaign"]),
        "unit_key": str(unit.get("id") or unit["name"]),
        "unit": str(unit["name"]).strip(),
        "org_class": str(unit["org_class"]),
        "post": str(data["head"]["post"]).strip(),
        "lane": data["lane"],
        "receiver": data["receiver"],
        "kind": data["kind"],
        "number": int(data.get("number", 0)),
        "code": str(data.get("code", "")),
        "came_at": came_at,
        "is_late": day_at(came_at).isoformat() > str(data["campaign"]["report_due"]),
        "listed": coverage["listed"],
        "must_walk": coverage["must_walk"],
        "walks": tuple(_walk(one, material) for one in material.journeys),
        "problems": tuple(told.problem(one, material) for one in material.problems),
    }
    return Source(**read_out | known)


def _campaign(data: Mapping[str, Any]) -> Campaign:
    names = ("title", "basis_title", "basis_number", "basis_issuer", "opens_on", "report_due")
    return Campaign(
        key=str(data.get("id") or data["title"]),
        matter=voice.matter(data),
        **{name: str(data[name]) for name in names},
    )


def _walk(journey: Journey, material: Material) -> Walk:
    record = journey.record
    return Walk(
        id=record.id,
        item=journey.item,
        item_key=str(record.item.get("id") or journey.item),
        is_must_walk=bool(record.item["must_walk"]),
        walker=journey.walker,
        is_head=record.is_head_in_person,
        mode=journey.mode,
        is_simulated=journey.is_simulated,
        status=journey.status,
        from_on=journey.days[0].isoformat(),
        to_on=journey.days[1].isoformat(),
        steps=tuple(Timing(one.label, one.kind, one.minutes) for one in journey.segments),
        missing=_missing(journey),
        waited=journey.called_after if any(turn["seconds"] is not None for turn in record.state.queue) else None,
        trips=record.trips,
        photos=len([one for one in record.state.photos.values() if one["media"] or one["masked"]]),
        clips=len([one for one in record.state.clips.values() if one["media"]]),
        limits=journey.promised_and_actual,
        no_finding=material.no_finding(journey),
    )


def _missing(journey: Journey) -> tuple[str, ...]:
    """Return the steps that a walk of its kind should have had: simulated until its stop, awaiting until accepted."""
    record = journey.record
    needed = [step for step in record.paper.steps if step.deed != "track"]
    if record.simulation_step:
        stop = next((n for n, step in enumerate(needed) if step.id == record.simulation_step), len(needed))
        needed = needed[: stop + 1]
    if record.is_awaiting:
        needed = [step for step in needed if step.deed != "result"]
    return tuple(step.short for step in needed if step.id not in record.done_steps)


def moment_of(source: Source) -> str:
    """Write when a report came as people read it: 2026-11-28 09:15."""
    return f"{clock.to_local(clock.parse(source.came_at)):%Y-%m-%d %H:%M}"
