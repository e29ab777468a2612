"""Putting a campaign away, taking it out again, and asking for the closing report."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from walkthrough_app import jobs
from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.documents import phrases
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification.closing import facts, papers, queries, standing
from walkthrough_app.rectification.closing.models import ClosingReport
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import Finding, FindingEntry
from walkthrough_app.rectification.service.words import needed

KIND = "rectification.closing"
LARGEST = 512 * 1024 * 1024  # bytes
ENOUGH = 500  # characters
SOME = 3  # counties that are named
OPENING = frozenset({Verb.ASSIGN, Verb.FIX_NOW, Verb.RELAPSE})
Sign = Callable[[bytes], bytes]
OFFICE_ONLY = "归档由作风整顿办办理，您可以查看。"


@dataclass(frozen=True)
class Made:
    """What was made of a report, by then stored."""

    pdf: str
    pages: int
    docx: str
    xlsx: str


def archive(campaign: Campaign, *, by: User) -> None:
    """Put a campaign away: only when nothing of it is open. Done already, nothing happens."""
    _must_close(campaign, by)
    _lock(campaign)
    if campaign.state is CampaignState.ARCHIVED:
        return
    if why := why_not(campaign):
        raise Conflict(why)
    campaigns.set_archived(campaign, is_archived=True, by=by)


def why_not(campaign: Campaign) -> str:
    """Say in one sentence why the campaign may not be put away now; '' when it may."""
    if campaign.state is CampaignState.OPEN and clock.today() <= campaign.late_after:
        return f"报送到{phrases.short_date(campaign.late_after)}才截止，截止以后才能归档。"
    if still := standing.of(campaign).open:
        return f"还有{still}个问题没有销号，都销号以后才能归档。"
    if counties := standing.counties_open(campaign):
        named = "、".join(counties[:SOME])
        more = f"等{len(counties)}个县（市）区" if len(counties) > SOME else ""
        return f"{named}{more}在这个活动下面的活动还没有归档，归档以后市里才能归档。"
    return ""


def unarchive(campaign: Campaign, reason: str, *, by: User) -> None:
    """Take a campaign out again, with a reason."""
    _must_close(campaign, by)
    if campaign.state is not CampaignState.ARCHIVED:
        raise Conflict("这个活动没有归档，请刷新后再看。")
    _take_out(campaign, needed("reason", reason, "请写明撤销归档的理由。", ENOUGH), by=by)


def note(finding: Finding, entry: FindingEntry) -> None:
    """Follow the deeds: a campaign with an open problem is not put away, so one that comes back takes it out again."""
    if entry.verb in OPENING:
        _lock(finding.campaign, is_shared=True)
    if finding.campaign.state is CampaignState.ARCHIVED and standing.keeps_open(finding):
        _take_out(finding.campaign, f"{finding.code}{entry.verb.label}", by=None)


def _take_out(campaign: Campaign, reason: str, *, by: User | None) -> None:
    """Take a campaign out, and with a county's own the city's that it rolls up into."""
    campaigns.set_archived(campaign, is_archived=False, by=by, reason=reason)
    parent = db.session.get(Campaign, campaign.parent_id) if campaign.parent_id else None
    if parent:
        _lock(parent)
        if parent.state is CampaignState.ARCHIVED:
            campaigns.set_archived(parent, is_archived=False, by=by, reason=f"{campaign.title}：{reason}"[:ENOUGH])


def ask(campaign: Campaign, *, by: User) -> ClosingReport:
    """Freeze how things stand and have the papers made; unchanged since the last time, that report is returned."""
    _must_close(campaign, by)
    _lock(campaign)
    data = facts.gather(campaign, by)
    last = next(iter(queries.reports_of(campaign)), None)
    if last and last.data == data:
        return last
    made = ClosingReport(campaign=campaign, number=queries.last_number(campaign) + 1, data=data, made_by=by)
    db.session.add(made)
    db.session.flush()
    jobs.add(KIND, str(made.id), {"report": str(made.id)}, title=f"整改总结报告V{made.number}")
    audit.record("closing.asked", campaign, by=by, number=made.number, data=ids.digest(data))
    return made


def ask_again(report: ClosingReport, *, by: User) -> None:
    """Begin anew with papers that could not be made; those that are there stay."""
    _must_close(report.campaign, by)
    job = job_of(report)
    if report.pdf_sha256 is None and job and not job.is_open:
        jobs.retry(job)


def job_of(report: ClosingReport) -> jobs.Job | None:
    return jobs.find(KIND, str(report.id))


def make(data: Mapping[str, Any], at: datetime, store: MediaStore, sign: Sign, tell: jobs.Tell) -> Made:
    """Make and store the papers of frozen facts; needs no database. Conflict says why that cannot be done."""
    tell(5, "正在排版")
    try:
        laid_out = papers.pdf(data, generated=at)
        pdf = sign(laid_out.pdf)
    except RuntimeError as error:
        raise Conflict(str(error)) from error
    tell(60, "正在生成Word")
    docx = papers.docx(data, generated=at)
    tell(80, "正在生成表格")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "closing.xlsx"
        papers.xlsx(data, target)
        xlsx = target.read_bytes()
    stored = [store.put(one, limit=LARGEST) for one in (pdf, docx, xlsx)]
    return Made(stored[0], laid_out.pages, stored[1], stored[2])


def put_down(report: ClosingReport, made: Made) -> None:
    """Write down what was made, once."""
    if report.pdf_sha256:
        return
    report.pdf_sha256, report.pages = made.pdf, made.pages
    report.docx_sha256, report.xlsx_sha256 = made.docx, made.xlsx
    db.session.flush()
    audit.record("closing.printed", report.campaign, by=None, number=report.number, sha256=made.pdf)


def _lock(campaign: Campaign, *, is_shared: bool = False) -> None:
    """Let putting away and what opens a problem wait for each other, and see what the one before has done."""
    query = select(Campaign.id).where(Campaign.id == campaign.id)
    db.session.execute(query.with_for_update(read=is_shared))
    db.session.refresh(campaign, ["state"])


def _must_close(campaign: Campaign, by: User) -> None:
    if by.role is not Role.OFFICE or not realm.sees_campaign(by, campaign):
        raise Forbidden(OFFICE_ONLY)
