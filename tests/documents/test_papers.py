"""督办通知单, 问题交办函, 通报 and 汇总报告: the standard's distances in mm, and everything that was handed over is written."""

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pikepdf
import pytest

from tests.documents import contents, ink
from tests.documents.conftest import GENERATED
from tests.documents.measure import BODY, BOTTOM, LEFT, LINE, MM, RIGHT, TOP, find, page_with, text_of
from walkthrough_app.documents.charts import Heat
from walkthrough_app.documents.papers import render, to_html

CHARACTER = 156 / 28
SEVEN_EIGHTHS = CHARACTER * 7 / 8
LONG_NAME = "示例市" * 12 + "工作领导小组办公室"
NOTICES = {
    "usual": contents.NOTICE,
    "answered": contents.ANSWERED,
    "short name": replace(contents.NOTICE, head=replace(contents.NOTICE.head, issuer="示例市公安局", urgency="")),
    "long": replace(
        contents.NOTICE,
        head=replace(contents.NOTICE.head, issuer=LONG_NAME, copy_number="000001", secrecy="内部"),
        problems=contents.NOTICE.problems * 8,
    ),
}


def near(value, within=0.35):
    return pytest.approx(value, abs=within)


def opened(content):
    rendered = render(content, generated=GENERATED)
    assert rendered.missing_glyphs == ()
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as read:
        return rendered, list(read.pages)


@pytest.fixture(scope="module")
def notices():
    return {name: opened(content)[1] for name, content in NOTICES.items()}


@pytest.fixture(scope="module")
def letter():
    return opened(contents.LETTER)[1]


@pytest.fixture(scope="module")
def bulletin():
    return opened(contents.BULLETIN)[1]


@pytest.fixture(scope="module")
def report():
    return opened(contents.REPORT)


def placed(page, text):
    """Return the characters of the highest place where `text` stands, at body size."""
    chars = sorted((one for one in page.chars if one["size"] > 15), key=lambda one: (round(one["top"], 1), one["x0"]))
    start = "".join(one["text"] for one in chars).index(text)
    return chars[start : start + len(text)]


def squeezed(pages):
    return "".join(text_of(page) for page in pages).replace(" ", "")


@pytest.mark.parametrize("name", NOTICES)
def test_the_name_stands_30_mm_from_the_edge_and_two_double_lines_frame_the_first_page(notices, name):
    mark, thick, fine, low_fine, low_thick = ink.red(notices[name][0])
    assert mark[0] == near(30)
    assert thick[0] - mark[1] == near(4)
    assert low_thick[1] == near(297 - 20)
    assert thick[1] - thick[0] > 2 * (fine[1] - fine[0])
    assert low_thick[1] - low_thick[0] > 2 * (low_fine[1] - low_fine[0])
    for band in (thick, fine, low_fine, low_thick):
        assert band[3] - band[2] == near(170)
        assert (band[2] + band[3]) / 2 == near(105)
    assert (mark[2] + mark[3]) / 2 == near(105, 1)
    assert mark[3] - mark[2] <= 170


def test_number_and_urgency_stand_seven_eighths_of_a_character_below_the_upper_line(notices):
    page = notices["long"][0]
    line = ink.red(page)[2][1]
    number, copy = placed(page, "市作风督〔2018〕5号"), placed(page, "000001")
    assert number[-1]["x1"] * MM == near(RIGHT)
    assert copy[0]["x0"] * MM == near(LEFT)
    assert number[0]["top"] * MM - line == near(SEVEN_EIGHTHS, 0.5)
    first, second, third = (placed(page, text)[0] for text in ("000001", "内部", "特急"))
    steps = [(above["matrix"][5] - below["matrix"][5]) * MM for above, below in ((first, second), (second, third))]
    assert steps == [near(LINE, 0.5), near(LINE, 0.5)]
    assert "Sans" in third["fontname"]


