"""Takes evidence in and hides parts of pictures; the bytes are durable before the row exists."""

import errno
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO

from sqlalchemy.exc import IntegrityError

from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import AppError, Invalid
from walkthrough_app.media import clips, images, limits, looks
from walkthrough_app.media.boxes import clipped
from walkthrough_app.media.decoder import refusals
from walkthrough_app.media.decoder.refusals import TOO_MANY_BYTES, Refusal
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import CHUNK, MediaStore, MissingError, TooLargeError, gather

UPLOAD_BYTES = limits.PHOTO_BYTES
RESULT_BYTES = 64 * 1024 * 1024
MOST_BOXES = 200
FAST_CAMERA_CLOCK = timedelta(days=1)
TOO_LARGE = {"photo": TOO_MANY_BYTES, "video": refusals.VIDEO_BYTES, "voice": refusals.VOICE_BYTES}
MOST_BYTES = {"photo": UPLOAD_BYTES, **limits.CLIP_BYTES}


class NoSpace(AppError):
    """The disk of the server is full."""

    status = 507
    default = "服务器存储空间不足，文件没有保存，请联系管理员后再传。"


def add_photo(stream: BinaryIO, *, store: MediaStore, now: datetime | None = None) -> MediaFile:
    """Clean an upload and keep it; Invalid('photo', sentence) when it cannot be taken."""
    return keep(read_photo(stream, store=store, now=now))


def add_masked(media: MediaFile, boxes: Iterable[Sequence[float]], *, store: MediaStore) -> MediaFile:
    """Keep a copy with the boxes hidden (x, y, w, h as fractions); Invalid('boxes', sentence) when none is inside."""
    return keep(mask_photo(media, boxes, store=store))


def add_photos(streams: Sequence[BinaryIO], *, store: MediaStore) -> tuple[list[MediaFile], list[str]]:
    """Keep what can be taken and say why the rest cannot: (pictures, refusals).

    Ends the transaction first, so that nobody waits for our lock while pictures are decoded: call it after
    authorising and before writing anything.
    """
    if streams:
        db.release()
    taken: list[MediaFile] = []
    refused: list[str] = []
    for stream in streams:
        try:
            taken.append(read_photo(stream, store=store))
        except AppError as error:
            refused.append(error.message)
    return [keep(one) for one in taken], refused


def read_photo(stream: BinaryIO, *, store: MediaStore, now: datetime | None = None) -> MediaFile:
    """Do the slow half of add_photo, without the database: store the clean files, return the row not yet kept."""
    with received(iter(partial(stream.read, CHUNK), b""), "photo", store=store) as (file, sha256):
        return clean(file, "photo", sha256, store=store, now=now)


@contextmanager
def received(parts: Iterable[bytes], sort: str, *, store: MediaStore) -> Iterator[tuple[BinaryIO, str]]:
    """Gather an upload in a file that vanishes afterwards; give it and its SHA-256. `sort`: photo, video, voice."""
    with _full_disk_named(), store.scratch() as file:
        try:
            sha256 = gather(parts, file, limit=MOST_BYTES[sort])
        except TooLargeError as error:
            raise Invalid(_field(sort), TOO_LARGE[sort]) from error
        file.flush()
        yield file, sha256


def clean(file: BinaryIO, sort: str, original: str, *, store: MediaStore, now: datetime | None = None) -> MediaFile:
    """Clean a received file and store the result; return the row not yet kept. Invalid when it is no evidence."""
    now = now or clock.now()
    with _full_disk_named():
        try:
            if sort == "photo":
                picture = images.clean(file, scratch=store.scratch)
                return _stored(picture, store, original, _believable(picture.taken_at, now))
            return _clip(file, sort, original, store, now)
        except Refusal as refusal:
            raise Invalid(_field(sort), str(refusal)) from refusal


def mask_photo(media: MediaFile, boxes: Iterable[Sequence[float]], *, store: MediaStore) -> MediaFile:
    """Do the slow half of add_masked, without the database."""
    inside = clipped(boxes)
    if not inside:
        raise Invalid("boxes", "请先在照片上标出要遮住的地方。")
    if len(inside) > MOST_BOXES:
        raise Invalid("boxes", f"一张照片最多遮住 {MOST_BOXES} 处，请用大一些的框。")
    with _full_disk_named(), store.open(media.sha256) as source:
        try:
            picture = images.mask(source, inside, scratch=store.scratch)
        except Refusal as refusal:
            raise Invalid("photo", str(refusal)) from refusal
        return _stored(picture, store, media.original_sha256, media.taken_at)


def keep_slice(walk: uuid.UUID, data: bytes, *, store: MediaStore) -> str:
    """Store a slice of a file on its way and return its hash; NoSpace before the disk is full to the brim."""
    if store.room() < limits.RESERVE_BYTES:
        raise NoSpace
    with _full_disk_named():
        return store.slices.put(walk, data)


def keep(media: MediaFile) -> MediaFile:
    """Add the row, or return the one that already stands for the same bytes."""
    existing = db.session.get(MediaFile, media.sha256)
    if existing is not None:
        return existing
    try:
        with db.session.begin_nested():
            db.session.add(media)
    except IntegrityError:  # another request was faster
        return db.session.get_one(MediaFile, media.sha256)
    return media


def _stored(picture: images.Picture, store: MediaStore, original: str, taken_at: datetime | None) -> MediaFile:
    return MediaFile(
        sha256=store.put(picture.clean, limit=RESULT_BYTES),
        original_sha256=original,
        preview_sha256=store.put(picture.preview, limit=RESULT_BYTES),
        media_type="image/jpeg",
        width=picture.width,
        height=picture.height,
        size=len(picture.clean),
        taken_at=taken_at,
        look=picture.look,
        traits=picture.traits or None,
        **looks.columns(picture.look),
    )


def _clip(file: BinaryIO, sort: str, original: str, store: MediaStore, now: datetime) -> MediaFile:
    with store.scratch() as out:
        clip = clips.clean(file, out, sort=sort, scratch=store.scratch)
        size = out.seek(0, 2)
        out.seek(0)
        return MediaFile(
            sha256=store.put(out, limit=size),
            original_sha256=original,
            preview_sha256=store.put(clip.poster, limit=RESULT_BYTES) if clip.poster else "",
            media_type=clip.media_type,
            width=clip.width,
            height=clip.height,
            seconds=clip.seconds,
            size=size,
            taken_at=_believable(clip.taken_at, now),
        )


def look_at(media: MediaFile, *, store: MediaStore) -> str | None:
    """Return the look of a picture that is kept; None when it has none or cannot be read any more."""
    try:
        with store.open(media.sha256) as source:
            return images.clean(source, scratch=store.scratch).look
    except (Refusal, MissingError):
        return None


def _field(sort: str) -> str:
    return "photo" if sort == "photo" else "clip"


def _believable(taken_at: datetime | None, now: datetime) -> datetime | None:
    return taken_at if taken_at and taken_at <= now + FAST_CAMERA_CLOCK else None


@contextmanager
def _full_disk_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoSpace from error
        raise
