"""A store in a temporary folder, a database with its tables, and pictures made on the spot."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image

from walkthrough_app.core import db
from walkthrough_app.media import service
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import LocalStore

pillow_heif.register_heif_opener()
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
Add = Callable[[bytes], MediaFile]


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "media")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[None]:
    before = db.session.session_factory.kw.get("bind")
    engine = db.connect(f"sqlite:///{tmp_path / 'test.db'}")
    db.Base.metadata.create_all(engine, tables=[MediaFile.__table__])
    yield
    db.session.remove()
    db.session.configure(bind=before)
    engine.dispose()


@pytest.fixture
def add(store: LocalStore, database: None) -> Add:
    """Hand in bytes as an upload."""
    return lambda raw: service.add_photo(io.BytesIO(raw), store=store, now=NOW)


@pytest.fixture
def shown(store: LocalStore) -> Callable[[str], Image.Image]:
    """Open what the store keeps under a hash."""

    def show(sha256: str) -> Image.Image:
        with store.open(sha256) as file:
            picture = Image.open(io.BytesIO(file.read()))
        assert picture.format == "JPEG"
        return picture

    return show


def encode(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def quarters(width: int = 320, height: int = 240) -> Image.Image:
    """A picture that shows which way is up: red, green over blue, white."""
    picture = Image.new("RGB", (width, height), "white")
    for colour, column, row in (("red", 0, 0), ("green", 1, 0), ("blue", 0, 1)):
        x, y = column * width // 2, row * height // 2
        picture.paste(colour, (x, y, x + width // 2, y + height // 2))
    return picture


def corners(picture: Image.Image) -> list[str]:
    """Name the colours of the four quarters, row by row."""
    width, height = picture.size
    spots = ((width // 4, height // 4), (width * 3 // 4, height // 4))
    places = [*spots, *((x, height * 3 // 4) for x, _ in spots)]
    return [named(picture.convert("RGB").getpixel(place)) for place in places]


def named(pixel: tuple[int, int, int]) -> str:
    known = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    return min(known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], pixel, strict=True)))


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def run_python(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start another Python, to be killed or starved."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def taken(moment: str, offset: str | None = None) -> bytes:
    """EXIF as a camera writes it."""
    exif = Image.Exif()
    tags = exif.get_ifd(ExifTags.IFD.Exif)
    tags[ExifTags.Base.DateTimeOriginal] = moment
    if offset:
        tags[ExifTags.Base.OffsetTimeOriginal] = offset
    return exif.tobytes()
