"""From a report's data (`walkthrough-report/1`, as in its PDF and in its version) to what a compilation keeps."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.compilation.facts import Campaign, Problem, Source, Timing, Walk
from walkthrough_app.core import clock
from walkthrough_app.reports import voice
from walkthrough_app.reports.compose import read
from walkthrough_app.reports.dates import day_at
from walkthrough_app.reports.journey import LEAST_RUN, Journey
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.problems import Problem as Found
from walkthrough_app.reports.voice import clause_of

LATER = "track"  # a walk is whole without it


def of_data(data: Mapping[str, Any], **known: Any) -> Source:
    """Read a report; `known` are the fields of Source that the data itself does not tell.

    What strangers wrote may raise anything that reading odd data raises: see verification.contents.MALFORMED.
    """
    material = read(data)
    unit, coverage = data["unit"], data["coverage"]
    came_at = str(data.get("confirmed_at") or f"{data['made_on']}T00:00:00+08:00")
    told = {
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
        "problems": tuple(_problem(one, material) for one in material.problems),
    }
    return Source(**told | known)


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
    needed = [step for step in record.document.steps if step.id != LATER]
    if record.simulation_step:
        stop = next((n for n, step in enumerate(needed) if step.id == record.simulation_step), len(needed))
        needed = needed[: stop + 1]
    if record.is_awaiting:
        needed = [step for step in needed if step.id != "result"]
    return tuple(step.short for step in needed if step.id not in record.done_steps)


def _problem(found: Found, material: Material) -> Problem:
    record, data, measure = found.journey.record, found.data, found.measure
    causes = {one.id: one.name for one in record.document.root_causes}
    category = str(data["category"])
    return Problem(
        id=found.id,
        walk=record.id,
        item=found.journey.item,
        step=found.step,
        mode=found.journey.mode,
        found_on=_found_on(found),
        title=clause_of(found.title),
        fact=clause_of(str(data.get("fact") or "")),
        category=category,
        category_name=record.document.category_name(category),
        group=found.group,
        group_name=found.group_name,
        severity=str(data["severity"]),
        severity_name=found.severity,
        clause=clause_of(str((data.get("clause") or {}).get("text", ""))).strip("“”"),
        root_cause=causes.get(str(data.get("root_cause")), ""),
        pictures=_pictures(material.pictures.numbers(found.photos)),
        rectify_type=found.rectify_type,
        measure=_text(measure, "measure"),
        steps=_text(measure, "steps"),
        person=_text(measure, "resp_person"),
        escalate_to=_text(measure, "escalate_to"),
        due_on=str(measure.get("due_on") or ""),
        done_on=str(measure.get("done_on") or ""),
        after_pictures=_pictures(material.pictures.numbers(found.after_photos)),
    )


def _text(measure: Mapping[str, Any], key: str) -> str:
    return clause_of(str(measure.get(key) or ""))


def _pictures(numbers: tuple[int, ...]) -> str:
    return "、".join(f"图{number}" for number in numbers)


def _found_on(found: Found) -> str:
    """Return the day on which it was met: when its step was first walked."""
    step = found.journey.record.state.steps.get(str(found.data["step"]))
    walked = [run.start for run in step.runs if run.seconds >= LEAST_RUN] if step else []
    return (day_at(walked[0]) if walked else found.journey.days[0]).isoformat()


def moment_of(source: Source) -> str:
    """Write when a report came as people read it: 2026-11-28 09:15."""
    return f"{clock.to_local(clock.parse(source.came_at)):%Y-%m-%d %H:%M}"
