"""The bound file: cover and contents, the papers, and what the catalogue of the whole says of them."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import BinaryIO

import pikepdf

from walkthrough_app.documents import pdf, phrases
from walkthrough_app.documents.merge import Part, apart
from walkthrough_app.documents.merge.behind import BATCH, Behind
from walkthrough_app.documents.merge.numbers import sample
from walkthrough_app.documents.merge.run import (
    CATALOGUE,
    DOCUMENT,
    FILES,
    FIRST_BOOKMARK,
    NUMBERS,
    OUTLINES,
    PAGES,
    PARENTS,
    TREE,
    Order,
    Run,
    Share,
    opened,
)
from walkthrough_app.documents.merge.sheaf import Sheaf
from walkthrough_app.documents.merge.writer import HEADER, Table

LINK = "part:"
CONTENTS = "目录"
CATALOGUE_TEXT = b"""<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 3 0 R /Outlines 6 0 R /PageMode /UseOutlines \
/Names << /EmbeddedFiles 7 0 R >> %b /AF [%b] >>"""
TREE_TEXT = b"<< /Type /StructTreeRoot /K [4 0 R] /ParentTree 5 0 R /ParentTreeNextKey %d >>"
OUTLINES_TEXT = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
COVER, LINES, WIDTH = 1, 20, 25  # a first guess: pages, lines a page of contents, characters a line
TRIES = 5
MANY = 40  # papers from which on two processes bind them
FAR_MARKS = 1 << 24  # where the second process begins to count pages and links; nobody knows how many the first has

Front = Callable[[Sequence[int]], bytes]


def merge(parts: Sequence[Part], output: Path, *, front: Front) -> int:
    """Bind `parts` in their order behind the front into a new file; return the number of pages.

    `front` gets the page on which each part begins and returns the PDF of cover and contents, made by our renderer;
    a link to `part:<n>` in it leads to part n, counted from 0. Page numbers go on behind those of the front.
    CannotBind when a part is damaged, locked or not tagged; nothing is left behind then.
    """
    cover, first_pages = _settle(front, parts)
    near, far = _orders(parts, first_pages[:-1])
    try:
        with output.open("w+b") as file, Behind(file) as behind, pdf.no_tidying():
            whole = _Whole(behind, near)
            if far is None:
                whole.bind()
            else:
                with tempfile.TemporaryFile(dir=output.parent) as scratch, apart.begun(far, scratch) as beside:
                    whole.bind()
                    whole.append(*beside.result(), scratch)
            return whole.finish(cover)
    except BaseException:
        output.unlink(missing_ok=True)
        raise


def _settle(front: Front, parts: Sequence[Part]) -> tuple[bytes, list[int]]:
    """Make the front until it has as many pages as it was told; return it and the first page of each part."""
    counts = [part.pages or _count(part.path) for part in parts]
    pages = COVER + ceil(sum(ceil(phrases.width(part.title) / WIDTH) for part in parts) / LINES)
    for _ in range(TRIES):
        first_pages = list(accumulate(counts, initial=pages + 1))
        made = front(first_pages[:-1])
        with pikepdf.open(BytesIO(made)) as found:
            if len(found.pages) == pages:
                return made, first_pages
            pages = len(found.pages)
    raise RuntimeError("the front never gets as long as it says")


def _count(path: Path) -> int:
    with opened(path) as found:
        return len(found.pages)


def _orders(parts: Sequence[Part], first_pages: Sequence[int]) -> tuple[Order, Order | None]:
    """Halve the work where it is much; by the number of papers alone, so that equal papers make equal files."""
    look, count = sample().stamp, len(parts)
    if count < MANY:
        return Order(parts, first_pages, look, count), None
    half = count // 2
    near = Order(parts[:half], first_pages[:half], look, count, step=2)
    return near, Order(parts[half:], first_pages[half:], look, count, half, step=2, turn=1, marks=FAR_MARKS)


class _Whole:
    """The bound file while it is made."""

    def __init__(self, file: Behind, order: Order) -> None:
        self._file = file
        self._last_bookmark = order.reserved
        file.write(HEADER)
        self._run = Run(order, file)
        self._share, self._writer = self._run.share, self._run.writer

    def bind(self) -> None:
        """Write what was ordered, behind the font of page numbers."""
        font = sample()
        Sheaf(font.holder).write_as(font.font, NUMBERS, self._writer)
        self._run.bind()

    def append(self, share: Share, table: Table, made: BinaryIO) -> None:
        """Take over what another process wrote."""
        self._writer.table.absorb(table, self._file.size)
        self._share.absorb(share)
        made.seek(0)
        while piece := made.read(BATCH):
            self._file.write(piece)

    def finish(self, front: bytes) -> int:
        """Write the front and what leads to everything; return the number of pages."""
        with pikepdf.open(BytesIO(front)) as found:
            sheaf, share = Sheaf(found), self._share
            sheaf.check()
            sheaf.link(LINK, share.first_pages)
            sheaf.keep_first_bookmark()
            self._run.add(sheaf, CONTENTS, FIRST_BOOKMARK, is_front=True)
            for numbers in (share.nodes, share.elements):
                numbers.insert(0, numbers.pop())
            self._writer.add_all(list(self._catalogue(sheaf)))
            identifier = hashlib.md5(b"".join(share.identifiers), usedforsecurity=False).digest()
            self._writer.finish(root=CATALOGUE, info=sheaf.info, identifier=identifier)
        return share.pages

    def _catalogue(self, front: Sheaf) -> Iterator[tuple[int, bytes]]:
        """Yield what only the whole file has."""
        share = self._share
        files = sorted((_string(name), number) for name, number in share.files)
        names = b" ".join(b"%b %d 0 R" % one for one in files)
        yield CATALOGUE, CATALOGUE_TEXT % (front.belongings, _references(number for _, number in files))
        yield PAGES, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (share.pages, _references(share.nodes))
        yield TREE, TREE_TEXT % share.marks
        yield DOCUMENT, b"<< /Type /StructElem /S /Document /P 3 0 R /K [%b] >>" % _references(share.elements)
        yield PARENTS, b"<< /Kids [%b] >>" % _references(share.tables)
        yield OUTLINES, OUTLINES_TEXT % (FIRST_BOOKMARK, self._last_bookmark, self._last_bookmark - FIRST_BOOKMARK + 1)
        yield FILES, b"<< /Names [%b] >>" % names


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _string(text: str) -> bytes:
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()
