"""What changed between two versions: paragraphs word by word, figures, walks, problems, evidence."""

import copy
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reception.conftest import Doors
from tests.reports import story
from walkthrough_app.reception.compare import compare
from walkthrough_app.reception.compare.inline import GONE, NEW, SAME, inline
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report


def titles(found: list) -> list[tuple[str, str]]:
    return [(one.word, one.title) for one in found]


def test_a_number_and_a_word_are_changed_as_a_whole() -> None:
    assert inline("用时47分钟，等候23分钟。", "用时49分钟，等候23分钟。") == [
        (SAME, "用时"),
        (GONE, "47"),
        (NEW, "49"),
        (SAME, "分钟，等候23分钟。"),
    ]


def test_single_characters_do_not_flicker() -> None:
    pieces = inline("逐项对照时限检查落实", "逐条落实整改措施")
    assert [kind for kind, _ in pieces] == [SAME, GONE, NEW]


@pytest.mark.parametrize(("old", "new"), [("", ""), ("一", ""), ("", "二"), ("同样", "同样")])
def test_what_is_empty_or_the_same(old: str, new: str) -> None:
    expected = [(SAME, old)] if old == new and old else [(GONE, old)] if old else [(NEW, new)] if new else []
    assert inline(old, new) == expected


@given(st.text("一二三，。12a\n", max_size=40), st.text("一二三，。12a\n", max_size=40))
def test_both_texts_can_be_read_from_the_woven_one(old: str, new: str) -> None:
    pieces = inline(old, new)
    assert "".join(text for kind, text in pieces if kind != NEW) == old
    assert "".join(text for kind, text in pieces if kind != GONE) == new


def test_texts_too_long_to_compare_are_shown_whole() -> None:
    old, new = "甲" * 3000 + "完", "乙" * 3000 + "完"
    assert [kind for kind, _ in inline(old, new)] == [GONE, NEW, SAME]


def test_nothing_changed_is_nothing() -> None:
    data = story.report(story.three_walks())
    found = compare(data, data)
    assert found.is_nothing
    assert found.same > 10


def test_a_rewritten_paragraph_is_found() -> None:
    walks = story.three_walks()
    found = compare(story.report(walks), story.report(walks, texts={"outlook": "下一步，我局将逐条落实。"}))
    assert titles(found.paragraphs) == [("修改", "下一步工作")]
    assert not any(figure.is_changed for figure in found.figures)


def test_a_walk_more_brings_its_problems_and_pictures() -> None:
    card, newborn = story.identity_card(), story.newborn()
    found = compare(story.report([card]), story.report([card, newborn]))
    assert titles(found.walks) == [("增加", "新生儿国内出生户口登记（主要负责同志陪同办）")]
    assert {word for word, _ in titles(found.problems)} == {"增加"}
    assert len(found.evidence) == len(newborn.pictures) // 2
    assert {figure.name: (figure.was, figure.now) for figure in found.figures}["走流程"] == ("1次", "2次")
    back = compare(story.report([card, newborn]), story.report([card]))
    assert titles(back.walks) == [("去掉", "新生儿国内出生户口登记（主要负责同志陪同办）")]


def test_a_changed_problem_says_what_changed_in_it() -> None:
    before = story.short()
    old = story.report([before])
    after = story.short()
    key = next(event["payload"]["finding"] for event in after.events if event["kind"] == "finding")
    after.tap("finding", "queue", finding=key, title="取号机旁没有人", category="C4", severity="serious", photos=[])
    after.measure(key, "deadline", "派人值守", steps="八月底前到位", due_on="2018-08-31")
    found = compare(old, story.report([after]))
    assert [name for name, _ in found.problems[0].details] == [
        "问题", "程度", "照片", "怎么改", "措施", "步骤", "时限", "完成", "改后照片",
    ]  # fmt: skip


def test_a_picture_that_was_masked_meanwhile_is_told() -> None:
    walk = story.short()
    bare = walk.photo("大厅", mask="none")
    old = copy.deepcopy(story.report([walk]))
    walk.tap("mask", photo=bare, boxes=[[0, 0, 0.1, 0.1]], media="a" * 64)
    found = compare(old, story.report([walk]))
    assert titles(found.evidence) == [("修改", "照片（居住证申领）大厅")]


def test_the_lane_sees_what_was_corrected(corrected: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.style).get(f"/reports/{corrected.id}/compare").text
    assert "第2版改了哪些" in page
    assert "附件不全" in page
    assert "<ins>" in page
    assert client_for(cast.liaison).get(f"/reports/{corrected.id}/compare?from=1&to=2").status_code == 200
    assert client_for(cast.office).get(f"/reports/{corrected.id}/compare").status_code == 200


@pytest.mark.parametrize("query", ["from=1&to=9", "from=9&to=1", "from=-1&to=2"])
def test_versions_that_are_not_there(corrected: Report, cast: SimpleNamespace, client_for: Doors, query: str) -> None:
    assert client_for(cast.style).get(f"/reports/{corrected.id}/compare?{query}").status_code == 404


def test_the_lane_does_not_see_what_was_not_handed_in(
    corrected: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    service.withdraw(corrected, by=cast.liaison)
    assert client_for(cast.style).get(f"/reports/{corrected.id}/compare").status_code == 404
    assert client_for(cast.liaison).get(f"/reports/{corrected.id}/compare").status_code == 200


@pytest.mark.parametrize(("name", "status"), [("coord", 404), ("stranger", 404), ("deputy", 403), ("admin", 403)])
def test_nobody_else_compares(
    corrected: Report, cast: SimpleNamespace, client_for: Doors, name: str, status: int
) -> None:
    assert client_for(getattr(cast, name)).get(f"/reports/{corrected.id}/compare").status_code == status
