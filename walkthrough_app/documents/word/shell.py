"""The empty file that papers are written into, and the finished one: equal contents, equal bytes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from walkthrough_app.documents.word.xml import clean

SKELETON = Path(__file__).with_name("skeleton")
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that users may define
EARLIEST = (1980, 1, 1, 0, 0, 0)  # ZIP knows nothing older
PACKED = (".jpeg", ".jpg", ".png")
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006"
EXTENDED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{TYPES}/extended-properties"><Application>{{program}}</Application>'
    "<Company>{company}</Company></Properties>"
)


def empty(*, is_draft: bool) -> Document:
    """Open a new paper; a draft says so at the head of every page."""
    document = docx.Document(io.BytesIO(_skeleton()))
    if not is_draft:
        _drop_headers(document)
    return document


@cache
def _skeleton() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(one for one in SKELETON.rglob("*") if one.is_file()):
            archive.write(path, path.relative_to(SKELETON).as_posix())
    return file.getvalue()


def _drop_headers(document: Document) -> None:
    section = document.element.body.sectPr
    for reference in section.findall(qn("w:headerReference")):
        section.remove(reference)
        document.part.rels.pop(reference.get(qn("r:id")))


def describe(document: Document, *, title: str, issuer: str, generated: datetime) -> None:
    """Fill in the properties that people see in the file's window; times are UTC."""
    properties, moment = document.core_properties, generated.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title, properties.author, properties.last_modified_by = clean(title)[:255], clean(issuer)[:255], ""
    properties.language, properties.revision = "zh-CN", 1
    properties.created = properties.modified = moment
    words = EXTENDED.format(program="走流程", company=escape(clean(issuer)))
    _add(document, "/docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, words)


def mark(document: Document, marks: Mapping[str, str]) -> None:
    """Put properties of our own into the file: by them it is known again."""
    entries = "".join(
        f'<property fmtid="{FORMAT}" pid="{pid}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(sorted(marks.items()), 2)
    )
    words = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{TYPES}/custom-properties" xmlns:vt="{TYPES}/docPropsVTypes">{entries}</Properties>'
    )
    _add(document, "/docProps/custom.xml", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, words)


def _add(document: Document, name: str, kind: str, relation: str, words: str) -> None:
    package = document.part.package
    package.relate_to(Part(PackURI(name), kind, words.encode(), package), relation)


def finish(document: Document) -> bytes:
    """Write the file; pictures are packed already and are stored as they are."""
    raw, made = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return made.getvalue()
