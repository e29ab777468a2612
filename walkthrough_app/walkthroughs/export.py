"""Walks out of the database as a package."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from walkthrough_app.media.models import MediaFile
from walkthrough_app.walkthroughs import package, queries, snapshot
from walkthrough_app.walkthroughs.fold import fold
from walkthrough_app.walkthroughs.models import Walkthrough


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


def pictures_of(walk: Mapping[str, Any], *, masked_only: bool = False) -> set[str]:
    """Return the hashes of the pictures a walk still shows; unmasked ones are the walker's own."""
    photos = fold(walk["events"]).photos.values()
    copies = ("masked",) if masked_only else ("media", "masked")
    return {photo[name] for photo in photos for name in copies if photo[name]}


def write_package(
    target: BinaryIO | Path,
    walks: Sequence[Walkthrough],
    *,
    path: Callable[[str], Path],
    known: Callable[[str], MediaFile | None],
    masked_only: bool = False,
) -> None:
    """Write walks and their pictures; `path` finds a picture's file, `known` tells whether it is kept here."""
    data = package_data(walks)
    hashes = {sha256 for walk in data["walks"] for sha256 in pictures_of(walk, masked_only=masked_only)}
    package.write(target, data, {sha256: path(sha256) for sha256 in hashes if known(sha256)})
