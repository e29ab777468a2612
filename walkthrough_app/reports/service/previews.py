"""Previews: the draft laid out as it stands, marked as such, kept for a day."""

from pathlib import Path

from walkthrough_app import jobs
from walkthrough_app.core import clock, ids
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reports import data
from walkthrough_app.reports.models import Report

KIND = "report.preview"
GONE = "这份预览已经清理了，请回到报告再点一次预览。"


def ask(report: Report, store: MediaStore) -> str:
    """Ask for a preview of the report as it stands; the same text has one preview. Return its name: a hash."""
    now = data.of_report(report, made_on=clock.today())
    name = ids.digest(now)
    title = f"{report.unit.name}{report.kind.label}预览"
    job = jobs.add(KIND, _key(report, name), {"data": now, "at": clock.iso(clock.now())}, title=title)
    if not (job.is_open or _file(job, store)):
        jobs.retry(job)
    return name


def job_of(report: Report, name: str) -> jobs.Job:
    """Return the job that makes a preview; NotFound when it was cleared away or never asked for."""
    job = jobs.find(KIND, _key(report, name))
    if job is None:
        raise NotFound(GONE)
    return job


def pdf_of(report: Report, name: str, store: MediaStore) -> Path:
    """Return the file of a preview; NotFound when there is none."""
    found = _file(job_of(report, name), store)
    if found is None:
        raise NotFound(GONE)
    return found


def _file(job: jobs.Job, store: MediaStore) -> Path | None:
    try:
        return store.path(job.result["sha256"]) if job.result else None
    except MissingError:
        return None


def _key(report: Report, name: str) -> str:
    return f"{report.id}.{name}"
