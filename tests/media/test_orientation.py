"""Whichever way the phone was held, the picture is upright, and turned only once."""

import pytest
from PIL import Image

from tests.media.conftest import corners, encode, quarters

UPRIGHT = ["red", "green", "blue", "white"]
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_give_the_same_upright_picture(kind, orientation, add, shown):
    media = add(held(orientation, kind))
    assert (media.width, media.height) == (320, 240)
    assert corners(shown(media.sha256)) == UPRIGHT
    assert corners(shown(media.preview_sha256)) == UPRIGHT


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "MPO"])
def test_the_other_formats_are_turned_too(kind, add, shown):
    assert corners(shown(add(held(6, kind)).sha256)) == UPRIGHT


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_leaves_the_picture_as_it_is(orientation, add, shown):
    raw = encode(quarters(), exif=exif(orientation))
    assert corners(shown(add(raw).sha256)) == UPRIGHT


def held(orientation: int, kind: str) -> bytes:
    """The upright picture as a phone held that way would store it."""
    turn = STORED[orientation]
    stored = quarters().transpose(turn) if turn is not None else quarters()
    return encode(stored, kind, exif=exif(orientation))


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()
