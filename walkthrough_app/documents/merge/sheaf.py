"""One paper among those that are bound together: given its new place, numbers and names, then written on."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from walkthrough_app.documents.merge.stamp import FONT, Stamp
from walkthrough_app.documents.merge.writer import LEVEL, Writer

# Only a catalogue of a whole file needs these; the bound file has its own.
CATALOGUE = re.compile(rb"/Type /(Catalog|XRef|ObjStm)\b")
LEFT_BEHIND = re.compile(rb"/Type /(Catalog|XRef|ObjStm|Metadata|Sig)\b")
BELONGINGS = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata", "/OutputIntents")
LENGTH = re.compile(rb"/Length \d+( 0 R)? ")
# How qpdf writes a reference; what looks like one inside a literal string stays as it is.
REFERENCE_END, STRING = b" 0 R", b"("
REFERENCE = re.compile(rb"(\((?:[^\\()]|\\.)*\)|\b\d+ 0 R\b)", re.DOTALL)
DIGITS = re.compile(rb"\d+$")
# Names of cells are unique in one paper only; cells are told their headers by scope as well.
CELL_NAMES = re.compile(rb"/Headers \[ (?:\([\d-]+\) )*\] |/ID \(\d+-\d+-\d+\) ")


class Sheaf:
    """An opened paper; every change to it is made in memory only."""

    def __init__(self, opened: pikepdf.Pdf) -> None:
        self._pdf = opened
        self._numbers: dict[int, int] = {}
        self._left_out: set[int] = set()
        self._before, self._step = 0, 1
        self.pages = [page.obj for page in opened.pages]

    def check(self) -> None:
        """ValueError with the reason, in words for the user, when the paper cannot be bound with others."""
        tree = self._pdf.Root.get("/StructTreeRoot")
        if not self.pages or tree is None or "/ParentTree" not in tree:
            raise ValueError("没有结构标签，不是本程序生成的文件")

    @property
    def identifier(self) -> bytes:
        """What tells this file from others."""
        return bytes(self._pdf.trailer.get("/ID", [b"", b""])[1])

    @property
    def info(self) -> int:
        """The number of the file's properties; after `write` of a front only."""
        return self.number_of(self._pdf.trailer.Info)

    @property
    def belongings(self) -> bytes:
        """What the catalogue says of language, archive and accessibility; after `write` of a front only."""
        root = self._pdf.Root
        return self.renumber(
            b" ".join(b"%b %b" % (key.encode(), root[key].unparse()) for key in BELONGINGS if key in root)
        )

    def stand_for(self, own: Any, number: int) -> None:
        """Let every reference to an object of this paper mean object `number` of the bound file."""
        self._numbers[_id(own)] = number
        self._left_out.add(_id(own))

    def hole(self, number: int) -> Any:
        """Return an object to refer to, in place of object `number` of the bound file."""
        made = self._pdf.make_indirect(Dictionary())
        self.stand_for(made, number)
        return made

    def join_pages(self, parent: int) -> Any:
        """Hang the pages under the page tree of the bound file; return their own node."""
        node = self._pdf.Root.Pages
        node.Parent = self.hole(parent)
        for page in self.pages:
            for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
                _inherit(page, key)
            _drop_signatures(page)
        self._name_no_places()
        return node

    def _name_no_places(self) -> None:
        """Let links lead to pages directly: two papers may have the same name for a place."""
        places = self._pdf.Root.get("/Names", Dictionary()).get("/Dests")
        named = dict(pikepdf.NameTree(places).items()) if places is not None else {}
        for note in (note for page in self.pages for note in page.get("/Annots", ())):
            place = note.get("/Dest", note.get("/A", Dictionary()).get("/D"))
            if isinstance(place, pikepdf.String) and str(place) in named:
                note.Dest = named[str(place)]
                if "/A" in note:
                    del note["/A"]

    def join_tags(self, document: int, title: str) -> list[Any]:
        """Hang the structure under element `document` of the bound file; return what hangs there."""
        tree = self._pdf.Root.StructTreeRoot
        self.stand_for(tree, document)
        elements = list(tree.K) if isinstance(tree.K, Array) else [tree.K]
        for element in elements:
            element.S, element.T = Name.Part, title
        return elements

    def count_marks(self, first: int) -> Any:
        """Count pages and links from `first` on in the table that leads from them to their elements; return it."""
        table = self._pdf.Root.StructTreeRoot.ParentTree
        entries = list(_leaves(table))
        for page in self.pages:
            _shift(page, "/StructParents", first)
            for note in page.get("/Annots", ()):
                _shift(note, "/StructParent", first)
        if "/Kids" in table:
            del table.Kids
        table.Nums = Array([part for key, value in entries for part in (key + first, value)])
        table.Limits = Array([first, first + max((key for key, _ in entries), default=0)])
        return table

    def keep_first_bookmark(self) -> None:
        """Let the bookmark of this paper lead where its own first one leads, and have none below it."""
        outlines = self._pdf.Root.get("/Outlines", Dictionary())
        self._pdf.Root.Outlines = Dictionary(Dest=outlines.First.Dest) if "/First" in outlines else Dictionary()

    def bookmark(self, title: str, number: int, neighbours: Mapping[str, int]) -> None:
        """Turn the bookmarks into those below one with the paper's title, object `number` of the bound file."""
        item = self._pdf.Root.get("/Outlines", Dictionary())
        item = item if item.is_indirect else self._pdf.make_indirect(item)
        self._numbers[_id(item)] = number
        item.Title = title
        if "/Dest" not in item:
            item.Dest = Array([self.pages[0], Name.Fit])
        for key in ("/Type", "/Count"):
            if key in item:
                del item[key]
        if "/First" in item:
            item.Count = -sum(1 for _ in _row(item.First))
        for key, other in neighbours.items():
            item[key] = self.hole(other)

    def name_attachments(self, name: str) -> list[tuple[str, Any]]:
        """Give the files inside a name of their own; return each with its object."""
        named: list[tuple[str, Any]] = []
        for old, spec in sorted(self._pdf.attachments.items()):
            own = name + PurePath(old).suffix if not named else f"{name}-{old}"
            spec.obj.F = spec.obj.UF = own
            named.append((own, spec.obj))
        return named

    def number_pages(self, stamp: Stamp, first: int, font: int) -> None:
        """Set new page numbers, from `first` on; the font is object `font` of the bound file."""
        hole = self.hole(font)
        for number, page in enumerate(self.pages, first):
            height = float(page.MediaBox[3]) - float(page.MediaBox[1])
            content = zlib.compress(stamp.put(_content(page), number, height), LEVEL)
            if isinstance(page.Contents, pikepdf.Stream):  # nobody asks for the old one any more
                self._left_out.add(_id(page.Contents))
            page.Contents = self._pdf.make_stream(content, Filter=Name.FlateDecode)
            fonts = page.Resources.get("/Font", Dictionary())
            fonts[f"/{FONT}"] = hole
            page.Resources.Font = fonts

    def link(self, prefix: str, targets: Sequence[tuple[int, str]]) -> None:
        """Turn every link to `<prefix><n>` into one to `targets[n]`: a page object of the bound file, and its title."""
        for page in self.pages:
            for note in page.get("/Annots", ()):
                address = str(note.get("/A", Dictionary()).get("/URI", ""))
                if address.startswith(prefix):
                    del note["/A"]
                    number, note.Contents = targets[int(address.removeprefix(prefix))]
                    note.Dest = Array([self.hole(number), Name.Fit])

    def write_as(self, own: Any, number: int, writer: Writer) -> None:
        """Write everything, with one object as object `number` of the bound file."""
        self._numbers[_id(own)] = number
        self.write(writer)

    def write(self, writer: Writer, *, is_front: bool = False) -> None:
        """Write the objects; the front brings along what belongs to a file and not to its pages.

        ValueError when the paper was changed by a program that reuses numbers.
        """
        found = [(*one.objgen, one) for one in self._pdf.objects if one is not None]
        if any(generation for _, generation, _ in found):
            raise ValueError("被别的软件改过")
        self._before, self._step = writer.take(max(number for number, _, _ in found)), writer.step
        left_behind = CATALOGUE if is_front else LEFT_BEHIND
        streams, plain = [], []
        for number, _, one in found:
            if number in self._left_out:
                continue
            if isinstance(one, pikepdf.Stream):
                streams.append((number, LENGTH.sub(b"", one.stream_dict.unparse(resolved=True)), one))
            elif not left_behind.search(text := one.unparse(resolved=True)):
                plain.append((number, text))
        # Those that refer to nothing come first: they may be in the file already, and others refer to them.
        streams.sort(key=lambda stream: b" 0 R" in stream[1])
        for number, text, stream in streams:
            if not left_behind.search(text):
                self._write_stream(writer, number, text, stream.read_raw_bytes())
        numbers = [self.number_of(number) for number, _ in plain]
        texts = self._renumber_all(b"\n".join(text for _, text in plain))
        writer.add_all(list(zip(numbers, texts, strict=True)))

    def _write_stream(self, writer: Writer, number: int, text: bytes, body: bytes) -> None:
        is_shared = b" 0 R" not in text
        dictionary = b"%b /Length %d >>" % (self.renumber(text).removesuffix(b">>"), len(body))
        same = writer.same_stream(dictionary, body) if is_shared else None
        if same is None:
            writer.add_stream(self.number_of(number), dictionary, body)
        else:
            self._numbers[number] = same

    def number_of(self, own: Any) -> int:
        """Return the number that an object, or the object of a number, has in the bound file; after `write` only."""
        number = own if own.__class__ is int else _id(own)
        return self._numbers.get(number, self._before + number * self._step)

    def renumber(self, text: bytes) -> bytes:
        """Return a serialised object with the numbers of the bound file."""
        (renumbered,) = self._renumber_all(text)
        return renumbered

    def _renumber_all(self, text: bytes) -> list[bytes]:
        """Return serialised objects with their new numbers; qpdf writes an object on one line."""
        known = _References(self.number_of)
        texts = CELL_NAMES.sub(b"", text).split(b"\n")
        plain = iter(_renumbered(b"\n".join(one for one in texts if STRING not in one), known).split(b"\n"))
        return [_renumbered_but_strings(one, known) if STRING in one else next(plain) for one in texts]


