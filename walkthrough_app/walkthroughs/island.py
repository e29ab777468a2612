"""What the walk page hands to its script: facts, questions, and every event the server knows. Plain JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from walkthrough_app.accounts import who
from walkthrough_app.core import clock
from walkthrough_app.media import limits
from walkthrough_app.questionnaires.document import Document, Question, Step
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

HASHES = {"prev", "hash"}
CLOCKS = {"mono", "boot"}
BATCH = 100  # events in one request


def island(
    walk: Walkthrough,
    record: WalkRecord,
    *,
    token: tuple[str, datetime],
    rescue: Mapping[str, str],
    urls: Mapping[str, str],
) -> dict[str, Any]:
    """Return the data of the page; `rescue` is the public key for packages, `urls` where the phone sends."""
    return {
        "walk": _walk(walk, record),
        "facts": asdict(record.facts),
        "thresholds": dict(record.thresholds),
        "counted": {"workdays": record.workdays},
        "questionnaire": _questionnaire(record.paper, walk.mode),
        "events": [_event(one) for one in record.data["events"]],
        "token": token[0],
        "expires": clock.iso(token[1]),
        "now": clock.iso(clock.now()),
        "limits": {**limits.FOR_PHONES, "events": BATCH},
        "rescue": dict(rescue),
        "urls": dict(urls),
    }


def _walk(walk: Walkthrough, record: WalkRecord) -> dict[str, Any]:
    return {
        "id": str(walk.id),
        "owner": who.owner(walk.walker_id),
        "mode": walk.mode.value,
        "is_simulated": walk.is_simulated,
        "simulation_step": record.simulation_step,
        "title": walk.item.task_name,
        "role": walk.walker.role.value,
        "must_walk": bool(record.item["must_walk"]),
        "is_recheck": record.is_recheck,
    }


def _event(event: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what a phone does not need of the others' events: hashes do not compress."""
    kept = {name: value for name, value in event.items() if name not in HASHES}
    return {name: value for name, value in kept.items() if value is not None or name not in CLOCKS}


def _questionnaire(document: Document, mode: str) -> dict[str, Any]:
    homes: dict[str, dict[str, Any]] = {}
    for step in document.steps:
        homes |= {one.id: {"step": step.id} for one in step.questions}
    for addon in document.addons_for(mode):
        homes |= {one.id: {"addon": addon.id, "at": addon.at} for one in addon.questions}
    return {
        "steps": [_step(one) for one in document.steps],
        "questions": [_question(one, homes[one.id]) for one in document.all_questions(mode=mode)],
        "severities": [
            {"id": one.id, "name": one.name, "rectify_type": one.rectify_type, "days": one.days}
            for one in document.severities
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    names = ("id", "title", "short", "screen", "ribbon")
    more = {"does": step.does} if step.does else {}
    many = {"repeat": asdict(step.repeat)} if step.repeat else {}
    return {name: getattr(step, name) for name in names} | more | many


def _question(question: Question, home: Mapping[str, Any]) -> dict[str, Any]:
    """Write what the phone needs of a question; what is empty stays out, for every byte is waited for."""
    full = asdict(question)
    names = ("id", "type", "unit", "required", "auto", "scale", "special", "show_if", "suggest", "clause")
    data = {name: full[name] for name in names if full[name]}
    data |= home
    if "step" not in home:
        data["text"] = question.text  # 核对 names it; all others are named by their cards
    data["note"] = question.note is not None
    data["options"] = [{k: v for k, v in asdict(one).items() if v} for one in question.choices]
    data["suggest"] = [{k: v for k, v in rule.items() if v} for rule in full["suggest"]]
    return data
