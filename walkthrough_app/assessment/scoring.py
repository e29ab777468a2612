"""From what is known about a unit to its points. Pure.

What nobody looked at counts neither for nor against: it lowers the coverage, and below `ENOUGH` a unit is not ranked.
So nothing is won by finding nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from walkthrough_app.questionnaires.parts import Assessment, AssessmentPart, RubricItem

WHOLE = 100
ENOUGH = 60  # per cent of the points that must rest on something


@dataclass(frozen=True)
class Basis:
    """What an item rests on: its share of the points (0…1, None: nothing to go by), how many cases, how many proofs."""

    share: float | None
    cases: int = 0
    evidence: int = 0
    told: str = ""


@dataclass(frozen=True)
class ItemScore:
    """`points` None: not assessed."""

    item: RubricItem
    points: float | None
    basis: Basis


@dataclass(frozen=True)
class PartScore:
    part: AssessmentPart
    items: tuple[ItemScore, ...]

    @property
    def assessed(self) -> int:
        return sum(one.item.points for one in self.items if one.points is not None)

    @property
    def share(self) -> float | None:
        """Return what was reached of the points that were assessed; None when none was."""
        got = sum(one.points for one in self.items if one.points is not None)
        return got / self.assessed if self.assessed else None


@dataclass(frozen=True)
class Score:
    """Points of a hundred with what they rest on; `coverage` in per cent of the weights."""

    parts: tuple[PartScore, ...]
    bands: tuple[tuple[int, str], ...]

    @property
    def total(self) -> float | None:
        """Return the weighted mean of the parts that were assessed, one decimal; None when none was."""
        known = [(one.part.weight, one.share) for one in self.parts if one.share is not None]
        weights = sum(weight for weight, _ in known)
        return round(sum(weight * share for weight, share in known) / weights * WHOLE, 1) if weights else None

    @property
    def coverage(self) -> int:
        """Return how much of the rubric rests on something, in per cent."""
        return round(sum(one.part.weight * one.assessed / _points(one) for one in self.parts))

    @property
    def evidence(self) -> int:
        return sum(item.basis.evidence for part in self.parts for item in part.items)

    @property
    def is_ranked(self) -> bool:
        return self.total is not None and self.coverage >= ENOUGH

    @property
    def band(self) -> str:
        """Return the words of its band; '' where it is not ranked."""
        if not self.is_ranked or self.total is None:
            return ""
        total = self.total
        return next((name for least, name in self.bands if total >= least), "")


def score(rubric: Assessment, known: Mapping[str, Basis]) -> Score:
    """Add up a rubric from what is known by item id."""
    parts = tuple(
        PartScore(part, tuple(_item(item, known) for item in rubric.items if item.part == part.id))
        for part in rubric.parts
    )
    bands = sorted(((band.at_least, band.name) for band in rubric.bands), reverse=True)
    return Score(parts, tuple(bands))


def places(totals: Iterable[float]) -> dict[float, int]:
    """Return the place of each total; equal totals share one, and the next one is left out."""
    ordered = sorted(totals, reverse=True)
    return {total: ordered.index(total) + 1 for total in ordered}


def _item(item: RubricItem, known: Mapping[str, Basis]) -> ItemScore:
    basis = known.get(item.id, Basis(None))
    points = None if basis.share is None else round(item.points * min(max(basis.share, 0.0), 1.0), 2)
    return ItemScore(item, points, basis)


def _points(part: PartScore) -> int:
    return sum(one.item.points for one in part.items) or 1
