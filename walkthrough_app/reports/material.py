"""What the sections of a report write from: the data read once, everything numbered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from walkthrough_app.documents.charts import Sample, Tally
from walkthrough_app.reports import voice
from walkthrough_app.reports.composed import Bar, Column, Diagram, Figure, Paragraph, Table
from walkthrough_app.reports.journey import Journey, average, steps_of
from walkthrough_app.reports.pictures import Pictures, number_pictures
from walkthrough_app.reports.problems import Problem, number_problems
from walkthrough_app.walkthroughs import package

MEAN, ALL = "mean", "all"
SPREAD, PARETO = "spread", "pareto"
MANY = 6  # more walks than this are told in tables (domain §6.1, length)
ENOUGH_PROBLEMS, ENOUGH_KINDS = 5, 3  # fewer are counted faster than a chart of them is read


@dataclass
class Pen:
    """Writes paragraphs, taking the unit's own words where it has rewritten one, and counts the tables."""

    texts: Mapping[str, str]
    tables: int = 0

    def write(self, key: str, generated: str, lead: str = "") -> Paragraph:
        return Paragraph(key, self.texts.get(key) or generated, generated, lead)

    def table(self, title: str, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> Table:
        self.tables += 1
        return Table(f"表{self.tables}", title, tuple(columns), tuple(rows))


@dataclass(frozen=True)
class Material:
    """The report's data (`walkthrough-report/1`) with its walks, problems and pictures in their final numbering."""

    data: Mapping[str, Any]
    pen: Pen

    @cached_property
    def journeys(self) -> list[Journey]:
        """The walks in the order in which they were walked."""
        walks = (Journey(record, self.data["unit"], self.made_on.year) for record in package.records(self.data))
        return sorted(walks, key=lambda journey: journey.days)

    @cached_property
    def problems(self) -> list[Problem]:
        return number_problems(self.journeys)

    @cached_property
    def timed(self) -> list[Journey]:
        return [journey for journey in self.journeys if journey.segments]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Return the time ribbons by walk id; of many walks, their average and one figure with all of them."""
        if self.is_long and self.timed:
            mean = Figure(1, f"{len(self.timed)}次体验平均用时", (Bar(average(self.timed)),))
            bars = tuple(Bar(journey.segments, journey.item) for journey in self.timed)
            return {MEAN: mean, ALL: Figure(2 + len(self.diagrams), "各事项办理用时", bars)}
        return {
            journey.id: Figure(n, f"{journey.item}办理用时", (Bar(journey.segments),))
            for n, journey in enumerate(self.timed, 1)
        }

    @cached_property
    def diagrams(self) -> dict[str, Diagram]:
        """Return the spread of the steps over many walks and the problems by category, numbered after the ribbons."""
        number = (min(1, len(self.timed)) if self.is_long else len(self.timed)) + 1
        found = {}
        if self.is_long and len(self.timed) > MANY:
            found[SPREAD] = Diagram(number, f"{len(self.timed)}次体验各环节用时分布", samples=self._samples)
        counts = Counter(problem.group_name for problem in self.problems)
        if counts.total() >= ENOUGH_PROBLEMS and len(counts) >= ENOUGH_KINDS:
            tallies = tuple(Tally(name, count) for name, count in counts.items())
            found[PARETO] = Diagram(number + len(found), "各类问题数量和累计占比", tallies=tallies)
        return found

    @property
    def _samples(self) -> tuple[Sample, ...]:
        segments = [segment for journey in self.timed for segment in journey.segments]
        kinds = {step.short: step.ribbon for step in steps_of(self.timed)}
        return tuple(
            Sample(label, tuple(one.minutes for one in segments if one.label == label), kind)
            for label, kind in kinds.items()
        )

    @cached_property
    def pictures(self) -> Pictures:
        return number_pictures(self.journeys, self.problems, after=len(self.figures) + len(self.diagrams))

    @property
    def is_long(self) -> bool:
        return len(self.journeys) > MANY

    @property
    def is_supplement(self) -> bool:
        return bool(self.data["kind"] == "supplement")

    @property
    def made_on(self) -> date:
        return date.fromisoformat(self.data["made_on"])

    @property
    def we(self) -> str:
        return voice.we(self.data["unit"])

    @property
    def head(self) -> str:
        return voice.head(self.data["unit"], self.data["head"]["post"])

    @property
    def matter(self) -> str:
        return voice.matter(self.data["campaign"])

    @cached_property
    def items(self) -> list[str]:
        """Names of the items walked, each once."""
        return list(dict.fromkeys(journey.item for journey in self.journeys))

    @property
    def unit_of_count(self) -> str:
        """个 (items) when every item was walked once, else 次 (walks)."""
        return "个" if len(self.items) == len(self.journeys) else "次"

    @property
    def awaiting(self) -> list[Journey]:
        return [journey for journey in self.journeys if journey.status == "待结果"]

    def no_finding(self, journey: Journey) -> str:
        """Say why a walk found nothing (S002-63), '' when nobody has written it down."""
        return journey.record.state.no_finding_reason.strip() or self.explained(f"no_finding.{journey.id}")

    @property
    def unexplained(self) -> list[Journey]:
        """The walks that found nothing and do not say why."""
        return [one for one in self.journeys if not one.record.state.findings and not self.no_finding(one)]

    def explained(self, key: str) -> str:
        return str(self.data["explanations"].get(key, "")).strip()
