"""The drawn photos of the demo pass for photos of a phone, and say that they are samples."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from walkthrough_app.media import draw
from walkthrough_app.media.scenes import lettering

MOMENT = datetime(2026, 11, 20, 1, 42, 10, tzinfo=UTC)


@pytest.mark.parametrize("scene", draw.SCENES)
def test_every_scene_is_taken_in_like_a_real_photo(scene, add):
    media = add(draw.sample_photo(scene, seed=1, taken_at=MOMENT))
    assert {media.width, media.height} == {1600, 1200}
    assert media.taken_at == MOMENT


def test_the_same_seed_draws_the_same_photo_and_another_seed_another():
    first, again, other = (draw.sample_photo("hall", seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_machine_without_the_font_still_draws(monkeypatch, add):
    lettering.font.cache_clear()
    monkeypatch.setattr(lettering, "FILES", {False: "none.ttc", True: "none.ttc"})
    picture = Image.open(io.BytesIO(draw.sample_photo("notice", seed=1)))
    lettering.font.cache_clear()
    assert picture.size == (1200, 1600)
