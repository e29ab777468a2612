"""From a visit to ready values for its pages: no page computes anything itself."""

from collections.abc import Sequence
from typing import Any

from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.models import PhotoRole
from walkthrough_app.visits import queries, service, telling
from walkthrough_app.visits.models import Visit
from walkthrough_app.visits.service.handing_in import may_have_relapsed
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import WalkState
from walkthrough_app.walkthroughs.record import WalkRecord

Json = dict[str, Any]
NOTHING: Json = {"day": None, "seconds": 0, "steps": [], "answers": [], "photos": [], "notes": []}
GROUPS = {"conduct": "作风表现"}


def record_of(visit: Visit) -> WalkRecord | None:
    """Return the walk while it is the visit's own; None before it begins and once it is handed in."""
    walk = visit.walk
    if walk is None or walk.state is WalkState.VOID or visit.state.is_over:
        return None
    return log.record_of(walk)


def shown(visit: Visit, record: WalkRecord | None) -> Json:
    """Return facts and score: frozen ones once it is handed in, those of the walk before."""
    if visit.state.is_over:
        facts, score = visit.facts, visit.score
    elif record:
        facts, score = telling.facts(record), telling.score(record)
    else:
        facts, score = {}, {}
    made = {**NOTHING, "feeling": "", "no_finding": "", **facts}
    answered = [one for one in made["answers"] if one["answer"]]
    return made | {"score": score, "groups": _by_step(answered), "segments": _segments(made["steps"])}


def _by_step(answers: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    grouped: dict[str, list[Json]] = {}
    for one in answers:
        grouped.setdefault(one["step"], []).append(one)
    return list(grouped.items())


def _segments(steps: Sequence[Json]) -> list[Json]:
    """Return the ribbon: minutes by step."""
    return [
        {"label": one["title"], "minutes": max(1, round(one["seconds"] / 60)), "kind": "do", "running": False}
        for one in steps
        if one["seconds"]
    ]


def problems(record: WalkRecord | None) -> list[Json]:
    """Return the problems that are still to be handed in, with what may be added to each."""
    if record is None:
        return []
    tags: dict[str, list[tuple[str, str]]] = {}
    for tag in record.document.tags:
        tags.setdefault(GROUPS.get(tag.group, tag.group), []).append((tag.id, tag.name))
    return [
        {
            "key": key,
            "title": one["title"],
            "fact": one.get("fact") or "",
            "severity": record.document.severity(one["severity"]).name,
            "is_serious": one["severity"] == "serious",
            "category": record.document.category_name(one["category"]),
            "photos": len(one.get("photos") or ()),
            "tags": list(tags.items()),
            "chosen": list(one.get("tags") or ()),
            "may_have_relapsed": may_have_relapsed(record, one),
        }
        for key, one in record.state.findings.items()
    ]


def why_not(visit: Visit, record: WalkRecord | None) -> str:
    return service.why_not(visit, record)


def told_photos(visit: Visit) -> set[str]:
    """Return the pictures the unit may see: those of the problems it was given."""
    return {photo.sha256 for one in queries.findings_of(visit) for photo in ledger.photos_of(one, PhotoRole.BEFORE)}
