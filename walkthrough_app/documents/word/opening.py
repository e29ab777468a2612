"""Opening a Word file that somebody hands in: only what is needed is read, and nothing that could do harm."""

import posixpath
import struct
import zipfile
import zlib
from typing import Any, BinaryIO

from lxml import etree

from walkthrough_app.core.errors import Invalid

MOST_XML = 10 * 1024 * 1024
MOST_NAMES = 1024 * 1024  # bytes of the table of contents
FIELD = "word"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NOT_WORD = "这不是Word文件（.docx），请上传从这里下载、用Word或WPS改好的那一份。"
OLD = "这是旧格式（.doc、.wps）或者加了密码的文件，请去掉密码、另存为 .docx 再上传。"
MACROS = "这个文件里有宏，不能上传，请另存为不带宏的 .docx。"
TOO_LARGE = "这个文件展开以后太大了，不能读，请只在下载的Word里改文字。"
BROKEN = "这个Word文件打不开，可能没有传完，请重新上传。"
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without measure
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    LookupError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
)


class Opened:
    """The parts of a Word file that say something in words."""

    def __init__(self, file: BinaryIO) -> None:
        """Invalid with one clear sentence when it is no Word file, holds macros or is larger than it seems."""
        _look_at(file)
        try:
            self._archive = zipfile.ZipFile(file)
            self._names = set(self._archive.namelist())
            self._left = MOST_XML
            self._types = self._parse("[Content_Types].xml")
            self._related = dict(_relations(self._parse("_rels/.rels")))
            self._check()
            self.text = self._parse(self._related["officeDocument"])
        except (
            zipfile.BadZipFile,
            KeyError,
            OSError,
            RuntimeError,
            NotImplementedError,
            etree.XMLSyntaxError,
        ) as error:
            raise Invalid(FIELD, BROKEN) from error

    @property
    def properties(self) -> dict[str, str]:
        """Return the file's own properties by name; those that cannot be read are left out."""
        name = self._related.get("custom-properties", "")
        if name not in self._names:
            return {}
        return {one.get("name", ""): "".join(one.itertext()) for one in self._parse(name)}

    def _check(self) -> None:
        kinds = {one.get("ContentType", "").lower() for one in self._types}
        if any("macroenabled" in kind or "vbaproject" in kind for kind in kinds):
            raise Invalid(FIELD, MACROS)
        if any("vbaproject" in name.lower() for name in self._names):
            raise Invalid(FIELD, MACROS)
        if MAIN not in kinds:
            raise Invalid(FIELD, NOT_WORD)

    def _parse(self, name: str) -> Any:
        """Read one part within what is left of the allowance; no entity is resolved, nothing is fetched."""
        if self._archive.getinfo(name).compress_type not in PLAIN:
            raise Invalid(FIELD, BROKEN)
        with self._archive.open(name) as part:
            content = part.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise Invalid(FIELD, TOO_LARGE)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(content, parser)
        if root.getroottree().docinfo.doctype:
            raise Invalid(FIELD, BROKEN)
        return root


def _look_at(file: BinaryIO) -> None:
    """Tell by the first bytes and the last record whether it is worth unpacking."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(FIELD, OLD)
    if not start.startswith(b"PK"):
        raise Invalid(FIELD, NOT_WORD)
    size = file.seek(0, 2)
    file.seek(max(0, size - 65557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Invalid(FIELD, BROKEN)
    if struct.unpack_from("<I", tail, at + 12)[0] > MOST_NAMES:
        raise Invalid(FIELD, TOO_LARGE)
    file.seek(0)


def _relations(root: Any) -> list[tuple[str, str]]:
    """Return (last word of the kind, name of the part): the words are the same in both editions of the standard."""
    return [
        (one.get("Type", "").rsplit("/", 1)[-1], posixpath.normpath(one.get("Target", "").lstrip("/"))) for one in root
    ]