@pytest.mark.parametrize("name", NOTICES)
def test_the_title_stands_two_lines_below_what_is_above_it(notices, name):
    page = notices[name][0]
    lines = ink.dark(page, ink.red(page)[2][1] + 1, 120)
    title = next(n for n, band in enumerate(lines) if band[1] - band[0] > 6.5)
    within = 0.8 if name == "short name" else LINE / 2 + 0.8  # a long name is smaller: the nearest line of the grid
    assert lines[title][0] - lines[title - 1][1] == near(2 * LINE, within)


def test_the_first_page_has_no_number_and_the_second_has(notices):
    first, second = notices["usual"][:2]
    assert not [char for char in first.chars if char["top"] * MM > 264]
    assert "—2—" in text_of(second).replace(" ", "")


def test_a_full_first_page_ends_seven_eighths_of_a_character_above_the_lower_line():
    first = opened(replace(contents.LETTER, source="根据核查" + "情况，进一步核实" * 60))[1][0]
    upper = min(band[0] for band in ink.red(first) if band[0] > 200)
    last = max(char["bottom"] for char in first.chars if char["size"] == pytest.approx(BODY, abs=0.1))
    assert upper - last * MM == near(SEVEN_EIGHTHS, 0.5)


def test_the_copies_are_last_on_the_last_page_without_rules(notices):
    page = notices["usual"][-1]
    copies = find(page, "抄送：市纪委监委机关，市委督查室，市政府督查室。")
    assert copies[0]["x0"] * MM == near(LEFT + 14 * MM, 0.5)
    assert copies[0]["bottom"] * MM == near(BOTTOM, 4)
    assert max(char["bottom"] for char in page.chars if char["top"] * MM < BOTTOM) == copies[0]["bottom"]
    assert not [edge for edge in page.edges if edge["top"] * MM > copies[0]["top"] * MM - 1]


def test_with_a_seal_the_date_keeps_four_characters_free_and_the_unit_is_centred_above(notices):
    page = notices["short name"][0]
    last = [char for char in page.chars if char["size"] > 15 and char["top"] * MM > 200]
    lines = sorted({round(char["matrix"][5]) for char in last}, reverse=True)
    name, day = ([char for char in last if round(char["matrix"][5]) == line] for line in lines[-2:])
    assert "".join(char["text"] for char in name) == "示例市公安局"
    assert day[-1]["x1"] * MM == near(RIGHT - 4 * CHARACTER)
    assert (name[0]["x0"] + name[-1]["x1"]) / 2 == near((day[0]["x0"] + day[-1]["x1"]) / 2, 1)


def test_the_notice_says_all_it_was_given(notices):
    text = squeezed(notices["usual"])
    for words in ("于8月20日前将办理情况书面反馈。", "示例市政务服务中心", "WT-2018-市直-公安局-0011", "一事一报"):
        assert words in text
    for words in ("市作风整顿办主任", "督办科科长，电话：0453-0000000", "□同意办结", "□退回重办", "年月日时"):
        assert words.replace("年月日时", "年　　月　　日　　时") in text


def test_an_answered_notice_shows_reply_review_urge_and_extension(notices):
    text = squeezed(notices["answered"])
    for words in (
        "示例市公安局办公室主任　2018年8月6日15时20分",
        "8月16日复测3次",
        "示例市公安局局长　2018年8月17日9时",
    ):
        assert words in text
    for words in ("☑同意办结", "□退回重办", "设备已移装，正在调试", "2018年8月23日", "现场复核属实"):
        assert words in text


def test_a_long_notice_goes_on_row_by_row_and_its_date_is_never_alone(notices):
    pages = notices["long"]
    signed = next(page for page in pages[1:] if "2018年8月6日" in text_of(page))
    assert [edge for edge in signed.edges if edge["top"] < find(signed, "2018年8月6日")[0]["top"]]


def test_the_letter_hands_every_problem_over_with_its_term(letter):
    text = squeezed(letter)
    for problem in contents.LETTER.problems:
        assert problem.fact in text
        assert problem.basis in text
        assert problem.number in text
    assert "8月10日前" in text
    assert "专此函达。" in text
    assert "5个工作日内书面提出" in text