class _References(dict[bytes, bytes]):
    """The new form of the number at the end of a text, worked out once."""

    def __init__(self, number_of: Callable[[int], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, old: bytes) -> bytes:
        number = DIGITS.search(old)
        assert number
        new = self[old] = old[: number.start()] + b"%d" % self._number_of(int(number[0]))
        return new


def _renumbered(text: bytes, known: _References) -> bytes:
    """Renumber what holds no string: then nothing but a reference ends as one does."""
    *parts, rest = text.split(REFERENCE_END)
    starts = [part.rfind(b" ") + 1 for part in parts]
    renumbered = [part[:start] + known[part[start:]] for part, start in zip(parts, starts, strict=True)]
    return REFERENCE_END.join([*renumbered, rest])


def _renumbered_but_strings(text: bytes, known: _References) -> bytes:
    parts = REFERENCE.split(text)
    parts[1::2] = [part if part.startswith(STRING) else _renumbered(part, known) for part in parts[1::2]]
    return b"".join(parts)


def _id(own: Any) -> int:
    return int(own.objgen[0])


def _inherit(page: Any, key: str) -> None:
    """Write into a page what it has from the nodes above it."""
    node = page
    while key not in node and "/Parent" in node:
        node = node.Parent
    if key in node and node is not page:
        page[key] = node[key]


def _drop_signatures(page: Any) -> None:
    """Take out the fields of a form: a signature is one of the whole file that it was in."""
    if "/Annots" in page:
        page.Annots = Array([note for note in page.Annots if note.get("/Subtype") != Name.Widget])


def _shift(own: Any, key: str, by: int) -> None:
    if key in own:
        own[key] = int(own[key]) + by


def _row(item: Any) -> Iterator[Any]:
    """Yield a bookmark and those after it on its level."""
    while item is not None:
        yield item
        item = item.get("/Next")


def _leaves(table: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree in order."""
    for kid in table.get("/Kids", ()):
        yield from _leaves(kid)
    nums = list(table.get("/Nums", ()))
    for key, value in zip(nums[::2], nums[1::2], strict=True):
        yield int(key), value


def _content(page: Any) -> bytes:
    """Return what a page draws."""
    found = page.Contents
    streams = list(found) if isinstance(found, Array) else [found]
    return b"\n".join(stream.read_bytes() for stream in streams)
