"""Finds evidence by its hash; whether a user may see it is for the feature that shows it."""

from collections.abc import Iterable

from sqlalchemy import select, union

from walkthrough_app.core import db
from walkthrough_app.media import looks
from walkthrough_app.media.models import MediaFile


def find(sha256: str) -> MediaFile | None:
    return db.session.get(MediaFile, sha256)


def known(hashes: Iterable[str]) -> set[str]:
    """Return those that are kept here."""
    return set(db.session.scalars(select(MediaFile.sha256).where(MediaFile.sha256.in_(list(hashes)))))


def by_hash(hashes: Iterable[str]) -> dict[str, MediaFile]:
    found = db.session.scalars(select(MediaFile).where(MediaFile.sha256.in_(list(hashes))))
    return {one.sha256: one for one in found}


def near(look: str, *, within: int) -> dict[str, int]:
    """Return the pictures that look nearly the same, with how many of 256 bits differ."""
    bands = [
        select(MediaFile.sha256, MediaFile.look).where(getattr(MediaFile, name).in_(values))
        for name, values in looks.near_bands(look)
    ]
    found = {sha256: looks.distance(look, other) for sha256, other in db.session.execute(union(*bands)) if other}
    return {sha256: apart for sha256, apart in found.items() if apart <= within}


def without_look() -> list[MediaFile]:
    """Return the pictures that were kept before looks were (those with nothing to see among them)."""
    query = select(MediaFile).where(MediaFile.look.is_(None), MediaFile.media_type == "image/jpeg")
    return list(db.session.scalars(query.order_by(MediaFile.created_at)))
