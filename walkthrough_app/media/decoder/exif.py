"""The only two things kept from the metadata: which way is up, and when the picture was taken."""

import re
from datetime import datetime, timedelta, timezone

from PIL import ExifTags, Image

MOMENT = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
SHANGHAI = timezone(timedelta(hours=8))
FIRST_YEAR = 2000
FARTHEST = timedelta(hours=14)


def orientation(image: Image.Image) -> int:
    """Return 1 to 8; the HEIC decoder has already turned the picture."""
    value = 1 if image.format == "HEIF" else _exif(image).get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) else 1


def taken_at(image: Image.Image) -> str | None:
    """Return the moment of capture as ISO 8601 with zone; a camera that names no zone stood in China."""
    try:
        tags = _exif(image).get_ifd(ExifTags.IFD.Exif)
    except Exception:  # noqa: BLE001 - broken metadata must not cost the picture
        return None
    return _moment(_text(tags.get(ExifTags.Base.DateTimeOriginal)), _text(tags.get(ExifTags.Base.OffsetTimeOriginal)))


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 - broken metadata must not cost the picture
        return Image.Exif()


def _text(value: object) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")


def _moment(text: str, offset: str) -> str | None:
    found = MOMENT.match(text.strip())
    if not found:
        return None
    try:
        moment = datetime(*map(int, found.groups()), tzinfo=_zone(offset))  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return moment.isoformat() if moment.year >= FIRST_YEAR else None


def _zone(offset: str) -> timezone:
    found = OFFSET.match(offset.strip())
    if not found:
        return SHANGHAI
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if away > FARTHEST:
        return SHANGHAI
    return timezone(-away if found[1] == "-" else away)
