"""What papers have done in the background: their files, and previews of drafts."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.rectification import changes
from walkthrough_app.rectification.papers import service
from walkthrough_app.rectification.papers.models import PaperPrint
from walkthrough_app.rectification.papers.service import prints

DAY = timedelta(days=1)


def connect(store: MediaStore, sign: prints.Sign) -> None:
    """Register the tasks with their store and with what signs a finished paper; listen to the ledger."""
    jobs.task(prints.KIND)(partial(make, store, sign))
    jobs.task(prints.PREVIEW, keep=DAY, forget=partial(forget_preview, store))(partial(preview, store))
    changes.connect(service.extend)


def make(store: MediaStore, sign: prints.Sign, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Make the files of a print from its frozen data."""
    key = uuid.UUID(args["print"])
    with db.transaction():
        found = db.session.get(PaperPrint, key)
        if found is None:
            raise NotFound("这份文书已经不在了。")
        data, at = found.data, found.at
    files = prints.make(data, at, store, sign, tell)

    def write() -> None:
        prints.put_down(db.session.get_one(PaperPrint, key), files)

    return write


def preview(store: MediaStore, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Lay out a draft; its PDF lies in the store under the hash in the job's result."""
    tell(15, "正在排版")
    try:
        laid_out = prints.lay_out(args["data"], prints.pictures(args["data"], store), clock.parse(args["at"]))
    except RuntimeError as error:
        raise Conflict(str(error)) from error
    sha256 = store.put(laid_out.pdf, limit=prints.LARGEST)
    return lambda: {"sha256": sha256}


def forget_preview(store: MediaStore, result: Mapping[str, Any]) -> None:
    if result:
        with suppress(MissingError):
            store.delete(result["sha256"])
