"""Finds evidence by its hash; whether a user may see it is for the feature that shows it."""

from walkthrough_app.core import db
from walkthrough_app.media.models import MediaFile


def find(sha256: str) -> MediaFile | None:
    return db.session.get(MediaFile, sha256)
