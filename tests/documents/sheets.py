"""Reading many pages quickly: poppler says where each piece of text stands and in which type."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

MM = 25.4 / 108  # poppler counts 1.5 px a point
PAGE = re.compile(r'<page number="(\d+)"[^>]* height="(\d+)" width="(\d+)">(.*?)</page>', re.DOTALL)
FONT = re.compile(r'<fontspec id="(\d+)" size="(-?\d+)" family="([^"]*)"')
TEXT = re.compile(
    r'<text top="(-?\d+)" left="(-?\d+)" width="(-?\d+)" height="(-?\d+)" font="(\d+)">(.*?)</text>', re.DOTALL
)


@dataclass(frozen=True)
class Piece:
    """A piece of text on one line; lengths in mm from the upper left corner, size in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    family: str
    size: float


@dataclass(frozen=True)
class Sheet:
    number: int
    is_turned: bool
    pieces: tuple[Piece, ...]


def read(path: Path) -> list[Sheet]:
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-fontfullname", str(path)]
    shown = subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")
    fonts = {number: (family, int(size) / 1.5) for number, size, family in FONT.findall(shown)}
    return [
        Sheet(int(number), int(width) > int(height), tuple(_piece(found, fonts) for found in TEXT.findall(inside)))
        for number, height, width, inside in PAGE.findall(shown)
    ]


def _piece(found: tuple[str, ...], fonts: dict[str, tuple[str, float]]) -> Piece:
    top, left, width, height = (int(value) * MM for value in found[:4])
    family, size = fonts[found[4]]
    return Piece(unescape(re.sub("<[^>]*>", "", found[5])), left, top, left + width, top + height, family, size)
