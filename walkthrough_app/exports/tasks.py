"""What exports have done in the background: the file of a list."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.exports import lists, making, queries, service
from walkthrough_app.media.storage import MediaStore


def connect(store: MediaStore) -> None:
    """Register the lists of the features below, and the task with the store it writes to."""
    lists.connect()
    jobs.task(service.KIND, keep=queries.KEPT, forget=partial(service.forget, store))(partial(export, store))


def export(store: MediaStore, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Make the file of an export."""
    export_id = uuid.UUID(args["export"])
    made = making.make(making.order_of(export_id, tell), store)
    return partial(service.put_down, export_id, sha256=made.sha256, size=made.size, rows=made.rows)
