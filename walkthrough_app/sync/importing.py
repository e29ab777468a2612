"""Brings a package back into the log: through the same doors as a phone's own, so doing it twice changes nothing."""

import re
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import queries as media_queries
from walkthrough_app.media.storage import CHUNK, MediaStore
from walkthrough_app.sync import brought, forms, intake, masks, rescue
from walkthrough_app.sync.intake import Arrival
from walkthrough_app.sync.queries import Evidence
from walkthrough_app.sync.service import note_end
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs import queries as walk_queries
from walkthrough_app.walkthroughs.models import Walkthrough

MEDIA = re.compile(r"media/([0-9a-f]{64})\.[a-z0-9]{1,5}")
NO_FILE = "文件不在记录包里"
DAMAGED = "文件在记录包里已经损坏"

Files = Mapping[str, zipfile.ZipInfo]


@dataclass
class Summary:
    """What an import did; `left_out` events and `unusable` files are counted by reason."""

    events: int = 0
    known: int = 0
    media: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unusable: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Home:
    """The walk a package is brought back to; what it brings counts as its walker's."""

    walk_id: uuid.UUID

    def __call__(self) -> tuple[Walkthrough, User]:
        walk = db.session.get_one(Walkthrough, self.walk_id)
        return walk, walk.walker


def import_package(archive: zipfile.ZipFile, *, store: MediaStore) -> Summary:
    """Take in all walks of a package; Invalid when it cannot be read or names a walk that is not here."""
    data = rescue.read_json(archive, "walk.json")
    walks = brought.walks_in(data)
    _check_known(data, walks)
    files = {found[1]: info for info in archive.infolist() if (found := MEDIA.fullmatch(info.filename))}
    summary = Summary()
    for walk in walks:
        home = Home(uuid.UUID(walk["id"]))
        _take_events(walk["events"], home, files, summary)
        for evidence, hashes in _wanting(walk["events"], home):
            info = next((files[sha256] for sha256 in hashes if sha256 in files), None)
            refusal = _take_file(archive, info, evidence, home, store) if info else NO_FILE
            summary.media += not refusal
            summary.unusable.update([refusal] if refusal else [])
        _mask(home, store)
    return summary


def _check_known(data: Mapping[str, Any], walks: Sequence[Mapping[str, Any]]) -> None:
    with db.transaction():
        for walk in walks:
            if db.session.get(Walkthrough, uuid.UUID(walk["id"])) is None:
                name = brought.described(data, walk)
                raise Invalid("package", f"本系统里没有这次走流程（{name}），请在原来的系统导入。")


def _take_events(events: Sequence[Any], home: Home, files: Files, summary: Summary) -> None:
    with db.transaction():
        walk, by = home()
        before = walk.state
        sound = [event for event in events if isinstance(event, dict) and forms.is_sound(event)]
        known = {str(one) for one in walk_queries.known_ids(brought.ids_of(sound))}
        fresh, unshown = brought.sorted_out(sound, known, files)
        taken = log.take(walk, fresh, by=by, door="import")
        added = len([name for name in taken.accepted if name not in known])
        if added:
            audit.record("walk.imported", walk, by=None, events=added)
        note_end(walk, before, None)
    summary.events += added
    summary.known += len(taken.accepted) - added
    summary.left_out.update(why for _, why in taken.rejected)
    summary.left_out.update([forms.UNSOUND] * (len(events) - len(sound)) + [NO_FILE] * unshown)


def _wanting(events: Sequence[Any], home: Home) -> list[tuple[Evidence, list[str]]]:
    """Return the evidence that has no file here, each with the hashes its file may have in the package."""
    hashes = brought.hashes_by_evidence(events)
    with db.transaction():
        state = log.record_of(home()[0]).state
        all_of_it = [*state.photos.values(), *state.clips.values()]
        here = media_queries.known([one["media"] for one in all_of_it if one["media"]])
        found = [
            Evidence(one["id"], one.get("sort", "photo"), one["step"]) for one in all_of_it if one["media"] not in here
        ]
    return [(one, hashes.get(one.id, [])) for one in found]


def _take_file(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, evidence: Evidence, home: Home, store: MediaStore
) -> str:
    """Take in a file; return why not, or ''."""
    sha256 = info.filename.removeprefix("media/").partition(".")[0]
    try:
        said = intake.take_in(Arrival(evidence, sha256, _parts(archive, info), anew=True), home, store=store)[0]
    except Invalid:
        return DAMAGED
    return str(said["payload"].get("reason", ""))


def _parts(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Give the bytes of a file; where it is broken they end, and its hash will tell."""
    try:
        with archive.open(info) as file:
            while part := file.read(CHUNK):
                yield part
    except rescue.ZIP_ERRORS:
        return


def _mask(home: Home, store: MediaStore) -> None:
    with db.transaction():
        wanted = masks.due(log.record_of(home()[0]))
    masks.make(wanted, home, store=store)
