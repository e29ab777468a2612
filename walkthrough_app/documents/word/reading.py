"""An edited Word file read back: what its known paragraphs say now, and what else stands in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents.word import keys
from walkthrough_app.documents.word.lines import Line, Reader, named
from walkthrough_app.documents.word.opening import FIELD, TOO_LARGE, Opened

MOST_LINES = 20_000  # paragraphs, those in cells too; a report of 80 problems has about 2 000


@dataclass(frozen=True)
class Block:
    """One paragraph that may be rewritten, by its key or, when that got lost, by the short form in its bookmark.

    `lead` is what is set off in it by a style or bold type, `rest` what is not, `text` both. `digest` belongs to the
    text as it was written, None when it got lost. `has_objects` tells of pictures, notes or tables in it.
    """

    key: str
    short: str
    digest: int | None
    text: str
    lead: str
    rest: str
    has_objects: bool


@dataclass(frozen=True)
class Manuscript:
    """A Word file: its own properties, its known paragraphs in their order, and every other line."""

    properties: Mapping[str, str]
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]


def read(file: BinaryIO) -> Manuscript:
    """Read a Word file, tracked insertions counted in, deletions out; Invalid as Opened or when it is endless."""
    opened = Opened(file)
    groups: dict[object, list[Line]] = {}
    others = []
    for line in _lines(opened):
        place = _place(line)
        if place is None:
            others.append(keys.normal(line.text))
        else:
            groups.setdefault(place, []).append(line)
    return Manuscript(opened.properties, tuple(map(_block, groups.values())), tuple(filter(None, others)))


def _lines(opened: Opened) -> Iterator[Line]:
    reader = Reader()
    lines = chain.from_iterable(reader.lines(body) for body in named(opened.text, "body"))
    for number, line in enumerate(lines):
        if number == MOST_LINES:
            raise Invalid(FIELD, TOO_LARGE)
        yield line


def _place(line: Line) -> object:
    """Tell which block a line belongs to: that of its control, else that of its bookmark; None when to neither."""
    if line.control:
        return line.control.place
    return next(iter(line.marks.values()), None)


def _block(lines: Sequence[Line]) -> Block:
    control = lines[0].control
    mark = next((keys.BOOKMARK.fullmatch(name) for line in lines for name in line.marks.values()), None)
    number = control.number if control else ""
    digest = int(mark[2], 16) if mark else int(number) if number.isdecimal() else None
    return Block(
        key=control.key if control else "",
        short=mark[1] if mark else "",
        digest=digest,
        text=keys.normal("".join(line.text + _end(line) for line in lines)),
        lead=keys.normal("".join(line.lead for line in lines)),
        rest=keys.normal("".join(line.rest + _end(line) for line in lines)),
        has_objects=any(line.has_objects or line.in_table for line in lines),
    )


def _end(line: Line) -> str:
    return "" if line.joins else "\n"
