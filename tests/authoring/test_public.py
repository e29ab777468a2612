"""Forms that others published come in, in the words of the form, and no row of theirs is lost without a sentence."""

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.authoring import public
from walkthrough_app.authoring import files, queries
from walkthrough_app.authoring.xlsform import spelling
from walkthrough_app.authoring.xlsform.kinds import META
from walkthrough_app.core.errors import Invalid

pytestmark = pytest.mark.filterwarnings("ignore:Unknown extension:UserWarning")  # of Excel, which openpyxl passes over
OLD = [name for name in public.NAMES if name.endswith(".xls")]


def taken(name: str) -> tuple[dict[str, Any], list[str]]:
    return files.read_file(public.as_xlsx(name), "表.xlsx", key="theirs", title="")


def questions(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["text"]: one for step in document["steps"] for one in step["questions"]}


def asked_if(document: dict[str, Any], text: str) -> tuple[str, Any]:
    """Return the text of the question that another depends on, and the test."""
    show_if = questions(document)[text]["show_if"]
    return next(one["text"] for one in questions(document).values() if one["id"] == show_if["question"]), show_if[
        "when"
    ]


def rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of the survey as a spreadsheet shows them, with their numbers."""
    book = load_workbook(io.BytesIO(public.as_xlsx(name)), data_only=True)
    survey = next(sheet for sheet in book if sheet.title.lower() == "survey")
    heads = [str(cell or "").lower() for cell in next(survey.iter_rows(values_only=True))]
    for number, cells in enumerate(survey.iter_rows(min_row=2, values_only=True), 2):
        row = {head: str(cell).strip() for head, cell in zip(heads, cells, strict=True) if head and cell is not None}
        if row.get("type"):
            yield number, row


def test_the_files_are_the_published_ones() -> None:
    assert len(public.NAMES) == 6
    for name in public.NAMES:
        assert f"| {name} |" in public.README
        assert hashlib.sha256(public.original(name)).hexdigest() in public.README


@pytest.mark.parametrize("name", public.NAMES)
def test_every_row_comes_in_or_is_spoken_of(name: str) -> None:
    document, left = taken(name)
    shown = [
        text for step in document["steps"] for one in step["questions"] for text in (one["text"], one.get("hint", ""))
    ]
    spoken = {int(found) for line in left for found in re.findall(r"^第([0-9]+)行", line)}
    meta = next((line for line in left if line.startswith("表单软件自己记的信息")), "")
    lost = []
    for number, row in rows(name):
        kind = spelling.kind(row["type"]).split()[0]
        label = next((row[head] for head in row if head.startswith("label") and row[head]), row.get("name", ""))
        if kind.startswith(("begin_", "end_")) or number in spoken or (kind in META and kind in meta):
            continue
        chinese = spelling.words(row.get("label::chinese", "")) or spelling.words(label)
        if not any(chinese in text for text in (*shown, *left)):
            lost.append((number, row["type"], chinese))
    assert lost == []


@pytest.mark.parametrize("name", public.NAMES)
def test_what_was_left_out_is_one_plain_sentence_each(name: str) -> None:
    _, left = taken(name)
    assert len(left) == len(set(left))
    assert all(one and "\n" not in one and re.search("[一-鿿]", one) for one in left)


def test_household_members_repeat_under_their_conditions() -> None:
    document, left = taken("tutorial.xls")
    assert [step["repeat"]["name"] for step in document["steps"]] == ["Househ", "Househ"]
    assert [one["label"] for one in questions(document)["Is (NAME) male or female?"]["options"]] == ["Male", "Female"]
    older = "Is (NAME) older than five years?"
    assert asked_if(document, "How old is (NAME) in months?") == (older, {"is": "no"})
    assert "第10行“How old is (NAME) in years?”：填写限制没有带来：. >= 5" in left
    assert any("${sex}='female' and ${age_in_years}>=15" in one for one in left)


def test_projects_on_the_spot_keep_conditions_written_as_paths() -> None:
    document, left = taken("unknown_question_type.xls")
    assert asked_if(document, "State in South East") == ("Zone", {"is": "o4"})
    project = "What type of project is this?"
    assert asked_if(document, "H2. Does the facility have power?") == (project, {"is": "health"})
    assert questions(document)["Project Sector"]["required"] is True
    assert "start、end、today、deviceid、subscriberid" in "\n".join(left)


def test_every_kind_of_question_is_carried_or_named() -> None:
    document, left = taken("widgets.xls")
    asked = questions(document)
    assert asked["acknowledge widget"]["type"] == "yn"
    assert asked["image widget"]["type"] == "photo"
    assert len(asked["select multiple widget"]["options"]) > 2
    said = "\n".join(left)
    for what in (
        "时刻题",
        "定位题",
        "扫码题",
        "录音题",
        "录像题",
        "只读",
        "默认值",
        ". > 10.51 and . < 18.39",
        "appearance",
    ):
        assert what in said


def test_a_form_in_two_languages_comes_in_chinese_where_it_has_it() -> None:
    document, left = taken("xlsform_spec_test.xlsx")
    asked = questions(document)
    assert "您好" in asked
    assert [one["label"] for one in asked["select multiple test"]["options"]] == ["是", "没有"]
    assert asked["required_text"]["required"] is True
    assert asked_if(document, "required_text") == ("Skip to end", {"any_but": ["yes"]})
    assert "其他语言没有带来：english" in left


def test_villages_keep_their_instructions_in_the_list_when_these_are_long() -> None:
    document, left = taken("cascades_old.xls")
    assert len(questions(document)) == 47
    assert asked_if(document, "Q02. If other, enter your name here:") == (
        "Q01. Name of the surveyor",
        {"is": "othername"},
    )
    assert "题型 cascading_select site 没有带来" in "\n".join(left)
    assert any("提示太长" in one and "select three households" in one for one in left)


def test_a_formula_counts_as_what_it_came_to() -> None:
    document, _ = taken("xl_date_ambiguous.xlsx")
    assert list(questions(document)) == ["name1", "name2", "name3", "names"]


@pytest.mark.parametrize("name", OLD)
def test_an_old_workbook_is_to_be_saved_anew(name: str) -> None:
    with pytest.raises(Invalid, match=r"旧格式的 xls.*另存为 xlsx"):
        files.read_file(public.original(name), name, key="theirs", title="")


def test_a_published_form_becomes_a_draft_with_the_list_of_what_stayed_out(desk: FlaskClient) -> None:
    def send(content: bytes, name: str) -> Any:
        form = {"file": (io.BytesIO(content), name), "key": "villages", "title": ""}
        return desk.post("/questionnaires/new/file", data=form)

    refused = send(public.original("cascades_old.xls"), "cascades_old.xls")
    assert "另存为 xlsx" in refused.get_data(as_text=True)
    answer = send(public.as_xlsx("cascades_old.xls"), "cascades_old.xlsx")
    draft = queries.open_draft("villages")
    assert draft
    page = desk.get(answer.location).get_data(as_text=True)
    assert f"导入时 {len(draft.left_out)} 处没有照原样带来" in page
    assert "题型 cascading_select site 没有带来" in page
