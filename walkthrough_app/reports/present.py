"""From reports to ready values for their pages: no page computes anything itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, ids
from walkthrough_app.jobs import Job, JobState
from walkthrough_app.reports import checks, data, queries, service, word_back
from walkthrough_app.reports.checks import Gap
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.models import Report, ReportState, ReportVersion
from walkthrough_app.reports.word_back import Changes
from walkthrough_app.walkthroughs.models import Walkthrough

SLOW = timedelta(minutes=2)
CHIPS = {
    ReportState.DRAFT: "",
    ReportState.CONFIRMED: "brand",
    ReportState.SUBMITTED: "brand",
    ReportState.RETURNED: "bad",
    ReportState.RECEIVED: "good",
    ReportState.COMPILED: "good",
}


@dataclass(frozen=True)
class Entry:
    """A report in a list."""

    report: Report
    version: ReportVersion | None

    @property
    def chip(self) -> str:
        return CHIPS[state_of(self.report, self.version)]

    @property
    def state(self) -> str:
        """Return the state of the version shown: a report being reworked by its unit stays 退回补充 for the lane."""
        return state_of(self.report, self.version).label

    @property
    def days_late(self) -> int:
        return days_late(self.report, self.version)


@dataclass(frozen=True)
class Opening:
    """A special report that could be begun: a head in a campaign who has none yet."""

    campaign: Campaign
    head: User
    walks: list[Walkthrough]


@dataclass(frozen=True)
class Making:
    """How far the PDF is that a job makes; with an `error` it was given up."""

    percent: int
    note: str
    error: str = ""
    is_slow: bool = False
    is_done: bool = False


@dataclass(frozen=True)
class Page:
    """What its unit sees of a report: the draft as it stands now, else the version it confirmed last."""

    report: Report
    composed: Composed
    version: ReportVersion | None
    is_head: bool
    gaps: list[Gap]
    explained: list[Gap]
    making: Making | None

    @property
    def chip(self) -> str:
        return CHIPS[state_of(self.report, self.version)]

    @property
    def state(self) -> str:
        return state_of(self.report, self.version).label

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the head looks over before confirming."""
        counts = Counter(gap.level for gap in self.gaps)
        findings = [one for one in self.composed.paragraphs() if one.key.startswith("finding.")]
        return [
            ("走流程", f"{len(self.report.walks)}次"),
            ("发现问题", f"{len(findings)}个" if findings else "没有记录"),
            ("佐证照片", f"{len(self.composed.photos)}张"),
            ("改写的段落", f"{sum(one.is_edited for one in self.composed.paragraphs())}段"),
            ("提醒", f"{counts['note']}条" if counts["note"] else "没有"),
            ("报送", self.composed.addressee),
        ]

    @property
    def is_draft(self) -> bool:
        return self.report.state is ReportState.DRAFT

    @property
    def blocking(self) -> list[Gap]:
        return checks.blocking(self.gaps)

    @property
    def undrawable(self) -> list[Gap]:
        """What would not be printed as it was written: said before everything else."""
        return [gap for gap in self.gaps if gap.key == checks.UNDRAWABLE]

    @property
    def days_late(self) -> int:
        return days_late(self.report, self.version)

    @property
    def versions(self) -> list[ReportVersion]:
        return self.report.versions

    @property
    def days_left(self) -> int:
        return (self.report.campaign.report_due - clock.today()).days

    @property
    def is_in_grace(self) -> bool:
        return clock.today() <= self.report.campaign.late_after


def page(report: Report, user: User) -> Page:
    is_draft = report.state is ReportState.DRAFT
    version = report.current
    shown = data.of_report(report, made_on=clock.today()) if is_draft or version is None else version.data
    material = read(shown)
    composed = write(material)
    known = service.gaps_of(report, material, composed) if is_draft else []
    still_open = checks.unsettled(known, report.explanations)
    return Page(
        report=report,
        composed=composed,
        version=version,
        is_head=user.id == report.head_id,
        gaps=still_open,
        explained=[gap for gap in known if gap not in still_open],
        making=_being_made(report, version),
    )


def changes(report: Report, file: BinaryIO) -> Changes:
    """Return what an edited Word file changes in a draft; Invalid when it cannot be read or belongs elsewhere."""
    manuscript = word_back.read(file, str(report.id))
    day = word_back.made_on(manuscript, clock.today())
    return word_back.compare(manuscript, data.of_report(report, made_on=day))


def posted(report: Report, texts: Mapping[str, str]) -> Changes:
    """Return the changes that a form carried, to show them again."""
    return word_back.again(list(texts.items()), data.of_report(report, made_on=clock.today()))


def _being_made(report: Report, version: ReportVersion | None) -> Making | None:
    if version is None or version.pdf_sha256 or report.state is not ReportState.CONFIRMED:
        return None
    return making(service.papers.job_of(version))


def making(job: Job | None) -> Making:
    """Tell of a job that makes a PDF; one that is not known any more counts as given up."""
    if job is None or job.state is JobState.FAILED:
        return Making(0, "", error=job.error if job else "这次生成没有留下记录。")
    is_slow = job.state is JobState.TODO and clock.now() - job.updated_at > SLOW
    return Making(job.progress, job.note or job.error or "正在排队", is_slow=is_slow, is_done=not job.is_open)


def entries(reports: Sequence[Report]) -> list[Entry]:
    return [Entry(one, one.current) for one in reports]


def openings(campaigns: Sequence[Campaign], heads: Sequence[User]) -> list[Opening]:
    """Return the reports still to be begun, with the walks each may cover."""
    return [
        Opening(campaign, head, queries.walks_for(head, campaign))
        for campaign in campaigns
        for head in heads
        if not queries.special_of(head, campaign)
    ]


def state_of(report: Report, version: ReportVersion | None) -> ReportState:
    """Return the state of one version: what the lane decided on it, else the report's own."""
    if version is not None and version.returned_at:
        return ReportState.RETURNED
    return report.state


def days_late(report: Report, version: ReportVersion | None) -> int:
    """Return by how many days after the deadline and its grace the version came, 0 when it came in time."""
    if version is None or not (version.is_late and version.submitted_at):
        return 0
    return (clock.to_local(version.submitted_at).date() - report.campaign.late_after).days


def walk_choices(walks: Sequence[Walkthrough]) -> list[tuple[str, str]]:
    """Offer walks as (id, words) for a list of boxes."""
    return [(str(walk.id), f"{walk.item.task_name}（{walk.walker.post}，{walk.state.label}）") for walk in walks]


def chosen(walks: Sequence[Walkthrough], posted: Sequence[str]) -> list[Walkthrough]:
    """Return the walks whose ids were posted, in their own order; ids that are none are passed over."""
    wanted = {ids.parse(one) for one in posted}
    return [walk for walk in walks if walk.id in wanted]
