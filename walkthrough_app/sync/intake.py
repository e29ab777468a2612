"""A file for a piece of evidence: cleaned without holding anybody up, then said to be kept or refused, once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import queries as media_queries
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.sync import masks, queries
from walkthrough_app.sync.masks import Due, Holder
from walkthrough_app.sync.queries import Evidence
from walkthrough_app.walkthroughs import snapshot
from walkthrough_app.walkthroughs.log import ServerDoor
from walkthrough_app.walkthroughs.models import WalkEvent

Json = dict[str, Any]
UNEQUAL = "收到的文件与手机上的不一致，请再传一次。"


@dataclass(frozen=True)
class Arrival:
    """A file as it came; `anew` lets one that was refused, or lost here, try again."""

    evidence: Evidence
    sha256: str
    parts: Iterable[bytes]
    anew: bool = False


def take_in(arrival: Arrival, holder: Holder, *, store: MediaStore) -> list[Json]:
    """Return the server's events about the file: kept or refused, and masked when boxes were waiting for it.

    Call it outside a transaction. Invalid('sha256') when the bytes are not those announced.
    """
    outcome = _cleaned(arrival, store)
    with db.transaction():
        event, due = _settle(arrival, outcome, holder)
    return [event, *masks.make(due, holder, store=store)]


def _cleaned(arrival: Arrival, store: MediaStore) -> MediaFile | str:
    """Return the row not yet kept, or the sentence why the file is no evidence."""
    sort = arrival.evidence.sort
    try:
        with media.received(arrival.parts, sort, store=store) as (file, sha256):
            is_whole = sha256 == arrival.sha256
            made = media.clean(file, sort, sha256, store=store) if is_whole else None
    except Invalid as refusal:
        return refusal.message
    if made is None:
        raise Invalid("sha256", UNEQUAL)
    return made


def _settle(arrival: Arrival, outcome: MediaFile | str, holder: Holder) -> tuple[Json, list[Due]]:
    evidence = arrival.evidence
    walk, by = holder()
    door = ServerDoor(walk, by)
    known = queries.settled(walk, evidence.id)
    if known and not (arrival.anew and isinstance(outcome, MediaFile) and not _is_here(known)):
        return snapshot.event_json(known), []
    if isinstance(outcome, MediaFile):
        door.add("kept", evidence.step, evidence=evidence.id, sent=arrival.sha256, **_facts(media.keep(outcome)))
    else:
        door.add("refused", evidence.step, evidence=evidence.id, reason=outcome)
    record = door.commit()
    said = queries.settled(walk, evidence.id)
    assert isinstance(said, WalkEvent)
    return snapshot.event_json(said), [one for one in masks.due(record) if one.photo == evidence.id]


def _is_here(known: WalkEvent) -> bool:
    return known.kind == "kept" and media_queries.find(known.payload["media"]) is not None


def _facts(made: MediaFile) -> Json:
    """Return what the log tells of a kept file; what it has not is left out."""
    is_clip = made.seconds is not None
    facts = {
        "media": made.sha256,
        "width": made.width,
        "height": made.height,
        "taken_at": clock.iso(made.taken_at) if made.taken_at else None,
        "poster": made.preview_sha256 if is_clip else None,
        "seconds": made.seconds,
    }
    return {name: value for name, value in facts.items() if value}
