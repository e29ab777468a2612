"""Writes a PDF object by object into a file: what has been written takes no memory but its place."""

import hashlib
import zlib
from array import array
from collections.abc import Sequence

from walkthrough_app.documents.merge.behind import Behind

LEVEL = 1  # of 9: more takes longer and saves a thousandth
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
FREE, PLAIN, PACKED = 0, 1, 2
EDGE = 512  # bytes of a stream that are looked at before all of them are
SMALL = 64 * 1024  # bytes of a stream that is held to be compared: a font is, a photo is not


class Writer:
    """The file that is being written; `reserved` numbers are kept for objects that are known at the end only."""

    def __init__(self, file: Behind, reserved: int) -> None:
        self._file = file
        self._kinds, self._places, self._orders = bytearray([FREE]), array("Q", [0]), array("L", [0])
        self._streams: dict[bytes, list[tuple[int, int, bytes]]] = {}
        self.take(reserved)
        file.write(HEADER)

    def take(self, count: int) -> int:
        """Take the next numbers; return the one before the first of them."""
        before = len(self._kinds) - 1
        self._kinds.extend(bytes(count))
        self._places.extend([0] * count)
        self._orders.extend([0] * count)
        return before

    def add_stream(self, number: int, dictionary: bytes, body: bytes) -> None:
        """Write a stream whose dictionary, `<< … >>`, names its length."""
        self._set(number, PLAIN, self._file.size)
        head = b"%d 0 obj\n%b\nstream\n" % (number, dictionary)
        held = body if len(body) <= SMALL else b""
        self._streams.setdefault(_mark(dictionary, body), []).append((number, self._file.size + len(head), held))
        self._file.write(head, body, b"\nendstream\nendobj\n")

    def same_stream(self, dictionary: bytes, body: bytes) -> int | None:
        """Return the number of a stream that was written before and is the same byte for byte."""
        for number, place, held in self._streams.get(_mark(dictionary, body), ()):
            if (held or self._file.read(place, len(body))) == body:
                return number
        return None

    def add_all(self, objects: Sequence[tuple[int, bytes]]) -> None:
        """Write what is no stream, packed together."""
        places, at = [], 0
        holder = self.take(1) + 1
        for order, (number, text) in enumerate(objects):
            self._set(number, PACKED, holder, order)
            places.append(b"%d %d" % (number, at))
            at += len(text) + 1
        head = b" ".join(places) + b"\n"
        extra = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head))
        self._add_packed(holder, extra, head + b"\n".join(text for _, text in objects))

    def finish(self, *, root: int, info: int, identifier: bytes) -> None:
        """Write the table of all places; `identifier` is 16 bytes."""
        number, place = self.take(1) + 1, self._file.size
        self._set(number, PLAIN, place)
        size = len(self._kinds)
        entries = zip(self._kinds, self._places, self._orders, strict=True)
        table = b"".join(b"%c%b%b" % (kind, at.to_bytes(5), order.to_bytes(3)) for kind, at, order in entries)
        key = identifier.hex().encode()
        extra = b"/Type /XRef /W [1 5 3] /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]"
        self._add_packed(number, extra % (size, root, info, key, key), table)
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % place)

    def _add_packed(self, number: int, extra: bytes, content: bytes) -> None:
        body = zlib.compress(content, LEVEL)
        self._set(number, PLAIN, self._file.size)
        start = b"%d 0 obj\n<< %b /Filter /FlateDecode /Length %d >>\nstream\n" % (number, extra, len(body))
        self._file.write(start, body, b"\nendstream\nendobj\n")

    def _set(self, number: int, kind: int, place: int, order: int = 0) -> None:
        self._kinds[number], self._places[number], self._orders[number] = kind, place, order


def _mark(dictionary: bytes, body: bytes) -> bytes:
    """Return what two equal streams share, worked out from a little of them."""
    return hashlib.md5(dictionary + body[:EDGE] + body[-EDGE:], usedforsecurity=False).digest()
