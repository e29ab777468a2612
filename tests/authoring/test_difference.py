"""The difference view says what changed as a clerk would: nothing for nothing, each change once, in words."""

import copy
from typing import Any

import pytest

from walkthrough_app.authoring import pieces
from walkthrough_app.authoring.difference import Change, difference
from walkthrough_app.questionnaires import source


@pytest.fixture
def old() -> dict[str, Any]:
    return copy.deepcopy(source.programme("run_once"))


def only(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, Change]:
    sections = difference(old, new)
    assert [len(one.changes) for one in sections] == [1]
    return sections[0].title, sections[0].changes[0]


@pytest.mark.parametrize("document", source.builtin(), ids=lambda one: one["id"])
def test_nothing_changed_is_nothing(document: dict[str, Any]) -> None:
    assert difference(document, copy.deepcopy(document)) == []
    assert difference(document, {**document, "version": document["version"] + 1}) == []


def test_a_question_that_was_reworded(old: dict[str, Any]) -> None:
    new = copy.deepcopy(old)
    new["steps"][0]["questions"][0]["text"] = "门好进吗？"
    title, change = only(old, new)
    assert title == "环节“现场看”"
    assert (change.kind, change.what) == ("changed", "题目“门好进吗？”")
    assert [(line.name, line.old, line.new) for line in change.lines] == [
        ("文字", "门好进：标识清楚、无不必要阻拦？", "门好进吗？")
    ]


def test_a_question_more_and_one_less(old: dict[str, Any]) -> None:
    new = pieces.remove_question(old, "steps", 0, 7)
    new = pieces.put_question(new, "steps", 0, None, {"id": "Y-L9", "text": "有人管吗？", "type": "yn"})
    changes = difference(old, new)[0].changes
    assert [(one.kind, one.what) for one in changes] == [("added", "题目“有人管吗？”"), ("removed", "题目“现场照片”")]
    assert ("题型", "", "是非题") in [(line.name, line.old, line.new) for line in changes[0].lines]


def test_a_question_that_moved_to_another_step_is_no_new_one(old: dict[str, Any]) -> None:
    new = pieces.move_question(old, "steps", 0, 7, 1)
    title, change = only(old, new)
    assert (title, change.kind) == ("环节“跟踪问”", "changed")
    assert [(line.name, line.old, line.new) for line in change.lines] == [("环节", "现场看", "跟踪问")]


def test_steps_that_changed_places(old: dict[str, Any]) -> None:
    _, change = only(old, pieces.move(old, "steps", 1, -1))
    assert change.what == "先后次序"
    assert change.lines[0].new.startswith("跟踪问、现场看")


def test_a_step_more_and_a_step_less(old: dict[str, Any]) -> None:
    title, change = only(old, pieces.remove(old, "steps", 1))
    assert (title, change.kind, change.what) == ("环节“跟踪问”", "removed", "整个环节")
    title, change = only(old, pieces.add(old, "steps")[0])
    assert (title, change.kind) == ("环节“新的环节”", "added")


def test_options_and_rules_one_by_one(old: dict[str, Any]) -> None:
    new = copy.deepcopy(old)
    asked = new["steps"][1]["questions"][1]
    asked["options"][0]["label"] = "办证"
    asked["options"].append({"id": "more", "label": "别的", "score": 3})
    rule = new["steps"][0]["questions"][4]["suggest"][0]
    rule["severity"] = "moderate"
    first, second = difference(old, new)
    assert [(line.name, line.old, line.new) for line in first.changes[0].lines] == [
        (
            "提示规则",
            "大于“wait_minutes” → 等候过长（C2，minor，现场平均等候{value}分钟，超过{limit}分钟）",
            "大于“wait_minutes” → 等候过长（C2，moderate，现场平均等候{value}分钟，超过{limit}分钟）",
        )
    ]
    assert [(line.old, line.new) for line in second.changes[0].lines] == [("证照办理", "办证"), ("", "别的（3分）")]


def test_thresholds_modes_and_titles(old: dict[str, Any]) -> None:
    new = copy.deepcopy(old)
    new["title"], new["thresholds"][0]["value"] = "最多跑零次", 20
    new["modes"].pop()
    found = {section.title: section.changes for section in difference(old, new)}
    assert found["问卷"][0].lines[0].new == "最多跑零次"
    assert [(line.name, line.old, line.new) for line in found["提示阈值"][0].lines] == [("数值", "30", "20")]
    assert [(one.kind, one.what) for one in found["方式"]] == [("removed", "具体办")]


def test_an_unfinished_draft_can_be_compared(old: dict[str, Any]) -> None:
    new: dict[str, Any] = {"title": "半份", "steps": [{"questions": [{}, {"id": "Y-L1"}, {"id": "Y-L1"}]}, {}]}
    assert difference(old, new)
    assert difference(new, old)
    assert difference({}, {}) == []
