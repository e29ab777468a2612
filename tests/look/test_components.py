"""What the macros promise the pages that use them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import render_template_string

from tests.look import preview

YES_NO = [("yes", "是", False), ("no", "否", True), ("na", "不适用", False)]


def part(source: str, **values: Any) -> BeautifulSoup:
    with preview.make_app().test_request_context():
        form = values.pop("form", None) or preview.PlanForm()
        page = render_template_string("{% import 'components.html' as ui %}" + source, form=form, **values)
    return BeautifulSoup(page, "html5lib")


def the(found: Tag | None) -> Tag:
    assert found is not None
    return found


def test_a_refusal_stands_beside_its_field_and_in_the_summary() -> None:
    with preview.make_app().test_request_context():
        form = preview.refused()
    page = part("{{ ui.form_errors(form) }}{{ ui.field(form.minutes, '一般不超过 60') }}", form=form)
    field = the(page.find("input"))
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "minutes-hint minutes-error"
    assert the(page.find(id="minutes-error")).text.strip() == "请填 0 到 9999。"
    assert the(page.find("a", href="#minutes")).text == "请填 0 到 9999。"


def test_a_field_brings_the_right_keyboard() -> None:
    assert the(part("{{ ui.field(form.minutes) }}").input)["inputmode"] == "numeric"
    assert the(part("{{ ui.field(form.from_on) }}").input)["type"] == "date"


def test_what_the_form_says_about_its_field_is_kept() -> None:
    with preview.make_app().test_request_context():
        form = preview.SignInForm()
    page = part("{{ ui.field(form.username) }}{{ ui.field(form.password) }}", form=form)
    assert [tag["autocomplete"] for tag in page.find_all("input")] == ["username", "current-password"]


def test_the_words_of_users_are_escaped() -> None:
    page = part("{{ ui.row(text, text) }}{{ ui.chip('', text) }}{{ ui.notice('ok', text) }}", text="<b>局</b>")
    assert page.find("b") is None


def test_a_question_posts_what_the_walk_reads() -> None:
    page = part("{{ ui.question('W-K1', '有人引导？', options=options, value='no', note='没人')}}", options=YES_NO)
    assert [tag["value"] for tag in page.find_all("input", attrs={"name": "q-W-K1"})] == ["yes", "no", "na"]
    assert the(page.find("input", checked=True))["value"] == "no"
    assert the(page.find("input", attrs={"name": "has-W-K1"}))["type"] == "hidden"
    assert the(page.find("textarea", attrs={"name": "note-W-K1"})).text == "没人"
    assert the(page.find("details")).has_attr("open")


def test_only_an_answer_that_is_bad_is_marked_so() -> None:
    page = part("{{ ui.question('W-K1', '有人引导？', options=options) }}", options=YES_NO)
    assert [tag["value"] for tag in page.select("input.bad")] == ["no"]


def test_several_answers_may_be_chosen_where_the_question_allows() -> None:
    page = part("{{ ui.question('W-K1', '？', 'many', options=options, value=['yes', 'na']) }}", options=YES_NO)
    assert [tag["value"] for tag in page.find_all("input", checked=True)] == ["yes", "na"]


def test_the_number_nought_is_an_answer() -> None:
    page = part("{{ ui.question('W-P4', '几份？', 'count', value=0) }}")
    assert the(page.find("input", type="number"))["value"] == "0"


def test_the_suggested_problem_can_be_taken_or_dismissed_from_the_page() -> None:
    page = part("{{ ui.question('W-K4', '几次？', 'count', hint='重复叫号排队', is_bad=true) }}")
    buttons = page.select(".hint button")
    assert [(tag["name"], tag["value"]) for tag in buttons] == [("do", "finding:W-K4"), ("do", "dismiss:W-K4")]


def test_a_bare_question_leaves_source_note_and_hint_to_the_script() -> None:
    page = part("{{ ui.question('W-K1', '有人引导？', options=options, clause='指南', is_bare=true) }}", options=YES_NO)
    assert [tag["value"] for tag in page.find_all("input")] == ["yes", "no", "na"]
    assert page.select("[id]") == [page.find(id="card-W-K1")]
    assert page.find("details") is None


def test_a_question_that_does_not_apply_is_there_but_hidden() -> None:
    page = part("{{ ui.question('W-Q2', '打了几次？', 'count', is_asked=false) }}")
    assert the(page.find(id="card-W-Q2")).has_attr("hidden")


def test_every_state_of_a_place_is_there_and_only_the_true_one_shows() -> None:
    page = part("{% call ui.when('waiting', 'a') %}等{% endcall %}{% call ui.when('free', '') %}取{% endcall %}")
    assert [(tag["data-when"], tag.has_attr("hidden")) for tag in page.select(".when")] == [
        ("waiting", False),
        ("free", True),
    ]


def test_the_ribbon_says_in_words_what_it_draws() -> None:
    segments = [preview.segment("查询", 12), preview.segment("排队", 75, "wait", running=True)]
    page = part("{{ ui.ribbon(segments, legend=true) }}", segments=segments)
    assert the(page.svg)["aria-label"] == "各环节用时：查询 12 分，排队 1 小时 15 分（进行中）；其中等候 1 小时 15 分"
    assert the(page.find(class_="legend")).text == "办理 12 分等候 1 小时 15 分（86%）"


def test_segments_are_as_long_as_their_minutes() -> None:
    segments = [preview.segment("查询", 10), preview.segment("排队", 30, "wait")]
    widths = [tag["width"] for tag in the(part("{{ ui.ribbon(segments) }}", segments=segments).svg).find_all("svg")]
    assert widths == ["25.0%", "75.0%"]


def test_a_walk_without_times_has_words_instead_of_a_ribbon() -> None:
    assert "还没有用时记录" in part("{{ ui.ribbon([]) }}").text


@pytest.mark.parametrize(("seconds", "shown"), [(0, "00:00"), (1398, "23:18"), (3723, "1:02:03")])
def test_the_clock_face(seconds: int, shown: str) -> None:
    page = part("{{ ui.timer(seconds, '2026-07-09T01:42:00Z') }}", seconds=seconds)
    assert the(page.find(role="timer")).text == shown


def test_only_a_running_clock_ticks() -> None:
    assert the(part("{{ ui.timer(5, '2026-07-09T01:42:00Z') }}").find(role="timer"))["data-module"] == "timer"
    assert not the(part("{{ ui.timer(5) }}").find(role="timer")).has_attr("data-module")


def test_the_rail_says_where_one_is() -> None:
    page = part("{{ ui.rail(steps) }}", steps=preview.STEPS)
    assert the(page.select_one("[aria-current=step]")).text == "排队计时中"
    assert page.find("a") is None
