"""Finds evidence by its hash; whether a user may see it is for the feature that shows it."""

from collections.abc import Iterable

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.media.models import MediaFile


def find(sha256: str) -> MediaFile | None:
    return db.session.get(MediaFile, sha256)


def known(hashes: Iterable[str]) -> set[str]:
    """Return those that are kept here."""
    return set(db.session.scalars(select(MediaFile.sha256).where(MediaFile.sha256.in_(list(hashes)))))
