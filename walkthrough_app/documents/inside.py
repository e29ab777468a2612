"""Reads papers that came from anywhere: embedded files, signatures, pictures. With `merge` the only door to pikepdf.

Whoever made the file may wish us ill: nothing is repaired, nothing is inflated beyond a limit, and only the forms
that our own papers have are understood.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, BinaryIO, cast

import pikepdf

from walkthrough_app.documents.window import Window, size_of

MIB = 1024 * 1024
LARGEST = 512 * MIB
LARGEST_DATA = 48 * MIB
LARGEST_GAP = MIB
DEEPEST = 8
CHUNK = MIB
GAP = re.compile(rb"<((?:[0-9a-f]{2})+|(?:[0-9A-F]{2})+)>")
MOMENT = re.compile(r"D:(\d{14})(?:Z|[+-]00'?00'?)?")
NOT_PDF = "这不是PDF文件。"
TOO_LARGE = "文件太大了，最大512MB。"
ENCRYPTED = "这个PDF加了密码，读不出来。请用收到的原文件再试。"
DAMAGED = "这个PDF不完整，或者被改坏了，读不出来。请用收到的原文件再试。"


class UnreadableError(ValueError):
    """The file cannot be read as a paper; the text is a sentence for the user."""


class OddSignatureError(ValueError):
    """There is a signature, but not where and how signatures stand in a paper."""


@dataclass(frozen=True)
class Signature:
    """A signature in a paper: it speaks for the first `size` bytes, but for its own between `start` and `stop`."""

    container: bytes
    start: int
    stop: int
    size: int
    at: datetime | None
    reason: str


@contextmanager
def opened(file: BinaryIO) -> Iterator["Paper"]:
    """Open a paper; UnreadableError when it is none, is encrypted or is damaged, also while it is being read."""
    _look_at(file)
    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            _check_open(pdf)
            yield Paper(file, pdf)
    except UnreadableError:
        raise
    except pikepdf.PasswordError as error:
        raise UnreadableError(ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
        raise UnreadableError(DAMAGED) from error


def limit() -> None:
    """Bound what the library may spend on one file; for a process that reads nothing but foreign papers."""
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100,
        parser_max_container_size=1_000_000,
        max_stream_filters=4,
        flate_max_memory=256 * MIB,
        dct_max_memory=256 * MIB,
    )


def digest_of(file: BinaryIO, signature: Signature) -> Callable[[str], bytes]:
    """Return a function that hashes what the signature speaks for, by an algorithm's name."""

    def digest(algorithm: str) -> bytes:
        made = hashlib.new(algorithm)
        for start, stop in ((0, signature.start), (signature.stop, signature.size)):
            file.seek(start)
            left = stop - start
            while left > 0 and (part := file.read(min(left, CHUNK))):
                made.update(part)
                left -= len(part)
        return made.digest()

    return digest


class Paper:
    """An opened PDF. Reading any of it may raise what `opened` turns into UnreadableError."""

    def __init__(self, file: BinaryIO, pdf: pikepdf.Pdf) -> None:
        self.file, self.pdf, self.size = file, pdf, size_of(file)

    @cached_property
    def objects(self) -> list[Any]:
        return list(self.pdf.objects)

    def attachments(self, name: str) -> list[bytes | None]:
        """Return every embedded file of this name, wherever it hangs; None for one that is too large or odd."""
        return [_content(one) for one in self._files() if name in {str(one.get("/F")), str(one.get("/UF"))}]

    def attachment_names(self) -> list[str]:
        return sorted({str(one.get("/UF", one.get("/F", ""))) for one in self._files()})

    def _files(self) -> list[Any]:
        """Find the file specifications: among the objects, in the list of names and in /AF, each once."""
        found = [one for one in self.objects if isinstance(one, pikepdf.Dictionary) and "/EF" in one]
        root = self.pdf.Root
        names = root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
        inline = list(pikepdf.NameTree(names).values()) if names is not None else []
        inline += list(root.get("/AF", []))
        return found + [one for one in inline if not one.is_indirect and "/EF" in one]

    def jpegs(self) -> Iterator[bytes]:
        """Yield the pictures whose bytes went into the paper as they were."""
        for one in self.objects:
            if isinstance(one, pikepdf.Stream) and _filters(one) == ["/DCTDecode"] and one.get("/Subtype") == "/Image":
                yield one.read_raw_bytes()

    def signatures(self) -> list[Signature]:
        """Return the signatures, the one that speaks for most last; OddSignatureError when one is built oddly."""
        form = self.pdf.Root.get("/AcroForm")
        try:
            fields = list(_signed_fields(form.get("/Fields", []), 0)) if form is not None else []
            return sorted((self._signature(one["/V"]) for one in fields), key=lambda one: one.size)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            raise OddSignatureError(str(error)) from error

    def _signature(self, value: Any) -> Signature:
        zero, start, stop, rest = (int(one) for one in value["/ByteRange"])
        container = bytes(value["/Contents"])
        if not (zero == 0 < start < stop <= stop + rest <= self.size and stop - start <= LARGEST_GAP):
            raise ValueError("a byte range that cannot be")
        self.file.seek(start)
        gap = GAP.fullmatch(self.file.read(stop - start))
        if not gap or bytes.fromhex(gap[1].decode()) != container:
            raise ValueError("something else stands in the place of the signature")
        reason = str(value.get("/Reason", ""))[:200]
        return Signature(container, start, stop, stop + rest, _moment(str(value.get("/M", ""))), reason)

    @contextmanager
    def as_signed(self, signature: Signature) -> Iterator["Paper"]:
        """Open the paper as it was when it was signed."""
        with opened(cast("BinaryIO", Window(self.file, signature.size))) as then:
            yield then


def _look_at(file: BinaryIO) -> None:
    size = size_of(file)
    if size > LARGEST:
        raise UnreadableError(TOO_LARGE)
    file.seek(0)
    if file.read(5) != b"%PDF-":
        raise UnreadableError(NOT_PDF)
    file.seek(0)


def _check_open(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise UnreadableError(ENCRYPTED)


def _signed_fields(fields: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise ValueError("fields too deep")
    for one in fields:
        if one.get("/FT") == "/Sig" and "/V" in one:
            yield one
        else:
            yield from _signed_fields(one.get("/Kids", []), depth + 1)


def _content(specification: Any) -> bytes | None:
    """Inflate an embedded file as far as the limit; None when it is larger, or packed in a way we never use."""
    stream = specification["/EF"].get("/F")
    if not isinstance(stream, pikepdf.Stream):
        return None
    raw, filters = stream.read_raw_bytes(), _filters(stream)
    if filters == ["/FlateDecode"] and "/DecodeParms" not in stream:
        unpacker = zlib.decompressobj()
        try:
            content = unpacker.decompress(raw, LARGEST_DATA)
        except zlib.error:
            return None
        return content if unpacker.eof else None
    return raw if not filters and len(raw) <= LARGEST_DATA else None


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter", [])
    return [str(found)] if isinstance(found, pikepdf.Name) else [str(one) for one in found]


def _moment(text: str) -> datetime | None:
    """Read the moment of a signature; only UTC, as ours write it."""
    found = MOMENT.fullmatch(text)
    try:
        return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None
