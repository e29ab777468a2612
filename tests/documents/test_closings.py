"""What closes a paper, and turned pages, measured in mm (GB/T 9704-2012 §7)."""

import io

import jinja2
import pdfplumber
import pytest

from tests.documents.conftest import GENERATED
from tests.documents.measure import BOTTOM, LEFT, MM, RIGHT, find
from walkthrough_app.documents import html, pdf

ISSUE = """
{{ gb.title(["关于“一把手走流程”情况的通报"]) }}
<p>通报如下。</p>
{{ gb.colophon(["市纪委监委机关"], "示例市作风整顿办公室", "2018年7月16日") }}
"""
CLOSINGS = """
{% for unit, date in closings %}
<p style="break-before: page">正文。</p>
{{ gb.appendix_note(["体验事项清单", "很长的附件名称" * 5, "佐证材料"]) }}
{{ gb.signature(unit, date) }}
{% endfor %}
"""
UNITS = ("示例局", "示例市公安局", "示例市住房和城乡建设局", "示例市深化机关作风整顿优化营商环境领导小组办公室")
DATES = ("2018年7月6日", "2018年7月16日", "2018年12月31日")
EM = 156 / 28
TURNED = """
<p>正文。</p>
{% for _ in range(2) %}{% call gb.turned() %}{{ gb.annex_head(1, "问题整改台账") }}
<table class="dense"><thead><tr><th>表头</th></tr></thead><tbody><tr><td>格</td></tr></tbody></table>
{% endcall %}{% endfor %}
{{ gb.annex_head(2, "又一附件") }}<p>附件正文。</p>
"""


@pytest.fixture(scope="module")
def issue():
    yield from opened(ISSUE)


@pytest.fixture(scope="module")
def turned():
    yield from opened(TURNED)


@pytest.fixture(scope="module")
def closings():
    yield from opened(CLOSINGS, closings=[(unit, date) for unit in UNITS for date in DATES])


def opened(body, **values):
    head = '{% extends "documents/print.html" %}{% import "documents/gbt9704.html" as gb %}{% block body %}'
    source = {"paper": head + body + "{% endblock %}"}
    shown = html.environment(jinja2.DictLoader(source)).get_template("paper").render(**values)
    with pdfplumber.open(io.BytesIO(pdf.render(shown, files={}, title="试", generated=GENERATED).pdf)) as found:
        yield found.pages


def near(value, within=0.5):
    return pytest.approx(value, abs=within)


def test_the_colophon_stands_at_the_foot_of_an_even_page(issue):
    assert len(issue) == 2
    rules = [edge["top"] * MM for edge in issue[1].edges if edge["orientation"] == "h"]
    assert max(rules) == near(BOTTOM)
    assert find(issue[1], "抄送：")[0]["x0"] * MM == near(LEFT + 14 * MM)
    assert find(issue[1], "印发")[-1]["x1"] * MM == near(RIGHT - 14 * MM)


def test_a_turned_page_has_its_number_where_the_sheet_has_it(turned):
    assert [page.width > page.height for page in turned] == [False, True, True, False]
    upright = next(char for char in turned[0].chars if char["text"] == "—")
    for page in turned[1:3]:
        dashes = [char for char in page.chars if char["text"] == "—"]
        assert not any(char["upright"] for char in dashes)
        # The left edge of the turned page is the foot of the sheet.
        assert dashes[0]["matrix"][4] == pytest.approx(upright["matrix"][5], abs=1)
    assert first(turned[1])["top"] * MM == near(LEFT + 14 * MM)
    assert last(turned[2])["bottom"] * MM == near(RIGHT - 14 * MM)


def first(page):
    return min((char for char in page.chars if char["text"] == "—"), key=lambda char: char["top"])


def last(page):
    return max((char for char in page.chars if char["text"] == "—"), key=lambda char: char["bottom"])


def test_a_turned_table_stays_in_the_turned_type_area(turned):
    for page in turned[1:3]:
        for char in page.chars:
            if char["upright"]:
                assert 35 - 0.3 < char["x0"] * MM < char["x1"] * MM < 260 + 0.3
                assert 28 - 0.5 < char["top"] * MM < char["bottom"] * MM < 184.5


def test_unit_and_date_stand_right_for_every_length(closings):
    for page, (unit, date) in zip(closings, [(unit, date) for unit in UNITS for date in DATES], strict=True):
        name, day = find(page, unit), find(page, date)
        assert (day[0]["x0"] - name[0]["x0"]) * MM == near(2 * EM)
        longer = day if width(day) > width(name) - 1 else name
        assert longer[-1]["x1"] * MM == near(RIGHT - 2 * EM)
        assert day[-1]["x1"] * MM < RIGHT + 0.3
        assert day[0]["matrix"][5] < name[0]["matrix"][5]


def width(chars):
    return chars[-1]["x1"] - chars[0]["x0"]


def test_the_names_of_annexes_stand_below_one_another_also_where_they_turn(closings):
    page = closings[0]
    assert find(page, "附件：")[0]["x0"] * MM == near(LEFT + 2 * EM)
    starts = [find(page, name)[0]["x0"] * MM for name in ("体验事项清单", "很长的附件", "佐证材料")]
    assert starts == [near(LEFT + 6 * EM)] * 3
    turned_lines = {
        round(char["x0"] * MM, 1) for char in find(page, "很长的附件名称" * 5) if char["x0"] * MM < starts[1] + 1
    }
    assert turned_lines == {round(starts[1], 1)}
