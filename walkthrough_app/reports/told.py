"""A problem as a report tells it: plain values, read out of the report's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.reports.dates import day_at
from walkthrough_app.reports.journey import LEAST_RUN
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.problems import Problem as Found
from walkthrough_app.reports.voice import clause_of


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding with its measure; days are ISO or ''."""

    id: str
    walk: str
    item: str
    step: str
    mode: str
    found_on: str
    title: str
    fact: str
    category: str
    category_name: str
    group: str
    group_name: str
    severity: str
    severity_name: str
    clause: str
    root_cause: str
    pictures: str
    rectify_type: str
    measure: str
    steps: str
    person: str
    escalate_to: str
    due_on: str
    done_on: str
    after_pictures: str

    def is_overdue(self, day: str) -> bool:
        """Tell whether its term was over before an ISO day and nobody has reported it done."""
        return bool(self.due_on) and self.due_on < day and not self.done_on


def problem(found: Found, material: Material) -> Problem:
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
