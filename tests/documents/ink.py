"""Where the ink of a page really is: the page as a picture, read in mm from the upper left corner."""

from PIL import ImageChops

RESOLUTION = 300
MM = 25.4 / RESOLUTION


def red(page):
    """Return top, bottom, left and right of every band of red ink, from the top of the page down."""
    channels = _picture(page).split()
    return _bands(ImageChops.multiply(channels[0].point(_high), channels[1].point(_low)))


def dark(page, top, bottom):
    """Return the bands of dark ink between two heights."""
    mask = _picture(page).convert("L").point(_low)
    mask.paste(0, (0, 0, mask.width, round(top / MM)))
    mask.paste(0, (0, round(bottom / MM), mask.width, mask.height))
    return _bands(mask)


def _picture(page):
    return page.to_image(resolution=RESOLUTION).original.convert("RGB")


def _high(value):
    return 255 if value > 150 else 0


def _low(value):
    return 255 if value < 128 else 0


def _bands(mask):
    found = []
    for y in range(mask.height):
        if not mask.crop((0, y, mask.width, y + 1)).getbbox():
            continue
        if found and found[-1][1] == y:
            found[-1][1] = y + 1
        else:
            found.append([y, y + 1])
    return [_edges(mask, *band) for band in found]


def _edges(mask, top, bottom):
    left, _, right, _ = mask.crop((0, top, mask.width, bottom)).getbbox()
    return tuple(edge * MM for edge in (top, bottom, left, right))
