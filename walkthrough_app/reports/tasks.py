"""What reports have done in the background: the papers of a version, and previews."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.models import ReportVersion
from walkthrough_app.reports.service import papers, previews

DAY = timedelta(days=1)


def connect(store: MediaStore, sign: papers.Sign) -> None:
    """Register the tasks with the store they read from and write to, and with what signs a finished paper."""
    jobs.task(papers.KIND)(partial(paper, store, sign))
    jobs.task(previews.KIND, keep=DAY, forget=partial(forget_preview, store))(partial(preview, store))


def paper(store: MediaStore, sign: papers.Sign, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Make the papers of a version from its frozen data."""
    version_id = uuid.UUID(args["version"])
    made = papers.make_papers(_frozen(version_id), store, sign, tell)

    def write() -> None:
        papers.put_down(db.session.get_one(ReportVersion, version_id), made)

    return write


def _frozen(version_id: uuid.UUID) -> papers.Frozen:
    with db.transaction():
        version = db.session.get(ReportVersion, version_id)
        if version is None:
            raise NotFound("这一版报告已经不在了。")
        return papers.frozen_of(version)


def preview(store: MediaStore, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Lay out a draft; its PDF lies in the store under the hash in the job's result."""
    tell(15, "正在排版")
    pictures = papers.pictures(compose(args["data"]), store)
    pdf, _ = papers.lay_out(args["data"], pictures, clock.parse(args["at"]), is_preview=True)
    sha256 = store.put(pdf, limit=papers.LARGEST)
    return lambda: {"sha256": sha256}


def forget_preview(store: MediaStore, result: Mapping[str, Any]) -> None:
    if result:
        with suppress(MissingError):
            store.delete(result["sha256"])
