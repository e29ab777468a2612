"""How a page number is set anew on a page that has one already, as our renderer sets it."""

import re
from dataclasses import dataclass

# As documents/tags.py marks what stands in the margin.
MARK = re.compile(rb"/Artifact\s*<</Type /Pagination>>\s*BDC\s(.*?)\bEMC", re.DOTALL)
PLACE = re.compile(rb"1 0 0 -1 ([\d.]+) ([\d.]+) Tm\s+/(\S+) ([\d.]+) Tf")
FONT = "WalkthroughNumbers"
PIXEL = 0.75  # of a point
A4_HEIGHT = 841.89


@dataclass(frozen=True)
class Stamp:
    """How a page number looks; lengths in pixels of the renderer, from the upper left corner of the page."""

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
