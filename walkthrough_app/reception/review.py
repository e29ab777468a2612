"""What the lane sees of one version: the report as composed, its walks as they were tapped, what was said of both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Segment
from walkthrough_app.reception import places, queries
from walkthrough_app.reception.models import Thread
from walkthrough_app.reception.queries import Arrival
from walkthrough_app.reception.timeline import Line, flags_of, timeline
from walkthrough_app.reports import present
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.models import SETTLED, Report, ReportState, ReportVersion

FEW = 6  # walks: of more than these only the chosen one is told line by line


@dataclass(frozen=True)
class WalkView:
    """One walk beside the report; `lines` is None where it has to be asked for."""

    id: str
    item: str
    summary: str
    segments: tuple[Segment, ...]
    flags: list[str]
    lines: list[Line] | None

    @property
    def place(self) -> str:
        return places.walk(self.id)


@dataclass(frozen=True)
class Review:
    report: Report
    version: ReportVersion
    composed: Composed
    walks: list[WalkView]
    threads: Sequence[Thread]
    earlier: list[Thread]
    is_receiver: bool
    may_decide: bool
    may_speak: bool
    flags: Sequence[Any]

    # What reports/_sheet.html asks of a page.
    is_draft = False

    @property
    def entry(self) -> present.Entry:
        return present.Entry(self.report, self.version)

    @property
    def by_place(self) -> dict[str, list[Thread]]:
        return {place: [one for one in self.threads if one.place == place] for place in {t.place for t in self.threads}}

    @property
    def known(self) -> set[str]:
        """Return the places shown on this page, so that no matter is hidden because its place is not drawn."""
        lines = (line.place for walk in self.walks for line in walk.lines or ())
        paragraphs = (places.paragraph(one.key) for one in self.composed.paragraphs())
        return {*paragraphs, *lines, *(walk.place for walk in self.walks)}

    @property
    def open_threads(self) -> list[Thread]:
        return [one for one in self.threads if one.is_open]

    @property
    def summary(self) -> str:
        """Say how many matters there are and how many are still open."""
        count, still_open = len(self.threads) + len(self.earlier), len(self.open_threads) + len(self.earlier)
        return f"共{count}条，{f'{still_open}条未了结' if still_open else '都已了结'}"

    @property
    def versions(self) -> list[ReportVersion]:
        return queries.submitted_versions(self.report)

    @property
    def before(self) -> ReportVersion | None:
        """Return the version that was submitted before this one."""
        return next((one for one in reversed(self.versions) if one.number < self.version.number), None)

    @property
    def is_latest(self) -> bool:
        return all(one.number <= self.version.number for one in self.versions)

    @property
    def parent(self) -> Report | None:
        return queries.parent_of(self.report)

    @property
    def supplements(self) -> list[Report]:
        """Return the supplements that have reached the desk."""
        return [one for one in reports.supplements_of(self.report) if reports.last_submitted(one)]


def review(version: ReportVersion, user: User, *, walk: str = "", flags: Sequence[Any] = ()) -> Review:
    """Put the page together; `walk` is the one to be told when there are many."""
    report = version.report
    material = read(version.data)
    threads = queries.threads_of(report)
    is_lane = reports.decides(user, report)
    is_latest = version is reports.last_submitted(report)
    return Review(
        report=report,
        version=version,
        composed=write(material),
        walks=walks_of(material.journeys, walk),
        threads=[one for one in threads if one.number == version.number],
        earlier=[one for one in threads if one.number < version.number and one.is_open],
        is_receiver=not reports.is_own(user, report),
        may_decide=is_lane and is_latest and report.state is ReportState.SUBMITTED,
        may_speak=is_lane and report.state not in SETTLED,
        flags=flags,
    )


def walks_of(journeys: Sequence[Journey], chosen: str) -> list[WalkView]:
    ids = [journey.id for journey in journeys]
    told = set(ids) if len(ids) <= FEW else {chosen if chosen in ids else ids[0]}
    events = {event["id"] for one in journeys if one.id in told for event in one.record.data["events"]}
    arrivals = queries.arrivals_of(told, events)
    return [_view(journey, arrivals if journey.id in told else None) for journey in journeys]


def _view(journey: Journey, arrivals: Mapping[str, Arrival] | None) -> WalkView:
    return WalkView(
        id=journey.id,
        item=journey.item,
        summary=summary(journey),
        segments=journey.segments,
        flags=flags_of(journey.record),
        lines=None if arrivals is None else timeline(journey.record, arrivals),
    )


def summary(journey: Journey) -> str:
    """Say in one line who walked how, how long it took, and what was found."""
    state = journey.record.state
    kinds = Counter(clip["sort"] for clip in state.clips.values())
    waited = f"其中等候{phrases.minutes(journey.waited)}" if journey.waited else ""
    parts = (
        f"{journey.walker}{journey.mode}" + ("（模拟）" if journey.is_simulated else ""),
        journey.when,
        phrases.took(journey.minutes) if journey.minutes else "没有用时",
        waited,
        f"到现场{journey.record.trips}次" if journey.record.trips else "",
        f"问题{len(state.findings)}个" if state.findings else "没有问题",
        f"照片{len(state.photos)}张" if state.photos else "没有照片",
        f"录像{kinds['video']}段" if kinds["video"] else "",
        f"录音{kinds['voice']}段" if kinds["voice"] else "",
    )
    return "，".join(part for part in parts if part)
