"""Makes the masked copies that phones asked for: whatever was interrupted is made up the next time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import queries as media_queries
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.sync import queries
from walkthrough_app.walkthroughs import log, snapshot
from walkthrough_app.walkthroughs.log import ServerDoor
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

AT_ONCE = 4  # copies made in one request
logger = logging.getLogger(__name__)
Holder = Callable[[], tuple[Walkthrough, User]]


@dataclass(frozen=True)
class Due:
    """A masked copy that is asked for and not there."""

    photo: str
    mask: str
    step: str | None
    boxes: Sequence[Sequence[float]]
    source: MediaFile


def due(record: WalkRecord) -> list[Due]:
    """Return the masked copies that are missing; what they are made of is taken out of the session."""
    asked = [one for one in record.state.photos.values() if one["media"] and one["boxes"] and one["mask"]]
    there = media_queries.known([one["masked"] for one in asked if one["masked"]])
    found = []
    for one in asked:
        source = None if one["masked"] in there else media_queries.find(one["media"])
        if source is not None:
            db.session.expunge(source)
            found.append(Due(one["id"], one["mask"], one["step"], one["boxes"], source))
    return found


def make(wanted: Sequence[Due], holder: Holder, *, store: MediaStore) -> list[dict[str, Any]]:
    """Make the copies and return the events that say so; call it outside a transaction."""
    made = [_make(one, holder, store) for one in wanted]
    return [event for event in made if event]


def _make(wanted: Due, holder: Holder, store: MediaStore) -> dict[str, Any] | None:
    try:
        copy = media.mask_photo(wanted.source, wanted.boxes, store=store)
    except (Invalid, MissingError) as error:
        logger.warning("no masked copy of %s: %s", wanted.photo, error)
        return None
    with db.transaction():
        walk, by = holder()
        door = ServerDoor(walk, by)
        if not _is_still_due(log.record_of(walk), wanted):
            return None
        door.add("masked", wanted.step, mask=wanted.mask, photo=wanted.photo, media=media.keep(copy).sha256)
        door.commit()
        return next(snapshot.event_json(one) for one in queries.masked(walk, [wanted.mask]))


def _is_still_due(record: WalkRecord, wanted: Due) -> bool:
    photo = record.state.photos.get(wanted.photo)
    if not photo or photo["mask"] != wanted.mask:
        return False
    return not photo["masked"] or not media_queries.known([photo["masked"]])
