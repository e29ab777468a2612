"""Files that wish us ill, or are no papers at all: one clear sentence each, never a crash, never more than the limits."""

import io
import json
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from tests.verification.conftest import carrying, judge, sign, states, text_of
from walkthrough_app.core.ids import canonical
from walkthrough_app.documents import inside
from walkthrough_app.documents.signing import Signer
from walkthrough_app.verification import isolated
from walkthrough_app.verification.order import Relayout
from walkthrough_app.verification.seals import Trust
from walkthrough_app.verification.verdict import State, Verdict

MIB = 1024 * 1024


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def attached(pdf: pikepdf.Pdf, stream: pikepdf.Stream, name: str = "report.json") -> None:
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=name, UF=name, EF=pikepdf.Dictionary(F=stream))
    pdf.Root.AF = pikepdf.Array([*pdf.Root.get("/AF", []), pdf.make_indirect(spec)])


def packed_spaces(mebibytes: int) -> bytes:
    """Pack so much of nothing: one block of a mebibyte, again and again."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * mebibytes


def bomb() -> bytes:
    """A file of a few kilobytes whose data would be a gigabyte."""
    pdf = blank()
    attached(pdf, pikepdf.Stream(pdf, packed_spaces(1024), Filter=pikepdf.Name.FlateDecode))
    return saved(pdf)


def nested() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


class TestNoPaper:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", inside.NOT_PDF),
            (b"PK\3\4 a package", inside.NOT_PDF),
            (b"\n%PDF-1.7", inside.NOT_PDF),
            (b"%PDF-1.7\n", inside.DAMAGED),
            (nested(), inside.DAMAGED),
        ],
        ids=["empty", "package", "late-header", "header-only", "nested"],
    )
    def test_it_is_told(self, content: bytes, words: str) -> None:
        verdict = judge(content, Trust())
        assert (text_of(verdict, "file"), verdict.headline) == (words, "这个文件读不出来")

    @pytest.mark.parametrize("part", [0.01, 0.5, 0.9, 0.999])
    def test_a_cut_off_paper_is_damaged(self, signed: bytes, office: SimpleNamespace, part: float) -> None:
        verdict = judge(signed[: int(len(signed) * part)], office.trust)
        assert text_of(verdict, "file") == inside.DAMAGED

    @pytest.mark.parametrize("password", ["", "geheim"])
    def test_an_encrypted_paper_is_not_read(self, made: SimpleNamespace, password: str) -> None:
        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            content = saved(pdf, encryption=pikepdf.Encryption(owner="o", user=password))
        assert text_of(judge(content, Trust()), "file") == inside.ENCRYPTED


class TestData:
    def test_a_paper_without_data_is_none_of_ours(self, office: SimpleNamespace) -> None:
        verdict = judge(sign(saved(blank()), office.signer), office.trust)
        assert "没有走流程报告的数据" in text_of(verdict, "origin")
        assert states(verdict)["origin"] is State.UNPROVEN

    def test_two_sets_of_data_are_one_too_many(self, made: SimpleNamespace, office: SimpleNamespace) -> None:
        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            attached(pdf, pikepdf.Stream(pdf, canonical(made.data)))
            content = saved(pdf)
        verdict = judge(sign(content, office.signer), office.trust)
        assert "有几份报告数据" in text_of(verdict, "origin")
        assert verdict.state is State.BROKEN

    def test_a_bomb_is_not_blown_up(self) -> None:
        content = bomb()
        assert len(content) < 4 * MIB
        assert "读不出来" in text_of(judge(content, Trust()), "origin")

    @pytest.mark.parametrize(
        "content",
        [
            b"{}",
            b"not json",
            b'{"schema":"walkthrough-report/1"}',
            b'{"a":1,"a":2}',
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"a":NaN}',
        ],
    )
    def test_data_that_is_none_is_refused(self, made: SimpleNamespace, content: bytes) -> None:
        assert "可能被改动过" in text_of(judge(carrying(made.pdf, content), Trust()), "origin")

    def test_data_written_another_way_is_not_ours(self, made: SimpleNamespace) -> None:
        verdict = judge(carrying(made.pdf, json.dumps(made.data, indent=1).encode()), Trust())
        assert states(verdict)["origin"] is State.BROKEN

    @pytest.mark.parametrize("value", [None, 3, [], "x", {"events": None}, [{"id": 1}]])
    def test_data_of_the_wrong_shape_inside(self, made: SimpleNamespace, value: Any) -> None:
        for name in ("walks", "unit", "campaign", "questionnaires", "proof"):
            verdict = judge(carrying(made.pdf, canonical(made.data | {name: value})), Trust())
            assert verdict.state is not State.PROVEN


class TestSignatures:
    @pytest.mark.parametrize(
        "bytes_named",
        [[0, 1, 2, 3], [], [0, 10, 20], [5, 10, 20, 30], [0, -1, 20, 30], [0, 30, 20, 30], [0, 10, 20, 10**12]],
    )
    def test_odd_ranges_are_broken(self, bytes_named: list[int]) -> None:
        pdf = blank()
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=bytes_named, Contents=b"x")
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="a", V=pdf.make_indirect(value))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])
        assert states(judge(saved(pdf), Trust()))["signature"] is State.BROKEN

    def test_fields_that_hold_themselves_come_to_an_end(self) -> None:
        pdf = blank()
        field = pdf.make_indirect(pikepdf.Dictionary(T="a"))
        field.Kids = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        assert states(judge(saved(pdf), Trust()))["signature"] is State.BROKEN

    def test_a_signature_of_another_paper_does_not_fit(
        self, signed: bytes, made: SimpleNamespace, office: SimpleNamespace
    ) -> None:
        """The container is right, and speaks for other bytes."""
        other = sign(carrying(made.pdf, canonical(made.data | {"contact": "x"})), office.signer)
        with inside.opened(io.BytesIO(other)) as there, inside.opened(io.BytesIO(signed)) as here:
            there_is, here_is = there.signatures()[0], here.signatures()[0]
            moved = signed[: here_is.start] + other[there_is.start : there_is.stop] + signed[here_is.stop :]
        verdict = judge(moved, office.trust)
        assert states(verdict)["signature"] is State.BROKEN


class TestChild:
    """The page and the command never look into a file themselves."""

    def run(self, tmp_path: Path, content: bytes) -> Verdict:
        path = tmp_path / "报告.pdf"
        path.write_bytes(content)
        with path.open("rb") as file:
            return isolated.check(file, data_dir=tmp_path, trusted=None, relayout=Relayout.TRUSTED)

    def test_it_answers_what_the_check_found(self, tmp_path: Path, made: SimpleNamespace) -> None:
        assert self.run(tmp_path, made.pdf) == judge(made.pdf, Trust())

    def test_a_file_that_eats_memory_is_told(self, tmp_path: Path) -> None:
        """A table of contents that would be gigabytes: the library itself inflates it."""
        packed = packed_spaces(6 * 1024)
        head = b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/W[1 4 1]/Size 4/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
        content = head % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
        assert self.run(tmp_path, content).headline == "这个文件读不出来"


def test_a_strangers_paper_with_odd_pages_does_not_crash(stranger: Signer) -> None:
    pdf = blank()
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=["a", 3, "b"]))
    assert judge(sign(saved(pdf), stranger), Trust()).state is not State.PROVEN
