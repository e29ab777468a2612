"""督查反馈单: what was found, to the unit, without who came; frozen as JSON, then PDF and Word."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from walkthrough_app.accounts.models import Unit
from walkthrough_app.core import clock
from walkthrough_app.core.ids import digest
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import MeasureScore, VisitedProblem, VisitFeedback
from walkthrough_app.documents.word.forms import FormPaper
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification import terms
from walkthrough_app.rectification.models import Finding, PhotoRole
from walkthrough_app.rectification.printing import Frozen, Pictures
from walkthrough_app.visits import queries
from walkthrough_app.visits.models import Visit

FORMAT = "walkthrough-visit-feedback/1"
DATA = "walkthrough-visit"
Json = dict[str, Any]


def freeze(visit: Visit, issuer: Unit) -> Json:
    """Return all that the paper says at this moment, in plain JSON."""
    problems = [_problem(one) for one in queries.findings_of(visit)]
    return {
        "format": FORMAT,
        "unit": visit.unit.name,
        "issuer": issuer.name,
        "issued_on": clock.to_local(visit.fed_back_at or clock.now()).date().isoformat(),
        "campaign": visit.campaign.title,
        "place": visit.place,
        "way": visit.axes,
        "visited_on": visit.facts.get("day"),
        "objection_days": terms.of(visit.campaign_id).objection_days,
        "problems": problems,
        "score": visit.score,
        "words": visit.feedback,
        "pictures": list(dict.fromkeys(name for one in problems for name in one["pictures"])),
    }


def _problem(one: Finding) -> Json:
    return {
        "number": one.code,
        "title": one.title,
        "severity": one.severity_label,
        "fact": one.fact,
        "basis": one.clause,
        "post": one.resp_person,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "pictures": [photo.sha256 for photo in ledger.photos_of(one, PhotoRole.BEFORE)],
    }


def content(data: Frozen) -> VisitFeedback:
    same = ("unit", "issuer", "campaign", "place", "way", "objection_days", "words")
    return VisitFeedback(
        **{name: data[name] for name in same},
        issued_on=date.fromisoformat(data["issued_on"]),
        visited_on=clock.day_of(data["visited_on"] or ""),
        problems=tuple(_told(one) for one in data["problems"]),
        score=_score(data["score"]),
        measures=tuple(_measure(one) for one in data["score"].get("measures", ())),
    )


def _told(one: Mapping[str, Any]) -> VisitedProblem:
    return VisitedProblem(**{**one, "due_on": clock.day_of(one["due_on"] or ""), "pictures": tuple(one["pictures"])})


def _score(told: Mapping[str, Any]) -> str:
    if told.get("total") is None:
        return ""
    return f"{told['total']}（问了{told['asked']}项，共{told['of']}项；佐证{told['evidence']}份）"


def _measure(one: Mapping[str, Any]) -> MeasureScore:
    if not one["asked"]:
        return MeasureScore(one["title"], "没有问", "—")
    return MeasureScore(one["title"], f"{one['points']:g} / {one['weight']}", f"{one['passed']} / {one['asked']}")


def word(data: Frozen, pictures: Pictures, at: datetime, *, is_draft: bool = False) -> bytes:
    """Return the same as Word; LookupError when a picture cannot be read."""
    told, paper = content(data), FormPaper(is_draft=is_draft)
    paper.form_title(told.kind)
    paper.addressee(told.unit)
    paper.plain(told.opening)
    paper.entries(told.entries, told.kind)
    if told.measures:
        paper.grid(told.measure_head, [one.row for one in told.measures], "各项得分")
    for first, *second in told.picture_rows:
        other, words = second[0] if second else ("", "")
        paper.side_by_side((first[1], words), [(pictures[first[0]], pictures[other] if other else None)])
    paper.signature(told.issuer, phrases.full_date(told.issued_on))
    return paper.finish(title=told.title, issuer=told.issuer, generated=at, marks={DATA: digest(data)})
