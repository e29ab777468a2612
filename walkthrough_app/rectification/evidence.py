"""Pictures of findings; one that already serves another problem is refused (against closing on paper)."""

from collections.abc import Sequence

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import queries as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.rectification import recycled
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, FindingEntry, FindingPhoto, PhotoRole

MOST = 12  # pictures at a time


def add(finding: Finding, photos: Sequence[MediaFile], role: PhotoRole, *, by: User | None) -> None:
    """Keep pictures of a finding; Invalid('photos') when one already serves another, or shows the state before."""
    if len(photos) > MOST:
        raise Invalid("photos", f"一次最多{MOST}张照片。")
    for photo in photos:
        must_be_new(finding, photo, role)
    put(finding, [photo.sha256 for photo in photos], role, by=by)


def put(finding: Finding, hashes: Sequence[str], role: PhotoRole, *, by: User | None) -> None:
    """Keep pictures that were taken in already, each once."""
    known = set(
        db.session.scalars(
            select(FindingPhoto.sha256).where(FindingPhoto.finding_id == finding.id, FindingPhoto.role == role)
        )
    )
    kept = media.known(hashes)
    for sha256 in dict.fromkeys(hashes):
        if sha256 in kept and sha256 not in known:
            db.session.add(
                FindingPhoto(finding_id=finding.id, role=role, sha256=sha256, added_by_id=by.id if by else None)
            )
    db.session.flush()


def must_be_new(finding: Finding, photo: MediaFile, role: PhotoRole) -> None:
    """Refuse a picture that serves another finding, or this one as it was before; Invalid says which.

    Copies are known when shrunk, packed again, masked, cropped or mirrored: recycled.py says how, and how well.
    """
    for other, code in recycled.served(finding, photo):
        if other.finding_id != finding.id:
            raise Invalid("photos", f"这张照片已经用在问题{code}上，请到现场重新拍一张。")
        if role is not PhotoRole.BEFORE and other.role is PhotoRole.BEFORE:
            raise Invalid("photos", "这张照片是整改前的，请到现场重新拍一张整改后的。")
        if role is PhotoRole.RECHECK and other.role is PhotoRole.AFTER:
            raise Invalid("photos", "这张照片是单位报整改时用的，请到现场重新拍一张。")
    if recycled.serves_in_a_walk(finding, photo):
        raise Invalid("photos", "这张照片已经用在走流程发现的另一个问题上，请到现场重新拍一张。")


def since_restart(finding: Finding, role: PhotoRole) -> list[FindingPhoto]:
    """Return the pictures added since the work last began (again): older ones prove nothing about it."""
    began = db.session.scalar(
        select(FindingEntry.at)
        .where(FindingEntry.finding_id == finding.id, FindingEntry.to_state == State.RECTIFYING)
        .where(FindingEntry.from_state != State.RECTIFYING)
        .order_by(FindingEntry.seq.desc())
        .limit(1)
    )
    query = select(FindingPhoto).where(FindingPhoto.finding_id == finding.id, FindingPhoto.role == role)
    if began:
        query = query.where(FindingPhoto.created_at >= began)
    return list(db.session.scalars(query))
