"""A clerk writes a questionnaire piece by piece; every save is kept, and an unfinished draft may be saved."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from walkthrough_app.authoring import queries, service, words
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.questionnaires.document import Document

Post = Callable[..., TestResponse]
Now = Callable[[], dict[str, Any]]
BASE = {"clause-seed": "S001", "clause-text": "对窗口服务逐项体验"}


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def test_a_step_is_added_named_moved_and_taken_away(post: Post, now: Now, desk: FlaskClient, at: str) -> None:
    assert post("/arrange", do="add:steps").location == f"{at}/steps/1"
    fields = {
        "title": "到窗口",
        "short": "窗口",
        "ribbon": "wait",
        "modes": ["on_site"],
        "repeat_name": "受访者",
        "weight": "40",
    }
    assert post("/steps/1", **fields).status_code == 303
    assert now()["steps"][1] == {
        "id": "step2",
        "title": "到窗口",
        "short": "窗口",
        "screen": "step2",
        "ribbon": "wait",
        "questions": [],
        "modes": ["on_site"],
        "repeat": {"name": "受访者"},
        "weight": 40,
    }
    post("/arrange", do="up:steps:1")
    assert [one["title"] for one in now()["steps"]] == ["到窗口", "第一环节"]
    post("/arrange", do="drop:steps:0")
    assert [one["title"] for one in now()["steps"]] == ["第一环节"]
    assert "第一环节" in text_of(desk.get(at))


def test_a_rule_is_written_in_the_words_of_the_page(post: Post, now: Now) -> None:
    rule = {
        "rule": ["0"],
        "rule0-test": "is",
        "rule0-choice": "no",
        "rule0-title": "环节不顺",
        "rule0-category": "D7",
        "rule0-severity": "minor",
        "rule0-reason": "回答是{value}",
    }
    post("/steps/0/0", text="顺利吗？", **{"label-yes": "顺利", "label-no": "不顺利"}, **BASE, **rule)
    question = now()["steps"][0]["questions"][0]
    assert question["labels"] == {"yes": "顺利", "no": "不顺利"}
    assert question["suggest"] == [
        {"when": {"is": "no"}, "title": "环节不顺", "category": "D7", "severity": "minor", "reason": "回答是{value}"}
    ]
    assert problems_of(now()) == []


def test_a_number_is_held_against_a_threshold(post: Post, now: Now) -> None:
    post("/table/thresholds", row=["", ""], name=["排队超过", ""], value=["３０", ""], unit=["分钟", ""])
    assert now()["thresholds"] == [{"id": "limit1", "name": "排队超过", "value": 30, "unit": "分钟"}]
    rule = {
        "rule": ["0"],
        "rule0-test": "gt",
        "rule0-operand": "threshold:limit1",
        "rule0-title": "等得太久",
        "rule0-category": "C2",
        "rule0-severity": "minor",
        "rule0-reason": "等了{value}分钟，超过{limit}分钟",
    }
    post("/steps/0/new/minutes", text="等了几分钟？", unit="分钟", quick=["5", "15", "30"], **BASE, **rule)
    made = now()["steps"][0]["questions"][1]
    assert made["suggest"][0]["when"] == {"gt": {"threshold": "limit1"}}
    assert Document.parse(now()).question(made["id"]).quick == (5, 15, 30)


def test_options_keep_their_names_when_their_words_change(post: Post, now: Now) -> None:
    first = {"option-id": ["", "", ""], "option-label": ["工作日", "周末", ""], "option-score": ["", "5", ""]}
    post("/steps/0/new/one", text="哪天去的？", **first, **BASE)
    made = now()["steps"][0]["questions"][1]["options"]
    assert made == [{"id": "o1", "label": "工作日"}, {"id": "o2", "label": "周末", "score": 5}]
    again = {
        "option-id": ["o1", "o2", ""],
        "option-label": ["上班的日子", "周末", "节日"],
        "option-score": ["", "5", ""],
    }
    post("/steps/0/1", text="哪天去的？", **again, **BASE)
    made = now()["steps"][0]["questions"][1]["options"]
    assert [(one["id"], one["label"]) for one in made] == [("o1", "上班的日子"), ("o2", "周末"), ("o3", "节日")]


def test_a_question_waits_for_an_earlier_answer(post: Post, now: Now, desk: FlaskClient, at: str) -> None:
    post("/steps/0/new/text", text="哪里不顺？", **{"show-question": "Q-1"}, **BASE)
    assert now()["steps"][0]["questions"][1]["show_if"] == {"question": "Q-1", "when": {"is": "yes"}}
    assert 'name="show-choice"' in text_of(desk.get(f"{at}/steps/0/1"))
    chosen = {"show-question": "Q-1", "show-test": "is", "show-choice": "no"}
    post("/steps/0/1", text="哪里不顺？", **chosen, **BASE)
    assert now()["steps"][0]["questions"][1]["show_if"] == {"question": "Q-1", "when": {"is": "no"}}
    assert problems_of(now()) == []


@pytest.mark.parametrize("kind", [name for name in words.TYPES if name != "date"])
def test_every_type_has_a_page_with_only_its_own_fields(desk: FlaskClient, at: str, kind: str) -> None:
    shown = text_of(desk.get(f"{at}/steps/0/new/{kind}"))
    assert ('name="option-label"' in shown) == (kind in {"one", "many"})
    assert ('name="quick"' in shown) == (kind in {"count", "minutes", "days"})
    assert ('name="scale"' in shown) == (kind == "score5")
    assert ('name="label-yes"' in shown) == (kind == "yn")


def test_a_question_of_another_type_loses_what_was_only_the_old_ones(post: Post, now: Now) -> None:
    post("/steps/0/0?type=minutes", text="花了几分钟？", unit="分钟", quick=["1", "2", "3"], **BASE)
    made = now()["steps"][0]["questions"][0]
    assert (made["type"], made["unit"]) == ("minutes", "分钟")
    assert "labels" not in made
    assert problems_of(now()) == []


def test_a_question_goes_on_to_the_next_step(post: Post, now: Now) -> None:
    post("/arrange", do="add:steps")
    post("/arrange", do="down:steps:0:0")
    assert [len(one["questions"]) for one in now()["steps"]] == [0, 1]
    post("/arrange", do="up:steps:1:0")
    assert [len(one["questions"]) for one in now()["steps"]] == [1, 0]
    post("/arrange", do="drop:steps:0:0")
    assert now()["steps"][0]["questions"] == []


def test_an_addon_is_asked_in_some_modes(post: Post, now: Now) -> None:
    assert post("/arrange", do="add:addons").status_code == 303
    post("/addons/0", title="走完以后", intro="说说整件事", at="finish", modes=["on_site"])
    post("/addons/0/new/score5", text="总的怎么样？", scale=["很差", "差", "一般", "好", "很好"], **BASE)
    addon = now()["addons"][0]
    assert (addon["at"], addon["modes"], addon["questions"][0]["scale"][4]) == ("finish", ["on_site"], "很好")
    assert problems_of(now()) == []


def test_an_unfinished_draft_is_saved_and_its_problems_lead_to_the_place(
    post: Post, now: Now, desk: FlaskClient, at: str
) -> None:
    post("/steps/0/new/one", text="", **BASE)
    assert now()["steps"][0]["questions"][1]["text"] == ""
    shown = text_of(desk.get(at))
    assert f'href="{at}/steps/0/1"' in shown
    assert "还没有填：选项" in shown
    assert desk.get(f"{at}/preview").status_code == 200
    assert "改好才能预览" in text_of(desk.get(f"{at}/preview"))


def test_records_are_written_as_yaml_and_a_mistake_is_named_by_its_line(post: Post, now: Now) -> None:
    bad = post("/yaml/records", text="- id: promise\n  title: 承诺: 书\n")
    assert bad.status_code == 200
    assert "第2行" in text_of(bad)
    assert "承诺: 书" in text_of(bad)
    good = "- {id: promise, title: 承诺, by: unit, clause: {seed: S001, text: 一句}, questions: [{id: P-1, text: 承诺什么？, type: text, dim: promise, clause: {seed: S001, text: 一句}}]}"
    assert post("/yaml/records", text=good).status_code == 303
    assert now()["records"][0]["title"] == "承诺"
    assert problems_of(now()) == []


def test_what_is_of_the_wrong_kind_is_not_even_a_draft(post: Post, now: Now) -> None:
    before = now()
    for part, text in (("records", "一句话"), ("steps", "[1, 2]"), ("whole", "- a"), ("assessment", "[]")):
        refused = post(f"/yaml/{part}", text=text)
        assert refused.status_code == 200
        assert "应当是" in text_of(refused)
    assert now() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x", "第2行：不能用 * 引用"),
        ("[" * 60, "层次太多"),
        ("a: .inf", "不能保存"),
        ("a: 1\na: 2", "写了两次"),
        ('a: "\\u0000"', "控制字符"),
        ("a: " + "9" * 5000, "数写得不对"),
        ("a:\n\t- b", "Tab"),
        ("? [a]\n: b", "第1行：写法不对"),
        ("a: !!python/name:os.system x", "第1行：写法不对"),
        ("x" * 400_001, "太长了"),
    ],
)
def test_hostile_yaml_is_refused_in_one_sentence(post: Post, now: Now, text: str, said: str) -> None:
    before = now()
    assert said in text_of(post("/yaml/whole", text=text))
    assert now() == before


SCRAPS = """
title: 一点点
modes: [{}]
sources: [{}]
thresholds: [{}]
tags: [{}]
focus: [{}]
categories: [{}, {id: A, subs: [{}]}]
severities: [{}]
steps:
- {}
- id: step2
  questions:
  - {}
  - {id: Q-1, type: one, clause: {}, options: [{}], show_if: {}, note: {}, suggest: [{}, {when: {}}]}
  - {id: Q-1, type: count, special: [{}], quick: [1], suggest: [{when: {gt: {max: [{}, 2]}}}], show_if: {question: Q-9}}
  - {id: Q-2, type: yn, labels: {}, show_if: {question: Q-1, when: {in: [x]}}}
  - {id: Q-3, type: score5, scale: [一]}
  - {id: Q-4, type: song}
