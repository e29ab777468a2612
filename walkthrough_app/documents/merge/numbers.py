"""How our renderer sets page numbers: in which font, how large, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from walkthrough_app.documents import html, pdf
from walkthrough_app.documents.merge.stamp import MARK, PLACE, Stamp

GLYPHS = re.compile(rb"<([0-9a-f]+)>")
PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>")
SIGNS = "0123456789— "
SAMPLE = """<!doctype html><html lang="zh-CN"><head><title>0</title><style>{css}</style></head><body>
<p style="font-family: var(--songti)">{signs}</p><p style="break-before: page">2</p></body></html>"""


@dataclass(frozen=True)
class Sample:
    """A page number of ours: how to set one like it, and its font in a file with nothing else in it."""

    stamp: Stamp
    holder: pikepdf.Pdf
    font: pikepdf.Object


@cache
def sample() -> Sample:
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
    stamp = Stamp(codes, widths, right.size, right.x + length, left.x, right.y)
    return Sample(stamp, holder, holder.Root.Font)


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
