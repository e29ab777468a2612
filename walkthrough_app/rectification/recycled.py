"""Pictures that are used a second time: the same file, a copy of it, a part of it, its mirror image.

Copies are looked for among all pictures here. Parts and mirror images take longer to compare, so they are looked for
among the latest pictures of the same units' findings: nobody else's can be fetched by those who report.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from walkthrough_app.core import db
from walkthrough_app.media import queries as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.traits import Traits, likeness, mirrored_likeness
from walkthrough_app.quality.models import PhotoTrace
from walkthrough_app.rectification.models import Finding, FindingPhoto
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough

FARTHEST = 30  # of 256 bits: copies that were shrunk, packed again, made brighter
PART, OWN_PART, MIRRORED = 0.4, 0.6, 0.5  # shares of points; pictures of different things stay below 0.3
MOST = 200  # pictures a part is looked for in


def served(finding: Finding, photo: MediaFile) -> Iterator[tuple[FindingPhoto, str]]:
    """Yield the pictures of findings that this one is a copy or a part of, with the numbers of their problems."""
    query = select(FindingPhoto, Finding.code).join(Finding, Finding.id == FindingPhoto.finding_id)
    same = query.where(FindingPhoto.sha256.in_(_copies(photo))).order_by(FindingPhoto.created_at)
    yield from ((other, code) for other, code in db.session.execute(same))
    if photo.traits:
        points = Traits.read(photo.traits)
        for other, code, text in db.session.execute(_nearby(finding, photo)):
            if _is_part(points, Traits.read(text), is_own=other.finding_id == finding.id):
                yield other, code


def _copies(photo: MediaFile) -> set[str]:
    """Return the pictures that show the same: the file, what was made of the same upload, what looks the same."""
    made = select(MediaFile.sha256).where(MediaFile.original_sha256 == photo.original_sha256)
    near = media.near(photo.look, within=FARTHEST) if photo.look else {}
    return {photo.sha256, *near, *db.session.scalars(made)}


def _nearby(finding: Finding, photo: MediaFile) -> Any:
    """Select the latest pictures of the units' findings that have points to compare."""
    units = {finding.unit_id, finding.resp_id}
    query: Any = select(FindingPhoto, Finding.code, MediaFile.traits)
    query = query.join(Finding, Finding.id == FindingPhoto.finding_id)
    query = query.join(MediaFile, MediaFile.sha256 == FindingPhoto.sha256)
    query = query.where(or_(Finding.unit_id.in_(units), Finding.resp_id.in_(units)))
    query = query.where(MediaFile.traits.is_not(None), MediaFile.sha256 != photo.sha256)
    return query.order_by(FindingPhoto.created_at.desc(), FindingPhoto.id).limit(MOST)


def _is_part(one: Traits, other: Traits, *, is_own: bool) -> bool:
    """Tell a part or mirror image; a later picture from the same spot may honestly share a good deal."""
    return likeness(one, other) >= (OWN_PART if is_own else PART) or mirrored_likeness(one, other) >= MIRRORED


def serves_in_a_walk(finding: Finding, photo: MediaFile) -> bool:
    """Tell whether a walk uses the picture for another problem, which may not have been handed in yet."""
    traces = db.session.scalars(select(PhotoTrace).where(PhotoTrace.sha256.in_(_copies(photo)))).all()
    return any(_shows_another(finding, one.walk_id, str(one.photo)) for one in traces)


def _shows_another(finding: Finding, walk_id: uuid.UUID, photo: str) -> bool:
    found = log.record_of(db.session.get_one(Walkthrough, walk_id)).state.findings
    return any(
        photo in {*(one.get("photos") or ()), *((one["measure"] or {}).get("after_photos") or ())}
        for key, one in found.items()
        if (walk_id, key) != (finding.walk_id, str(finding.key))
    )
