"""Writing: what pydyf would pack hard, or work out more than once."""

import hashlib
import zlib
from types import SimpleNamespace
from typing import Any

import pydyf

LEVEL = 3  # of 9: more takes half as long again and saves a thousandth


def install() -> None:
    pydyf._to_bytes = _to_bytes  # noqa: SLF001
    pydyf.Dictionary.data = property(_dictionary)
    pydyf.Array.data = property(_array)
    pydyf.PDF.write_line = _write_line
    pydyf.md5 = _quick_mark
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, LEVEL)))
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Name the pages once for all the tags that ask for them, while no page is added."""
    count = pdf.pages["Count"]
    known: tuple[bytes, ...] = getattr(pdf, "known_pages", ())
    if len(known) != count:
        known = pdf.known_pages = tuple(b"%d 0 R" % number for number in pdf.pages["Kids"][::3])
    return known


def _to_bytes(item: Any) -> bytes:
    """Write what stands in an object as pydyf does, the commonest kinds first."""
    kind = item.__class__
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if kind is float:
        return b"%d" % item if item.is_integer() else f"{item:f}".rstrip("0").encode("ascii")
    return item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii")


def _dictionary(entries: Any) -> bytes:
    return b"<<%b>>" % b"".join([b"/%b %b" % (_to_bytes(key), _to_bytes(entries[key])) for key in entries])


def _array(items: Any) -> bytes:
    return b"[%b]" % b" ".join(map(_to_bytes, items))


def _write_line(pdf: Any, content: bytes, output: Any) -> None:
    """Write a line without a copy of it: most of a paper is photos."""
    pdf.current_position += len(content) + 1
    output.write(content)
    output.write(b"\n")


def _quick_mark(data: bytes) -> Any:
    """Return what gives the file its identifier: processors have an instruction for this hash, for MD5 none."""
    return SimpleNamespace(hexdigest=lambda: hashlib.sha256(data).hexdigest()[:32])


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
