"""Distribution, Pareto and heat table: true to their numbers, nothing touches, and a sentence says the same."""

import io

import pdfplumber
import pytest
from bs4 import BeautifulSoup

from tests.documents.conftest import GENERATED
from tests.documents.drawing import Drawing, number
from walkthrough_app.documents import html, pdf
from walkthrough_app.documents.charts import Heat, Sample, Tally, distribution, heat, pareto
from walkthrough_app.documents.svg import NIGHT, PAPER

LONG = "二十个汉字的名称写得满满当当一个也不多余"
HOSTILE = '"><script>&\x00\u202e'
STEPS = [
    Sample("查询", (4, 12, 8, 6, 10, 30)),
    Sample("排队", (5, 20, 41, 35, 60, 22, 18), "wait"),
    Sample("跟踪进程", (3, 40)),
    Sample("拿结果", ()),
]
KINDS = [Tally("信息公开", 3), Tally("流程与窗口", 8), Tally("材料与时限", 6), Tally("队伍", 0), Tally("作风", 1)]
SAMPLES = {
    "usual": STEPS,
    "one value": [Sample("排队", (7,), "wait")],
    "all equal": [Sample("排队", (15,) * 9, "wait"), Sample("受理", (15,) * 9)],
    "nothing but zero": [Sample("排队", (0,) * 6, "wait")],
    "huge": [Sample(LONG, (1, 2, 3, 4, 5, 1_000_000)), Sample("受理", (2,))],
    "hostile": [Sample(HOSTILE * 4, (1, 2, 3, 4, 5))],
    "many": [Sample(f"{n}{LONG}"[:20], tuple(range(n, n + 40))) for n in range(20)],
}
TALLIES = {
    "usual": KINDS,
    "one value": [Tally("作风", 1)],
    "all equal": [Tally(name, 5) for name in "甲乙丙丁戊己庚辛壬癸"],
    "huge": [Tally(LONG, 10_000_000), Tally("受理", 1)],
    "hostile": [Tally(HOSTILE * 4, 2), Tally("作风", 1)],
    "forty": [Tally(f"{n}{LONG}"[:20], 41 - n) for n in range(1, 41)],
}


@pytest.mark.parametrize("width", [95, 156])
@pytest.mark.parametrize("samples", SAMPLES.values(), ids=SAMPLES)
def test_in_a_distribution_no_words_touch(samples, width):
    Drawing(distribution(samples, width_mm=width)).check()


@pytest.mark.parametrize("width", [95, 156])
@pytest.mark.parametrize("tallies", TALLIES.values(), ids=TALLIES)
def test_in_a_pareto_no_words_touch(tallies, width):
    Drawing(pareto(tallies, width_mm=width)).check()


def test_a_box_spans_the_middle_half_on_the_scale_below():
    drawing = Drawing(distribution(STEPS))
    start = drawing.first("0")
    per_minute = (drawing.first("60") - start) / 60
    (box,) = drawing.rects(PAPER.wait)
    assert number(box, "x") == pytest.approx(start + 19 * per_minute, abs=0.1)
    assert number(box, "width") == pytest.approx(19 * per_minute, abs=0.1)


def test_the_numbers_stand_beside_the_box():
    words = Drawing(distribution(STEPS)).words
    start = words.index("排队")
    assert words[start : start + 2] == ["排队", "7次"]
    assert words[start + 2 : start + 5] == ["5", "22", "60"]


def test_few_walks_are_drawn_one_by_one():
    drawing = Drawing(distribution(STEPS))
    assert len(drawing.dots()) == 2
    assert len(drawing.rects(PAPER.do)) == 1
    assert "少于5次的逐次画点" in "".join(drawing.words)


def test_a_step_nobody_walked_has_no_row():
    assert "拿结果" not in Drawing(distribution(STEPS)).words


def test_a_distribution_says_in_words_what_it_shows():
    assert distribution(STEPS).alt == (
        "各环节用时分布：查询6次，最短4、中位数9、最长30分钟；排队7次，最短5、中位数22、最长60分钟；"
        "跟踪进程2次，最短3、中位数21.5、最长40分钟"
    )


def test_a_pareto_stands_from_the_most_frequent_down_without_what_was_never_met():
    words = Drawing(pareto(KINDS)).words
    assert [one for one in words if one in {tally.label for tally in KINDS}] == [
        "流程与窗口",
        "材料与时限",
        "信息公开",
        "作风",
    ]


def test_bars_and_line_have_one_scale():
    drawing = Drawing(pareto(KINDS))
    start = drawing.first("0%")
    whole = drawing.first("100%") - start
    bars = [one for one in drawing.rects() if number(one, "height") > 4]
    assert [number(bar, "width") / whole for bar in bars] == [pytest.approx(n / 18, abs=0.01) for n in (8, 6, 3, 1)]
    reached = [(x - start) / whole for x, _ in drawing.dots()[:4]]
    assert reached == [pytest.approx(n / 18, abs=0.01) for n in (8, 14, 17, 18)]


