"""A canvas of twice the size for smooth edges, with the few shapes the scenes need."""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageOps
from PIL.ImageFont import FreeTypeFont

from walkthrough_app.media.scenes.lettering import font

LANDSCAPE = (1600, 1200)
PORTRAIT = (1200, 1600)
FINE = 2
CAPTION = "示例照片"

SHADE = "#1c2733"

Point = tuple[float, float]
Area = tuple[float, float, float, float]


class Canvas:
    """Takes coordinates in pixels of the finished picture; `chance` is the only source of variety."""

    def __init__(self, size: tuple[int, int], seed: int, ground: str = "#ffffff") -> None:
        self.width, self.height = size
        self.chance = random.Random(seed)  # noqa: S311 - the same seed must draw the same picture
        self.image = Image.new("RGB", (self.width * FINE, self.height * FINE), ground)
        self._pen = ImageDraw.Draw(self.image)

    def box(self, area: Area, fill: str, *, radius: float = 0, line: str = "") -> None:
        """Draw a rectangle given as left, top, width, height; '' fills it with nothing."""
        self._pen.rounded_rectangle(_fine(area), radius * FINE, fill or None, line or None, 3 * FINE if line else 0)

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        self._pen.ellipse(_fine((x - r, y - r, 2 * r, 2 * r)), fill)

    def ring(self, x: float, y: float, r: float, line: str, width: float) -> None:
        self._pen.ellipse(_fine((x - r, y - r, 2 * r, 2 * r)), None, line, round(width * FINE))

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self._pen.polygon([(x * FINE, y * FINE) for x, y in points], fill)

    def stroke(self, points: Sequence[Point], line: str, width: float) -> None:
        self._pen.line([(x * FINE, y * FINE) for x, y in points], line, round(width * FINE), joint="curve")

    def text(self, at: Point, words: str, size: float, fill: str, *, anchor: str = "mm") -> None:
        self._write(at, words, fill, font(round(size * FINE)), anchor)

    def heading(self, at: Point, words: str, size: float, fill: str, *, anchor: str = "mm") -> None:
        self._write(at, words, fill, font(round(size * FINE), bold=True), anchor)

    def shade(self, top: str, bottom: str, y: float, h: float) -> None:
        """Fill a band of full width with an even change of colour."""
        band = Image.new("RGB", (1, 2))
        band.putdata([_rgb(top), _rgb(bottom)])
        size = (self.image.width, round(h * FINE))
        column = band.resize((1, size[1]), Image.Resampling.BILINEAR, box=(0, 0.5, 1, 1.5))
        self.image.paste(column.resize(size, Image.Resampling.NEAREST), (0, round(y * FINE)))

    def shadow(self, area: Area, *, strength: int = 70, blur: float = 14) -> None:
        """Darken the ground softly where something will lie or stand."""
        left, top, right, bottom = _fine(area)
        edge = round(blur * FINE * 2)
        mask = Image.new("L", (right - left + 2 * edge, bottom - top + 2 * edge), 0)
        ImageDraw.Draw(mask).rectangle((edge, edge, edge + right - left, edge + bottom - top), strength)
        self.image.paste(SHADE, (left - edge, top - edge), mask.filter(ImageFilter.BoxBlur(blur * FINE)))

    def veil(self, points: Sequence[Point], fill: str, strength: int) -> None:
        """Lay a see-through colour over an area, as glass does; strength 0 to 255."""
        left, top = (math.floor(min(one[axis] for one in points) * FINE) for axis in (0, 1))
        right, bottom = (math.ceil(max(one[axis] for one in points) * FINE) + 1 for axis in (0, 1))
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x * FINE - left, y * FINE - top) for x, y in points], strength)
        self.image.paste(fill, (left, top), mask)

    def lay(self, sheet: "Canvas", x: float, y: float, angle: float) -> None:
        """Put another canvas down like a paper on a desk, its middle at x, y, turned by some degrees."""
        whole = Image.new("L", sheet.image.size, 255)
        paper, mask = (part.rotate(angle, Image.Resampling.BILINEAR, expand=True) for part in (sheet.image, whole))
        left, top = round(x * FINE) - paper.width // 2, round(y * FINE) - paper.height // 2
        below = ImageOps.expand(mask.point(lambda value: value * 0.4), 24 * FINE, 0)
        below = below.filter(ImageFilter.BoxBlur(12 * FINE))
        self.image.paste(SHADE, (left - 14 * FINE, top - 10 * FINE), below)
        self.image.paste(paper, (left, top), mask)

    def finish(self) -> Image.Image:
        """Return the picture in its real size, marked as a sample."""
        if font(28) is not None:
            right, bottom = self.width - 24, self.height - 24
            corners = ((right - 160, bottom - 52), (right, bottom - 52), (right, bottom), (right - 160, bottom))
            self.veil(corners, "#10202f", 170)
            self.text((right - 80, bottom - 26), CAPTION, 30, "#ffffff", anchor="mm")
        return self.image.reduce(FINE)

    def _write(self, at: Point, words: str, fill: str, face: FreeTypeFont | None, anchor: str) -> None:
        if face is not None:
            self._pen.text((at[0] * FINE, at[1] * FINE), words, fill, face, anchor)


def _fine(area: Area) -> tuple[int, int, int, int]:
    x, y, w, h = area
    return round(x * FINE), round(y * FINE), round((x + w) * FINE), round((y + h) * FINE)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
