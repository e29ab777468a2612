"""Binding many finished papers into one: contents, continuous page numbers, bookmarks, tags, and each paper's data.

Papers are read one after another and written on at once, so that a thousand take no more memory than ten.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from math import ceil
from pathlib import Path

import pikepdf

from walkthrough_app.documents import pdf, phrases
from walkthrough_app.documents.merge.behind import Behind
from walkthrough_app.documents.merge.numbers import Stamp, stamp
from walkthrough_app.documents.merge.sheaf import Sheaf
from walkthrough_app.documents.merge.writer import Writer

LINK = "part:"
CONTENTS = "目录"
# Numbers of the objects that only the whole file has, then one bookmark for the front and for each part.
CATALOGUE, PAGES, TREE, DOCUMENT, PARENTS, OUTLINES, FILES, NUMBERS, FIRST_BOOKMARK = range(1, 10)
CATALOGUE_TEXT = b"""<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 3 0 R /Outlines 6 0 R /PageMode /UseOutlines \
/Names << /EmbeddedFiles 7 0 R >> %b /AF [%b] >>"""
TREE_TEXT = b"<< /Type /StructTreeRoot /K [4 0 R] /ParentTree 5 0 R /ParentTreeNextKey %d >>"
OUTLINES_TEXT = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
COVER, LINES, WIDTH = 1, 20, 25  # a first guess: pages, lines a page of contents, characters a line
TRIES = 5

Front = Callable[[Sequence[int]], bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """A paper to bind: its file, its title in bookmarks, and the name that the data inside it gets (no suffix).

    Who knows how many pages it has spares one look into the file.
    """

    path: Path
    title: str
    name: str
    pages: int = 0


class CannotBind(ValueError):
    """A file cannot be bound: `path`, and `reason` in words for the user."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def merge(parts: Sequence[Part], output: Path, *, front: Front) -> int:
    """Bind `parts` in their order behind the front into a new file; return the number of pages.

    `front` gets the page on which each part begins and returns the PDF of cover and contents, made by our renderer;
    a link to `part:<n>` in it leads to part n, counted from 0. Page numbers go on behind those of the front.
    CannotBind when a part is damaged, locked or not tagged; nothing is left behind then.
    """
    cover, first_pages = _settle(front, parts)
    try:
        with output.open("w+b") as file, Behind(file) as behind, pdf.no_tidying():
            return _Binding(behind, len(parts)).bind(parts, first_pages, cover)
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
        with pikepdf.open(BytesIO(made)) as opened:
            if len(opened.pages) == pages:
                return made, first_pages
            pages = len(opened.pages)
    raise RuntimeError("the front never gets as long as it says")


def _count(path: Path) -> int:
    with _opened(path) as opened:
        return len(opened.pages)


@contextmanager
def _opened(path: Path) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(path) as opened:
            yield opened
    except pikepdf.PasswordError as error:
        raise CannotBind(path, "设了密码，打不开") from error
    except pikepdf.PdfError as error:
        raise CannotBind(path, "不是 PDF，或者已经损坏") from error


class _Binding:
    """The bound file while it is made."""

    def __init__(self, file: Behind, count: int) -> None:
        self._last_bookmark = FIRST_BOOKMARK + count
        self._writer = Writer(file, self._last_bookmark)
        self._nodes: list[int] = []  # of the page tree, and so on
        self._elements: list[int] = []
        self._tables: list[int] = []
        self._files: list[tuple[str, int]] = []
        self._first_pages: list[tuple[int, str]] = []  # of the parts, as objects, with their titles
        self._marks = self._pages = 0
        self._identifier = hashlib.md5(usedforsecurity=False)

    def bind(self, parts: Sequence[Part], first_pages: Sequence[int], front: bytes) -> int:
        look = stamp()
        Sheaf(look.holder).write_as(look.font, NUMBERS, self._writer)
        for order, (part, first) in enumerate(zip(parts, first_pages, strict=False), FIRST_BOOKMARK + 1):
            with _opened(part.path) as opened:
                try:
                    self._add_part(Sheaf(opened), part, order, look, first)
                except ValueError as error:
                    raise CannotBind(part.path, str(error)) from error
        with pikepdf.open(BytesIO(front)) as opened:
            self._add_front(Sheaf(opened))
        return self._pages

    def _add_part(self, sheaf: Sheaf, part: Part, bookmark: int, look: Stamp, first: int) -> None:
        sheaf.check()
        if part.pages not in {0, len(sheaf.pages)}:
            raise ValueError(f"有{len(sheaf.pages)}页，登记的是{part.pages}页")
        files = sheaf.name_attachments(part.name)
        sheaf.number_pages(look, first, NUMBERS)
        self._add(sheaf, part.title, bookmark, is_front=False)
        self._files += [(name, sheaf.number_of(spec)) for name, spec in files]
        self._first_pages.append((sheaf.number_of(sheaf.pages[0]), part.title))

    def _add_front(self, sheaf: Sheaf) -> None:
        sheaf.check()
        sheaf.link(LINK, self._first_pages)
        sheaf.keep_first_bookmark()
        self._add(sheaf, CONTENTS, FIRST_BOOKMARK, is_front=True)
        for numbers in (self._nodes, self._elements):
            numbers.insert(0, numbers.pop())
        self._writer.add_all(list(self._catalogue(sheaf)))
        self._writer.finish(root=CATALOGUE, info=sheaf.info, identifier=self._identifier.digest())

    def _add(self, sheaf: Sheaf, title: str, bookmark: int, *, is_front: bool) -> None:
        node = sheaf.join_pages(PAGES)
        elements = sheaf.join_tags(DOCUMENT, title)
        table = sheaf.count_marks(self._marks)
        neighbours = {"/Parent": OUTLINES}
        neighbours |= {"/Prev": bookmark - 1} if bookmark > FIRST_BOOKMARK else {}
        neighbours |= {"/Next": bookmark + 1} if bookmark < self._last_bookmark else {}
        sheaf.bookmark(title, bookmark, neighbours)
        sheaf.write(self._writer, is_front=is_front)
        self._identifier.update(sheaf.identifier)
        self._nodes.append(sheaf.number_of(node))
        self._elements += [sheaf.number_of(one) for one in elements]
        self._tables.append(sheaf.number_of(table))
        self._marks = int(table.Limits[1]) + 1
        self._pages += len(sheaf.pages)

    def _catalogue(self, front: Sheaf) -> Iterator[tuple[int, bytes]]:
        """Yield what only the whole file has."""
        files = sorted((_string(name), number) for name, number in self._files)
        names = b" ".join(b"%b %d 0 R" % one for one in files)
        yield CATALOGUE, CATALOGUE_TEXT % (front.belongings, _references(number for _, number in files))
        yield PAGES, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (self._pages, _references(self._nodes))
        yield TREE, TREE_TEXT % self._marks
        yield DOCUMENT, b"<< /Type /StructElem /S /Document /P 3 0 R /K [%b] >>" % _references(self._elements)
        yield PARENTS, b"<< /Kids [%b] >>" % _references(self._tables)
        yield OUTLINES, OUTLINES_TEXT % (FIRST_BOOKMARK, self._last_bookmark, self._last_bookmark - FIRST_BOOKMARK + 1)
        yield FILES, b"<< /Names [%b] >>" % names


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _string(text: str) -> bytes:
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()
