"""The time ribbon is a true picture: lengths are minutes, every step is named, nothing overlaps."""

import base64
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from walkthrough_app.documents.charts import Segment, ribbon
from walkthrough_app.documents.charts.ribbon import NOTHING
from walkthrough_app.documents.charts.ribbon_layout import GAP, NARROWEST

SVG = "{http://www.w3.org/2000/svg}"
USUAL = [
    Segment("查询", 12, "do"),
    Segment("准备材料", 35, "do"),
    Segment("排队", 41, "wait"),
    Segment("受理", 18, "do"),
    Segment("拿结果", 6, "wait"),
]
UNEQUAL = [
    Segment("查询", 1, "do"),
    Segment("准备材料", 2, "do"),
    Segment("排队", 300, "wait"),
    Segment("受理", 3, "do"),
    Segment("拿结果", 0, "wait"),
]


def read(chart):
    return ET.fromstring(chart.svg)


def bars(chart):
    """Return x and width of every bar."""
    found = [
        (float(one.get("x")), float(one.get("width")), float(one.get("y"))) for one in read(chart).iter(f"{SVG}rect")
    ]
    return [(x, width) for x, width, y in found if y < 1]


def words(chart):
    return [one.text for one in read(chart).iter(f"{SVG}text")]


def test_widths_are_proportional_to_minutes():
    places = bars(ribbon(USUAL))
    assert [width / places[0][1] for _, width in places] == [pytest.approx(s.minutes / 12, rel=0.01) for s in USUAL]
    assert sum(width for _, width in places) == pytest.approx(156 - 4 * GAP, abs=0.1)


@pytest.mark.parametrize("segments", [USUAL, UNEQUAL, USUAL[:1], UNEQUAL[::-1]])
def test_bars_stand_in_order_without_overlap_and_all_are_seen(segments):
    places = bars(ribbon(segments, width_mm=120))
    assert len(places) == len(segments)
    assert all(width >= NARROWEST - 0.01 for _, width in places)
    assert all(a[0] + a[1] < b[0] for a, b in pairwise(places))
    assert places[-1][0] + places[-1][1] == pytest.approx(120, abs=0.1)


@pytest.mark.parametrize("segments", [USUAL, UNEQUAL, USUAL[:1]])
def test_every_step_is_named_with_its_minutes(segments):
    written = " ".join(words(ribbon(segments)))
    assert all(s.label in written and f"{s.minutes}分" in written for s in segments)


def test_labels_below_do_not_touch():
    chart = ribbon(UNEQUAL)
    below = [(float(t.get("x")), t.text) for t in read(chart).iter(f"{SVG}text") if 10 < float(t.get("y")) < 17]
    assert [text for _, text in below] == ["查询 1分", "准备材料 2分", "受理 3分", "拿结果 0分"]
    ends = [x + len(text.encode("gbk")) * 1.75 for x, text in below]
    assert all(end < start for end, (start, _) in zip(ends, below[1:], strict=False))
    assert ends[-1] <= 156


def test_the_legend_tells_doing_from_waiting():
    assert words(ribbon(USUAL))[-2:] == ["办理 65分钟", "等候 47分钟（42%）"]


def test_a_step_still_running_is_said_to_run():
    chart = ribbon([Segment("查询", 5, "do"), Segment("排队", 12, "wait", running=True)])
    assert "排队12分钟（进行中）" in chart.alt
    assert "12分…" in " ".join(words(chart))


def test_more_steps_than_it_can_show_are_still_drawn():
    assert len(bars(ribbon([Segment("排队", 1, "wait")] * 100))) == 100


@pytest.mark.parametrize("segments", [[], [Segment("查询", 0, "do"), Segment("排队", 0, "wait")]])
def test_without_minutes_it_says_so(segments):
    assert words(ribbon(segments)) == [NOTHING]
    assert ribbon(segments).alt == NOTHING


def test_the_sentence_says_what_the_drawing_shows():
    assert ribbon(USUAL).alt == (
        "各环节用时：查询12分钟，准备材料35分钟，排队41分钟，受理18分钟，拿结果6分钟；共112分钟，其中等候47分钟，占42%"
    )


def test_a_label_cannot_break_the_drawing():
    chart = ribbon([Segment('<script>&"\x00', 100, "do")])
    assert words(chart)[0] == '<script>&" 100分'


def test_it_travels_as_a_data_uri_and_has_colours_for_dark_screens():
    chart = ribbon(USUAL)
    head, data = chart.data_uri().split(",", 1)
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode() == chart.svg
    assert "#1d4fd7" in chart.svg
    assert "#1d4fd7" not in ribbon(USUAL, on_dark=True).svg
