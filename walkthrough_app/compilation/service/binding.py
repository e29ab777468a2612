"""All the reports of a version bound into one file, once somebody asks for it."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.compilation import binder
from walkthrough_app.compilation.binder import Bound
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.models import CompilationVersion
from walkthrough_app.compilation.service.state import must_write
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import MediaStore, MissingError

KIND = "compilation.binder"
LARGEST = 8 * 1024 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Binder:
    """What to bind: titles of the cover, and each report's hash with its title and pages."""

    title: Sequence[str]
    issuer: str
    made_on: date
    reports: Sequence[tuple[str, str, int]]


def ask(version: CompilationVersion, *, by: User) -> None:
    """Ask for the bound reports; asked for already, nothing is added, and what failed is tried again."""
    must_write(version.compilation, by)
    if version.binder_sha256:
        return
    job = job_of(version)
    if job is None:
        jobs.add(KIND, str(version.id), {"version": str(version.id)}, title=f"装订报告V{version.number}")
        audit.record("compilation.binding", version.compilation, by=by, number=version.number)
    elif not job.is_open:
        jobs.retry(job)


def job_of(version: CompilationVersion) -> jobs.Job | None:
    return jobs.find(KIND, str(version.id))


def order_of(version: CompilationVersion) -> Binder:
    content = Content(version.data)
    campaign = content.sources[0].campaign
    ordered = [one for reporter in content.material.reporters for one in reporter.sources]
    reports = [(one.pdf_sha256, one.name, one.pages) for one in ordered]
    title = (f"{content.data['realm']}{campaign.matter}", "专项报告汇编")
    return Binder(title, content.data["issuer"], content.made_on, reports)


def make(order: Binder, store: MediaStore) -> str:
    """Bind and store; Conflict names the report that cannot be bound."""
    parts = [Bound(_path(sha256, title, store), title, pages) for sha256, title, pages in order.reports]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "binder.pdf"
        try:
            binder.bind(parts, target, title=order.title, issuer=order.issuer, made_on=order.made_on)
        except binder.CannotBind as error:
            title = next(one.title for one in parts if one.path == error.path)
            raise Conflict(f"{title}不能装订：{error.reason}。") from error
        except RuntimeError as error:
            raise Conflict(str(error)) from error
        return _kept(target, store)


def _path(sha256: str, title: str, store: MediaStore) -> Path:
    try:
        return store.path(sha256)
    except MissingError as error:
        raise Conflict(f"{title}的PDF已经不在了，请联系管理员。") from error


def _kept(target: Path, store: MediaStore) -> str:
    with target.open("rb") as file:
        return store.put(file, limit=LARGEST)


def put_down(version: CompilationVersion, sha256: str) -> None:
    version.binder_sha256 = sha256
    db.session.flush()
    audit.record("compilation.bound", version.compilation, by=None, number=version.number, sha256=sha256)
