"""YAML out and in again is the same document; what comes from elsewhere begins a draft or says what is wrong."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from walkthrough_app.authoring import files, plain, queries, yaml_file
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires import source

LETTERS = "aBnoyesNULL中文，《》019 -:#'\"{}[]&*!|>%@`\n\té?~=.\\"
VALUES = some.recursive(
    some.text(LETTERS) | some.integers(-(10**9), 10**9) | some.booleans(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(LETTERS, max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("document", source.builtin(), ids=lambda one: one["id"])
def test_a_programme_comes_back_from_its_yaml_as_it_was(document: dict[str, Any]) -> None:
    back, left = files.read_file(files.to_yaml(document), "a.yaml", key="", title="")
    assert digest(back) == digest(document)
    assert left == []


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(some.dictionaries(some.text(LETTERS, min_size=1, max_size=8), VALUES, max_size=5))
def test_anything_plain_is_written_so_that_it_reads_the_same(value: dict[str, Any]) -> None:
    assert plain.read(yaml_file.write(value)) == value


def test_published_and_draft_are_sent_as_files(desk: FlaskClient, at: str, fifth: dict[str, Any]) -> None:
    row = questionnaires.load("run_once")
    sent = desk.get(f"/questionnaires/{row.id}/file.yaml")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="run_once-1.yaml"'
    assert digest(plain.read(sent.get_data(as_text=True))) == row.sha256
    draft = plain.read(desk.get(f"{at}/file.yaml").get_data(as_text=True))
    assert draft == fifth


def test_a_file_begins_a_draft_under_a_name_of_its_own(desk: FlaskClient) -> None:
    content = files.to_yaml(source.programme("run_once"))
    taken = desk.post(
        "/questionnaires/new/file", data={"file": (io.BytesIO(content), "a.yaml"), "key": "run_once", "title": ""}
    )
    assert "已经有这个代号" in taken.get_data(as_text=True)
    fields = {"file": (io.BytesIO(content), "a.yaml"), "key": "run_twice", "title": "跑两次"}
    assert desk.post("/questionnaires/new/file", data=fields).status_code == 303
    draft = queries.open_draft("run_twice")
    assert draft
    assert (draft.title, draft.document["id"]) == ("跑两次", "run_twice")


def test_a_file_with_the_id_of_a_published_one_begins_its_next_version(desk: FlaskClient) -> None:
    document = {**source.programme("run_once"), "title": "改过的跑一次"}
    fields = {"file": (io.BytesIO(files.to_xlsform(document)), "a.xlsx"), "key": "", "title": ""}
    assert desk.post("/questionnaires/new/file", data=fields).status_code == 303
    draft = queries.open_draft("run_once")
    assert draft
    assert (draft.based_on_id, draft.document["version"]) == (questionnaires.load("run_once").id, 2)
    assert draft.document == {**document, "version": 2}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: b: c", "第1行"),
        (b"- 1", "不是一份问卷"),
        ("title: [一, 二]".encode(), "应当是文字"),
        (b"\xff\xff\xff", "编码看不懂"),
        (b"", "不是一份问卷"),
    ],
)
def test_files_that_are_no_questionnaire_are_refused(desk: FlaskClient, content: bytes, said: str) -> None:
    fields = {"file": (io.BytesIO(content), "a.yaml"), "key": "other", "title": ""}
    answer = desk.post("/questionnaires/new/file", data=fields)
    assert answer.status_code == 200
    assert said in answer.get_data(as_text=True)
    assert queries.open_drafts() == []