addons:
- questions: [{}]
records: [{}]
assessment: {}
"""


def test_every_page_opens_whatever_a_draft_still_lacks(post: Post, now: Now, desk: FlaskClient, at: str) -> None:
    assert post("/yaml/whole", text=SCRAPS + "id: quick_service\n").status_code == 303
    asked = [f"/steps/1/{place}" for place in range(6)]
    pages = [
        "",
        "/basics",
        "/steps/0",
        "/steps/1",
        "/addons/0",
        "/steps/0/new",
        "/steps/1/new/one",
        "/addons/0/0",
        *asked,
    ]
    pages += [f"/table/{name}" for name in ("modes", "thresholds", "sources", "tags", "focus")]
    pages += ["/yaml/whole", "/yaml/assessment", "/steps/1/0/yaml", "/saves", "/preview", "/publish", "/file.yaml"]
    for page in pages:
        assert desk.get(f"{at}{page}").status_code == 200, page
    for page in asked:
        assert post(page, text="问什么？", **BASE).status_code == 303, page
    assert [one["text"] for one in now()["steps"][1]["questions"]] == ["问什么？"] * 6
    assert desk.get(f"{at}/file.xlsx").status_code == 409


def test_the_second_editor_is_told_who_was_faster(post: Post, now: Now) -> None:
    post("/basics", title="窗口提速行动", key="quick_service", basis="S001", purpose="walk")
    late = post("/steps/0/0", revision=1, text="我也改了", **BASE)
    assert late.status_code == 200
    assert "office甲" in text_of(late)
    assert "没有保存" in text_of(late)
    assert "我也改了" in text_of(late)
    assert now()["steps"][0]["questions"][0]["text"] == "这一环节顺利吗？"
    assert post("/arrange", revision=1, do="drop:steps:0").status_code == 409


def test_what_another_request_saved_meanwhile_is_seen_under_the_lock(
    draft: QuestionnaireDraft, cast: SimpleNamespace
) -> None:
    before = queries.draft_for(cast.office, draft.id)
    assert before.revision == 1
    faster = update(QuestionnaireDraft).values(revision=2, document={"title": "别人的"})
    db.session.execute(faster, execution_options={"synchronize_session": False})
    locked = queries.draft_for(cast.office, draft.id, write=True)
    assert (locked.revision, locked.document) == (2, {"title": "别人的"})
    with pytest.raises(Conflict):
        service.save(locked, {"title": "我的"}, "改名", revision=1, by=cast.office)


def test_a_save_can_be_taken_back_and_that_too(post: Post, now: Now, desk: FlaskClient, at: str) -> None:
    post("/arrange", do="drop:steps:0:0")
    assert now()["steps"][0]["questions"] == []
    assert "删去题目" in text_of(desk.get(f"{at}/saves"))
    assert post("/saves/1").status_code == 303
    assert len(now()["steps"][0]["questions"]) == 1
    assert post("/saves/2").status_code == 303
    assert now()["steps"][0]["questions"] == []
    assert post("/saves/99").status_code == 404


def test_a_number_that_is_none_is_named(post: Post, now: Now) -> None:
    before = now()
    refused = post("/steps/0/new/minutes", text="几分钟？", unit="分钟", quick=["一", "2", "3"], **BASE)
    assert "快捷值请填整数" in text_of(refused)
    assert now() == before


@pytest.mark.parametrize(
    "page",
    [
        "/steps/9",
        "/steps/0/9",
        "/steps/9/new",
        "/steps/0/new/song",
        "/table/steps",
        "/yaml/version",
        "/yaml/nothing",
        "/records/0",
    ],
)
def test_places_that_are_not_there_are_not_found(desk: FlaskClient, at: str, page: str) -> None:
    assert desk.get(f"{at}{page}").status_code == 404


@pytest.mark.parametrize(
    "do", ["", "eat:steps:0", "up:records:0", "up:steps:x", "up:steps", "drop:steps:7", "drop:steps:0:7"]
)
def test_an_odd_button_changes_nothing(post: Post, now: Now, do: str) -> None:
    before = now()
    assert post("/arrange", do=do).status_code == 404
    assert now() == before


def test_a_draft_is_thrown_away(post: Post, desk: FlaskClient, at: str) -> None:
    assert post("/discard").status_code == 303
    assert desk.get(at).status_code == 404
    assert "窗口提速" not in text_of(desk.get("/questionnaires"))
