"""Pictures that come with a form: cleaned without a transaction open, each refusal under the name of its file."""

from collections.abc import Sequence
from typing import BinaryIO

from walkthrough_app.core import db
from walkthrough_app.core.errors import AppError, Invalid
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import evidence
from walkthrough_app.rectification.models import Finding, PhotoRole

Upload = tuple[str, BinaryIO]
NAME = 40  # characters of a file's name that are shown


def take_in(uploads: Sequence[Upload], *, store: MediaStore) -> list[MediaFile]:
    """Clean and keep all, or Invalid('photos') that names each one which cannot be taken.

    Ends the transaction first: call it after authorising and before writing anything.
    """
    if not uploads:
        return []
    if len(uploads) > evidence.MOST:
        raise Invalid("photos", f"一次最多{evidence.MOST}张照片。")
    db.release()
    read: list[MediaFile] = []
    refused: list[str] = []
    for name, stream in uploads:
        try:
            read.append(media.read_photo(stream, store=store))
        except AppError as error:
            refused.append(_named(name, error.message))
    if refused:
        raise Invalid("photos", "".join(refused))
    return [media.keep(one) for one in read]


def must_be_new(finding: Finding, names: Sequence[str], photos: Sequence[MediaFile]) -> None:
    """Refuse pictures that serve another problem or show the state before; Invalid('photos') names each file."""
    refused = []
    for name, photo in zip(names, photos, strict=True):
        try:
            evidence.must_be_new(finding, photo, PhotoRole.AFTER)
        except Invalid as error:
            refused.append(_named(name, error.message))
    if refused:
        raise Invalid("photos", "".join(refused))


def _named(name: str, message: str) -> str:
    bare = name.replace("\\", "/").rpartition("/")[2]
    return f"“{bare[:NAME]}”：{message}"
