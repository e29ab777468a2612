"""Freezing: the compilation as it stands becomes a version, and the reports in it are 已汇编 (domain §5.8)."""

import uuid

from walkthrough_app.accounts.models import User
from walkthrough_app.compilation.models import Compilation, CompilationVersion
from walkthrough_app.compilation.service import gathering, papers
from walkthrough_app.compilation.service.state import content_of, must_write, save
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import Conflict
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report


def freeze(compilation: Compilation, *, by: User) -> CompilationVersion:
    """Freeze the draft and ask for its papers; frozen already and unchanged since, that version is returned."""
    must_write(compilation, by)
    job = gathering.job_of(compilation)
    if job and job.is_open:
        raise Conflict("正在汇集报告，汇集好以后才能定稿。")
    frozen = dict(content_of(compilation).data)
    last = compilation.current
    if last and _without_day(last.data) == _without_day(frozen):
        return last
    version = CompilationVersion(
        number=len(compilation.versions) + 1,
        data=frozen,
        reports=len(frozen["sources"]),
        frozen_by=by,
        frozen_at=clock.now(),
    )
    compilation.versions.append(version)
    save()
    papers.ask(version)
    audit.record("compilation.frozen", compilation, by=by, number=version.number, data=ids.digest(frozen))
    _mark(compilation, version, by)
    return version


def _without_day(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key != "made_on"}


def _mark(compilation: Compilation, version: CompilationVersion, by: User) -> None:
    """Mark the reports that went in; those of a county's own campaign are the county's to mark."""
    for source in version.data["sources"]:
        report = db.session.get(Report, uuid.UUID(source["report"])) if source["report"] else None
        if report and report.campaign_id == compilation.campaign_id:
            reports.compile_(report, number=source["number"], by=by)
