"""Asking for a list as a file, and what becomes of the file."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import select

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid, NotFound
from walkthrough_app.exports import filters, queries, registry
from walkthrough_app.exports.models import Export, FileKind
from walkthrough_app.media.storage import MediaStore, MissingError

KIND = "export"
MOST_ROWS = 1_000_000  # one sheet of a workbook holds 1 048 576
TOO_MANY = "超过100万行，一张Excel表放不下，请加上筛选条件，或者选csv。"
GONE = "这个文件已经清理了，请重新导出。"


def ask(user: User, key: str, kind: FileKind, given: Mapping[str, str]) -> Export:
    """Ask for a list as a file; the same list while it is being made is one export. Invalid names the filter."""
    listing = registry.listing_for(user, key)
    kept = {name: value for name, value in given.items() if value}
    wanted = filters.read(kept, listing.filters, queries.choices(user, listing))
    open_one = _open_one(user, key, kind, kept)
    if open_one:
        return open_one
    if kind is FileKind.XLSX and listing.count(user, wanted) > MOST_ROWS:
        raise Invalid("kind", TOO_MANY)
    made = Export(user=user, listing=key, title=_title(listing.title), file_kind=kind, filters=kept)
    db.session.add(made)
    db.session.flush()
    audit.record("export.asked", made, by=user, list=key, kind=kind.value, filters=kept)
    jobs.add(KIND, str(made.id), {"export": str(made.id)}, title=f"导出{made.file_name}")
    return made


def again(export: Export, *, by: User) -> None:
    """Make a file again that was not made, or is gone."""
    job = jobs.find(KIND, str(export.id))
    if job is None:
        raise NotFound(GONE)
    if export.sha256 is None and not job.is_open:
        audit.record("export.asked", export, by=by, list=export.listing, again=True)
        jobs.retry(job)


def job_of(export: Export) -> jobs.Job | None:
    return jobs.find(KIND, str(export.id))


def file_of(export: Export, store: MediaStore) -> Path:
    """Return where the file is; Conflict while it is being made, NotFound once it is gone."""
    if export.sha256 is None:
        job = job_of(export)
        raise Conflict("文件还没有生成好，请稍等。") if job and job.is_open else NotFound(GONE)
    try:
        return store.path(export.sha256)
    except MissingError as error:
        raise NotFound(GONE) from error


def put_down(export_id: uuid.UUID, *, sha256: str, size: int, rows: int) -> dict[str, Any]:
    """Write down what was made; the answer is the job's result."""
    export = db.session.get_one(Export, export_id)
    export.sha256, export.size, export.rows = sha256, size, rows
    audit.record("export.made", export, by=export.user, rows=rows, sha256=sha256)
    return {"export": str(export_id), "sha256": sha256}


def forget(store: MediaStore, result: Mapping[str, Any]) -> None:
    """Remove the file of an export past its time, unless another export has the very same one."""
    if not result:
        return
    export = db.session.get(Export, uuid.UUID(result["export"]))
    if export:
        export.sha256 = None
        db.session.flush()
    if db.session.scalar(select(Export.id).where(Export.sha256 == result["sha256"]).limit(1)) is None:
        with suppress(MissingError):
            store.delete(result["sha256"])


def _open_one(user: User, key: str, kind: FileKind, given: Mapping[str, str]) -> Export | None:
    for one in queries.exports_of(user):
        if (one.listing, one.file_kind, one.filters) == (key, kind, given) and one.sha256 is None:
            job = job_of(one)
            if job and job.is_open:
                return one
    return None


def _title(title: str) -> str:
    return f"{title} {clock.to_local(clock.now()).strftime('%Y-%m-%d %H%M')}"
