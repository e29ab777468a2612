"""The findings of all walks in one list: grouped A to H, numbered 1 to n."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.reports.dates import day_at, day_of
from walkthrough_app.reports.journey import LEAST_RUN, Journey


@dataclass(frozen=True)
class Problem:
    """A finding with its number in the report and the walk it comes from."""

    number: int
    id: str
    journey: Journey
    data: dict[str, Any]

    @property
    def group(self) -> str:
        return str(self.data["category"])[0]

    @property
    def group_name(self) -> str:
        categories = {one.id: one.name for one in self.journey.record.document.categories}
        return categories.get(self.group, self.group)

    @property
    def title(self) -> str:
        return str(self.data["title"]).strip().rstrip("。")

    @property
    def measure(self) -> dict[str, Any]:
        """Return the measure as written, {} while there is none."""
        found: dict[str, Any] = self.data["measure"] or {}
        return found

    @property
    def rectify_type(self) -> str:
        return str(self.measure.get("rectify_type", ""))

    @property
    def photos(self) -> list[str]:
        return list(self.data.get("photos") or [])

    @property
    def after_photos(self) -> list[str]:
        return list(self.measure.get("after_photos") or [])

    @property
    def step(self) -> str:
        found = next((step for step in self.journey.record.document.steps if step.id == self.data["step"]), None)
        return found.title if found else ""

    @property
    def severity(self) -> str:
        known = {one.id: one.name for one in self.journey.record.document.severities}
        return known.get(str(self.data["severity"]), "")

    @property
    def day(self) -> str:
        """Return the day on which it was met: when its step was first walked."""
        step = self.journey.record.state.steps.get(str(self.data["step"]))
        walked = [run.start for run in step.runs if run.seconds >= LEAST_RUN] if step else []
        return self.journey.written(day_at(walked[0]) if walked else self.journey.days[0])

    def written(self, key: str) -> str:
        """Write a day of the measure (`due_on`, `done_on`), '' while there is none."""
        return day_of(self.measure.get(key), self.journey.year)


def number_problems(journeys: Sequence[Journey]) -> list[Problem]:
    """Number the findings of all walks, group by group, in the order of the walks."""
    found = [
        (str(data["category"])[0], journey, key, data)
        for journey in journeys
        for key, data in journey.record.state.findings.items()
    ]
    ordered = sorted(found, key=lambda one: one[0])
    return [Problem(n, key, journey, data) for n, (_, journey, key, data) in enumerate(ordered, 1)]


def of_type(problems: Sequence[Problem], rectify_type: str) -> list[Problem]:
    return [problem for problem in problems if problem.rectify_type == rectify_type]
