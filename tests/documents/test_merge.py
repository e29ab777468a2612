"""Many papers become one file: contents that lead there, one numbering, bookmarks, tags, and everybody's data."""

import io
import subprocess
from types import SimpleNamespace

import pdfplumber
import pikepdf
import pytest
from pikepdf import Name

from tests.documents.archive import content_of, marks_without_parent, ua_problems
from tests.documents.conftest import DATA, GENERATED, photo
from tests.documents.measure import BOTTOM, MM, RIGHT, text_of
from walkthrough_app.documents import html, pdf
from walkthrough_app.documents.merge import CannotBind, Part
from walkthrough_app.documents.merge.behind import BATCH, Behind
from walkthrough_app.documents.merge.whole import merge

TITLES = ("示例市公安局关于“一把手走流程”情况的专项报告", "乙单位的报告", "丙单位的报告")
TRICKY = "(5 0 R) /ID (1-2-3) \\ 7 0 R"
SMALL = f"""<html lang="zh-CN"><head><title>乙</title><style>{{css}}</style></head><body><h1>乙单位</h1>
<p>见<a href="#end">后一页</a>。</p><img src="media:p1" alt="{TRICKY}" style="width: 60mm">
<table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>乙</td></tr></tbody></table>
<h2 id="end" style="break-before: page">第二页</h2></body></html>"""


@pytest.fixture(scope="session")
def bound(paper, tmp_path_factory):
    """Three papers bound together, the first and the last of them the same."""
    folder = tmp_path_factory.mktemp("bound")
    (folder / "a.pdf").write_bytes(paper.pdf)
    (folder / "b.pdf").write_bytes(small())
    files = (folder / "a.pdf", folder / "b.pdf", folder / "a.pdf")
    parts = [Part(path, title, title[:2]) for path, title in zip(files, TITLES, strict=True)]
    count = merge(parts, folder / "bound.pdf", front=front)
    starts = [3, 3 + paper.pages, 5 + paper.pages]
    return SimpleNamespace(path=folder / "bound.pdf", parts=parts, count=count, starts=starts, part_pages=paper.pages)


def small():
    return pdf.render(
        SMALL.replace("{css}", html.print_css()),
        files={"p1": photo(1200, 900)},
        title="乙",
        attachments=[pdf.Attachment("report.json", b"{}", "application/json")],
        generated=GENERATED,
    ).pdf


def front(starts):
    page = html.environment().get_template("documents/front.html")
    entries = list(zip(TITLES, starts, strict=False))
    words = page.render(title=["专项报告", "汇编"], issuer="示例市作风整顿办", date="2018年7月20日", entries=entries)
    return pdf.render(words, files={}, title="专项报告汇编", generated=GENERATED).pdf


@pytest.fixture(scope="session")
def bound_pages(bound):
    with pdfplumber.open(bound.path) as opened:
        yield opened.pages


@pytest.fixture
def opened(bound):
    with pikepdf.open(bound.path) as file:
        yield file


def test_all_pages_come_in_order_behind_cover_and_contents(bound, bound_pages, pages):
    assert bound.count == len(bound_pages) == 2 + 2 * bound.part_pages + 2
    for start in (bound.starts[0], bound.starts[2]):
        bodies = [text_of(page).split("—")[0] for page in bound_pages[start - 1 : start - 1 + len(pages)]]
        assert bodies == [text_of(page).split("—")[0] for page in pages]


def test_page_numbers_go_on_through_all_papers_in_the_place_and_type_of_the_standard(bound_pages, pages):
    own = {number % 2: sign_on(page) for number, page in enumerate(pages[:2], 1)}
    for number, page in enumerate(bound_pages[1:], 2):
        sign = sign_on(page)
        assert "".join(char["text"] for char in sign if not char["text"].isspace()) == f"—{number}—"
        like = own[number % 2]
        assert {(char["fontname"].split("+")[1], round(char["size"], 1)) for char in sign} == {
            (char["fontname"].split("+")[1], round(char["size"], 1)) for char in like
        }
        assert sign[0]["bottom"] == pytest.approx(like[0]["bottom"], abs=0.1)
        side = "x1" if number % 2 else "x0"
        assert sign[-1 if number % 2 else 0][side] == pytest.approx(like[-1 if number % 2 else 0][side], abs=0.1)
        assert sign[-1]["x1"] * MM <= RIGHT


def sign_on(page):
    return [char for char in page.chars if char["top"] * MM > BOTTOM]


def test_the_contents_say_where_each_paper_begins_and_lead_there(bound, bound_pages, opened):
    for title, start in zip(TITLES, bound.starts, strict=True):
        assert f"{title}{start}" in text_of(bound_pages[1])
    targets = [note.Dest[0].objgen for note in opened.pages[1].Annots]
    first_pages = [opened.pages[start - 1].obj.objgen for start in bound.starts]
    assert list(dict.fromkeys(targets)) == first_pages
    assert {str(note.Contents) for note in opened.pages[1].Annots} == set(TITLES)


