"""Some of the papers of a bound file, one after another: what they write, and what they add to the whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pikepdf

from walkthrough_app.documents.merge import CannotBind, Part
from walkthrough_app.documents.merge.behind import Behind
from walkthrough_app.documents.merge.sheaf import Sheaf
from walkthrough_app.documents.merge.stamp import Stamp
from walkthrough_app.documents.merge.writer import Table, Writer

# Numbers of the objects that only the whole file has, then one bookmark for the front and for each part.
CATALOGUE, PAGES, TREE, DOCUMENT, PARENTS, OUTLINES, FILES, NUMBERS, FIRST_BOOKMARK = range(1, 10)


@dataclass(slots=True)
class Share:
    """What papers add to the whole: numbers of objects in it, in the order of the papers."""

    nodes: list[int] = field(default_factory=list)  # of the page tree
    elements: list[int] = field(default_factory=list)  # of the structure
    tables: list[int] = field(default_factory=list)  # from pages to elements
    files: list[tuple[str, int]] = field(default_factory=list)
    first_pages: list[tuple[int, str]] = field(default_factory=list)  # with the titles
    identifiers: list[bytes] = field(default_factory=list)
    pages: int = 0
    marks: int = 0  # the next one that is free

    def absorb(self, later: "Share") -> None:
        """Put behind these papers those that were bound beside them."""
        self.nodes += later.nodes
        self.elements += later.elements
        self.tables += later.tables
        self.identifiers += later.identifiers
        self.files += later.files
        self.first_pages += later.first_pages
        self.pages += later.pages
        self.marks = later.marks


@dataclass(frozen=True, slots=True)
class Order:
    """Some of the `count` parts to bind, from number `start` on, and the page on which each of them begins."""

    parts: Sequence[Part]
    first_pages: Sequence[int]
    look: Stamp
    count: int
    start: int = 0
    step: int = 1
    turn: int = 0
    marks: int = 0

    @property
    def reserved(self) -> int:
        return FIRST_BOOKMARK + self.count


class Run:
    """Papers while they are bound; `share` is what they have added so far."""

    def __init__(self, order: Order, file: Behind) -> None:
        self._order = order
        self.writer = Writer(file, order.reserved, step=order.step, turn=order.turn)
        self.share = Share(marks=order.marks)

    def bind(self) -> None:
        """Write all parts; CannotBind names the one that cannot be."""
        order = self._order
        for at, (part, first) in enumerate(zip(order.parts, order.first_pages, strict=True), order.start + 1):
            with opened(part.path) as found:
                try:
                    self._add_part(Sheaf(found), part, FIRST_BOOKMARK + at, first)
                except ValueError as error:
                    raise CannotBind(part.path, str(error)) from error

    def add(self, sheaf: Sheaf, title: str, bookmark: int, *, is_front: bool = False) -> None:
        """Write a paper, with `bookmark` as the number of the one that leads to it."""
        share = self.share
        node = sheaf.join_pages(PAGES)
        elements = sheaf.join_tags(DOCUMENT, title)
        table = sheaf.count_marks(share.marks)
        neighbours = {"/Parent": OUTLINES}
        neighbours |= {"/Prev": bookmark - 1} if bookmark > FIRST_BOOKMARK else {}
        neighbours |= {"/Next": bookmark + 1} if bookmark < self._order.reserved else {}
        sheaf.bookmark(title, bookmark, neighbours)
        sheaf.write(self.writer, is_front=is_front)
        share.identifiers.append(sheaf.identifier)
        share.nodes.append(sheaf.number_of(node))
        share.elements += [sheaf.number_of(one) for one in elements]
        share.tables.append(sheaf.number_of(table))
        share.marks = int(table.Limits[1]) + 1
        share.pages += len(sheaf.pages)

    def _add_part(self, sheaf: Sheaf, part: Part, bookmark: int, first: int) -> None:
        sheaf.check()
        if part.pages not in {0, len(sheaf.pages)}:
            raise ValueError(f"有{len(sheaf.pages)}页，登记的是{part.pages}页")
        files = sheaf.name_attachments(part.name)
        sheaf.number_pages(self._order.look, first, NUMBERS)
        self.add(sheaf, part.title, bookmark)
        self.share.files += [(name, sheaf.number_of(spec)) for name, spec in files]
        self.share.first_pages.append((sheaf.number_of(sheaf.pages[0]), part.title))


def carry_out(order: Order, file: BinaryIO) -> tuple[Share, Table]:
    """Write the parts of an order into a file of their own, to be added to the whole."""
    with Behind(file) as behind:
        run = Run(order, behind)
        run.bind()
    return run.share, run.writer.table


@contextmanager
def opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """Open a paper; CannotBind says why not."""
    try:
        with pikepdf.open(path) as found:
            yield found
    except pikepdf.PasswordError as error:
        raise CannotBind(path, "设了密码，打不开") from error
    except pikepdf.PdfError as error:
        raise CannotBind(path, "不是 PDF，或者已经损坏") from error
