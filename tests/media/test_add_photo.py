"""An upload becomes one clean, upright, bounded JPEG with a preview."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.media.conftest import NOW, corners, encode, files_below, quarters, taken
from walkthrough_app.core import db
from walkthrough_app.media import service
from walkthrough_app.media.models import MediaFile


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_usual_format_becomes_a_jpeg_of_the_same_picture(kind, add, shown):
    media = add(encode(quarters(), kind))
    assert (media.media_type, media.width, media.height) == ("image/jpeg", 320, 240)
    assert corners(shown(media.sha256)) == ["red", "green", "blue", "white"]


def test_the_row_tells_what_was_received_and_what_is_kept(add, store):
    raw = encode(quarters())
    media = add(raw)
    assert media.original_sha256 == hashlib.sha256(raw).hexdigest()
    with store.open(media.sha256) as file:
        kept = file.read()
    assert media.sha256 == hashlib.sha256(kept).hexdigest()
    assert media.size == len(kept)


def test_a_large_photo_is_bounded_and_has_a_small_preview(add, shown):
    media = add(encode(quarters(5000, 3000)))
    assert (media.width, media.height) == (2560, 1536)
    assert shown(media.sha256).size == (2560, 1536)
    assert shown(media.preview_sha256).size == (480, 288)


def test_the_same_photo_twice_is_one_row_and_the_same_files(add, store):
    first = add(encode(quarters()))
    db.session.commit()
    before = files_below(store.root)
    assert add(encode(quarters())) is first
    assert db.session.scalar(select(func.count()).select_from(MediaFile)) == 1
    assert files_below(store.root) == before


def test_a_photo_that_another_request_kept_meanwhile_is_found(store, database):
    rows = [service.read_photo(io.BytesIO(encode(quarters())), store=store, now=NOW) for _ in range(2)]
    sha256 = rows[0].sha256
    with ThreadPoolExecutor(2) as requests:
        assert list(requests.map(keep_in_a_request, rows)) == [sha256, sha256]


def test_the_original_is_not_kept(add, store):
    raw = encode(quarters(), "PNG")
    media = add(raw)
    assert {path.name for path in files_below(store.root)} == {media.sha256, media.preview_sha256}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_capture_time_is_kept_with_its_zone(kind, add):
    media = add(encode(quarters(), kind, exif=taken("2026:11:20 09:42:10", "+09:00")))
    assert media.taken_at == datetime(2026, 11, 20, 0, 42, 10, tzinfo=UTC)


def test_a_camera_that_names_no_zone_stood_in_china(add):
    media = add(encode(quarters(), exif=taken("2026:11:20 09:42:10")))
    assert media.taken_at == datetime(2026, 11, 20, 1, 42, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "2026:13:40 25:61:00", "1970:01:01 08:00:00", "昨天", "2027:01:01 00:00:00"]
)
def test_an_impossible_capture_time_is_ignored(text, add):
    assert add(encode(quarters(), exif=taken(text))).taken_at is None


def test_a_nonsense_zone_is_read_as_china(add):
    media = add(encode(quarters(), exif=taken("2026:11:20 09:42:10", "+88:88")))
    assert media.taken_at == datetime(2026, 11, 20, 1, 42, 10, tzinfo=UTC)


def keep_in_a_request(row: MediaFile) -> str:
    kept = service.keep(row).sha256
    db.session.commit()
    db.session.remove()
    return kept
