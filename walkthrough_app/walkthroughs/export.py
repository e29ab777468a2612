"""Walks out of the database as a package."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from walkthrough_app.media.models import MediaFile
from walkthrough_app.walkthroughs import package, queries, snapshot
from walkthrough_app.walkthroughs.fold import fold
from walkthrough_app.walkthroughs.models import Walkthrough

SUFFIXES = {"video/mp4": "mp4", "video/webm": "webm", "audio/mp4": "m4a", "audio/webm": "webm"}


def package_data(walks: Sequence[Walkthrough]) -> dict[str, Any]:
    """Return `walk.json` for walks of one unit in one campaign."""
    first = walks[0]
    questionnaires = {walk.questionnaire_id: walk.questionnaire.document for walk in walks}
    return package.build(
        campaign=snapshot.campaign_json(first.campaign),
        unit=snapshot.unit_json(first.unit),
        walks=[snapshot.walk_json(walk, queries.events_of(walk)) for walk in walks],
        questionnaires=questionnaires.values(),
    )


def evidence_of(walk: Mapping[str, Any], *, masked_only: bool = False) -> set[str]:
    """Return the hashes of what a walk still shows; unmasked pictures and recordings are the walker's own."""
    state = fold(walk["events"])
    copies = ("masked",) if masked_only else ("media", "masked")
    pictures = {photo[name] for photo in state.photos.values() for name in copies if photo[name]}
    return pictures if masked_only else pictures | {clip["media"] for clip in state.clips.values() if clip["media"]}


def write_package(
    target: BinaryIO | Path,
    walks: Sequence[Walkthrough],
    *,
    path: Callable[[str], Path],
    known: Callable[[str], MediaFile | None],
    masked_only: bool = False,
) -> None:
    """Write walks and their evidence; `path` finds a file, `known` what is kept here under a hash."""
    data = package_data(walks)
    hashes = {sha256 for walk in data["walks"] for sha256 in evidence_of(walk, masked_only=masked_only)}
    kept = {sha256: one for sha256 in hashes if (one := known(sha256))}
    suffixes = {sha256: SUFFIXES.get(one.media_type, "jpg") for sha256, one in kept.items()}
    package.write(target, data, {sha256: path(sha256) for sha256 in kept}, suffixes)
