"""A Word paper is an official one too: GB/T 9704-2012, measured on the pages that LibreOffice makes of it."""

import io
from datetime import UTC, datetime

import pdfplumber
import pytest

from tests.documents import office
from tests.documents.measure import BOTTOM, LEFT, LINE, MM, RIGHT, TOP, find, text_of
from walkthrough_app.documents.word.paper import Paper
from walkthrough_app.documents.word.tables import Column, Row

WORDS = "按照通知要求我局主要负责同志采取亲身办代理办陪同办等方式对全部事项进行了全程体验"
UNIT, DATE = "示例市公安局", "2018年7月6日"
MOMENT = datetime(2018, 7, 16, tzinfo=UTC)


def near(value: float) -> object:
    return pytest.approx(value, abs=0.4)


def write(*, is_draft: bool = False) -> Paper:
    paper = Paper(is_draft=is_draft)
    paper.title([UNIT, "关于“一把手走流程”情况的专项报告"])
    paper.addressee("市作风整顿办")
    paper.heading("一、基本情况", 1)
    paper.heading("（一）体验事项", 2)
    paper.text("long", WORDS * 45)
    paper.appendix_note(["体验事项清单", "问题整改台账的名称特别长" * 3])
    paper.signature(UNIT, DATE, keep=True)
    paper.contact("联系人：办公室主任")
    paper.annex_head("1", "体验事项清单")
    rows = [Row((str(n), f"第{n}行开头{WORDS * 2}第{n}行结尾")) for n in range(1, 25)]
    paper.table("表1　体验事项一览", [Column("序号", 2), Column("事项表头", is_text=True)], rows)
    paper.annex_head("2", "落款")
    paper.signature("示例局", "2018年12月31日")
    return paper


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    made = write().finish(title="题", issuer=UNIT, generated=MOMENT, marks={})
    converted = office.convert(tmp_path_factory.mktemp("office"), {"paper": made})
    with pdfplumber.open(io.BytesIO(converted["paper"])) as opened:
        yield opened.pages


def lines_of(page, size=16):
    found = {}
    for char in page.chars:
        if abs(char["size"] - size) < 0.1 and TOP < char["top"] * MM < BOTTOM and char["text"].strip():
            found.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(line, key=lambda char: char["x0"]) for _, line in sorted(found.items())]


def test_a_full_page_has_22_lines_of_28_characters(pages):
    lines = lines_of(pages[1])
    assert [len(line) for line in lines] == [28] * 22
    assert {round(line[0]["x0"] * MM, 1) for line in lines} == {28.0}
    assert all(line[-1]["x1"] * MM == near(RIGHT) for line in lines)
    pitch = (lines[-1][0]["bottom"] - lines[0][0]["bottom"]) / 21
    assert pitch * MM == pytest.approx(LINE, abs=0.02)


def test_nothing_stands_in_the_margins(pages):
    for page in pages:
        assert (page.width * MM, page.height * MM) == (near(210), near(297))
        for char in page.chars:
            assert char["x0"] * MM > LEFT - 0.4
            assert char["x1"] * MM < RIGHT + 0.4
            assert char["top"] * MM > TOP - 0.4


def test_page_numbers_stand_outside_7_mm_below_the_text(pages):
    for number, page in enumerate(pages, 1):
        sign = [char for char in page.chars if char["top"] * MM > BOTTOM and char["text"].strip()]
        assert "".join(char["text"] for char in sign) == f"—{number}—"
        if number % 2:
            assert sign[-1]["x1"] * MM == near(RIGHT - 14 * MM)
        else:
            assert sign[0]["x0"] * MM == near(LEFT + 14 * MM)
        assert dash_height(page) == pytest.approx(BOTTOM + 7, abs=0.8)


def dash_height(page):
    """Return where the ink of the first dash lies."""
    dash = next(char for char in page.chars if char["text"] == "—" and char["top"] * MM > BOTTOM)
    box = (dash["x0"] + 1, dash["top"], dash["x1"] - 1, min(dash["bottom"] + 6, page.height))
    picture = page.crop(box).to_image(resolution=200).original.convert("L")
    dark = [y for y in range(picture.height) if picture.getpixel((picture.width // 2, y)) < 128]
    return (box[1] + sum(dark) / len(dark) * 72 / 200) * MM


def test_the_title_is_two_lines_of_biaosong_after_two_blank_lines(pages):
    first, second = find(pages[0], UNIT), find(pages[0], "关于“一把手走流程”")
    assert first[0]["size"] == pytest.approx(22, abs=0.1)
    assert "Serif" in first[0]["fontname"]
    assert (first[0]["x0"] + first[-1]["x1"]) / 2 * MM == near((LEFT + RIGHT) / 2)
    assert first[0]["top"] * MM > TOP + 2 * LINE - 0.4
    assert (second[0]["top"] - first[0]["top"]) * MM == near(LINE)


def test_each_level_has_its_own_type_and_stands_two_characters_in(pages):
    assert "Sans" in find(pages[0], "一、基本情况")[0]["fontname"]
    assert "FandolKai" in find(pages[0], "（一）体验事项")[0]["fontname"]
    assert find(pages[0], "一、基本情况")[0]["x0"] * MM == near(LEFT + 2 * 156 / 28)
    assert find(pages[0], "市作风整顿办：")[0]["x0"] * MM == near(LEFT)


def test_the_list_of_annexes_turns_below_the_first_character_of_the_name(pages):
    page = next(page for page in pages if "附件：1." in text_of(page).replace(" ", ""))
    names = [line for line in lines_of(page) if "".join(char["text"] for char in line).strip()]
    start = next(n for n, line in enumerate(names) if line[0]["text"] == "附")
    assert names[start][0]["x0"] * MM == near(LEFT + 2 * 156 / 28)
    assert names[start + 2][0]["x0"] * MM == near(LEFT + 6 * 156 / 28)


def test_the_date_begins_two_characters_right_of_the_unit(pages):
    page = next(page for page in pages if "联系人" in text_of(page))
    unit, date = find(page, UNIT), find(page, "2018")
    assert unit[-1]["x1"] * MM == near(RIGHT - 2 * 156 / 28)
    assert (date[0]["x0"] - unit[0]["x0"]) * MM == near(2 * 156 / 28)


def test_a_date_longer_than_the_unit_keeps_two_characters_free(pages):
    unit, date = find(pages[-1], "示例局"), find(pages[-1], "2018")
    assert date[0]["x0"] * MM == near(RIGHT - (2 + 7) * 156 / 28)
    assert (date[0]["x0"] - unit[0]["x0"]) * MM == near(2 * 156 / 28)


def test_a_table_repeats_its_head_and_tears_no_row(pages):
    with_rows = [page for page in pages if "行开头" in text_of(page)]
    assert len(with_rows) >= 2
    assert all("事项表头" in text_of(page) for page in with_rows)
    for number in range(1, 25):
        page = next(page for page in with_rows if f"第{number}行开头" in text_of(page).replace(" ", ""))
        assert f"第{number}行结尾" in text_of(page).replace(" ", "")


def test_a_draft_says_so_at_the_head_of_every_page(tmp_path):
    draft = write(is_draft=True).finish(title="题", issuer=UNIT, generated=MOMENT, marks={})
    headers = [content for name, content in office.parts(draft).items() if "header" in name]
    assert len(headers) == 2
    assert all("草稿，未经确认" in one.decode() for one in headers)
    final = write().finish(title="题", issuer=UNIT, generated=MOMENT, marks={})
    assert not [name for name in office.parts(final) if "header" in name]
