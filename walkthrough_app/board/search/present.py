"""From results to ready values for their page."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.board.search import marking, queries
from walkthrough_app.board.search.asking import Question
from walkthrough_app.board.search.models import Kind, SearchEntry
from walkthrough_app.board.search.queries import Found

Parts = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Result:
    """One result: its texts cut into (part, is marked), and what it belongs to."""

    entry: SearchEntry
    title: Parts
    text: Parts
    unit: Parts
    context: Parts
    category: str
    report_id: uuid.UUID | None

    @property
    def kind(self) -> Kind:
        return self.entry.kind


def results(user: User, found: Found, question: Question, categories: Mapping[str, str]) -> list[Result]:
    walks = [one.walk_id for one in found.entries if one.walk_id]
    reports = queries.reports_of(user, walks) if walks else {}
    return [_result(one, found.units[one.unit_id], question, categories, reports) for one in found.entries]


def _result(
    entry: SearchEntry,
    unit: Unit,
    question: Question,
    categories: Mapping[str, str],
    reports: Mapping[uuid.UUID, uuid.UUID],
) -> Result:
    words = question.marked
    return Result(
        entry,
        marking.marked(entry.title, words),
        marking.excerpt(entry.text, words) if entry.text else [],
        marking.marked(unit.name, words),
        marking.marked(entry.context, words),
        categories.get(entry.category, entry.category),
        reports.get(entry.walk_id) if entry.walk_id else None,
    )
