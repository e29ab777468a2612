"""What was added after the signature is named: pages, attachments, properties, notes, or only bytes."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from tests.verification.conftest import judge, sign, states, text_of
from walkthrough_app.documents import signing
from walkthrough_app.documents.signing import Signer
from walkthrough_app.verification.order import Relayout
from walkthrough_app.verification.verdict import State

name = generic.NameObject


def revised(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append a revision, as an editor would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(pdf)
    return out.getvalue()


def page_of(writer: IncrementalPdfFileWriter, number: int) -> Any:
    return writer.find_page_for_modification(number - 1)[0].get_object()


def write_over(number: int) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"q 1 0 0 rg 100 700 200 50 re f Q")
        page = page_of(writer, number)
        before = page.raw_get("/Contents")
        page[name("/Contents")] = generic.ArrayObject([before, writer.add_object(stream)])
        writer.update_container(page)

    return change


def change_content(writer: IncrementalPdfFileWriter) -> None:
    stream = page_of(writer, 3)["/Contents"]
    stream._data = stream.data + b"\n1 0 0 rg 100 700 200 50 re f"
    stream._encoded_data = None
    writer.update_container(stream)


def change_attachment(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/AF"][0]["/EF"]["/F"]
    stream._data = b"{}"
    stream._encoded_data = None
    writer.update_container(stream)


def add_attachment(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    spec = generic.DictionaryObject(
        {
            name("/Type"): name("/Filespec"),
            name("/F"): generic.TextStringObject("report.json"),
            name("/EF"): generic.DictionaryObject({name("/F"): stream}),
        }
    )
    writer.root["/AF"].append(writer.add_object(spec))
    writer.update_root()


def change_title(writer: IncrementalPdfFileWriter) -> None:
    writer.document_meta.title = "另一个标题"
    writer.update_root()


def add_note(writer: IncrementalPdfFileWriter) -> None:
    box = generic.ArrayObject([generic.NumberObject(one) for one in (100, 100, 300, 200)])
    note = generic.DictionaryObject({name("/Subtype"): name("/Square"), name("/Rect"): box})
    page = page_of(writer, 2)
    page[name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (write_over(2), "第2页的内容"),
        (change_content, "第3页的内容"),
        (change_attachment, "附件report.json"),
        (add_attachment, "附件report.json"),
        (change_title, "文档属性"),
        (add_note, "第2页上的批注"),
    ],
)
def test_a_later_change_is_named(signed: bytes, office: SimpleNamespace, change: Any, words: str) -> None:
    verdict = judge(revised(signed, change), office.trust)
    assert words in text_of(verdict, "changes")
    assert states(verdict)["signature"] is State.PROVEN
    assert not verdict.is_intact
    assert verdict.headline == "签名以后，内容又被改动过"


def test_bytes_behind_the_end_are_named(signed: bytes, office: SimpleNamespace) -> None:
    verdict = judge(signed + b"\n" * 7, office.trust)
    assert "文件末尾多了7个字节" in text_of(verdict, "changes")
    assert not verdict.is_intact


def test_a_second_signature_does_not_hide_the_change_before_it(
    signed: bytes, office: SimpleNamespace, stranger: Signer
) -> None:
    """Ours speaks for the first part, a stranger's for all of it: ours is the one that counts."""
    pdf = countersigned(revised(signed, write_over(2)), stranger)
    verdict = judge(pdf, office.trust)
    assert "由本系统的证书" in text_of(verdict, "signer")
    assert "第2页的内容" in text_of(verdict, "changes")
    assert "又加了签名" in text_of(verdict, "changes")
    assert verdict.state is State.BROKEN


def countersigned(pdf: bytes, signer: Signer) -> bytes:
    meta = signers.PdfSignatureMetadata(field_name="Second", subfilter=fields.SigSeedSubFilter.PADES)
    with signing._opened(signer) as key:
        out = signers.PdfSigner(meta, signer=key).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return out.getvalue()


def test_a_signature_that_was_taken_off_leaves_nothing_proven(signed: bytes, office: SimpleNamespace) -> None:
    def take_off(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    verdict = judge(revised(signed, take_off), office.trust)
    assert states(verdict)["signature"] is State.UNPROVEN
    assert not verdict.is_intact


def test_a_paper_changed_before_a_stranger_signed_it_does_not_pass_as_laid_out(
    made: SimpleNamespace, stranger: Signer, office: SimpleNamespace
) -> None:
    verdict = judge(sign(revised(made.pdf, write_over(2)), stranger), office.trust, Relayout.ALWAYS)
    assert states(verdict)["text"] is State.UNPROVEN
