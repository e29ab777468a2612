"""Whatever people write, the paper shows it inside its type area and can be read by machine."""

import io
import re

import jinja2
import pdfplumber
import pikepdf
import pytest

from tests.documents.conftest import GENERATED
from tests.documents.measure import BOTTOM, LEFT, MM, RIGHT, find, text_of
from walkthrough_app.documents import html, pdf
from walkthrough_app.documents.charts import Segment, ribbon

FAMILY = "👨\u200d👩\u200d👧"
FLAG = "🇨🇳"
UNIT = "示例市很长的单位名称" * 30
DATE = "2018年12月31日"
SOURCE = """
{% extends "documents/print.html" %}{% import "documents/gbt9704.html" as gb %}
{% block title %}试{% endblock %}
{% block body %}
<p title="𰀀">参加的有𰀀某、{{ family }}和{{ flag }}等，{{ "\u202e" }}共123人{{ "\u200b" }}，正文到此。&lt;b&gt;</p>
<p>网址是{{ "A" * 250 }}，这一段在长字母之后。</p>
{{ gb.figure_ribbon(chart, "图1", "各环节用时" ~ "B" * 90) }}
<h3>（一）限期整改</h3>
<div class="block">
{{ gb.caption("表1", "限期整改问题") }}
<table class="dense">
  <colgroup><col class="w3"><col><col class="w8"></colgroup>
  <thead><tr><th>表头</th><th>措施</th><th>完成时限</th></tr></thead>
  <tbody>{% for n in range(2) %}
    <tr><td>第{{ n }}行</td><td class="text">{% for step in range(220) %}第{{ step }}步按期推进，{% endfor %}收尾。</td>
      <td class="nowrap">{{ date }}</td></tr>
  {% endfor %}</tbody>
</table>
</div>
{{ gb.signature(unit, date) }}
{% endblock %}
"""


def test_each_sign_that_no_font_has_becomes_one_mark(rendered, text):
    assert "参加的有〓某、〓和〓等，共123人，正文到此。<b>" in text
    assert rendered.missing_glyphs == tuple(sorted(["𰀀", FAMILY, FLAG]))


def test_a_chart_too_shows_the_mark(text):
    assert "窗口〓" in text


def test_every_font_is_read_the_plain_way(rendered):
    with pikepdf.open(io.BytesIO(rendered.pdf)) as opened:
        fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        assert {str(font.Encoding) for font in fonts if "/Encoding" in font} == {"/Identity-H"}


def test_what_cannot_be_drawn_is_known_before_printing():
    assert pdf.undrawable(f"普通的字，{FAMILY}两次{FAMILY}，𰀀\u200b。") == (FAMILY, "𰀀")
    assert pdf.undrawable("䶮㛃𬀩喆堃犇镕 ABC 123") == ()


def test_letters_without_a_space_stay_inside_the_type_area(sheets, text):
    for sheet in sheets:
        for char in sheet.chars:
            assert char["x0"] * MM > LEFT - 0.3
            assert char["x1"] * MM < RIGHT + 0.3
    assert "A" * 250 + "，这一段在长字母之后。" in text


def test_a_line_before_a_long_word_is_not_torn_apart(sheets):
    before = find(sheets[0], "网址是")
    assert before[-1]["x1"] - before[0]["x0"] < 3 * before[0]["size"] * 1.26


def test_a_row_taller_than_a_page_goes_on_under_the_head(sheets):
    with_rows = [sheet for sheet in sheets if "步按期推进" in text_of(sheet)]
    assert len(with_rows) >= 2
    assert all("表头" in text_of(sheet) for sheet in with_rows)
    assert all(char["bottom"] * MM < BOTTOM + 0.5 for sheet in with_rows for char in rows_of(sheet))


def test_heading_caption_and_first_row_stay_together(sheets):
    start = next(sheet for sheet in sheets if "（一）限期整改" in text_of(sheet))
    assert "表1　限期整改问题" in text_of(start)
    assert "第0步按期推进" in text_of(start)


def test_a_date_fits_into_a_column_of_eight(sheets):
    date = find(next(sheet for sheet in sheets if DATE in text_of(sheet)), DATE)
    assert len({round(char["top"]) for char in date}) == 1


def test_a_unit_of_many_lines_is_whole_and_its_date_stands_right(sheets):
    last = sheets[-1]
    assert UNIT in text_of(last)
    assert find(last, DATE)[-1]["x1"] * MM == pytest.approx(RIGHT - 4 * 156 / 28, abs=0.4)


def rows_of(sheet):
    return [char for char in sheet.chars if char["size"] == pytest.approx(10.5, abs=0.1)]


@pytest.fixture(scope="module")
def rendered():
    template = html.environment(jinja2.DictLoader({"extremes": SOURCE})).get_template("extremes")
    chart = ribbon([Segment("查询", 12, "do"), Segment("窗口𰀀", 41, "wait")])
    page = template.render(family=FAMILY, flag=FLAG, chart=chart, date=DATE, unit=UNIT)
    return pdf.render(page, files={}, title="试", generated=GENERATED)


@pytest.fixture(scope="module")
def sheets(rendered):
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        yield opened.pages


@pytest.fixture(scope="module")
def text(sheets):
    return re.sub(r"— \d+ —", "", "".join(text_of(sheet) for sheet in sheets))
