"""Draws the sample photos of the demo: a hall, a counter, papers; nobody and nothing real is in them."""

import io
from collections.abc import Callable
from datetime import datetime

from PIL import ExifTags, Image

from walkthrough_app.core import clock
from walkthrough_app.media.scenes import counter, hall, kiosk, notice, papers
from walkthrough_app.media.scenes.canvas import LANDSCAPE, PORTRAIT, Canvas

SCENES: dict[str, tuple[tuple[int, int], Callable[[Canvas], None]]] = {
    "hall": (LANDSCAPE, hall.draw),
    "counter": (LANDSCAPE, counter.draw),
    "notice": (PORTRAIT, notice.draw),
    "form": (LANDSCAPE, papers.draw_form),
    "receipt": (PORTRAIT, papers.draw_receipt),
    "licence": (LANDSCAPE, papers.draw_licence),
    "kiosk": (PORTRAIT, kiosk.draw),
}
QUALITY = 88


def sample_photo(scene: str, *, seed: int, taken_at: datetime | None = None) -> bytes:
    """Return a JPEG of one of SCENES; the same seed draws the same picture, KeyError for an unknown scene."""
    size, draw = SCENES[scene]
    canvas = Canvas(size, seed)
    draw(canvas)
    out = io.BytesIO()
    canvas.finish().save(out, "JPEG", quality=QUALITY, exif=_exif(taken_at))
    return out.getvalue()


def _exif(taken_at: datetime | None) -> Image.Exif:
    exif = Image.Exif()
    if taken_at is not None:
        tags = exif.get_ifd(ExifTags.IFD.Exif)
        tags[ExifTags.Base.DateTimeOriginal] = clock.to_local(taken_at).strftime("%Y:%m:%d %H:%M:%S")
        tags[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    return exif
