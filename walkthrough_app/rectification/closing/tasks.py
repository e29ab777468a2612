"""The papers of a closing report, made in the background."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification.closing import service
from walkthrough_app.rectification.closing.models import ClosingReport


def connect(store: MediaStore, sign: service.Sign) -> None:
    """Register the task with the store it writes to, and with what signs a finished paper."""
    jobs.task(service.KIND)(partial(make, store, sign))


def make(store: MediaStore, sign: service.Sign, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    key = uuid.UUID(args["report"])
    with db.transaction():
        found = db.session.get(ClosingReport, key)
        if found is None:
            raise NotFound("这份总结报告已经不在了。")
        data, at = found.data, found.made_at
    made = service.make(data, at, store, sign, tell)

    def write() -> None:
        service.put_down(db.session.get_one(ClosingReport, key), made)

    return write
