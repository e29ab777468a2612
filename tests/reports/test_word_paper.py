"""LibreOffice opens the Word file and shows what the paper shows; what it saves again can still be read back."""

import io
import re
from types import SimpleNamespace

import pdfplumber
import pytest

from tests.documents import office
from tests.reports import test_word
from tests.reports.conftest import Paper
from walkthrough_app.reports import word_back
from walkthrough_app.reports.compose import compose

hostile = test_word.hostile


@pytest.fixture(scope="module")
def papers(tmp_path_factory, hostile):
    """Convert once: the report of the summer and one full of odd texts, as PDF; the former also as Word again."""
    summer = test_word.write()
    folder = tmp_path_factory.mktemp("office")
    made = office.convert(folder, {"summer": summer.bytes, "hostile": hostile.bytes})
    again = office.convert(folder, {"summer": summer.bytes}, "docx")
    return SimpleNamespace(data=summer.data, again=again["summer"], **{name: Paper(pdf) for name, pdf in made.items()})


def letters(text: str) -> str:
    """Return what is compared: no spaces, no page numbers."""
    return re.sub(r"—\d+—|\s", "", text)


def test_every_paragraph_of_the_paper_is_in_the_text(papers: SimpleNamespace, summer: SimpleNamespace) -> None:
    text = letters(papers.summer.text)
    for paragraph in compose(papers.data).paragraphs():
        assert letters(paragraph.lead + paragraph.text) in text
    ours, theirs = (sorted(letters(one.text)) for one in (summer.paper, papers.summer))
    assert len(theirs) == pytest.approx(len(ours), rel=0.01)


def test_the_body_reads_the_same_from_title_to_date(papers: SimpleNamespace, summer: SimpleNamespace) -> None:
    ours, theirs = (body(letters(one.text)) for one in (summer.paper, papers.summer))
    assert (
        theirs[0]
        == ours[0]
        == "示例市公安局关于“一把手走流程”情况的专项报告市作风整顿办作风评议组（市直机关工委）：按照"
    )
    for heading in re.findall("（[一二三四五六]）[^，。（]{2,12}", "".join(ours)):
        assert heading in "".join(theirs)


def body(text: str) -> list[str]:
    return [text[: text.index("按照") + 2], text[text.index("按照") : text.index("附件1体验事项清单")]]


def test_photos_stand_two_a_page_with_their_captions(papers: SimpleNamespace) -> None:
    photos = compose(papers.data).photos
    pages = [letters(page) for page in papers.summer.pages]
    found = [next(n for n, page in enumerate(pages) if letters(photo.caption) in page) for photo in photos]
    assert found == sorted(found)
    assert {found.count(page) for page in found} == {2}
    assert [papers.summer.pictures[page] for page in sorted(set(found))] == [2] * 12


def test_it_has_as_many_pages_as_the_paper(papers: SimpleNamespace, summer: SimpleNamespace) -> None:
    assert abs(len(papers.summer.pages) - len(summer.paper.pages)) <= 1


def test_odd_texts_are_shown_inside_the_type_area(papers: SimpleNamespace) -> None:
    with pdfplumber.open(io.BytesIO(papers.hostile.bytes)) as opened:
        for page in opened.pages:
            assert all(char["x1"] < 184.8 * 72 / 25.4 for char in page.chars if char["text"].strip())
    text = letters(papers.hostile.text)
    assert "字" * 500 in text
    assert "第一行第二行第三行" in text
    assert text.count("A") >= 3000


def test_what_libreoffice_saves_again_reads_back_without_a_change(papers: SimpleNamespace) -> None:
    changes = word_back.compare(word_back.read(io.BytesIO(papers.again), "report-1"), papers.data)
    assert changes.changed == ()
    assert changes.missing == ()
    assert not changes.is_moved


def test_what_was_changed_in_libreoffice_is_found_by_its_bookmark(papers: SimpleNamespace) -> None:
    edited = office.changed(papers.again, "word/document.xml", "特此报告。", "特此报告，请审阅。")
    (change,) = word_back.compare(word_back.read(io.BytesIO(edited), "report-1"), papers.data).changed
    assert (change.key, change.old, change.new) == ("closing", "特此报告。", "特此报告，请审阅。")
