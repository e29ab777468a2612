"""A walk in a few lines: head, findings and steps as the review page and lists show them."""

from datetime import date
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day, show_minutes
from walkthrough_app.walkthroughs.present import ON_SITE
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES, WalkRecord

SEVERITY_CHIPS = {"minor": "", "moderate": "bad", "serious": "bad"}


def head(record: WalkRecord) -> dict[str, Any]:
    started = record.state.started_at
    return {
        "day": show_day(clock.parse(started)) if started else "",
        "has_trips": any(record.does(screen, deed) for screen in record.screens for deed in ON_SITE),
        "total": f"全程 {show_minutes(record.state.total_seconds)}",
    }


def findings(record: WalkRecord) -> list[dict[str, Any]]:
    """Return one dict a finding: words and chips."""
    return [
        {
            "key": key,
            "title": one["title"],
            "fact": one.get("fact", ""),
            "severity": record.document.severity(one["severity"]).name,
            "severity_kind": SEVERITY_CHIPS[one["severity"]],
            "category": record.document.category_name(one["category"]),
            "tags": record.document.tag_names(one.get("tags", ())),
            **_measure(one["measure"]),
        }
        for key, one in record.state.findings.items()
    ]


def _measure(measure: dict[str, Any] | None) -> dict[str, str]:
    if not measure:
        return {"measure": "没写措施", "measure_kind": "wait"}
    name = RECTIFY_TYPES[measure["rectify_type"]]
    if measure["rectify_type"] == "deadline":
        return {"measure": f"{name} {show_day(date.fromisoformat(measure['due_on']))}", "measure_kind": "wait"}
    return {"measure": name, "measure_kind": "good" if measure["rectify_type"] == "immediate" else ""}


def steps(record: WalkRecord) -> list[dict[str, Any]]:
    """Return one dict a step: minutes, how many questions answered, pictures."""
    return [{"id": step.id, "title": step.title, "text": _step_text(record, step.id)} for step in record.document.steps]


def _step_text(record: WalkRecord, name: str) -> str:
    state = record.state.steps.get(name)
    asked, people = record.asked(name), record.sets(name)
    answered = [one for one in asked if one.id in record.answers]
    photos = sum(photo["step"] == name for photo in record.state.photos.values())
    parts = [show_minutes(state.seconds) if state else "没有计时"]
    if state and state.typed:
        parts.append(f"手工改过（{state.typed['reason']}）")
    if people:
        parts.append(f"问了 {len(people)} 人")
    parts.append(f"{len(answered)}/{len(asked)} 问已答")
    if photos:
        parts.append(f"{photos} 张照片")
    return " · ".join(parts)
