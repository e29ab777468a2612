"""Evidence bytes by their SHA-256, durable before anybody may refer to them; in a folder or an S3-compatible store."""

from walkthrough_app.config import Settings
from walkthrough_app.media.storage.base import CHUNK, MediaStore, MissingError, TooLargeError, Unavailable, gather
from walkthrough_app.media.storage.local import LocalStore
from walkthrough_app.media.storage.s3 import S3Store


def open_store(settings: Settings) -> MediaStore:
    """Return the store the settings name."""
    return S3Store(settings.bucket, settings.media_dir) if settings.bucket else LocalStore(settings.media_dir)


__all__ = ["CHUNK", "LocalStore", "MediaStore", "MissingError", "TooLargeError", "Unavailable", "gather", "open_store"]
