"""What is asked when a step is walked again: a small questionnaire of that one step, made from the walk's own. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import sets

SOLVED = "R-1"
MOST, FEW = 8, 3  # questions of a step
KEPT = ("schema", "basis", "sources", "modes", "categories", "severities", "rectify_types", "thresholds", "root_causes")
DROPPED = ("suggest", "advice", "show_if", "focus")  # what was found is known; nothing new is proposed here
DISCIPLINE = "integrity"  # the add-on with the declarations
FALLBACK = "accept"  # where most of it happens, for a problem of the walk as a whole
Json = dict[str, Any]


def document(whole: Mapping[str, Any], *, step: str | None, question: str | None, category: str) -> Json:
    """Return the questionnaire of a 回头看: what failed first, what is of the same kind, then whether it is gone.

    The same problem gives the same document, so it is published once.
    """
    place = _place(whole, step, question)
    question = sets.split(question)[0] if question else None
    asked = list(_asked(whole, place, question, category))[:MOST]
    made: Json = {name: whole[name] for name in KEPT if name in whole}
    made |= {"version": 1, "title": "回头看", "purpose": "recheck"}
    made["steps"] = [{**_bare(place), "screen": place["id"], "questions": asked}]
    made["addons"] = [_closing(whole), *_discipline(whole)]
    made["id"] = f"recheck_{digest(made)[:16]}"
    return made


def _bare(step: Mapping[str, Any]) -> Json:
    return {name: step[name] for name in ("id", "title", "short", "ribbon")}


def _place(whole: Mapping[str, Any], step: str | None, question: str | None) -> Mapping[str, Any]:
    """Return the step to walk: the finding's own, or where its question is asked, as the screen that shows it."""
    steps = {one["id"]: one for one in whole["steps"]}
    home = next((one["id"] for one in whole["steps"] if any(q["id"] == question for q in one["questions"])), None)
    wanted = next((one for one in (step, home, FALLBACK) if one in steps), whole["steps"][0]["id"])
    place: Mapping[str, Any] = steps[steps[wanted]["screen"]]
    return place


def _asked(whole: Mapping[str, Any], place: Mapping[str, Any], question: str | None, category: str) -> Iterator[Json]:
    """Yield what failed, then what in the same step may point to the same category, then what the app counts itself.

    Where nothing of that is asked, the step's first questions stand for it.
    """
    addons = [one for one in whole.get("addons", ()) if one["id"] != DISCIPLINE]
    everywhere = [q for part in (*whole["steps"], *addons) for q in part["questions"]]
    here = [q for one in whole["steps"] if one["screen"] == place["id"] for q in one["questions"]]
    failed = [q for q in everywhere if q["id"] == question]
    alike = [q for q in here if any(_points(rule, category) for rule in q.get("suggest", ()))]
    counted = [q for q in here if q.get("auto")]
    wanted = {q["id"]: q for q in (*failed, *alike, *counted) or here[:FEW]}
    yield from ({name: value for name, value in q.items() if name not in DROPPED} for q in wanted.values())


def _points(rule: Mapping[str, Any], category: str) -> bool:
    return category in {rule["category"], *rule.get("also", ())}


def _closing(whole: Mapping[str, Any]) -> Json:
    question = {
        "id": SOLVED,
        "text": "问题解决了没有？",
        "type": "one",
        "dim": "recheck",
        "clause": {"seed": "S001" if _has_source(whole, "S001") else whole["basis"], "text": "要开展“回头看”"},
        "required": True,
        "options": [
            {"id": "yes", "label": "解决了"},
            {"id": "partly", "label": "部分解决"},
            {"id": "no", "label": "没有解决"},
        ],
    }
    return {"id": "outcome", "title": "回头看", "at": "finish", "questions": [question]}


def _has_source(whole: Mapping[str, Any], seed: str) -> bool:
    return any(one["id"] == seed for one in whole["sources"])


def _discipline(whole: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Keep the declarations that hold for one step: not shown who one is, not announced, not accompanied."""
    for addon in whole.get("addons", ()):
        if addon["id"] == DISCIPLINE:
            yield {**addon, "questions": addon["questions"][:3]}
