"""Files that a hand picks by mistake, or that a phone makes and no browser can show."""

import io
import random

import pillow_heif
from PIL import Image

HUGE = (20_000, 10_000)  # 200 megapixels


def heic(seed: int) -> bytes:
    """A photo as iPhones store it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(_view(seed, (640, 480))).save(out, quality=60)
    return out.getvalue()


def huge(kind: str) -> bytes:
    """A whole picture of 200 megapixels that weighs little: blank paper."""
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", HUGE, 1).save(out, kind)
    return out.getvalue()


def photo(seed: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A photo of such quality that the phone makes it smaller before sending."""
    out = io.BytesIO()
    _view(seed, size).save(out, "JPEG", quality=97)
    return out.getvalue()


def _view(seed: int, size: tuple[int, int]) -> Image.Image:
    """Soft spots of colour."""
    spots = Image.frombytes("RGB", (16, 12), random.Random(seed).randbytes(16 * 12 * 3))
    return spots.resize(size, Image.Resampling.BICUBIC)
