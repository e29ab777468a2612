"""The time ribbon of a Word file: cells as long as their minutes, and never more columns than Word can hold."""

import pytest
from docx.oxml.ns import qn

from walkthrough_app.documents.charts import Segment
from walkthrough_app.documents.charts.ribbon_layout import place_bars
from walkthrough_app.documents.word.measures import WIDTH, twips
from walkthrough_app.documents.word.ribbon import ribbon

DAY = [Segment("查询", 12, "do"), Segment("排队", 41, "wait"), Segment("受理", 18, "do"), Segment("拿结果", 1, "wait")]


def rows(table):
    """Return each row as its cells: (width, columns taken, text)."""
    return [[cell(one) for one in row.findall(qn("w:tc"))] for row in table.findall(qn("w:tr"))]


def cell(element):
    properties = element.find(qn("w:tcPr"))
    span = properties.find(qn("w:gridSpan"))
    text = "".join(one.text or "" for one in element.iter(qn("w:t")))
    return int(properties.find(qn("w:tcW")).get(qn("w:w"))), int(span.get(qn("w:val"))) if span is not None else 1, text


def grid(table):
    return [int(one.get(qn("w:w"))) for one in table.find(qn("w:tblGrid"))]


def test_each_bar_is_a_cell_as_long_as_its_minutes():
    first = rows(ribbon(DAY))[0]
    starts = [twips(bar.x) for bar in place_bars(DAY, 156)]
    assert [width for width, _, _ in first] == [b - a for a, b in zip(starts, [*starts[1:], twips(156)], strict=True)]
    assert [text for _, _, text in first] == ["查询 12分", "排队 41分", "受理 18分", ""]


def test_a_bar_too_thin_for_its_label_has_it_below():
    texts = ["".join(text for _, _, text in row) for row in rows(ribbon(DAY))]
    assert texts[2] == "拿结果 1分"
    assert texts[-1] == "■ 办理 30分钟　　■ 等候 42分钟（58.3%）"


@pytest.mark.parametrize("count", [0, 1, 12, 30, 90])
def test_every_row_fills_the_width_whatever_the_number_of_steps(count):
    segments = [Segment(f"第{n}个很长的环节名称" * (1 + n % 5), 1 + n % 3, "do") for n in range(count)]
    table = ribbon(segments)
    assert len(grid(table)) <= 63
    assert sum(grid(table)) == pytest.approx(WIDTH, abs=1)
    for row in rows(table):
        assert sum(width for width, _, _ in row) == sum(grid(table))
        assert sum(span for _, span, _ in row) == len(grid(table))


def test_no_time_at_all_says_so():
    assert "还没有用时记录" in rows(ribbon([]))[0][0][2]
