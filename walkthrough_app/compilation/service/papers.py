"""The papers of a version: PDF, Word and workbook, made from its frozen data by a background job."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.compilation import papers
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.models import CompilationVersion
from walkthrough_app.compilation.service.state import must_write
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import MediaStore

KIND = "compilation.papers"
LARGEST = 512 * 1024 * 1024  # bytes
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Made:
    """What was made of a version, by then stored."""

    pdf: str
    pages: int
    docx: str
    xlsx: str


def ask(version: CompilationVersion) -> None:
    jobs.add(KIND, str(version.id), {"version": str(version.id)}, title=f"汇总报告V{version.number}")


def ask_again(version: CompilationVersion, *, by: User) -> None:
    """Begin anew with papers that could not be made; those that are there stay."""
    must_write(version.compilation, by)
    if version.pdf_sha256:
        return
    job = job_of(version)
    if job is None:
        ask(version)
    elif not job.is_open:
        jobs.retry(job)


def job_of(version: CompilationVersion) -> jobs.Job | None:
    return jobs.find(KIND, str(version.id))


def make(data: Mapping[str, Any], at: datetime, store: MediaStore, sign: Sign, tell: jobs.Tell) -> Made:
    """Make and store the papers of frozen data; needs no database. Conflict says why that cannot be done."""
    content = Content(data)
    tell(5, "正在排版")
    try:
        laid_out = papers.pdf(content, generated=at)
        tell(60, "正在签名")
        pdf = sign(laid_out.pdf)
    except RuntimeError as error:
        raise Conflict(str(error)) from error
    tell(70, "正在生成Word")
    docx = papers.docx(content, generated=at)
    tell(80, "正在生成表格")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "ledger.xlsx"
        papers.xlsx(content, target)
        xlsx = target.read_bytes()
    tell(95, "正在保存")
    stored = [store.put(one, limit=LARGEST) for one in (pdf, docx, xlsx)]
    return Made(stored[0], laid_out.pages, stored[1], stored[2])


def put_down(version: CompilationVersion, made: Made) -> None:
    """Write down what was made, once."""
    if version.pdf_sha256:
        return
    version.pdf_sha256, version.pages = made.pdf, made.pages
    version.docx_sha256, version.xlsx_sha256 = made.docx, made.xlsx
    db.session.flush()
    audit.record("compilation.printed", version.compilation, by=None, number=version.number, sha256=made.pdf)
