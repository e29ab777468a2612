"""Takes what phones send: each part is durable before the answer names it, and a repeat changes nothing."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.core.pace import Pace
from walkthrough_app.media import service as media
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.sync import intake, masks, queries
from walkthrough_app.sync.intake import Arrival
from walkthrough_app.sync.values import Batch, Manifest
from walkthrough_app.walkthroughs import log, package, snapshot, tokens
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

Json = dict[str, Any]
PACE = Pace()


@dataclass(frozen=True)
class Sender:
    """Who knocks: a token, and the walk it is for."""

    token: str
    walk_id: uuid.UUID
    secret: str

    def admit(self) -> None:
        """Refuse a bad token or too many requests; leaves no transaction, for the body may come in slowly."""
        db.begin_readonly()
        self()
        db.release()
        PACE.spend(hashlib.sha256(self.token.encode()).hexdigest())

    def __call__(self) -> tuple[Walkthrough, User]:
        """Load the walk and in whose name it is added to; asked anew in every transaction."""
        return tokens.holder(self.token, self.walk_id, secret=self.secret)


class Missing(Conflict):
    """The file cannot be put together yet: these slices are wanted, or (none named) the evidence's own event."""

    def __init__(self, message: str, missing: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.missing = list(missing)


@dataclass(frozen=True)
class Taken:
    """The answer to a batch; `pending` counts the masked copies still to be made."""

    accepted: list[str]
    rejected: list[tuple[str, str]]
    events: list[Json]
    pending: int


def take_events(batch: Batch, sender: Sender, *, store: MediaStore) -> Taken:
    """Store the events one by one, then make the masked copies they ask for."""
    with db.transaction():
        walk, by = sender()
        before = walk.state
        taken = log.take(walk, batch.events, by=by, door="sync")
        note_end(walk, before, by)
        wanted = masks.due(taken.record)
        known = [snapshot.event_json(one) for one in queries.masked(walk, taken.accepted)]
    made = masks.make(wanted[: masks.AT_ONCE], sender, store=store)
    pending = max(0, len(wanted) - masks.AT_ONCE)
    return Taken(taken.accepted, [*batch.rejected, *taken.rejected], [*known, *made], pending)


def note_end(walk: Walkthrough, before: WalkState, by: User | None) -> None:
    """Write down in the audit trail that a walk came to its end by what a phone sent."""
    verbs = {WalkState.FINISHED: "walk.finished", WalkState.VOID: "walk.voided"}
    if walk.state is not before and walk.state in verbs:
        audit.record(verbs[walk.state], walk, by=by)


def keep_slice(data: bytes, sha256: str, sender: Sender, *, store: MediaStore) -> int:
    """Store a slice; Invalid when its bytes do not have this hash."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Invalid("slice", intake.UNEQUAL)
    media.keep_slice(sender.walk_id, data, store=store)
    return len(data)


def take_media(manifest: Manifest, sender: Sender, *, store: MediaStore) -> list[Json]:
    """Put a file together and take it in as evidence; return the server's events about it.

    Missing when slices or the evidence's own event have not come; Invalid when size or hash are not as announced.
    """
    evidence, known = _look_up(manifest, sender)
    if known:
        return [known]
    slices = store.slices
    missing = slices.missing(sender.walk_id, manifest.slices)
    if missing:
        raise Missing("还有一部分没有传到，会自动补传。", missing)
    if slices.size(sender.walk_id, manifest.slices) != manifest.size:
        raise Invalid("size", intake.UNEQUAL)
    parts = slices.read(sender.walk_id, manifest.slices)
    return intake.take_in(Arrival(evidence, manifest.sha256, parts), sender, store=store)


def _look_up(manifest: Manifest, sender: Sender) -> tuple[queries.Evidence, Json | None]:
    db.begin_readonly()
    walk, _ = sender()
    evidence = queries.evidence(walk, manifest.event)
    if evidence is None:
        raise Missing("这份佐证的文字记录还没有传到，请先传文字记录。")
    known = queries.settled(walk, evidence.id)
    answer = snapshot.event_json(known) if known else None
    db.release()
    return evidence, answer


def base(walk: Walkthrough) -> Json:
    """Return the part of `walk.json` that does not change, for the package a phone makes itself."""
    data = package.build(
        campaign=snapshot.campaign_json(walk.campaign),
        unit=snapshot.unit_json(walk.unit),
        walks=[],
        questionnaires=[walk.questionnaire.document],
    )
    del data["walks"]
    static = snapshot.walk_json(walk, [])
    del static["events"]
    return data | {"walk": static}
