"""The few SVG shapes that the charts are made of; all lengths in mm."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from walkthrough_app.documents import phrases

FONTS = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
TYPE = 3.5
LINE = 4.4
RISE = 0.36 * TYPE  # from the middle of a line down to its baseline
Kind = Literal["do", "wait"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a chart: `on_bar` is read on `do` and `wait`, `text` beside them."""

    do: str
    wait: str
    on_bar: str
    text: str
    quiet: str

    def fill(self, kind: Kind) -> str:
        return self.do if kind == "do" else self.wait


PAPER = Ink(do="#1d4fd7", wait="#b45309", on_bar="#ffffff", text="#1c2024", quiet="#c3c9d2")
NIGHT = Ink(do="#8fb0ff", wait="#f5b06b", on_bar="#14171b", text="#eceef1", quiet="#4b525c")


def ink(*, on_dark: bool) -> Ink:
    return NIGHT if on_dark else PAPER


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"/>'


def line(start: Point, end: Point, colour: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    (x1, y1), (x2, y2) = start, end
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashes}/>'


def path(points: Sequence[Point], colour: str, width: float) -> str:
    """Draw one line through all the points."""
    places = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def dot(centre: Point, radius: float, fill: str) -> str:
    return f'<circle cx="{centre[0]:.2f}" cy="{centre[1]:.2f}" r="{radius}" fill="{fill}"/>'


def text(words: str, x: float, y: float, fill: str, anchor: str = "start") -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" fill="{fill}" text-anchor="{anchor}">{_clean(words)}</text>'


def length(words: str) -> float:
    """Estimate the length of a text on paper, rather too long than too short."""
    return phrases.width(words) * TYPE * 1.06


def elided(words: str, room: float) -> str:
    """Shorten a text that has not the room, and say so by an ellipsis."""
    words = printable(words)
    if length(words) <= room:
        return words
    while words and length(words + "…") > room:
        words = words[:-1]
    return words + "…"


def frame(body: str, width: float, height: float, title: str) -> str:
    """Put shapes on a sheet of their own that says what it shows."""
    size = f'width="{width:g}mm" height="{height:.6g}mm" viewBox="0 0 {width:g} {height:.6g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONTS}" font-size="{TYPE}">'
        f"<title>{_clean(title)}</title>{body}</svg>"
    )


def _clean(words: str) -> str:
    return escape(printable(words))


def printable(words: str) -> str:
    """Leave out the control characters that XML has no way to hold, and those that turn the direction of reading."""
    return "".join(char for char in words if char.isprintable())
