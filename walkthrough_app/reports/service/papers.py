"""The papers of a version: made from its frozen data by a background job, then never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.render import render
from walkthrough_app.reports.service.state import must_write

KIND = "report.paper"
LARGEST_PDF = 512 * 1024 * 1024
NOT_YET = "这一版的PDF还没有生成好，请稍等。"


@dataclass(frozen=True)
class Papers:
    """What was made of a version, by then stored."""

    pdf_sha256: str
    pdf_size: int
    pages: int


def ask(version: ReportVersion) -> None:
    """Ask for the papers of a version, in the transaction that freezes it."""
    report = version.report
    title = f"{report.unit.name}{report.kind.label}V{version.number}"
    jobs.add(KIND, str(version.id), {"version": str(version.id)}, title=title)


def ask_again(report: Report, *, by: User) -> None:
    """Begin anew with papers that could not be made; those that are there stay."""
    must_write(report, by)
    version = report.current
    if version is None or version.pdf_sha256:
        return
    job = job_of(version)
    if job is None:
        ask(version)
    elif not job.is_open:
        jobs.retry(job)


def job_of(version: ReportVersion) -> jobs.Job | None:
    return jobs.find(KIND, str(version.id))


def make_papers(data: Mapping[str, Any], at: datetime, store: MediaStore, tell: jobs.Tell) -> Papers:
    """Lay out the PDF of frozen data and store it; needs no database. Conflict says why it cannot be made."""
    tell(5, "正在读取照片")
    found = pictures(compose(data), store)
    tell(15, "正在排版")
    pdf, pages = lay_out(data, found, at)
    tell(90, "正在保存")
    return Papers(store.put(pdf, limit=LARGEST_PDF), len(pdf), pages)


def lay_out(
    data: Mapping[str, Any], found: Mapping[str, Path], at: datetime, *, is_preview: bool = False
) -> tuple[bytes, int]:
    """Return the PDF and its pages; what the renderer refuses is a Conflict in one sentence."""
    try:
        rendered = render(data, found, generated=at, is_preview=is_preview)
    except LookupError as error:
        raise Conflict("有一张照片读不出来，请联系管理员。") from error
    except RuntimeError as error:
        raise Conflict(str(error)) from error
    return rendered.pdf, rendered.pages


def pictures(composed: Composed, store: MediaStore) -> dict[str, Path]:
    """Find the masked copies a report shows; Conflict when one is gone."""
    found = {}
    for photo in composed.photos:
        try:
            found[photo.sha256] = store.path(photo.sha256)
        except MissingError as error:
            raise Conflict(f"图{photo.number}的照片已经不在了，请联系管理员。") from error
    return found


def put_down(version: ReportVersion, papers: Papers) -> None:
    """Write down what was made of a version, once."""
    if version.pdf_sha256:
        return
    version.pdf_sha256, version.pdf_size, version.pages = papers.pdf_sha256, papers.pdf_size, papers.pages
    db.session.flush()
    audit.record("report.printed", version.report, by=None, number=version.number, sha256=papers.pdf_sha256)


def pdf_of(version: ReportVersion) -> str:
    """Return the hash of a version's PDF; Conflict while there is none."""
    if version.pdf_sha256 is None:
        raise Conflict(NOT_YET)
    return version.pdf_sha256
