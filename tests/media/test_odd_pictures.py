"""Unusual but honest pictures are taken as they look."""

import pytest
from PIL import Image, ImageCms

from tests.media.conftest import corners, encode, quarters

UPRIGHT = ["red", "green", "blue", "white"]


@pytest.mark.parametrize("quality", [{"progressive": True}, {"subsampling": 0}, {"quality": 20}])
def test_jpeg_variants(quality, look):
    assert corners(look(encode(quarters(), **quality))) == UPRIGHT


def test_cmyk_jpeg(look):
    assert corners(look(encode(quarters().convert("CMYK")))) == UPRIGHT


def test_palette_png(look):
    assert corners(look(encode(quarters().quantize(8), "PNG"))) == UPRIGHT


def test_sixteen_bit_grey_keeps_its_tones(look):
    grey = Image.new("I;16", (64, 64), 0x8000)
    assert abs(look(encode(grey, "PNG")).getpixel((32, 32))[0] - 128) <= 2


def test_grey_and_black_and_white(look):
    assert look(encode(Image.new("L", (64, 64), 90))).getpixel((9, 9)) == (90, 90, 90)
    assert look(encode(Image.new("1", (64, 64), 1), "PNG")).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_transparent_parts_become_white_paper(kind, look):
    picture = Image.new("RGBA", (128, 128), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 64, 128))
    seen = look(encode(picture, kind, lossless=True))
    assert min(seen.getpixel((100, 64))) > 250
    assert seen.getpixel((20, 64))[0] > 240


def test_a_transparent_palette_png_becomes_white_paper(look):
    picture = Image.new("P", (64, 64), 1)
    picture.putpalette([255, 0, 0, 0, 0, 0])
    assert min(look(encode(picture, "PNG", transparency=1)).getpixel((9, 9))) > 250


@pytest.mark.parametrize("kind", ["WEBP", "MPO", "PNG"])
def test_of_several_frames_the_first_is_taken(kind, look):
    second = Image.new("RGB", (320, 240), "blue")
    assert corners(look(encode(quarters(), kind, save_all=True, append_images=[second]))) == UPRIGHT


def test_a_single_pixel(look):
    assert look(encode(Image.new("RGB", (1, 1), "white"), "PNG")).size == (1, 1)


def test_a_strip_twenty_thousand_pixels_long(add, shown):
    media = add(encode(Image.new("RGB", (1, 20000), "white"), "PNG"))
    assert (media.width, media.height) == (1, 2560)
    assert shown(media.preview_sha256).size == (1, 480)


def test_a_camera_picture_of_a_hundred_megapixels(add):
    assert add(encode(Image.new("RGB", (12000, 9000), "grey"))).width == 2560


def test_broken_metadata_does_not_cost_the_picture(look):
    for broken in (b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"):
        assert corners(look(encode(quarters(), exif=broken))) == UPRIGHT


def test_a_broken_colour_profile_does_not_cost_the_picture(look):
    assert corners(look(encode(quarters(), icc_profile=b"not a profile" * 20))) == UPRIGHT


def test_the_colour_profile_is_applied_before_it_is_dropped(look):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_blue = srgb.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    assert corners(look(encode(quarters(), icc_profile=red_is_blue))) == ["blue", "green", "red", "white"]


@pytest.fixture
def look(add, shown):
    """Hand in bytes and see what is kept."""
    return lambda raw: shown(add(raw).sha256)