def test_the_red_head_of_a_bulletin_stands_35_mm_below_the_top_of_the_type_area(bulletin):
    mark, rule = ink.red(bulletin[0])
    number = ink.dark(bulletin[0], mark[1] + 1, rule[0] - 1)[0]
    assert mark[0] == near(TOP + 35)
    assert number[0] - mark[1] == near(2 * LINE, 1)
    assert rule[0] - number[1] == near(4, 0.8)
    assert (rule[2], rule[3]) == (near(LEFT), near(RIGHT))
    assert (mark[2] + mark[3]) / 2 == near(106, 1)


def test_a_bulletin_names_units_and_facts_in_four_parts(bulletin):
    text = squeezed(bulletin)
    for words in ("一、总体情况", "二、好的做法", "三、存在的主要问题", "四、工作要求", "（第3期）"):
        assert words in text
    assert "共开展明查暗访46次、112人次，走访38个单位，其中11个单位存在问题，占28.9%" in text
    assert all(fact in text for kind in contents.BULLETIN.problems for fact in kind.facts)
    assert "于8月31日前将整改情况报市作风整顿办作风评议组。" in text
    assert "（此件发至各单位主要负责同志）" in text
    assert "2018年8月9日印发" in text


def test_a_bulletin_shows_text_on_its_first_page(bulletin):
    assert "现将有关情况通报如下：" in text_of(bulletin[0])


def test_the_group_report_has_seven_parts_with_figures_and_annexes(report):
    text = squeezed(report[1])
    heads = ["总体情况", "主要做法", "发现的问题", "整改情况", "典型", "存在不足", "下一步建议"]
    places = [text.index(f"{number}、{head}") for number, head in zip("一二三四五六七", heads, strict=True)]
    assert places == sorted(places)
    for words in ("覆盖率86.8%", "亲自办率69.9%", "全程率85.4%", "尚有3份未报送", "立行立改率39.6%"):
        assert words in text
    for words in ("图1　各环节用时分布", "图2　各类问题数量和累计占比", "表1　各单位各类问题数量", "附件2"):
        assert words in text


def test_its_charts_have_words_for_those_who_cannot_see_them(report):
    with pikepdf.open(io.BytesIO(report[0].pdf)) as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any(alt.startswith("各环节用时分布：查询13次") for alt in alts)
    assert any(alt.startswith("问题按类别：") for alt in alts)


def test_a_wide_annex_is_turned_and_its_page_number_stays_where_it_is(report):
    page = page_with(report[1], "体验事项汇总表")
    page = next(one for one in report[1] if one.width > one.height)
    number = [char for char in page.chars if char["x1"] * MM < 35 and char["text"].strip()]
    assert (page.width * MM, page.height * MM) == (near(297), near(210))
    assert "".join(char["text"] for char in number) == f"—{page.page_number}—"
    assert not any(char["upright"] for char in number)
    assert max(char["bottom"] for char in number) * MM == near(RIGHT - 14 * MM, 0.6)
    middle = (number[0]["x0"] + number[0]["x1"]) / 2 * MM
    assert middle == near(297 - BOTTOM - 7, 0.6)


def test_a_table_of_units_without_problems_is_still_a_report():
    empty = replace(
        contents.REPORT,
        tallies=(),
        samples=(),
        top=(),
        shared_items=(),
        heat=Heat("单位", ("示例县",), ("信息公开",), ((0,),)),
        annexes=(),
    )
    text = squeezed(opened(empty)[1])
    assert "共发现问题0个" in text
    assert "附件" not in text


def test_equal_content_gives_equal_bytes_and_its_title(report):
    once = render(contents.LETTER, generated=GENERATED).pdf
    assert once == render(contents.LETTER, generated=GENERATED).pdf
    for made, content in ((once, contents.LETTER), (report[0].pdf, contents.REPORT)):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert str(pdf.docinfo.Title) == content.title


def test_what_people_wrote_is_escaped():
    written = to_html(replace(contents.NOTICE, matter="<script>alert(1)</script>", due_on=date(2018, 8, 1)))
    assert "<script" not in written
    assert "于8月1日前" in written
