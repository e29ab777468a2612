"""Writing: what pydyf would pack hard, or work out more than once."""

import zlib
from types import SimpleNamespace
from typing import Any

import pydyf

LEVEL = 3  # of 9: more takes half as long again and saves a thousandth


def install() -> None:
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, LEVEL)))
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Name the pages once for all the tags that ask for them, while no page is added."""
    count = pdf.pages["Count"]
    known: tuple[bytes, ...] = getattr(pdf, "known_pages", ())
    if len(known) != count:
        known = pdf.known_pages = tuple(b"%d 0 R" % number for number in pdf.pages["Kids"][::3])
    return known


def write_out(pdf: Any) -> None:
    """Turn the objects of a finished pydyf.PDF into bytes: pydyf asks for them for the file and for its identifier."""
    pdf.objects[1:] = map(_Written, pdf.objects[1:])


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object that is only read from now on."""

    data = b""
    compressible = True

    def __init__(self, original: pydyf.Object) -> None:
        super().__init__()
        self.number = original.number
        self.data = original.data
        self.compressible = original.compressible
