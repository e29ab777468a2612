"""Writes a PDF object by object into a file: what has been written takes no memory but its place."""

import hashlib
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from walkthrough_app.documents.merge.behind import Behind

LEVEL = 1  # of 9: more takes longer and saves a thousandth
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
FREE, PLAIN, PACKED = 0, 1, 2
EDGE = 512  # bytes of a stream that are looked at before all of them are
SMALL = 64 * 1024  # bytes of a stream that is held to be compared: a font is, a photo is not


@dataclass(slots=True)
class Table:
    """Where each object is, by its number; its fields are as long as the highest number."""

    kinds: bytearray = field(default_factory=lambda: bytearray([FREE]))
    places: "array[int]" = field(default_factory=lambda: array("Q", [0]))
    orders: "array[int]" = field(default_factory=lambda: array("L", [0]))

    def grow(self, size: int) -> None:
        more = max(size - len(self.kinds), 0)
        self.kinds.extend(bytes(more))
        self.places.extend([0] * more)
        self.orders.extend([0] * more)

    def set(self, number: int, kind: int, place: int, order: int = 0) -> None:
        self.kinds[number], self.places[number], self.orders[number] = kind, place, order

    def absorb(self, other: "Table", start: int) -> None:
        """Take over the objects of a file that was written on from `start` on."""
        self.grow(len(other.kinds))
        for number, kind in enumerate(other.kinds):
            if kind != FREE:
                shift = start if kind == PLAIN else 0
                self.set(number, kind, other.places[number] + shift, other.orders[number])

    def packed(self) -> bytes:
        """Return it as a PDF holds it: one byte, five and three."""
        entries = zip(self.kinds, self.places, self.orders, strict=True)
        return b"".join(b"%c%b%b" % (kind, at.to_bytes(5), order.to_bytes(3)) for kind, at, order in entries)


class Writer:
    """A file that is being written, or a piece of one.

    Numbers up to `reserved` are kept for objects that are known at the end only; behind them this piece has every
    `step`-th number from its own place `turn` on, so that pieces need not know how long the others are.
    """

    def __init__(self, file: Behind, reserved: int, *, step: int = 1, turn: int = 0) -> None:
        self._file = file
        self._streams: dict[bytes, list[tuple[int, int, bytes]]] = {}
        self._next = reserved + 1 + turn
        self.step = step
        self.table = Table()
        self.table.grow(reserved + 1)

    def take(self, count: int) -> int:
        """Take the next numbers; return the one before the first of them, a step away."""
        before = self._next - self.step
        self._next += count * self.step
        self.table.grow(self._next)
        return before

    def add_stream(self, number: int, dictionary: bytes, body: bytes) -> None:
        """Write a stream whose dictionary, `<< … >>`, names its length."""
        self.table.set(number, PLAIN, self._file.size)
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
        holder = self._one()
        for order, (number, text) in enumerate(objects):
            self.table.set(number, PACKED, holder, order)
            places.append(b"%d %d" % (number, at))
            at += len(text) + 1
        head = b" ".join(places) + b"\n"
        extra = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head))
        self._add_packed(holder, extra, head + b"\n".join(text for _, text in objects))

    def finish(self, *, root: int, info: int, identifier: bytes) -> None:
        """Write the table of all places; `identifier` is 16 bytes."""
        number, place = self._one(), self._file.size
        self.table.set(number, PLAIN, place)
        size = len(self.table.kinds)
        key = identifier.hex().encode()
        extra = b"/Type /XRef /W [1 5 3] /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]"
        self._add_packed(number, extra % (size, root, info, key, key), self.table.packed())
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % place)

    def _one(self) -> int:
        return self.take(1) + self.step

    def _add_packed(self, number: int, extra: bytes, content: bytes) -> None:
        body = zlib.compress(content, LEVEL)
        self.table.set(number, PLAIN, self._file.size)
        start = b"%d 0 obj\n<< %b /Filter /FlateDecode /Length %d >>\nstream\n" % (number, extra, len(body))
        self._file.write(start, body, b"\nendstream\nendobj\n")


def _mark(dictionary: bytes, body: bytes) -> bytes:
    """Return what two equal streams share, worked out from a little of them."""
    return hashlib.md5(dictionary + body[:EDGE] + body[-EDGE:], usedforsecurity=False).digest()
