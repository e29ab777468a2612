"""The paper keeps for decades and can be read out: PDF/A-3a and PDF/UA-1, as far as it can be checked here."""

import io
import subprocess
from itertools import pairwise

import pikepdf
import pytest
from pikepdf import Name

from tests.documents.archive import content_of, elements, marks_without_parent, ua_problems
from tests.documents.conftest import SIZES


@pytest.fixture
def opened(paper):
    with pikepdf.open(io.BytesIO(paper.pdf)) as file:
        yield file


@pytest.fixture
def path(paper, tmp_path):
    target = tmp_path / "paper.pdf"
    target.write_bytes(paper.pdf)
    return target


def test_the_file_is_sound(path):
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_rule_of_pdf_ua_that_can_be_checked_is_held(path):
    assert ua_problems(path) == []


def test_the_file_claims_pdf_a_3a_and_pdf_ua_1_and_explains_the_second_to_the_first(opened):
    assert "/Filter" not in opened.Root.Metadata
    packet = opened.Root.Metadata.read_bytes().decode()
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
    assert "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in packet


def test_language_title_and_order_are_said(opened):
    assert str(opened.Root.Lang) == "zh-CN"
    assert opened.Root.ViewerPreferences.DisplayDocTitle is True
    assert all(page.obj.Tabs == Name.S for page in opened.pages)


def test_everything_on_a_page_is_named_by_an_element_or_marked_as_none(opened):
    assert marks_without_parent(opened) == []
    for page in opened.pages:
        content = content_of(page.obj)
        assert content.count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 1
        assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")


def test_no_heading_is_empty_and_no_level_left_out(opened):
    headings = elements(opened, "/H1", "/H2", "/H3", "/H4")
    levels = [int(str(one.S)[2]) for one in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(marks_below(one) for one in headings)


def marks_below(element):
    kids = list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
    return [mark for kid in kids for mark in (marks_below(kid) if isinstance(kid, pikepdf.Dictionary) else [kid])]


def test_every_picture_says_what_it_shows_and_where_it_stands(opened):
    figures = elements(opened, "/Figure")
    assert len(figures) == len(SIZES) + 1
    for figure in figures:
        assert str(figure.Alt).strip()
        left, bottom, right, top = map(float, figure.A.BBox)
        assert 79 < left < right < 523
        assert 98 < bottom < top < 738


def test_every_head_of_a_column_says_so(opened):
    heads = elements(opened, "/TH")
    assert heads
    assert {str(one.A.Scope) for one in heads} == {"/Column"}


def test_the_data_is_the_source_of_the_paper(opened):
    (spec,) = opened.Root.AF
    assert (spec.AFRelationship, str(spec.UF)) == (Name.Source, "report.json")
    assert spec.EF.F.Subtype == Name("/application/json")
