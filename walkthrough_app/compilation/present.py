"""From compilations to ready values for their pages: no page computes anything itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import counting, queries, service
from walkthrough_app.compilation.compose import Composed, compose
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.counting import Counts
from walkthrough_app.compilation.grouping import Group
from walkthrough_app.compilation.models import Compilation, CompilationVersion, Scope
from walkthrough_app.compilation.queries import Standing
from walkthrough_app.core import clock
from walkthrough_app.jobs import Job, JobState

SLOW = timedelta(minutes=2)
MOST_TARGETS = 200
PAGE = 50


@dataclass(frozen=True)
class Row:
    """A compilation that could be or has been made."""

    scope: Scope
    received: int
    due: int
    version: CompilationVersion | None
    is_begun: bool
    may_write: bool

    @property
    def missing(self) -> int:
        return self.due - self.received


@dataclass(frozen=True)
class Making:
    """How far a job is; with an `error` it was given up."""

    percent: int
    note: str
    error: str = ""
    is_slow: bool = False


@dataclass(frozen=True)
class Page:
    """What the page of a compilation shows; `content` is None while nothing is gathered yet."""

    compilation: Compilation
    standing: Standing
    content: Content | None
    may_write: bool
    gathering: Making | None
    making: Making | None
    binding: Making | None

    @cached_property
    def composed(self) -> Composed | None:
        return compose(self.content) if self.content else None

    @property
    def is_waiting(self) -> bool:
        """Tell whether something is being made that the page should wait for."""
        return any(one and not one.error for one in (self.gathering, self.making, self.binding))

    @cached_property
    def fresh(self) -> int:
        """Count what was received since the draft was gathered: new reports and new versions."""
        if self.content is None:
            return 0
        known = {(one.report, one.number) for one in self.content.sources}
        return sum((str(one.report_id), one.number) not in known for one in self.standing.received)

    @property
    def outdated(self) -> int:
        return sum(one.is_outdated for one in self.composed.texts()) if self.composed else 0

    @property
    def merged(self) -> int:
        return sum(len(one.problems) > 1 for one in self.content.groups) if self.content else 0

    @property
    def facts(self) -> list[tuple[str, str]]:
        if self.content is None:
            return []
        material = self.content.material
        return [
            ("单位", f"{len(material.units)}个"),
            ("报告", f"{len(self.content.sources)}份"),
            ("走流程", f"{len(material.walks)}次"),
            ("发现问题", f"{len(material.problems)}个"),
            ("同类归并", f"{self.merged}组"),
        ]


def overview(user: User) -> list[tuple[Campaign, list[Row]]]:
    """Return each campaign of the user's realm with what could be or has been made of it."""
    campaigns, scopes = queries.campaigns_of(user), queries.scopes_of(user)
    counts, known = counting.counts(campaigns), counting.compilations(campaigns)
    return [
        (one, [_row(one, scope, user, counts, known.get((one.id, scope))) for scope in scopes]) for one in campaigns
    ]


def _row(campaign: Campaign, scope: Scope, user: User, counts: Counts, known: Compilation | None) -> Row:
    there, due = counting.of(counts, campaign, scope, known)
    may_write = queries.may_write(user, campaign, scope)
    return Row(scope, there, due, known.current if known else None, bool(known), may_write)


def page(compilation: Compilation, user: User) -> Page:
    campaign, scope = compilation.campaign, compilation.scope
    standing = queries.standing(campaign, scope, with_counties=compilation.with_counties)
    version = compilation.current
    has_material = bool(compilation.material and compilation.material["sources"])
    return Page(
        compilation=compilation,
        standing=standing,
        content=service.content_of(compilation) if has_material else None,
        may_write=queries.may_write(user, campaign, scope),
        gathering=_open(service.gathering.job_of(compilation)),
        making=_open(service.papers.job_of(version)) if version and not version.pdf_sha256 else None,
        binding=_open(service.binding.job_of(version)) if version and not version.binder_sha256 else None,
    )


def _open(job: Job | None) -> Making | None:
    """Tell of a job that has not come to a good end."""
    if job is None or job.state is JobState.DONE:
        return None
    if job.state is JobState.FAILED:
        return Making(0, "", error=job.error)
    is_slow = job.state is JobState.TODO and clock.now() - job.updated_at > SLOW
    return Making(job.progress, job.note or job.error or "正在排队", is_slow=is_slow)


def targets(content: Content, group: Group) -> list[tuple[str, str]]:
    """Offer the other groups to merge into: those of the same class first, the largest first."""
    others = [one for one in content.groups if one.key != group.key]
    letter = group.problems[0].group
    ordered = sorted(others, key=lambda one: one.problems[0].group != letter)
    return [(one.key, f"{one.title}（{len(one.problems)}个）") for one in ordered[:MOST_TARGETS]]


def members(content: Content, group: Group) -> list[tuple[str, str]]:
    """Offer the problems of a group for a list of boxes: number, unit, item, wording."""
    found = []
    for one in group.problems:
        unit = content.material.reporter_of[one.id].main.unit
        found.append((one.id, f"{one.title}（{unit}，{one.item}，{content.numbers[one.id]}）"))
    return found


def shown(groups: Sequence[Group], after: str) -> tuple[list[Group], str]:
    """Return a page of groups that begins behind the one with the key `after`, and the key to go on from ('': end)."""
    start = next((n for n, one in enumerate(groups, 1) if one.key == after), 0)
    part = list(groups[start : start + PAGE])
    return part, part[-1].key if start + PAGE < len(groups) else ""
