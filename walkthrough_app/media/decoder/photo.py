"""Makes of any photo an upright, bounded sRGB picture on white that carries nothing but its pixels."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageCms, ImageFile

from . import formats
from .refusals import EMPTY, INCOMPLETE, NOT_A_PHOTO, Refusal

CLEAN_EDGE = 2560
PREVIEW_EDGE = 480
QUALITY = 85
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def load(file: BinaryIO) -> Image.Image:
    """Decode the first picture in the file; Refusal when it is none, Pillow's errors when it is broken."""
    decoders = _decoders(file)
    if decoders == ["HEIF"]:
        _prepare_heif()
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = formats.most_pixels(decoders[0])
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    image = Image.open(file, formats=decoders)
    image.draft(None, _fitted(image.size, CLEAN_EDGE))
    image.load()
    return image


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the decoded picture as it will be kept."""
    profile = image.info.get("icc_profile")
    small = shrink(_plain(image), CLEAN_EDGE)
    turned = small.transpose(TURNS[orientation]) if orientation in TURNS else small
    return _srgb(_on_white(turned), profile)


def shrink(image: Image.Image, edge: int) -> Image.Image:
    size = _fitted(image.size, edge)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def jpeg(image: Image.Image) -> bytes:
    """Encode an RGB picture without any metadata; equal pixels give equal bytes."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _decoders(file: BinaryIO) -> list[str]:
    head = file.read(formats.HEAD)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not head:
        raise Refusal(EMPTY)
    decoders = formats.decoders(head)
    if not decoders:
        raise Refusal(NOT_A_PHOTO)
    if formats.is_cut_short(head, size):
        raise Refusal(INCOMPLETE)
    return decoders


def _prepare_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


def _fitted(size: tuple[int, int], edge: int) -> tuple[int, int]:
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _plain(image: Image.Image) -> Image.Image:
    """Bring every mode to L, RGB, RGBA or CMYK, the ones that can be resized and converted well."""
    if image.mode.startswith("I"):  # 16 bit grey; convert() alone would clip it to white
        return image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")
