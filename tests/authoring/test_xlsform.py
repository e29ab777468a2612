"""XLSForm: ours open elsewhere and come back whole; those of others come in as far as they can, and say what stayed out."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from tests.authoring import forms
from walkthrough_app.authoring import files, queries, xlsform
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.authoring.xlsform import relevance
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import source

PROGRAMMES = [pytest.param(one, id=one["id"]) for one in source.builtin()]


def questions(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["text"]: one for step in document["steps"] for one in step["questions"]}


def taken(name: str) -> tuple[dict[str, Any], list[str]]:
    return files.read_file(forms.xlsx(forms.tables(name)), f"{name}.xlsx", key=name, title="")


@pytest.mark.parametrize("document", PROGRAMMES)
def test_a_programme_comes_back_from_its_xlsform_as_it_was(document: dict[str, Any]) -> None:
    content = files.to_xlsform(document)
    back, left = files.read_file(content, "a.xlsx", key="", title="")
    assert digest(back) == digest(document)
    assert left == []


@pytest.mark.parametrize("document", PROGRAMMES)
def test_the_reference_reader_opens_ours_and_asks_the_same(document: dict[str, Any]) -> None:
    warnings: list[str] = []
    form = convert(files.to_xlsform(document), warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    assert document["title"] in form
    for step in document["steps"]:
        assert all(f"/data/{step['id']}/{one['id']}" in form for one in step["questions"])


def test_other_programs_are_told_what_an_answer_has_to_be() -> None:
    rows = {
        row["name"]: row
        for document in source.builtin()
        for row in xlsform.sheets_of(document)["survey"]
        if not row["type"].startswith(("begin", "end"))
    }
    assert rows["Y-W2"]["constraint_message"] == "请填0到999之间的整数。"
    assert rows["Y-W5"]["constraint"] == "not(selected(., 'none') and count-selected(.) > 1)"
    assert rows["Y-W5"]["constraint_message"] == "选了“没有”，就不能再选别的。"
    assert rows["W-Q1"]["required_message"] == "这一题必须答。"
    assert rows["W-T2"]["relevant"] == "${W-T1} != '' and ${W-T1} != 'no'"  # as here, an empty answer shows nothing


def test_what_is_changed_in_excel_is_taken_and_the_rest_stays() -> None:
    document = source.programme("run_once")
    book = load_workbook(io.BytesIO(files.to_xlsform(document)))
    heads = [cell.value for cell in book["survey"][1]]
    label, relevant = heads.index("label") + 1, heads.index("relevant") + 1
    row = next(row for row in book["survey"].iter_rows() if row[heads.index("name")].value == "Y-W1")[0].row
    book["survey"].cell(row, label).value = "办了什么事？"
    book["survey"].cell(row, relevant).value = "${Y-W0} = 'no'"
    target = io.BytesIO()
    book.save(target)
    back, _ = files.read_file(target.getvalue(), "a.xlsx", key="", title="")
    changed = questions(back)["办了什么事？"]
    old = next(one for one in questions(document).values() if one["id"] == "Y-W1")
    assert changed["show_if"] == {"question": "Y-W0", "when": {"is": "no"}}
    assert {**changed, "text": old["text"], "show_if": old["show_if"]} == old


def test_a_household_survey_comes_in() -> None:
    document, left = taken("household")
    assert [step["title"] for step in document["steps"]] == ["说明和同意", "家庭情况", "家庭成员", "基本情况"][
        : len(document["steps"])
    ]
    asked = questions(document)
    assert asked["您同意回答吗？"]["type"] == "yn"
    assert asked["您同意回答吗？"]["labels"] == {"yes": "同意", "no": "不同意"}
    assert asked["您同意回答吗？"]["hint"] == "您好，我们想了解您家办事的情况。"
    assert asked["住在哪个村？"]["show_if"] == {"question": asked["您同意回答吗？"]["id"], "when": {"is": "yes"}}
    assert [one["id"] for one in asked["喝水主要靠什么？"]["options"]] == ["piped", "well_1", "other"]
    assert document["steps"][2]["repeat"] == {"name": "家庭成员"}
    assert asked["办过哪些事？"]["show_if"]["when"] == {"gte": 18}
    said = "\n".join(left)
    for what in (
        "start、end、deviceid",
        "计算题",
        "填写限制",
        "定位题",
        "选项在另外的文件里",
        "日期题改成了文字题",
        "English (en)",
        "重复几次",
    ):
        assert what in said


def test_a_facility_checklist_is_cut_into_pages_and_says_what_stayed_out() -> None:
    document, left = taken("facility")
    assert [(one["title"], len(one["questions"])) for one in document["steps"]] == [
        ("门口和大厅（1）", 8),
        ("门口和大厅（2）", 2),
        ("人员和服务态度评价表"[:10], 4),
    ]
    asked = questions(document)
    assert asked["拍下标识"]["type"] == "photo"
    assert asked["拍下标识"]["hint"] == "看得清字"
    assert asked["态度打几分？"]["type"] == "score5"
    assert asked["态度打几分？"]["show_if"]["when"] == {"any_but": ["no"]}
    assert asked["整洁打几分？"]["show_if"]["when"] == {"lte": 2}
    assert asked["按轻重排一排"]["type"] == "many"
    said = "\n".join(left)
    for what in (
        "录音题",
        "扫码题",
        "显示条件没有带来：${windows} > 1 and",
        "图片",
        "默认值",
        "分成了2个环节",
        "排序题",
    ):
        assert what in said
    long = [one for one in problems_of(document) if one.text == "最多 40 个字"]
    assert [one.place.question for one in long] == [2]


def test_a_feedback_form_comes_in_ready_but_for_its_basis() -> None:
    document, left = taken("feedback")
    asked = questions(document)
    assert document["title"] == "服务意见表"
    assert asked["哪里不好？"]["show_if"]["when"] == {"in": ["o1", "o2"]}
    assert asked["哪些地方好？"]["show_if"]["when"] == {"any_but": ["none"]}
    assert asked["一共花了几小时？"]["show_if"]["when"] == {"in": ["fast"]}
    assert problems_of(document) == []
    assert "请换成文件里的原文" in left[0]
    assert any("时刻题" in one for one in left)


@pytest.mark.parametrize("name", ["household", "facility", "feedback"])
def test_our_fixtures_are_forms_that_the_reference_reader_opens(name: str) -> None:
    assert convert(forms.xlsx(forms.tables(name)), file_type=".xlsx").xform


def test_a_form_goes_from_upload_to_draft(desk: FlaskClient) -> None:
    content = forms.xlsx(forms.tables("feedback"))
    answer = desk.post(
        "/questionnaires/new/file", data={"file": (io.BytesIO(content), "意见.xlsx"), "key": "feedback", "title": ""}
    )
    assert answer.status_code == 303
    draft = queries.open_draft("feedback")
    assert draft and draft.left_out
    assert "没有照原样带来" in desk.get(answer.location).get_data(as_text=True)
    back = desk.get(f"{answer.location}/file.xlsx")
    assert digest(files.read_file(back.data, "a.xlsx", key="", title="")[0]) == digest(draft.document)


def test_an_unfinished_draft_is_not_exported_as_xlsform(fifth: dict[str, Any]) -> None:
    fifth["steps"][0]["questions"] = []
    with pytest.raises(Conflict):
        files.to_xlsform(fifth)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 broken", "打不开"),
        (forms.xlsx({"data": [["a"]]}), "survey"),
        (forms.xlsx({"survey": [["type", "name"], *[["text", f"a{n}"] for n in range(2100)]]}), "太长了"),
        (
            forms.xlsx({"survey": [["type", "walkthrough"], ["begin_group", "{"]], "walkthrough": [["part", "text"]]}),
            "读不出来",
        ),
    ],
)
def test_files_that_are_no_form_are_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        files.read_file(content, "a.xlsx", key="x", title="")


def test_a_form_full_of_mistakes_still_comes_in_and_says_so() -> None:
    rows = [
        ["type", "name", "label", "relevant"],
        ["end group", "", "", ""],
        ["select_one gone", "a", "哪个？", "${b} = 1"],
        ["song", "c", "唱", ""],
    ]
    document, left = files.read_file(forms.xlsx({"survey": rows}), "a.xlsx", key="odd", title="怪表")
    assert list(questions(document)) == ["哪个？"]
    assert "通不过 XLSForm 的检查" in left[0]
    assert any("题型 song" in one for one in left)
    assert problems_of(document)


def test_what_a_row_says_beside_its_question_is_spoken_of() -> None:
    rows = [
        ["type", "name", "label", "required", "disabled", "bind:relevant", "appearance"],
        ["note", "n", "先看**大厅**", "", "", "${b} = 1", ""],
        ["select one from gone or specify other", "a", "哪个_窗口？", "${b} = 1", "", "", "minimal"],
        ["text", "c", "停用的", "", "yes", "", ""],
        ["begin loop over x", "d", "窗口", "", "", "", ""],
        ["q int", "e", "几个？", "true", "", "${a} = ‘other’", ""],
        ["end loop", "", "", "", "", "", ""],
        ["note", "z", "谢谢", "", "", "", ""],
    ]
    document, left = files.read_file(forms.xlsx({"survey": rows}), "a.xlsx", key="odd", title="怪表")
    asked = questions(document)
    assert asked["哪个_窗口？"]["hint"] == "先看大厅"
    assert asked["几个？"]["required"] is True
    assert asked["几个？"]["show_if"] == {"question": "Q-1", "when": {"is": "other"}}
    assert document["steps"][1]["repeat"] == {"name": "窗口"}
    assert left[2:] == [
        "第2行“先看**大厅**”：说明的显示条件没有带来：${b} = 1",
        "第3行“哪个_窗口？”：必填的条件没有带来：${b} = 1",
        "第3行“哪个_窗口？”：choices 里没有 gone 的选项",
        "第4行“停用的”：在原来的表单里停用了，没有带来",
        "第5行“窗口”：循环改成了重复",
        "第6行“几个？”：数量题的单位和快捷值请核对",
        "第8行“谢谢”：说明后面没有题目，没有带来",
        "survey 的这些列没有带来：appearance",
    ]


def test_columns_of_a_sheet_that_is_formatted_to_its_end_are_no_rows() -> None:
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label", "value"], ["text", "a", "办什么事？", "x"]):
        book.active.append(row)
    book.active.cell(30_000, 1).number_format = "0.00"
    target = io.BytesIO()
    book.save(target)
    document, _ = files.read_file(target.getvalue(), "a.xlsx", key="odd", title="")
    assert list(questions(document)) == ["办什么事？"]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("${a} = 'x'", ("a", "is", "x")),
        ('(${a}="x")', ("a", "is", "x")),
        ("selected(${a}, 'x') or selected(${a}, 'y')", ("a", "in", ["x", "y"])),
        ("${a} = 'x' OR ${a} = 'y'", ("a", "in", ["x", "y"])),
        ("${a} < 3", ("a", "lte", 2)),
        ("${a} != ''", ("a", "not_empty", True)),
        ("${a} = 'x' or ${b} = 'y'", None),
        ("${a} = 'x' and ${b} = 'y'", None),
        ("${a}=’x’", ("a", "is", "x")),
        ("../a = 'x'", ("a", "is", "x")),
        ("../b/../a = 'x'", None),
        ("../../a = 'x'", None),
        ("${a} != '' and ${a} != 'x'", ("a", "any_but", ["x"])),
        ("${b} != '' and ${a} != 'x'", None),
        ("${a} != '' and ${a} != 'x' and ${b} = 1", None),
        ("${a} < 0", None),
        ("count(${a}) > 1", None),
        ("", None),
    ],
)
def test_expressions_are_read_only_when_they_say_no_more_than_ours(expression: str, found: Any) -> None:
    assert relevance.read(expression) == found


def test_what_relevance_writes_it_reads_again(desk: Callable[..., Any]) -> None:
    for document in source.builtin():
        types = {one["id"]: one["type"] for step in document["steps"] for one in step["questions"]}
        for step in document["steps"]:
            for one in step["questions"]:
                if "show_if" in one:
                    written = relevance.write(one["show_if"], is_many=types[one["show_if"]["question"]] == "many")
                    assert relevance.read(written)
    assert xlsform.refusal({"survey": [{"type": "nothing", "name": "x"}]})
