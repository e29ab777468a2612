"""The few SVG shapes that the charts are made of; all lengths in mm."""

from dataclasses import dataclass
from html import escape
from typing import Literal

FONTS = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a chart: `on_bar` is read on `do` and `wait`, `text` beside them."""

    do: str
    wait: str
    on_bar: str
    text: str
    quiet: str

    def fill(self, kind: Literal["do", "wait"]) -> str:
        return self.do if kind == "do" else self.wait


PAPER = Ink(do="#1d4fd7", wait="#b45309", on_bar="#ffffff", text="#1c2024", quiet="#c3c9d2")
NIGHT = Ink(do="#8fb0ff", wait="#f5b06b", on_bar="#14171b", text="#eceef1", quiet="#4b525c")


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"/>'


def line(start: tuple[float, float], end: tuple[float, float], colour: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    (x1, y1), (x2, y2) = start, end
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashes}/>'


def text(words: str, x: float, y: float, fill: str, anchor: str = "start") -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" fill="{fill}" text-anchor="{anchor}">{_clean(words)}</text>'


def frame(body: str, width: float, height: float, title: str, type_size: float) -> str:
    """Put shapes on a sheet of their own that says what it shows."""
    size = f'width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONTS}" font-size="{type_size}">'
        f"<title>{_clean(title)}</title>{body}</svg>"
    )


def _clean(words: str) -> str:
    """Escape, and leave out the control characters that XML has no way to hold."""
    return escape("".join(char for char in words if char.isprintable()))
