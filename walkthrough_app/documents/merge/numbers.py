"""Page numbers for pages that have one already: the old one goes, the new one is set as our renderer does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from walkthrough_app.documents import html, pdf

# As documents/tags.py marks what stands in the margin.
MARK = re.compile(rb"/Artifact\s*<</Type /Pagination>>\s*BDC\s(.*?)\bEMC", re.DOTALL)
PLACE = re.compile(rb"1 0 0 -1 ([\d.]+) ([\d.]+) Tm\s+/(\S+) ([\d.]+) Tf")
GLYPHS = re.compile(rb"<([0-9a-f]+)>")
PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>")
FONT = "WalkthroughNumbers"
SIGNS = "0123456789— "
PIXEL = 0.75  # of a point
A4_HEIGHT = 841.89
SAMPLE = """<!doctype html><html lang="zh-CN"><head><title>0</title><style>{css}</style></head><body>
<p style="font-family: var(--songti)">{signs}</p><p style="break-before: page">2</p></body></html>"""


@dataclass(frozen=True)
class Stamp:
    """How a page number looks; lengths in pixels of the renderer, from the upper left corner of the page."""

    holder: pikepdf.Pdf  # a file with nothing in it but the font
    font: pikepdf.Object
    codes: dict[str, bytes]
    widths: dict[str, float]  # in thousandths of the size
    size: float
    right_end: float
    left_start: float
    baseline: float

    def put(self, content: bytes, number: int, height: float) -> bytes:
        """Return the content of a page `height` points high with `number` instead of what stands in its margin.

        A turned page keeps the place its own number had.
        """
        old = MARK.search(content)
        if old is None:
            matrix = b"q %g 0 0 %g 0 %g cm " % (PIXEL, -PIXEL, height)
            return b"q\n" + content + b"\nQ\n" + matrix + self._draw(number, self._x(number), self.baseline) + b" Q"
        place = PLACE.search(old[1])
        x, y = self._x(number), self.baseline
        if place is not None and abs(height - A4_HEIGHT) > 1:
            x, y = float(place[1]), float(place[2])
        return content[: old.start()] + self._draw(number, x, y) + MARK.sub(b"", content[old.end() :])

    def _x(self, number: int) -> float:
        return self.right_end - self._length(f"— {number} —") if number % 2 else self.left_start

    def _length(self, words: str) -> float:
        return sum(self.widths[char] for char in words) * self.size / 1000

    def _draw(self, number: int, x: float, y: float) -> bytes:
        words = b"".join(self.codes[char] for char in f"— {number} —")
        text = b"BT 1 0 0 -1 %.3f %.3f Tm /%b %.6f Tf <%b> Tj ET" % (x, y, FONT.encode(), self.size, words)
        return b"/Artifact <</Type /Pagination>> BDC 0 0 0 rg %b EMC" % text


@cache
def stamp() -> Stamp:
    """Look at two pages of our own to learn where and in which font page numbers stand."""
    source = SAMPLE.format(css=html.print_css(), signs=SIGNS)
    made = pdf.render(source, files={}, title="0", generated=datetime(2000, 1, 1, tzinfo=UTC))
    opened = pikepdf.open(BytesIO(made.pdf))
    right, left = (_read(page.obj) for page in opened.pages)
    font = opened.pages[0].obj.Resources.Font[f"/{right.font}"]
    found = ((_char(code), glyph) for glyph, code in PAIR.findall(font.ToUnicode.read_bytes()))
    codes = {char: glyph for char, glyph in found if char in SIGNS}
    by_code = dict(_widths(font.DescendantFonts[0].W))
    widths = {char: by_code[int(glyph, 16)] for char, glyph in codes.items()}
    length = sum(by_code[code] for code in right.codes) * right.size / 1000
    holder = pikepdf.new()
    holder.Root.Font = holder.copy_foreign(font)
    return Stamp(holder, holder.Root.Font, codes, widths, right.size, right.x + length, left.x, right.y)


@dataclass(frozen=True)
class _Sign:
    x: float
    y: float
    font: str
    size: float
    codes: list[int]


def _read(page: Any) -> _Sign:
    """Read the page number of a page that our renderer made."""
    mark = MARK.search(page.Contents.read_bytes())
    assert mark
    place = PLACE.search(mark[1])
    assert place
    shown = "".join(one.decode() for one in GLYPHS.findall(mark[1]))
    codes = [int(shown[at : at + 4], 16) for at in range(0, len(shown), 4)]
    return _Sign(float(place[1]), float(place[2]), place[3].decode(), float(place[4]), codes)


def _char(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def _widths(table: Any) -> Iterator[tuple[int, float]]:
    """Yield each code with its width from a table of the form `first [width …] …`."""
    entries = list(table)
    for first, widths in zip(entries[::2], entries[1::2], strict=True):
        yield from enumerate(map(float, widths), int(first))
