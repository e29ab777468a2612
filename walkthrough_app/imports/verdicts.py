"""What is said of each row: taken as new, changed or unchanged, or refused with its reasons."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or the row, when `column` is empty) that cannot be taken, and what to write instead."""

    column: str
    text: str


@dataclass(slots=True)
class Verdict:
    """One row: `number` as the spreadsheet counts, `values` what is taken, `changes` what it does, in words."""

    number: int
    label: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    is_new: bool = False

    @property
    def fate(self) -> Fate:
        if self.problems:
            return Fate.BAD
        if self.is_new:
            return Fate.NEW
        return Fate.CHANGED if self.changes else Fate.SAME

    def refuse(self, column: str, text: str) -> None:
        self.problems.append(Problem(column, text))


@dataclass(frozen=True, slots=True)
class Review:
    """All rows of a file."""

    verdicts: Sequence[Verdict]

    def of(self, fate: Fate) -> list[Verdict]:
        return [one for one in self.verdicts if one.fate is fate]

    @property
    def bad(self) -> list[Verdict]:
        return self.of(Fate.BAD)

    @property
    def good(self) -> list[Verdict]:
        return [one for one in self.verdicts if one.fate is not Fate.BAD]

    @property
    def to_do(self) -> list[Verdict]:
        """Return the rows that change something."""
        return [one for one in self.verdicts if one.fate in {Fate.NEW, Fate.CHANGED}]

    @property
    def seen(self) -> str:
        """Return a digest of what is said: what is confirmed must be what was looked at."""
        told = [(one.number, one.fate.value, one.changes, one.problems) for one in self.verdicts]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