def test_the_few_that_make_up_80_per_cent_are_told_from_the_rest():
    drawing = Drawing(pareto(KINDS))
    fills = [one.get("fill") for one in drawing.rects() if number(one, "height") > 4]
    assert fills == [PAPER.do] * 3 + [PAPER.quiet]
    assert {"合计达80%的前3类", "其余1类", "94.4%", "100%"} <= set(drawing.words)


def test_beyond_forty_categories_the_rest_is_one():
    drawing = Drawing(pareto([Tally(f"类别{n}", 100 - n) for n in range(60)]))
    drawing.check()
    assert "其他21类" in drawing.words
    assert drawing.height < 215


def test_a_pareto_says_in_words_what_it_shows():
    assert pareto(KINDS).alt == "问题按类别：流程与窗口8个，材料与时限6个，信息公开3个，作风1个；共18个，前3类占94.4%"


@pytest.mark.parametrize(
    "chart", [distribution([]), distribution([Sample("排队", ())]), pareto([]), pareto(KINDS[3:4])]
)
def test_without_anything_to_show_it_says_so(chart):
    drawing = Drawing(chart)
    drawing.check()
    assert drawing.words == [chart.alt]
    assert chart.alt.startswith("还没有")


def test_labels_cannot_break_a_drawing():
    for chart in (distribution(SAMPLES["hostile"]), pareto(TALLIES["hostile"])):
        assert "<script" not in chart.svg
        assert "<script>" in "".join(Drawing(chart).words)


@pytest.mark.parametrize("draw", [lambda **dark: distribution(STEPS, **dark), lambda **dark: pareto(KINDS, **dark)])
def test_a_dark_screen_has_its_own_colours(draw):
    dark = draw(on_dark=True).svg
    assert NIGHT.text in dark
    assert PAPER.text not in dark
    assert draw().alt == draw(on_dark=True).alt


def table(units=3):
    rows = tuple(f"示例市第{n}局" for n in range(1, units + 1))
    columns = ("信息公开", "制度落实", "场所与资源", "流程与时限", "网上办事", "审批改革", "作风纪律", "评价与队伍")
    cells = tuple(tuple((n * 3 + column * 5) % 9 for column in range(8)) for n in range(units))
    return Heat("单位", rows, columns, cells)


def soup(made):
    return BeautifulSoup(heat(made), "html.parser")


def test_every_count_is_written_and_zero_is_a_dot():
    made = table()
    rows = soup(made).select("tbody tr")
    for row, counts in zip(rows, made.cells, strict=False):
        written = [cell.text for cell in row.select("td")]
        assert written == [str(count) if count else "·" for count in counts] + [str(sum(counts))]
    assert rows[0].select_one(".heat-0 span")["aria-label"] == "0"


def test_the_shade_grows_with_the_count():
    made = Heat("单位", ("甲",), tuple("abcdef"), ((0, 1, 2, 3, 4, 8),))
    assert [made.shade(count) for count in made.cells[0]] == [0, 1, 1, 2, 2, 4]
    assert [cell["class"] for cell in soup(made).select("tbody tr:first-child td")][:6] == [
        [f"heat-{n}"] for n in (0, 1, 1, 2, 2, 4)
    ]


def test_totals_add_up():
    made = table(5)
    last = [cell.text for cell in soup(made).select(".heat-total td")]
    assert last == [*map(str, made.column_totals), str(made.total)]
    assert sum(made.row_totals) == sum(made.column_totals) == made.total


def test_heads_name_their_row_or_column_and_are_escaped():
    made = Heat(HOSTILE, (HOSTILE,), (HOSTILE,), ((1,),))
    assert soup(made).script is None
    assert {head["scope"] for head in soup(made).select("th")} == {"row", "col"}


def test_a_heat_table_says_in_words_what_stands_out():
    made = Heat("单位", ("甲局", "乙局"), ("信息公开", "作风"), ((1, 3), (2, 0)))
    assert made.alt == "单位分布：2个单位、2类，共6个，甲局最多（4个，占66.7%），信息公开、作风最常见（3个）"
    assert Heat("单位", ("甲局",), ("作风",), ((0,),)).alt == "还没有记录问题"


def test_cells_that_do_not_fit_the_heads_are_refused():
    with pytest.raises(ValueError, match="a count for each row and column"):
        Heat("单位", ("甲局",), ("信息公开", "作风"), ((1,),))


def test_sixty_units_run_over_pages_under_their_head():
    source = (
        '{% extends "documents/print.html" %}{% block body %}<style>{{ heat_css }}</style>{{ table }}{% endblock %}'
    )
    page = html.environment().from_string(source).render(table=heat(table(60)), heat_css=html.stylesheet("charts/heat"))
    rendered = pdf.render(page, files={}, title="试", generated=GENERATED)
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        texts = [sheet.extract_text() for sheet in opened.pages]
    assert len(texts) >= 2
    assert all("评价与" in text for text in texts)
    assert all(f"示例市第{n}局" in "".join(texts) for n in range(1, 61))
