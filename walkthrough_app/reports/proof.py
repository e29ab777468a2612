"""What proves a report: one digest of each walk's log, and the hash of every piece of evidence. Pure.

`{"algorithm": "sha256", "walks": [{"id", "events", "digest"}], "evidence": [{"sha256", "original", "kind", "size",
"step", "walk"}]}`: `digest` is the SHA-256 of the canonical JSON of the walk's events in the order of the data; of a
picture `sha256` is the masked copy (null while there is none); `original` and `size` (bytes) are of what was sent.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from walkthrough_app.core.ids import digest
from walkthrough_app.walkthroughs.fold import fold
from walkthrough_app.walkthroughs.snapshot import event_hash

ALGORITHM = "sha256"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")
LOOK_ALIKE = str.maketrans("OIL", "011", " -—－　")

Event = Mapping[str, Any]


def of_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Make the proof of `walkthrough-report/1` data."""
    walks = data["walks"]
    return {
        "algorithm": ALGORITHM,
        "walks": [{"id": one["id"], "events": len(one["events"]), "digest": digest(one["events"])} for one in walks],
        "evidence": [entry for walk in walks for entry in _evidence(walk)],
    }


def _evidence(walk: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the walk still shows, pictures first; evidence that was taken back or refused is not there."""
    state = fold(walk["events"])
    for photo in state.photos.values():
        if photo["media"] or photo["masked"]:
            yield _entry(walk, photo, photo["masked"], "photo")
    for clip in state.clips.values():
        if clip["media"]:
            yield _entry(walk, clip, clip["media"], "audio" if clip.get("sort") == "voice" else "video")


def _entry(walk: Mapping[str, Any], one: Mapping[str, Any], sha256: str | None, kind: str) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "original": one["sent"] or one["media"],
        "kind": kind,
        "size": one.get("size"),
        "step": one["step"],
        "walk": walk["id"],
    }


def faults(events: Sequence[Event]) -> list[Event]:
    """Return the events that are not as their device made them: another hash, or another one before them."""
    hashes = {(one["device"], one["seq"]): one["hash"] for one in events if one.get("hash")}
    return [one for one in events if one.get("hash") and not _is_sound(one, hashes)]


def _is_sound(event: Event, hashes: Mapping[tuple[str, int], str]) -> bool:
    before, named = hashes.get((event["device"], event["seq"] - 1)), event.get("prev")
    return event["hash"] == event_hash(event) and (before is None or named is None or named == before)


def tidy_code(text: str) -> str:
    """Return a code as it is kept, whatever a person typed for it; '' when it is none."""
    code = text.strip().upper().translate(LOOK_ALIKE)
    return code if CODE.fullmatch(code) else ""


def shown_code(code: str) -> str:
    """Write a code in two groups, as people read it: ABCDE-12345."""
    return f"{code[:5]}-{code[5:]}"
