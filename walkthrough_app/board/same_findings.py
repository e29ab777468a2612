"""The problems of the same item in several units, those that say the same in other words together."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from walkthrough_app.core.folding import joined

ALIKE = 72  # of 100: how much two titles must share to be one problem


@dataclass
class Problem:
    """One problem: its category, and for each wording how often each unit used it."""

    title: str
    category: str
    wordings: dict[str, Counter[uuid.UUID]] = field(default_factory=dict)

    @property
    def units(self) -> set[uuid.UUID]:
        return {unit for one in self.wordings.values() for unit in one}

    @property
    def times(self) -> int:
        return sum(one.total() for one in self.wordings.values())

    def add(self, unit_id: uuid.UUID, title: str) -> None:
        self.wordings.setdefault(title, Counter())[unit_id] += 1

    def told(self, names: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
        """Return each wording with the units that used it, the most frequent first."""
        ordered = sorted(self.wordings.items(), key=lambda one: -one[1].total())
        return [(words, _listed(units, names)) for words, units in ordered]


def _listed(units: Counter[uuid.UUID], names: Mapping[uuid.UUID, str]) -> str:
    shown = ((names.get(unit, ""), times) for unit, times in units.most_common())
    return "、".join(f"{name}（{times}次）" if times > 1 else name for name, times in shown)


def problems(findings: Iterable[Any]) -> list[Problem]:
    """Group problems (unit_id, category, title) of one class whose titles are alike; those of most units come first."""
    found: dict[str, list[Problem]] = {}
    for one in findings:
        group = found.setdefault(one.category[:1], [])
        match = _alike(group, one.title)
        if match is None:
            match = Problem(one.title, one.category)
            group.append(match)
        match.add(one.unit_id, one.title)
    every = [problem for group in found.values() for problem in group]
    return sorted(every, key=lambda one: (-len(one.units), -one.times, one.title))


def _alike(group: Sequence[Problem], title: str) -> Problem | None:
    words = joined(title)
    return next((one for one in group if fuzz.ratio(words, joined(one.title)) >= ALIKE), None)
