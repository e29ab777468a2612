"""What all engines set: one report of about eleven pages with twelve photos, the same on every run."""

import io
import random
from functools import cache
from pathlib import Path

from pdf_given import SIZE, UNIT, Content
from PIL import Image

from tests.reports import story
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.render import to_html

PHOTOS = 12
GRAIN = (248, 186)


def make(folder: Path, number: int = 0) -> Content:
    """Return report `number`; its photos are written into `folder` where they are not yet there."""
    walk = told()
    unit = story.UNIT | {"name": UNIT.format(number)}
    data = story.report([walk], unit=unit)
    composed = compose(data)
    pictures = {photo.sha256: folder / f"{number}-{at}.jpg" for at, photo in enumerate(composed.photos)}
    for at, path in enumerate(pictures.values()):
        if not path.exists():
            path.write_bytes(photo(number, at))
    return Content(data, composed, pictures)


def told() -> story.Walk:
    """One walk with twelve pictures that are shown and four problems."""
    walk = story.identity_card()
    last = [walk.events.pop() for _ in range(2)]
    for number in range(PHOTOS - 8):
        walk.photo(f"等候区第{number + 1}张")
    walk.finding("等候区座位不够", "C5", fact="高峰时有十余人站着等候")
    walk.finding("咨询台无人值守", "C4", severity="minor", fact="8时30分至9时咨询台空着，群众只能问保安")
    assert last[0]["kind"] == "finish"
    walk.tap("finish")
    return walk


def photo(report: int, at: int) -> bytes:
    """Return a photo about as large as a masked copy, 250 KB; no two are alike, if only by a comment."""
    whole = _drawn(at)
    end = 4 + int.from_bytes(whole[4:6])  # of the first segment; a comment follows it
    return whole[:end] + b"\xff\xfe\x00\x0a%04d%04d" % (report, at) + whole[end:]


@cache
def _drawn(at: int) -> bytes:
    noise = Image.frombytes("RGB", GRAIN, random.Random(at).randbytes(GRAIN[0] * GRAIN[1] * 3))
    hall = Image.open(io.BytesIO(story.drawn(str(at), str(at), SIZE)))
    out = io.BytesIO()
    Image.blend(hall, noise.resize(SIZE, Image.Resampling.BICUBIC), 0.4).save(out, "JPEG", quality=82)
    return out.getvalue()


def write_for_browser(content: Content, folder: Path) -> Path:
    """Write our own HTML with its pictures as files beside it."""
    page = to_html(content.composed)
    for sha256, path in content.pictures.items():
        page = page.replace(f"media:{sha256}", path.as_uri())
    target = folder / "report.html"
    target.write_text(page, encoding="utf-8")
    return target
