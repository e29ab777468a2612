"""The paper is an official one: GB/T 9704-2012, measured on the finished pages."""

import io

import pikepdf
import pytest

from tests.documents.conftest import RARE, SIZES, TEXT
from tests.documents.measure import BODY, BOTTOM, LEFT, LINE, MM, RIGHT, TOP, body_lines, find, page_with, text_of


def near(value):
    return pytest.approx(value, abs=0.3)


def test_a_page_is_a4_and_nothing_stands_in_the_margins(pages):
    for page in pages:
        assert (page.width * MM, page.height * MM) == (near(210), near(297))
        for char in page.chars:
            assert char["x0"] * MM > LEFT - 0.3
            assert char["x1"] * MM < RIGHT + 0.3
            assert char["top"] * MM > TOP


def test_a_full_page_has_22_lines_of_28_characters(pages):
    lines = body_lines(pages[1])
    assert len(lines) == 22
    assert all(line[0]["x0"] * MM == near(28) and line[-1]["x1"] * MM == near(184) for line in lines)
    assert {len(line) for line in lines} <= {26, 27, 28}
    assert sum(len(line) == 28 for line in lines) >= 11


def test_lines_stay_on_the_grid_after_rare_characters_and_bold_type(pages):
    first = body_lines(pages[1])[0][0]["matrix"][5]
    for page in pages[:3]:
        steps = [
            (first - line[0]["matrix"][5]) * MM / LINE
            for line in body_lines(page)
            if "FandolFang" in line[0]["fontname"]
        ]
        assert steps == [pytest.approx(round(step), abs=0.05) for step in steps]


def test_text_comes_out_in_the_order_it_went_in(pages):
    text = "".join(text_of(page).split("—")[0] for page in pages[:3])
    assert TEXT * 20 + "照相与受理分在两层，须重复取号。" + TEXT * 10 + "终。一、基本情况（一）体验事项" in text


def test_page_numbers_stand_outside_7_mm_below_the_text(pages):
    for number, page in enumerate(pages, 1):
        sign = [char for char in page.chars if char["top"] * MM > BOTTOM and not char["text"].isspace()]
        assert "".join(char["text"] for char in sign) == f"—{number}—"
        if number % 2:
            assert sign[-1]["x1"] * MM == pytest.approx(RIGHT - 14 * MM, abs=0.5)
        else:
            assert sign[0]["x0"] * MM == pytest.approx(LEFT + 14 * MM, abs=0.5)
        assert dash_height(page) == pytest.approx(BOTTOM + 7, abs=0.6)


def dash_height(page):
    """Return where the ink of the first dash lies."""
    dash = next(char for char in page.chars if char["text"] == "—" and char["top"] * MM > BOTTOM)
    box = (dash["x0"] + 1, dash["top"], dash["x1"] - 1, min(dash["bottom"] + 6, page.height))
    picture = page.crop(box).to_image(resolution=200).original.convert("L")
    dark = [y for y in range(picture.height) if picture.getpixel((picture.width // 2, y)) < 128]
    return (box[1] + sum(dark) / len(dark) * 72 / 200) * MM


def test_the_title_is_two_lines_of_biaosong_after_two_blank_lines(pages):
    first, second = find(pages[0], "示例市公安局"), find(pages[0], "关于“一把手走流程”")
    assert first[0]["size"] == pytest.approx(22, abs=0.1)
    assert "Noto-Serif-SC-Bold" in first[0]["fontname"]
    middle = (first[0]["x0"] + first[-1]["x1"]) / 2 * MM
    assert middle == near((LEFT + RIGHT) / 2)
    assert first[0]["top"] * MM > TOP + 2 * LINE
    assert (second[0]["top"] - first[0]["top"]) * MM == near(LINE)


def test_the_levels_of_headings_have_their_own_type(pages):
    page = page_with(pages, "一、基本情况")
    assert "Noto-Sans-SC" in find(page, "一、基本情况")[0]["fontname"]
    assert "FandolKai" in find(page, "（一）体验事项")[0]["fontname"]


def test_every_font_travels_with_the_paper(paper):
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        descriptors = [
            o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert len(descriptors) >= 5
        assert all("/FontFile3" in one or "/FontFile2" in one for one in descriptors)


def test_a_long_table_starts_where_it_is_called_for_and_repeats_its_head(pages):
    start = page_with(pages, "表1　体验事项一览")
    assert "这一段在生僻字之后。" in text_of(start)
    with_rows = [page for page in pages if "行开头" in text_of(page)]
    assert len(with_rows) >= 2
    assert all("事项表头" in text_of(page) for page in with_rows)


def test_a_row_is_never_torn(pages):
    for number in range(1, 31):
        page = page_with(pages, f"第{number}行开头")
        assert f"第{number}行结尾" in text_of(page)


def test_each_photo_stands_above_its_caption_two_a_page(pages):
    captions = [(page, name) for name in SIZES for page in pages if f"排队　{name}" in text_of(page)]
    assert [name for _, name in captions] == list(SIZES)
    for page, name in captions:
        caption = find(page, f"排队　{name}")[0]
        above = [image for image in page.images if image["bottom"] <= caption["top"] + 1]
        picture = max(above, key=lambda image: image["bottom"])
        assert (caption["top"] - picture["bottom"]) * MM < 6
        width, height = SIZES[name]
        assert picture["width"] / picture["height"] == pytest.approx(width / height, rel=0.02)
        assert len(page.images) == 2


def test_a_date_longer_than_the_unit_keeps_two_characters_free(pages):
    page = page_with(pages, "2018年7月16日")
    date, unit = find(page, "2018年7月16日"), find(page, "示例市公安局")
    assert date[-1]["x1"] * MM == near(RIGHT - 2 * 156 / 28)
    assert (date[0]["x0"] - unit[0]["x0"]) * MM == near(2 * 156 / 28)


def test_a_unit_longer_than_the_date_keeps_two_characters_free(pages):
    date, unit = find(pages[-1], "2018年7月6日"), find(pages[-1], "示例市人力资源和社会保障局")
    assert unit[-1]["x1"] * MM == near(RIGHT - 2 * 156 / 28)
    assert (date[0]["x0"] - unit[0]["x0"]) * MM == near(2 * 156 / 28)


def test_the_colophon_ends_at_the_foot_of_the_last_page(pages):
    rules = sorted({round(edge["top"] * MM, 1) for edge in pages[-1].edges if edge["orientation"] == "h"})
    assert rules[-1] == near(BOTTOM)
    assert "抄送：市纪委监委机关。" in text_of(pages[-1])


def test_the_paper_is_tagged_pdf_a_3a_in_chinese_with_bookmarks(paper):
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.Lang == "zh-CN"
        assert "sRGB" in str(opened.Root.OutputIntents[0].OutputConditionIdentifier)
        with opened.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert opened.docinfo.Title == "示例市公安局关于“一把手走流程”情况的专项报告"
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root][1:] == ["附件1 佐证材料"]
            assert [item.title for item in outline.root[0].children] == ["一、基本情况"]


def test_rare_names_are_written_and_no_character_is_missing(paper, pages):
    names = find(page_with(pages, "参加体验的有"), RARE)
    assert all(name["x1"] - name["x0"] == pytest.approx(BODY, abs=0.1) for name in names)
    assert paper.missing_glyphs == ()
