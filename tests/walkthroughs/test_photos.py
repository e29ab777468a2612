"""One picture: masking by tap without JavaScript, captions, dropping, and who may see which copy."""

import io
import uuid

import pytest
from PIL import Image

from walkthrough_app.core import db


def test_a_tap_masks_that_place_and_only_that(head, photo, state, pixels) -> None:
    before = pixels("clean")
    photo.post(**{"mask.x": "72", "mask.y": "54", "zoom": "1", "size": "m"})
    kept = state().photos[photo.id]
    assert len(kept["boxes"]) == 1
    assert kept["masked"] != kept["media"]
    masked = pixels("masked")
    assert far(masked, before, (161, 120))
    assert not far(masked, before, (601, 440))
    assert pixels("clean").getpixel((160, 120)) == before.getpixel((160, 120))


def test_taps_add_up_and_the_last_can_be_taken_back(photo, state) -> None:
    for x in ("20", "150", "250"):
        photo.post(**{"mask.x": x, "mask.y": "40"})
    photo.post(do="undo")
    assert len(state().photos[photo.id]["boxes"]) == 2


def test_taking_every_mask_back_leaves_the_picture_unmasked(photo, state) -> None:
    photo.post(**{"mask.x": "20", "mask.y": "40"})
    photo.post(do="undo")
    assert state().photos[photo.id]["masked"] is None


def test_a_tap_at_the_edge_stays_inside_the_picture(photo, state) -> None:
    photo.post(**{"mask.x": "99999", "mask.y": "-5"})
    ((x, y, width, height),) = state().photos[photo.id]["boxes"]
    assert 0 <= x <= x + width <= 1.0001
    assert 0 <= y <= y + height <= 1.0001


def test_a_picture_may_be_said_to_need_no_mask(photo, state) -> None:
    photo.post(do="clear")
    kept = state().photos[photo.id]
    assert kept["masked"] == kept["media"]


def test_the_caption_is_kept_with_any_button(photo, state) -> None:
    photo.post(do="clear", caption="一楼取号机前")
    assert state().photos[photo.id]["caption"] == "一楼取号机前"


def test_a_dropped_picture_is_gone_from_the_walk(photo, state) -> None:
    photo.post(do="drop")
    assert state().photos == {}
    assert photo.get("clean").status_code == 404


def test_what_is_served_is_a_picture_and_nothing_else(photo) -> None:
    answer = photo.get("clean")
    assert answer.mimetype == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_liaison_sees_only_the_masked_copy(cast, client_for, photo) -> None:
    liaison = client_for(cast.liaison)
    assert photo.get("preview", liaison).status_code == 404
    photo.post(**{"mask.x": "72", "mask.y": "54"})
    assert photo.get("masked", liaison).status_code == 200
    assert photo.get("clean", liaison).status_code == 404


@pytest.mark.parametrize("who", ["deputy", "stranger", "county", "style", "coord", "admin"])
def test_nobody_else_sees_any_copy(who, cast, client_for, photo) -> None:
    client = client_for(getattr(cast, who))
    for variant in ("clean", "masked", "preview"):
        assert photo.get(variant, client).status_code == 404


def test_a_picture_of_another_walk_is_not_there(head, walk, photo) -> None:
    assert head.get(f"/walks/{walk.id}/photos/{uuid.uuid4()}").status_code == 404
    assert head.get(f"/walks/{uuid.uuid4()}/photos/{photo.id}").status_code == 404


def far(one: Image.Image, other: Image.Image, point: tuple[int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one.getpixel(point), other.getpixel(point), strict=True)) > 30


def stripes() -> io.BytesIO:
    """Draw columns of two colours: a mask must change them."""
    picture = Image.new("RGB", (640, 480), "white")
    for x in range(0, 640, 16):
        picture.paste("navy", (x, 0, x + 8, 480))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    buffer.seek(0)
    return buffer


@pytest.fixture
def photo(head, walk, post, state):
    post("queue", photo=(stripes(), "a.jpg"))

    class Photo:
        id = next(iter(state().photos))

        def post(self, **fields):
            data = {"tap": str(uuid.uuid4()), **fields}
            answer = head.post(f"/walks/{walk.id}/photos/{self.id}", data=data)
            assert answer.status_code == 303
            db.session.expire_all()

        def get(self, variant, client=None):
            return (client or head).get(f"/walks/{walk.id}/photos/{self.id}/{variant}.jpg", buffered=True)

    return Photo()


@pytest.fixture
def pixels(photo):
    def read(variant: str) -> Image.Image:
        return Image.open(io.BytesIO(photo.get(variant).data)).convert("RGB")

    return read
