"""A copy looks like its original however it was sent on; another picture of a like thing does not."""

import io
import random

import pytest
from flask import Flask
from PIL import Image, ImageEnhance

from walkthrough_app.core import db
from walkthrough_app.media import draw, looks, queries, service
from walkthrough_app.media.decoder.look import look
from walkthrough_app.media.models import MediaFile

NEAR = 28  # of 256 bits


def scene(name: str, seed: int) -> Image.Image:
    return Image.open(io.BytesIO(draw.sample_photo(name, seed=seed))).convert("RGB")


def sent_on(picture: Image.Image, quality: int, size: float, light: float) -> Image.Image:
    out = io.BytesIO()
    small = picture.resize((int(picture.width * size), int(picture.height * size)))
    ImageEnhance.Brightness(small).enhance(light).save(out, "JPEG", quality=quality)
    return Image.open(out)


@pytest.mark.parametrize("name", list(draw.SCENES))
def test_a_copy_looks_the_same(name: str) -> None:
    original = scene(name, 1)
    for copy in (sent_on(original, 60, 0.5, 1.1), sent_on(original, 80, 0.9, 0.9), sent_on(original, 40, 0.3, 1.0)):
        assert looks.distance(str(look(original)), str(look(copy))) <= NEAR


def test_two_halls_and_two_counters_look_different() -> None:
    for name in ("hall", "counter", "notice"):
        one, other = str(look(scene(name, 1))), str(look(scene(name, 4)))
        assert looks.distance(one, other) > NEAR


def test_an_even_wall_has_no_look() -> None:
    assert look(Image.new("RGB", (800, 600), "navy")) is None


def test_what_is_kept_has_its_look(app: Flask) -> None:
    kept = service.add_photo(io.BytesIO(draw.sample_photo("hall", seed=1)), store=app.extensions["media_store"])
    assert kept.look
    assert looks.columns(kept.look) == {name: getattr(kept, name) for name in looks.BANDS}
    assert service.look_at(kept, store=app.extensions["media_store"])


def test_near_looks_are_found_among_many_by_their_bands(app: Flask) -> None:
    chance = random.Random(1)
    many = [f"{chance.getrandbits(256):064x}" for _ in range(300)]
    for number, one in enumerate(many):
        db.session.add(row(number, one))
    for bits in range(8):
        changed = int(many[5], 16)
        for place in chance.sample(range(192, 256), bits):  # of the first 64 bits
            changed ^= 1 << place
        assert queries.near(f"{changed:064x}", within=20) == {f"{5:064x}": bits}


def row(number: int, look_: str) -> MediaFile:
    name = f"{number:064x}"
    plain = {"original_sha256": name, "preview_sha256": "", "media_type": "image/jpeg", "size": 1}
    return MediaFile(sha256=name, **plain, look=look_, **looks.columns(look_))
