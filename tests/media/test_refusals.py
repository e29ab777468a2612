"""What is not a whole photo is refused with one sentence that says what to do."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.media.conftest import NOW, encode, files_below, quarters, taken
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import process, service
from walkthrough_app.media.decoder import refusals

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.mark.parametrize(
    "raw", [SVG, HTML, PDF, b"\xff", b"MZ" + bytes(200), b"RIFF\x10\0\0\0WAVEfmt "], ids=lambda raw: repr(raw[:8])
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(raw, refused):
    assert refused(raw) == refusals.NOT_A_PHOTO


def test_gif_zip_and_film_are_refused(refused):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("photo.jpg", encode(quarters()))
    film = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 0, b"isom", b"mp42") + bytes(500)
    for raw in (encode(quarters(), "GIF"), archive.getvalue(), film):
        assert refused(raw) == refusals.NOT_A_PHOTO


def test_an_empty_file_is_refused(refused):
    assert refused(b"") == refusals.EMPTY


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_photo_that_did_not_arrive_whole_is_refused(kind, part, refused):
    raw = encode(Image.effect_noise((400, 300), 60).convert("RGB"), kind)
    assert refused(raw[: int(len(raw) * part)]) == refusals.INCOMPLETE


def test_an_upload_over_forty_megabytes_is_refused(refused):
    assert refused(encode(quarters()) + bytes(service.UPLOAD_BYTES)) == refusals.TOO_MANY_BYTES


def test_pixel_bombs_are_refused_before_they_are_unpacked(refused):
    for raw in (png_bomb(), jpeg_bomb(), webp_bomb(), heic_bomb()):
        assert refused(raw) == refusals.TOO_MANY_PIXELS


def test_a_text_bomb_inside_a_png_is_refused(refused):
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    raw = encode(quarters(), "PNG")
    assert refused(raw[:33] + bomb + raw[33:]) == refusals.UNREADABLE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_damaged_photo_is_cleaned_or_refused_but_never_an_error(kind, store):
    whole = encode(quarters(), kind)
    for at in range(8, len(whole), len(whole) // 6):
        damaged = whole[:at] + bytes(b ^ 0xA5 for b in whole[at : at + 24]) + whole[at + 24 :]
        try:
            media = service.read_photo(io.BytesIO(damaged), store=store, now=NOW)
        except Invalid as refusal:
            assert refusal.message.endswith("。")
        else:
            assert media.size > 0


@pytest.mark.parametrize("end", ["os.abort()", "os.kill(os.getpid(), 9)", "sys.exit(1)", "time.sleep(60)"])
def test_a_decoder_that_dies_or_hangs_is_a_refusal(end, refused, monkeypatch):
    monkeypatch.setattr(process, "BOOT", f"import os, sys, time; {end}")
    monkeypatch.setattr(process, "WALL_SECONDS", 0.5)
    assert refused(encode(quarters())) == refusals.UNREADABLE


def test_the_decoder_has_little_memory_and_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("WALKTHROUGH_SECRET_KEY", "secret")
    assert "WALKTHROUGH_SECRET_KEY" not in process.ENVIRONMENT
    code = "import sys; sys.path.append(sys.argv[1]); from decoder import child; child._limit(); bytearray(1 << 30)"
    greedy = subprocess.run(
        [sys.executable, "-I", "-c", code, Path(process.__file__).parent], capture_output=True, check=False
    )
    assert b"MemoryError" in greedy.stderr


def test_the_decoder_loads_nothing_of_the_product():
    code = "import sys; sys.path.append(sys.argv[1]); import decoder.child, decoder.photo, decoder.mosaic, decoder.clip; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code, Path(process.__file__).parent], capture_output=True, check=True
    ).stdout.split()
    assert not {b"walkthrough_app", b"flask", b"sqlalchemy"} & set(loaded)


@pytest.fixture
def refused(store, database):
    """Hand in bytes, return the sentence; nothing may stay behind."""

    def attempt(raw: bytes) -> str:
        with pytest.raises(Invalid) as refusal:
            service.add_photo(io.BytesIO(raw), store=store, now=NOW)
        assert refusal.value.field == "photo"
        assert files_below(store.root) == []
        return refusal.value.message

    return attempt


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb() -> bytes:
    header = struct.pack(">IIBBBBB", 30000, 30000, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(30000 * 3751), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    raw = encode(quarters())
    at = raw.index(b"\xff\xc0") + 5
    return raw[:at] + struct.pack(">HH", 65000, 65000) + raw[at + 4 :]


def webp_bomb() -> bytes:
    raw = encode(quarters(), "WEBP", exif=taken("2026:11:20 09:42:10"))
    at = raw.index(b"VP8X") + 12
    return raw[:at] + (16382).to_bytes(3, "little") * 2 + raw[at + 6 :]


def heic_bomb() -> bytes:
    raw = encode(quarters(), "HEIF")
    at = raw.index(b"ispe") + 8
    return raw[:at] + struct.pack(">II", 30000, 30000) + raw[at + 8 :]
