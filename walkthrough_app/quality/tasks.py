"""Looking at walks in the background, so that taps stay quick."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.quality import queries, service

DAY = timedelta(days=1)


def connect() -> None:
    jobs.task(service.KIND, keep=DAY)(look)
    jobs.task(service.CAMPAIGN, keep=DAY)(look_at_campaign)


def look(args: Mapping[str, Any], _tell: jobs.Tell) -> jobs.Write:
    """Store the walk's trace first, for all to see, then compare: of two that arrive at once one sees the other."""
    walk_id = uuid.UUID(args["walk"])
    with db.transaction():
        is_there = service.trace(walk_id)
    if not is_there:
        return lambda: None
    with db.transaction():
        db.begin_readonly()
        findings, seen = service.look(walk_id)

    def write() -> None:
        service.put_down(walk_id, findings)
        service.echo(walk_id, seen)

    return write


def look_at_campaign(args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
    """Judge all walks of a campaign anew after its rules were set; each is written by itself."""
    with db.transaction():
        walks = queries.traced_walks(uuid.UUID(args["campaign"]))
    for number, walk_id in enumerate(walks):
        if number % 20 == 0:
            tell(number * 100 // len(walks), "正在重新查看")
        with db.transaction():
            findings, _ = service.look(walk_id)
            service.put_down(walk_id, findings)
    return lambda: None
