"""Nothing private that travels inside a photo reaches the disk of the server."""

import struct

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from tests.media.conftest import encode, files_below, quarters, run_python

SECRET = b"SECRET-OF-THE-OWNER"
HARMLESS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF, tables, frame, scan: no EXIF, XMP, ICC or comment
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + SECRET + b"</a></x:xmpmeta>"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "MPO"])
def test_place_owner_profile_and_notes_are_gone(kind, add, store):
    raw = encode(quarters(), kind, **private_parts(kind))
    assert SECRET in raw
    media = add(raw)
    for sha256 in (media.sha256, media.preview_sha256):
        kept = store.path(sha256).read_bytes()
        assert set(segments(kept)) <= HARMLESS
        assert b"Exif" not in kept
    assert media.taken_at is not None


def test_no_file_below_the_store_carries_any_of_it(add, store):
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        add(encode(quarters(), kind, **private_parts(kind)))
    assert files_below(store.root)
    assert not [path for path in files_below(store.root) if SECRET in path.read_bytes()]


def test_a_server_killed_while_receiving_leaves_no_trace_of_the_photo(tmp_path):
    server = run_python(RECEIVE, tmp_path)
    server.stdin.write(encode(quarters(), **private_parts("JPEG")))
    server.stdin.flush()
    assert server.stdout.readline() == b"receiving\n"
    server.kill()
    server.communicate()
    assert files_below(tmp_path) == []


def test_what_is_glued_behind_the_picture_is_dropped(add, store):
    media = add(encode(quarters()) + b"PK\x03\x04" + SECRET)
    kept = store.path(media.sha256).read_bytes()
    assert b"PK\x03\x04" not in kept
    assert kept.endswith(b"\xff\xd9")


RECEIVE = """
import io, sys
from datetime import UTC, datetime
from pathlib import Path
from walkthrough_app.media import service, storage

class Slow(io.RawIOBase):
    told = False
    def read(self, size=-1):
        if self.told:
            print("receiving", flush=True)
        self.told = True
        return sys.stdin.buffer.read(100)

service.read_photo(Slow(), store=storage.LocalStore(Path(sys.argv[1])), now=datetime.now(UTC))
"""


def private_parts(kind: str) -> dict[str, object]:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:20 09:42:10"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 54.0, 26.0)
    parts: dict[str, object] = {"exif": exif.tobytes(), "icc_profile": srgb()}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        text.add_text("Comment", SECRET.decode())
        return {**parts, "pnginfo": text}
    return {**parts, "xmp": XMP, **({"comment": SECRET} if kind == "JPEG" else {})}


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to the scan."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return [*found, 0xDA]
