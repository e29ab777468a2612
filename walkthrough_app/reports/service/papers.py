"""The papers of a version: made from its frozen data by a background job, then never changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reports import word
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.render import render
from walkthrough_app.reports.service.state import must_write

KIND = "report.paper"
LARGEST = 512 * 1024 * 1024  # bytes
NOT_YET = "这一版的PDF还没有生成好，请稍等。"
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Frozen:
    """What the papers of a version are made from, and when it was frozen."""

    data: Mapping[str, Any]
    at: datetime
    origin: word.Origin


@dataclass(frozen=True)
class Papers:
    """What was made of a version, by then stored."""

    pdf_sha256: str
    pdf_size: int
    pages: int
    docx_sha256: str


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


def frozen_of(version: ReportVersion) -> Frozen:
    """Return what the papers of a version are made from."""
    return Frozen(version.data, version.confirmed_at, word.Origin(str(version.report_id), version.number))


def write_word(frozen: Frozen, found: Mapping[str, Path]) -> bytes:
    """Write the Word file of frozen data: equal bytes every time."""
    return word.write(frozen.data, found, frozen.at, origin=frozen.origin)


def make_papers(frozen: Frozen, store: MediaStore, sign: Sign, tell: jobs.Tell) -> Papers:
    """Make and store PDF and Word of frozen data; needs no database. Conflict says why that cannot be done."""
    tell(5, "正在读取照片")
    found = pictures(compose(frozen.data), store)
    tell(15, "正在排版")
    pdf, pages = lay_out(frozen.data, found, frozen.at)
    tell(70, "正在生成Word")
    docx = write_word(frozen, found)
    tell(80, "正在签名")
    signed = _signed(pdf, sign)
    tell(90, "正在保存")
    return Papers(store.put(signed, limit=LARGEST), len(signed), pages, store.put(docx, limit=LARGEST))


def _signed(pdf: bytes, sign: Sign) -> bytes:
    try:
        return sign(pdf)
    except RuntimeError as error:
        raise Conflict(str(error)) from error


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
    version.docx_sha256 = papers.docx_sha256
    db.session.flush()
    audit.record("report.printed", version.report, by=None, number=version.number, sha256=papers.pdf_sha256)


def pdf_of(version: ReportVersion) -> str:
    """Return the hash of a version's PDF; Conflict while there is none."""
    if version.pdf_sha256 is None:
        raise Conflict(NOT_YET)
    return version.pdf_sha256
