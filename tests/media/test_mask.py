"""What is masked is gone for good, and everything else stays."""

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.media.conftest import encode, quarters
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import service
from walkthrough_app.media.boxes import Box, clipped

MIDDLE = Box(0.25, 0.25, 0.5, 0.5)
AREA = (160, 120, 480, 360)


def test_the_marked_part_is_replaced_and_the_rest_stays(add, mask, shown):
    before = shown(add(checkers(0)).sha256)
    after = shown(mask(checkers(0), [MIDDLE]).sha256)
    assert after.size == before.size
    assert difference(before, after, AREA) > 60
    for rest in ((0, 0, 640, 112), (0, 368, 640, 480), (0, 0, 152, 480), (488, 0, 640, 480)):
        assert difference(before, after, rest) < 3


def test_nobody_can_tell_what_was_under_the_mask(mask, shown):
    black_first = shown(mask(checkers(0), [MIDDLE]).sha256)
    white_first = shown(mask(checkers(1), [MIDDLE]).sha256)
    assert difference(black_first, white_first, AREA) < 1


def test_the_preview_is_masked_too(add, mask, shown):
    before = shown(add(checkers(0)).preview_sha256)
    after = shown(mask(checkers(0), [MIDDLE]).preview_sha256)
    assert difference(before, after, (125, 95, 355, 265)) > 60


def test_the_same_boxes_in_any_order_give_the_same_file(mask):
    boxes = [MIDDLE, Box(0.1, 0.1, 0.3, 0.3)]
    assert mask(checkers(0), boxes) is mask(checkers(0), [*reversed(boxes), MIDDLE])


def test_the_masked_copy_names_its_origin_and_time(add, mask):
    original, masked = add(checkers(0)), mask(checkers(0), [MIDDLE])
    assert masked.sha256 != original.sha256
    assert (masked.original_sha256, masked.taken_at) == (original.original_sha256, original.taken_at)


def test_a_masked_copy_can_be_masked_again(mask, shown, store):
    once = mask(checkers(0), [MIDDLE])
    twice = service.add_masked(once, [Box(0, 0, 0.1, 0.1)], store=store)
    assert difference(shown(once.sha256), shown(twice.sha256), (0, 0, 60, 40)) > 40


def test_boxes_are_cut_to_the_picture(mask):
    assert mask(checkers(0), [Box(-1, -1, 3, 3)]) is mask(checkers(0), [Box(0, 0, 1, 1)])


def test_a_box_at_the_very_edge_hides_the_edge(add, mask, shown):
    before, after = shown(add(checkers(0)).sha256), shown(mask(checkers(0), [Box(0.999, 0.999, 0.1, 0.1)]).sha256)
    assert difference(before, after, (628, 468, 640, 480)) > 40


@pytest.mark.parametrize(
    "boxes", [[], [Box(0.5, 0.5, 0, 0.2)], [Box(2, 2, 1, 1)], [Box(float("nan"), 0, 1, 1)], [Box(0.5, 0.5, -0.2, -0.2)]]
)
def test_nothing_marked_is_refused(boxes, mask):
    with pytest.raises(Invalid, match="请先在照片上标出要遮住的地方。"):
        mask(checkers(0), boxes)


def test_boxes_without_number_are_refused(mask):
    with pytest.raises(Invalid, match="200"):
        mask(checkers(0), [Box(n / 1000, 0, 0.1, 0.1) for n in range(300)])


def test_clipping_keeps_each_part_once_in_a_fixed_order():
    assert clipped([Box(0.5, 0, 1, 1), Box(-0.5, 0, 1, 1), Box(0.5, 0, 9, 1)]) == [
        Box(0, 0, 0.5, 1),
        Box(0.5, 0, 0.5, 1),
    ]


def test_a_tiny_picture_can_be_masked(mask):
    assert mask(encode(quarters(4, 4)), [MIDDLE]).width == 4


@pytest.fixture
def mask(add, store):
    return lambda raw, boxes: service.add_masked(add(raw), boxes, store=store)


def checkers(phase: int) -> bytes:
    """A grey frame with stripes around checkers that begin with black (0) or white (1)."""
    picture = Image.new("RGB", (640, 480), (120, 140, 160))
    for column in range(10):
        for row in range(10):
            colour = "white" if (column + row + phase) % 2 else "black"
            left, top = AREA[0] + column * 32, AREA[1] + row * 24
            picture.paste(colour, (left, top, left + 32, top + 24))
    for left in range(0, 640, 8):
        picture.paste("black", (left, 0, left + 4, 40))
        picture.paste("black", (left, 460, left + 4, 480))
    return encode(picture, "PNG")


def difference(one: Image.Image, other: Image.Image, area: tuple[int, int, int, int]) -> float:
    """The mean difference of a colour channel inside the area, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.crop(area), other.crop(area))).mean)
