"""What a visit found, as plain JSON: frozen when it is handed in, so that nothing rewrites it afterwards. Pure."""

from collections.abc import Iterator
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.questionnaires.answers import show_answer
from walkthrough_app.visits import scoring
from walkthrough_app.walkthroughs.record import WalkRecord

Json = dict[str, Any]


def facts(record: WalkRecord) -> Json:
    """Return `{day, seconds, steps, answers, photos, notes, feeling, no_finding}`; photos are copies that may be shown.

    No name stands in it, and no post of who visited.
    """
    state = record.state
    started = state.started_at
    return {
        "day": clock.to_local(clock.parse(started)).date().isoformat() if started else None,
        "seconds": state.total_seconds,
        "steps": [
            {"id": one.id, "title": one.title, "seconds": state.steps[one.id].seconds if one.id in state.steps else 0}
            for one in record.document.steps
        ],
        "answers": list(_answers(record)),
        "photos": [photo["masked"] for photo in state.photos.values() if photo["masked"]],
        "notes": [note["text"] for note in state.notes],
        "feeling": state.feeling,
        "no_finding": state.no_finding_reason,
    }


def _answers(record: WalkRecord) -> Iterator[Json]:
    bad = {one.question_id for one in record.suggestions if not one.improve}
    for step in record.document.steps:
        for question in record.document.questions_for(step.id, record.data["mode"], record.answers):
            known = record.state.answers.get(question.id, {"note": ""})
            yield {
                "id": question.id,
                "step": step.title,
                "text": question.text,
                "answer": show_answer(question, record.answers.get(question.id)),
                "note": known["note"],
                "is_bad": question.id in bad,
            }


def score(record: WalkRecord) -> Json:
    """Return the score as JSON (see scoring.py); {} for a document without weights."""
    made = scoring.score(record.document, record.answers, facts=record.facts, thresholds=record.thresholds)
    evidence = sum(photo["media"] is not None for photo in record.state.photos.values())
    evidence += sum(clip["media"] is not None for clip in record.state.clips.values())
    return made.as_json(evidence=evidence) if made.measures else {}
