"""The reports of a unit in load data: drafted, confirmed, handed in, late, returned, received, by the services."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.demo.load import paper
from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.jobs import ledger
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports import queries, service
from walkthrough_app.reports.models import Report
from walkthrough_app.reports.service.papers import KIND, LARGEST, Papers
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

ENDS = {"received": 52, "submitted": 14, "returned": 7, "again": 6, "confirmed": 5, "draft": 6, "none": 10}
LATE = 0.15
WALKS = (1, 4)  # that one report covers
REASONS = (
    "整改措施不具体，请写明时限和步骤",
    "佐证不足，请补充照片",
    "问题写得笼统，请写清时间、地点和经过",
    "缺少必须亲身体验的事项",
)
EXPLAINED = "其余事项正在体验，按计划在体验期内走完。"


@dataclass(frozen=True)
class Desk:
    """Who writes, who decides, where the papers go."""

    campaign: Campaign
    liaison: User
    group: User
    store: MediaStore


def hand_in(desk: Desk, head: User, chance: Chance) -> str:
    """Bring the report of a head as far as chance wants; return how far."""
    end, walks = chance.one_of(ENDS), _walks(desk, head, chance)
    if end == "none" or not walks:
        return "none"
    due = desk.campaign.report_due
    day = chance.workday(due + timedelta(days=1), clock.today()) if chance.happens(LATE) else due - timedelta(days=1)
    with _at(day, chance):
        report = service.draft(desk.campaign, head, walks, by=desk.liaison)
        service.set_contact(report, "联系人：办公室，电话：0000-1234567", by=desk.liaison)
        if end != "draft":
            _confirm(desk, report, head)
        if end not in {"draft", "confirmed"}:
            service.submit(report, by=desk.liaison)
    if end in {"received", "returned", "again"}:
        _decide(desk, report, end, day, chance)
    return end


def _walks(desk: Desk, head: User, chance: Chance) -> Sequence[Walkthrough]:
    able = [walk for walk in queries.walks_for(head, desk.campaign) if walk.state is WalkState.FINISHED]
    return chance.sample(able, min(len(able), chance.randint(*WALKS)))


def _at(day: date, chance: Chance) -> AbstractContextManager[None]:
    return clock.pinned(min(chance.moment(day), clock.now()))


def _confirm(desk: Desk, report: Report, head: User) -> None:
    for gap in service.check(report):
        if gap.level == "explain":
            service.explain(report, gap.key, EXPLAINED, by=desk.liaison)
    version = service.confirm(report, by=head, ticked=True, store=desk.store)
    pdf, docx = paper.pdf(version.code or ""), paper.docx(version.code or "")
    made = Papers(desk.store.put(pdf, limit=LARGEST), len(pdf), 1, desk.store.put(docx, limit=LARGEST))
    job = jobs.find(KIND, str(version.id))
    claim = ledger.claim(job.id) if job else None
    assert claim
    ledger.finish(claim, lambda: service.papers.put_down(version, made))


def _decide(desk: Desk, report: Report, end: str, day: date, chance: Chance) -> None:
    with _at(min(day + timedelta(days=1), clock.today()), chance):
        if end == "received":
            service.receive(report, by=desk.group)
            return
        service.return_(report, chance.sample(REASONS, chance.randint(1, 2)), by=desk.group)
    if end == "again":
        with _at(min(day + timedelta(days=3), clock.today()), chance):
            service.take_back(report, by=desk.liaison)
            _confirm(desk, report, report.head)
            service.submit(report, by=desk.liaison)
            service.receive(report, by=desk.group)
