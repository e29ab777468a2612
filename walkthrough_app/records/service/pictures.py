"""Pictures that answer a question: cleaned without a transaction open, shown to others once they were masked."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import AppError, Invalid
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.questionnaires.rules import AnswerValue
from walkthrough_app.records.models import Record, RecordPhoto

Upload = Mapping[str, BinaryIO]  # by question id


def take_pictures(uploads: Upload, *, store: MediaStore) -> dict[str, MediaFile]:
    """Clean and keep pictures by the question they answer; Invalid(question id) when one cannot be taken.

    Ends the transaction first: call it after authorising and before writing anything.
    """
    if not uploads:
        return {}
    db.release()
    return {key: media.keep(_read(key, stream, store)) for key, stream in uploads.items()}


def _read(key: str, stream: BinaryIO, store: MediaStore) -> MediaFile:
    try:
        return media.read_photo(stream, store=store)
    except Invalid as error:
        raise Invalid(key, error.message) from error


def attach(record: Record, pictures: Mapping[str, MediaFile], *, by: User) -> dict[str, AnswerValue]:
    """Put pictures to a record and return the answers they are."""
    made = {
        key: RecordPhoto(record_id=record.id, sha256=one.sha256, added_by_id=by.id) for key, one in pictures.items()
    }
    db.session.add_all(made.values())
    db.session.flush()
    return {key: str(photo.id) for key, photo in made.items()}


def mask(photo: RecordPhoto, boxes: Sequence[Sequence[float]], *, is_clear: bool, store: MediaStore, by: User) -> None:
    """Hide parts of a picture; without boxes it may be shown as it is when `is_clear`, else to nobody yet.

    Ends the transaction while the picture is worked on.
    """
    key, source = photo.id, photo.media
    shown = source.sha256 if is_clear else None
    if boxes:
        db.session.expunge(source)
        db.release()
        try:
            shown = media.keep(media.mask_photo(source, boxes, store=store)).sha256
        except AppError as error:
            raise Invalid("mask", error.message) from error
    kept = db.session.get_one(RecordPhoto, key)
    kept.boxes, kept.shown_sha256 = [list(box) for box in boxes], shown
    audit.record("record.photo_masked", kept, by=by, boxes=len(boxes))
