"""From figures to what the pages show: shares, averages, ribbons, the heat table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import Lane
from walkthrough_app.board.values import Figures, OwedReport, Standing, UnitLine, count_reports, total
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Heat
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Document


@dataclass(frozen=True)
class Shown:
    """The sum of units as cards say it; every number names the figure it is read from."""

    figures: Figures

    def __getitem__(self, name: str) -> int:
        return self.figures[name]

    def share(self, part: str, whole: str) -> str:
        return phrases.percent(self.figures[part], self.figures[whole])

    @property
    def coverage(self) -> str:
        return self.share("items_walked", "listed")

    @property
    def unwalked(self) -> int:
        return self.figures["listed"] - self.figures["items_walked"]

    @property
    def must_open(self) -> int:
        return self.figures["must"] - self.figures["must_by_head"]

    @property
    def measures(self) -> int:
        return sum(self.figures[name] for name in ("immediate", "deadline", "ongoing", "escalate"))

    @property
    def unset(self) -> int:
        return self.figures["findings"] - self.measures

    @property
    def delegated(self) -> int:
        return self.figures["counted"] - self.figures["by_head"]

    @property
    def wait(self) -> str:
        """Return the average wait: 23, or a dash without any."""
        waits = self.figures["waits"]
        return str(clock.minutes(self.figures["wait_seconds"] / waits)) if waits else "—"

    @property
    def trips(self) -> str:
        return f"{self.figures['trips'] / self.figures['counted']:.1f}" if self.figures["counted"] else "—"


@dataclass(frozen=True)
class Row:
    """A unit in the table."""

    line: UnitLine
    shown: Shown
    segments: list[dict[str, Any]]

    @property
    def chip(self) -> tuple[str, str]:
        return chip(self.line.standing, self.line.days_over)


def chip(standing: Standing, days_over: int = 0) -> tuple[str, str]:
    """Return kind and words: 已接收, 逾期2天."""
    return standing.chip, f"逾期{days_over}天" if standing is Standing.OVERDUE else standing.label


def rows(campaign: Campaign, lines: Sequence[UnitLine]) -> list[Row]:
    document = document_of(campaign)
    return [Row(line, Shown(line.figures), segments(document, line.figures, line.figures["counted"])) for line in lines]


def document_of(campaign: Campaign) -> Document:
    return questionnaires.document_of(campaign.questionnaire)


def modes(document: Document) -> dict[str, str]:
    """Return how this programme is walked: the figure that counts a way, and its name."""
    return {f"mode.{one.id}": one.name for one in document.modes}


def segments(document: Document, figures: Figures, walks: int) -> list[dict[str, Any]]:
    """Return the ribbon of an average walk: the steps that took any time, in minutes."""
    found = []
    for step in document.steps:
        seconds = figures[f"seconds.{step.id}"]
        if seconds and walks:
            minutes = max(1, clock.minutes(seconds / walks))
            found.append({"label": step.short, "minutes": minutes, "kind": step.ribbon, "running": False})
    return found


def categories(document: Document, figures: Figures) -> list[tuple[str, str, int]]:
    """Return letter, name and count of the categories that have problems, the most first."""
    names = {one.id: one.name for one in document.categories}
    counts = {key.removeprefix("category."): count for key, count in figures.items() if key.startswith("category.")}
    found = [(letter, names.get(letter, letter), count) for letter, count in counts.items() if count]
    return sorted(found, key=lambda one: (-one[2], one[0]))


def lanes(lines: Sequence[UnitLine]) -> list[tuple[Lane | None, Figures]]:
    """Return how the reports of each lane stand, and of both when there are two."""
    by_lane: dict[Lane | None, Figures] = {}
    for line in lines:
        counts = by_lane.setdefault(line.lane, Counter())
        counts.update(count_reports(line.owed) + Counter(supplement=len(line.supplements)))
    found: list[tuple[Lane | None, Figures]] = [(lane, by_lane[lane]) for lane in Lane if lane in by_lane]
    return [*found, (None, total(by_lane.values()))] if len(found) > 1 else found


def heat(document: Document, lines: Sequence[UnitLine]) -> Heat:
    """Return units by category."""
    letters = [one.id for one in document.categories]
    return Heat(
        corner="单位",
        rows=tuple(line.name for line in lines),
        columns=tuple(one.name for one in document.categories),
        cells=tuple(tuple(line.figures[f"category.{letter}"] for letter in letters) for line in lines),
    )


def names_of(document: Document, codes: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the categories that rows carry; a code that is not known stands for itself."""
    known = {sub.id: sub.name for one in document.categories for sub in one.subs}
    return {code: known.get(code, code) for code in codes}


def reports(line: UnitLine, kind: str) -> list[OwedReport]:
    """Return what a list of reports has of a unit."""
    return line.supplements if kind == "supplement" else [one for one in line.owed if _is_of(one, kind)]


def _is_of(one: OwedReport, kind: str) -> bool:
    if kind == "due":
        return True
    if kind == "handed_in":
        return one.is_handed_in
    if kind == "not_in":
        return not one.is_handed_in
    return one.is_late if kind == "late" else one.standing.value == kind
