"""The problems of the same item in several units, those that say the same in other words together."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from walkthrough_app.board.same_items import normalised
from walkthrough_app.figures.models import FindingFigure

ALIKE = 72  # of 100: how much two titles must share to be one problem


@dataclass
class Problem:
    """One problem: its category, and its wording in each unit with how often."""

    title: str
    category: str
    wordings: dict[uuid.UUID, Counter[str]] = field(default_factory=dict)

    @property
    def times(self) -> int:
        return sum(sum(one.values()) for one in self.wordings.values())

    def add(self, unit_id: uuid.UUID, title: str) -> None:
        self.wordings.setdefault(unit_id, Counter())[title] += 1

    def by_unit(self, names: Mapping[uuid.UUID, str]) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return (unit, its wordings with their counts), the unit's name first."""
        return sorted((names.get(unit, ""), one.most_common()) for unit, one in self.wordings.items())


def problems(findings: Iterable[FindingFigure]) -> list[Problem]:
    """Group problems of one class whose titles are alike; those of most units come first."""
    found: dict[str, list[Problem]] = {}
    for one in findings:
        group = found.setdefault(one.category[:1], [])
        match = _alike(group, one.title)
        if match is None:
            match = Problem(one.title, one.category)
            group.append(match)
        match.add(one.unit_id, one.title)
    every = [problem for group in found.values() for problem in group]
    return sorted(every, key=lambda one: (-len(one.wordings), -one.times, one.title))


def _alike(group: Sequence[Problem], title: str) -> Problem | None:
    words = normalised(title)
    return next((one for one in group if fuzz.ratio(words, normalised(one.title)) >= ALIKE), None)