def test_each_paper_has_a_bookmark_with_its_own_bookmarks_below(bound, opened, paper):
    with pikepdf.open(io.BytesIO(paper.pdf)) as alone, alone.open_outline() as outline:
        own = [item.title for item in outline.root]
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["目录", *TITLES]
        assert [item.title for item in outline.root[1].children] == own
        assert [item.title for item in outline.root[3].children] == own
        where = [item.destination[0].objgen for item in outline.root[1:]]
    assert where == [opened.pages[start - 1].obj.objgen for start in bound.starts]


def test_everybodys_data_is_inside_under_a_name_of_its_own(opened):
    assert sorted(opened.attachments) == sorted(["示例.json", "乙单.json", "丙单.json"])
    assert opened.attachments["示例.json"].get_file().read_bytes() == DATA
    assert opened.attachments["乙单.json"].get_file().read_bytes() == b"{}"
    assert [str(one.AFRelationship) for one in opened.Root.AF] == ["/Source"] * 3


def test_the_file_says_what_it_is(opened):
    assert opened.docinfo.Title == "专项报告汇编"
    assert str(opened.Root.Lang) == "zh-CN"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    assert "sRGB" in str(opened.Root.OutputIntents[0].OutputConditionIdentifier)


def test_the_tags_of_every_paper_are_kept_and_lead_from_its_pages_to_its_elements(bound, opened):
    (document,) = opened.Root.StructTreeRoot.K
    assert [(str(one.S), str(one.T)) for one in document.K] == [("/Part", title) for title in ("目录", *TITLES)]
    assert marks_without_parent(opened) == []


def test_a_link_inside_a_paper_still_leads_to_its_page(bound, opened):
    (note,) = opened.pages[bound.starts[1] - 1].Annots
    assert note.Dest[0].objgen == opened.pages[bound.starts[1]].obj.objgen


def test_words_that_look_like_references_stay_as_they_are(opened):
    texts = [str(one.Alt) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert TRICKY in texts


def test_the_file_is_sound_and_passes_what_can_be_checked_of_pdf_ua(bound):
    checked = subprocess.run(["qpdf", "--check", str(bound.path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert ua_problems(bound.path) == []


def test_what_two_papers_share_is_in_the_file_once(opened):
    pictures = [
        bytes(one.read_raw_bytes())
        for one in opened.objects
        if isinstance(one, pikepdf.Stream) and one.get("/Filter") == Name.DCTDecode
    ]
    assert len(pictures) == len(set(pictures))


def test_equal_papers_make_equal_files(bound, tmp_path):
    again = tmp_path / "again.pdf"
    merge(bound.parts, again, front=front)
    assert again.read_bytes() == bound.path.read_bytes()


@pytest.mark.parametrize("kind", ["damaged", "locked", "untagged", "missing_pages"])
def test_what_is_no_paper_of_ours_is_refused_by_name_and_nothing_is_left(bound, tmp_path, kind):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(BAD[kind]())
    parts = [bound.parts[1], Part(bad, "坏的", "坏的", pages=3 if kind == "missing_pages" else 1)]
    with pytest.raises(CannotBind) as refused:
        merge(parts, tmp_path / "out.pdf", front=front)
    assert refused.value.path == bad
    assert REASONS[kind] in refused.value.reason
    assert not (tmp_path / "out.pdf").exists()


def locked():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def untagged():
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


BAD = {"damaged": lambda: small()[:900], "locked": locked, "untagged": untagged, "missing_pages": small}
REASONS = {"damaged": "损坏", "locked": "密码", "untagged": "结构标签", "missing_pages": "有2页，登记的是3页"}


def test_a_page_without_a_number_gets_one_and_keeps_what_it_shows(bound_pages, tmp_path):
    bare = pdf.render(
        '<html lang="zh-CN"><style>@page { size: A4; margin: 37mm 26mm }</style><p>没有页码的一页</p></html>',
        files={},
        title="光页",
        generated=GENERATED,
    ).pdf
    (tmp_path / "bare.pdf").write_bytes(bare)
    merge([Part(tmp_path / "bare.pdf", "光页", "光页")], tmp_path / "out.pdf", front=front)
    with pdfplumber.open(tmp_path / "out.pdf") as opened:
        sign, like = sign_on(opened.pages[2]), sign_on(bound_pages[2])
        assert "没有页码的一页" in text_of(opened.pages[2])
        assert [(char["text"], round(char["x0"], 1), round(char["bottom"], 1)) for char in sign] == [
            (char["text"], round(char["x0"], 1), round(char["bottom"], 1)) for char in like
        ]


def test_the_page_numbers_are_no_part_of_the_text(opened):
    for page in opened.pages[1:]:
        assert content_of(page.obj).count(b"/Pagination") == 1


def test_what_is_written_behind_can_be_read_at_once(tmp_path):
    with (tmp_path / "file").open("w+b") as file, Behind(file) as behind:
        behind.write(b"one", b"two")
        assert behind.read(3, 3) == b"two"
        behind.write(b"three" * BATCH)
        behind.write(b"end")
    assert (tmp_path / "file").read_bytes() == b"onetwo" + b"three" * BATCH + b"end"


@pytest.mark.parametrize("size", [1, BATCH, 3 * BATCH])
def test_a_full_disk_is_told_and_not_lost_behind(size):
    with pytest.raises(OSError, match="full"), Behind(FullDisk()) as behind:
        behind.write(bytes(size))


class FullDisk(io.BytesIO):
    def write(self, _data):
        raise OSError("full")
