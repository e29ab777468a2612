"""评议结果反馈单: figures that may be shown, problems with their terms; frozen as JSON, then PDF and Word.

No comment stands in it, only what the office made of one: comments are deleted, papers are not.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.core.ids import digest
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import Rated, RatedGroup, RatedProblem, RatingFeedback
from walkthrough_app.documents.word.forms import FormPaper
from walkthrough_app.ratings import queries, views, workbook
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.models import CaseState
from walkthrough_app.ratings.results import Figures, Line, Score
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.printing import Frozen, Pictures

FORMAT = "walkthrough-rating-feedback/1"
DATA = "walkthrough-rating"
Json = dict[str, Any]


def freeze(campaign: Campaign, asked: Asked, unit: Unit, issuer: Unit) -> Json:
    """Return all that the paper says at this moment, in plain JSON.

    The office reads it beside its board, so what the board hides of the unit is hidden here too.
    """
    shown = views.of_unit(campaign, asked, unit, beside_others=True)
    figures = shown.points
    cases = queries.cases_at(campaign, unit, asked.form.id)
    return {
        "format": FORMAT,
        "unit": unit.name,
        "issuer": issuer.name,
        "issued_on": clock.today().isoformat(),
        "campaign": campaign.title,
        "form": asked.form.title,
        "months": [line.key for line in shown.months.lines],
        "smallest": figures.smallest,
        "rate": workbook.rate_name(figures),
        "points": sum(point.form_key == asked.form.id for point in queries.points_of(campaign, unit)),
        "problems": [_problem(one.finding) for one in cases if one.finding and one.finding.resp_id == unit.id],
        "asked": sum(one.asked_on is not None for one in cases),
        "answered": sum(one.answered_on is not None and one.state is not CaseState.ASKED for one in cases),
        **_figures(figures, is_few=shown.is_few),
    }


def _figures(figures: Figures, *, is_few: bool) -> Json:
    total, smallest = figures.total, figures.smallest
    if is_few or total.score is None:
        received = f"不足{smallest}份" if total.given < smallest else "不显示"
        return {"received": received, "whole": None, "hidden": views.FEW, "questions": [], "places": []}
    return {
        "received": f"{total.given}份" + (f"，另放{total.aside}份" if total.aside else ""),
        "whole": _rated(figures, total.score),
        "hidden": "",
        "questions": [
            _group(figures, question.text, score, "" if score else f"不足{smallest}份，不显示")
            for question, score in zip(figures.questions, total.questions, strict=True)
        ],
        "places": [_group(figures, line.key, line.score, _hidden(line, smallest)) for line in figures.lines],
    }


def _group(figures: Figures, name: str, score: Score | None, hidden: str) -> Json:
    return {"name": name, "rated": _rated(figures, score) if score else None, "hidden": hidden}


def _rated(figures: Figures, score: Score) -> Json:
    return asdict(score) | {"band": figures.band(score)}


def _hidden(line: Line, smallest: int) -> str:
    if line.is_small:
        return f"不足{smallest}份，不显示" if line.given < smallest else "不显示"
    return "" if line.score else "没有计分"


def _problem(one: Finding) -> Json:
    return {
        "number": one.code,
        "title": one.title,
        "severity": one.severity_label,
        "fact": one.fact,
        "state": one.state.label,
        "due_on": one.due_on.isoformat() if one.due_on else None,
    }


def content(data: Frozen) -> RatingFeedback:
    same = ("unit", "issuer", "campaign", "form", "smallest", "rate", "points", "received", "hidden")
    return RatingFeedback(
        **{name: data[name] for name in (*same, "asked", "answered")},
        issued_on=date.fromisoformat(data["issued_on"]),
        period=_period(data["months"], date.fromisoformat(data["issued_on"])),
        whole=Rated(**data["whole"]) if data["whole"] else None,
        questions=tuple(map(_told, data["questions"])),
        places=tuple(map(_told, data["places"])),
        problems=tuple(_rectified(one) for one in data["problems"]),
    )


def _rectified(one: Mapping[str, Any]) -> RatedProblem:
    return RatedProblem(**{**one, "due_on": clock.day_of(one["due_on"] or "")})


def _told(one: Mapping[str, Any]) -> RatedGroup:
    return RatedGroup(one["name"], Rated(**one["rated"]) if one["rated"] else None, one["hidden"])


def _period(months: list[str], until: date) -> str:
    """Write from which month on it was rated, and until which day: the counters know months only."""
    first = date.fromisoformat(f"{months[0]}-01")
    if (first.year, first.month) == (until.year, until.month):
        return f"{first.year}年{first.month}月，截至{phrases.short_date(until)}"
    return f"{first.year}年{first.month}月至{phrases.full_date(until)}"


def word(data: Frozen, _pictures: Pictures, at: datetime) -> bytes:
    """Return the same as Word."""
    told, paper = content(data), FormPaper()
    paper.form_title(told.kind)
    paper.addressee(told.unit)
    paper.plain(told.opening)
    paper.entries(told.entries, told.kind)
    for name, groups in told.tables:
        paper.grid(told.head(name), [one.row for one in groups], name)
    if told.problems:
        paper.grid(told.problem_head, [one.row for one in told.problems], told.problem_head[0])
    paper.plain(told.note)
    paper.signature(told.issuer, phrases.full_date(told.issued_on))
    return paper.finish(title=told.title, issuer=told.issuer, generated=at, marks={DATA: digest(data)})
