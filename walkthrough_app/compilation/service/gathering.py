"""Gathering: the received reports are read once, by a job; the draft is written from what is kept of them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import content, digest, ledger, material, queries
from walkthrough_app.compilation.facts import Source
from walkthrough_app.compilation.material import Due
from walkthrough_app.compilation.models import Compilation, Scope
from walkthrough_app.compilation.service.state import EMPTY, must_write, save
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.quality import queries as quality
from walkthrough_app.quality.queries import Counts
from walkthrough_app.rectification import numbers
from walkthrough_app.reports.models import ReportVersion

KIND = "compilation.gather"
Warn = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Order:
    """What a job is to gather: versions by id, and what the database knows beside them."""

    compilation: uuid.UUID
    versions: tuple[uuid.UUID, ...]
    due: tuple[Due, ...]
    known: Mapping[str, str]
    warnings: Warn


def begin(campaign: Campaign, scope: Scope, *, by: User, with_counties: bool = False) -> Compilation:
    """Begin the one compilation of a campaign and scope; begun already, it is returned as it is."""
    if not queries.may_write(by, campaign, scope):
        raise Forbidden("由负责的工作组汇总，您可以查看。")
    known = queries.compilation_of(campaign, scope)
    if known:
        return known
    if not queries.received(campaign, scope, with_counties=with_counties):
        raise Conflict(EMPTY)
    made = Compilation(campaign=campaign, scope=scope, with_counties=with_counties)
    db.session.add(made)
    save()
    audit.record("compilation.begun", made, by=by, scope=scope.value, with_counties=with_counties)
    _ask(made)
    return made


def refresh(compilation: Compilation, *, by: User, with_counties: bool | None = None) -> None:
    """Gather again; what people wrote and decided stays. While a gathering is under way nothing is added."""
    must_write(compilation, by)
    job = job_of(compilation)
    if job and job.is_open:
        return
    if with_counties is not None:
        compilation.with_counties = with_counties
    audit.record("compilation.refreshed", compilation, by=by, with_counties=compilation.with_counties)
    _ask(compilation)


def _ask(compilation: Compilation) -> None:
    compilation.gathering += 1
    save()
    title = f"{compilation.campaign.title}：汇集{compilation.scope.label}"
    jobs.add(KIND, _key(compilation), {"compilation": str(compilation.id)}, title=title)


def _key(compilation: Compilation) -> str:
    return f"{compilation.id}:{compilation.gathering}"


def job_of(compilation: Compilation) -> jobs.Job | None:
    return jobs.find(KIND, _key(compilation))


def order_of(compilation: Compilation) -> Order:
    """Return what is to be gathered now."""
    campaign, scope, below = compilation.campaign, compilation.scope, compilation.with_counties
    found = queries.received(campaign, scope, with_counties=below)
    owed = queries.due(campaign, scope, with_counties=below)
    known = (compilation.material or {}).get("proposals", {})
    return Order(compilation.id, tuple(one.id for one in found), tuple(owed), known, _warnings(campaign))


def _warnings(campaign: Campaign) -> dict[str, list[str]]:
    """Say of each unit how many walks show signs of thin work (quality), by its name."""
    below = [one.id for one in campaigns.children_of(campaign)]
    found = quality.counts(campaign.id, *below)
    names = {unit.id: unit.name for unit in accounts.units()}
    return {names[key]: [_warning(one)] for key, one in found.items() if one.look}


def _warning(found: Counts) -> str:
    explained = f"，单位已说明{found.explained}条" if found.explained else ""
    return f"{found.walks}次体验有走过场提示，其中需要复核的{found.look}条{explained}"


def source_of(version: ReportVersion) -> Source:
    """Read one received report with what the register knows about it."""
    report = version.report
    return digest.of_data(
        version.data,
        report=str(report.id),
        unit_key=str(report.unit_id),
        post=report.head.post,
        lane=report.lane.value,
        number=version.number,
        came_at=clock.iso(version.submitted_at or version.confirmed_at),
        is_late=version.is_late,
        pdf_sha256=version.pdf_sha256 or "",
        pages=version.pages or 0,
        state="已接收",
    )


def gather(order: Order, sources: Iterable[Source]) -> dict[str, Any]:
    """Put the sources together; numbers are given when it is written down."""
    return content.gathered(
        sources, as_of=clock.today(), due=order.due, numbers={}, proposals=order.known, warnings=order.warnings
    )


def put_down(compilation: Compilation, gathered: dict[str, Any]) -> None:
    """Keep what was gathered, with a number for every problem that had none."""
    whole = content.Content({**gathered, "decisions": {}}).material
    given = numbers.known(one.id for one in whole.problems)
    for reporter in whole.reporters:
        beginning = material.stem(reporter.main)
        given |= {one.id: numbers.give(one.id, beginning) for one in reporter.problems if one.id not in given}
    known = ledger.standings(one.id for one in whole.problems)
    compilation.material = {
        **gathered,
        "numbers": given,
        "due": [asdict(one) for one in whole.due or ()],
        **({"ledger": known} if known else {}),
    }
    compilation.gathered_at = clock.now()
    save()
    audit.record("compilation.gathered", compilation, by=None, reports=len(gathered["sources"]))
