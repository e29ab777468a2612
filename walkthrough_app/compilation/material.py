"""Many reports put together: the newest version of each, supplements added, every walk and problem counted once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.compilation.facts import Source, Walk
from walkthrough_app.rectification import numbers
from walkthrough_app.reports.told import Problem


@dataclass(frozen=True)
class Due:
    """Somebody who owes a report: a unit's head."""

    unit_key: str
    unit: str
    org_class: str
    post: str


@dataclass(frozen=True)
class Reporter:
    """One head with what all the reports of that head say together, each walk once."""

    sources: tuple[Source, ...]
    walks: tuple[Walk, ...]
    problems: tuple[Problem, ...]

    @property
    def main(self) -> Source:
        return self.sources[0]

    @property
    def is_late(self) -> bool:
        return self.main.is_late

    @property
    def versions(self) -> str:
        """Name the versions that went in: V2，补报V1."""
        return "，".join(("补报" if one.is_supplement else "") + f"V{one.number}" for one in self.sources)

    @cached_property
    def walked(self) -> int:
        return len({walk.item_key for walk in self.walks})

    @property
    def listed(self) -> int:
        """Items to walk; a report made from walks alone does not know, so never less than were walked."""
        return max(self.walked, *(one.listed for one in self.sources))

    @cached_property
    def must_walk_by_head(self) -> int:
        return len({walk.item_key for walk in self.walks if walk.is_must_walk and walk.is_head})

    @property
    def must_walk(self) -> int:
        return max(self.must_walk_by_head, *(one.must_walk for one in self.sources))


@dataclass(frozen=True)
class Material:
    """What a compilation is written from. `due` is None where nobody knows who owes a report (files by mail)."""

    reporters: tuple[Reporter, ...]
    due: tuple[Due, ...] | None
    as_of: date
    warnings: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def walks(self) -> list[Walk]:
        return [walk for one in self.reporters for walk in one.walks]

    @cached_property
    def problems(self) -> list[Problem]:
        return [problem for one in self.reporters for problem in one.problems]

    @cached_property
    def reporter_of(self) -> dict[str, Reporter]:
        """Find the reporter of a problem by its id."""
        return {problem.id: one for one in self.reporters for problem in one.problems}

    @property
    def missing(self) -> list[Due]:
        there = {one.main.reporter for one in self.reporters}
        return [one for one in self.due or () if (one.unit_key, one.post) not in there]

    @cached_property
    def units(self) -> dict[str, list[Reporter]]:
        """Group the reporters by unit: a county has two."""
        found: dict[str, list[Reporter]] = defaultdict(list)
        for one in self.reporters:
            found[one.main.unit_key].append(one)
        return dict(found)


def newest(sources: Iterable[Source]) -> tuple[list[Source], list[tuple[Source, Source]]]:
    """Keep the newest version of each report; return those with the (older, newer) pairs that were left out."""
    kept: list[Source] = []
    left: list[tuple[Source, Source]] = []
    for one in sorted(sources, key=lambda one: (-one.number, one.came_at)):
        newer = next((other for other in kept if is_same_report(one, other)), None)
        if newer:
            left.append((one, newer))
        else:
            kept.append(one)
    return kept, left


def is_same_report(one: Source, other: Source) -> bool:
    """Tell whether two are versions of one report: of one id, or of one head; supplements with walks in common."""
    if one.report or other.report:
        return one.report == other.report
    if (*one.reporter, one.kind, one.campaign.key) != (*other.reporter, other.kind, other.campaign.key):
        return False
    return not one.is_supplement or bool({walk.id for walk in one.walks} & {walk.id for walk in other.walks})


def combine(
    sources: Iterable[Source],
    *,
    as_of: date,
    due: Sequence[Due] | None = None,
    warnings: Mapping[str, Sequence[str]] | None = None,
) -> Material:
    """Put reports together: supplements after what they supplement, a walk told twice as it was told last."""
    kept, _ = newest(sources)
    families: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for one in kept:
        families[one.reporter].append(one)
    ordered = [
        sorted(family, key=lambda one: (one.is_supplement, one.came_at, one.code, one.file))
        for family in families.values()
    ]
    ordered.sort(key=lambda family: rank(family[0].org_class, family[0].unit, family[0].post))
    taken: set[str] = set()
    return Material(
        reporters=tuple(_reporter(family, taken) for family in ordered),
        due=None if due is None else tuple(due),
        as_of=as_of,
        warnings=warnings or {},
    )


def rank(org_class: str, unit: str, post: str) -> tuple[int, str, str]:
    """Order as papers list units: by class, then by name."""
    order = [one.value for one in OrgClass]
    return order.index(org_class) if org_class in order else len(order), unit, post


def _reporter(family: Sequence[Source], taken: set[str]) -> Reporter:
    """Take the walks nobody else has told yet: a deputy's walk may stand in the reports of both heads."""
    walks: dict[str, Walk] = {}
    problems: dict[str, list[Problem]] = {}
    for source in family:
        for walk in source.walks:
            if walk.id not in taken:
                walks[walk.id] = walk
                problems[walk.id] = [one for one in source.problems if one.walk == walk.id]
    taken.update(walks)
    ordered = sorted(walks.values(), key=lambda walk: (walk.from_on, walk.to_on, walk.id))
    return Reporter(tuple(family), tuple(ordered), tuple(one for walk in ordered for one in problems[walk.id]))


def number(material: Material, known: Mapping[str, str]) -> dict[str, str]:
    """Give every problem its number (WT-2026-市直-公安局-0007); what has one keeps it, new ones go on behind."""
    given = dict(known)
    used: dict[str, int] = defaultdict(int)
    for code in known.values():
        beginning, _, count = code.rpartition("-")
        used[beginning] = max(used[beginning], int(count))
    for reporter in material.reporters:
        beginning = stem(reporter.main)
        for problem in reporter.problems:
            if problem.id not in given:
                used[beginning] += 1
                given[problem.id] = f"{beginning}-{used[beginning]:04}"
    return given


def stem(source: Source) -> str:
    """Return what the numbers of a unit's problems begin with."""
    return numbers.stem(source.campaign.opens_on[:4], source.org_class, source.unit)
