"""What the tests of imports share: files made of rows, uploading them, and reading what the preview says."""

import io
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from walkthrough_app.accounts.models import User
from walkthrough_app.imports.columns import FIELDS, Kind

UNIT = {
    "单位名称": "示例市教育局",
    "类别": "市直部门",
    "主要负责同志姓名": "钱某",
    "主要负责同志职务": "局长",
    "主要负责同志账号": "edu",
}
ITEM = {
    "单位名称": "示例市公安局",
    "事项名称": "无犯罪记录证明",
    "事项类别": "公共服务事项",
    "承诺办结时限": "5",
    "承诺时限单位": "工作日",
}
USUAL = {Kind.UNITS: UNIT, Kind.ITEMS: ITEM}


def xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def sheet(kind: Kind, *rows: dict[str, Any]) -> bytes:
    """Make a file with every heading of the template, each row the usual one with these changes."""
    titles = [field.title for field in FIELDS[kind]]
    return xlsx([titles, *([{**USUAL[kind], **row}.get(title) for title in titles] for row in rows)])


def said(answer: TestResponse) -> str:
    """Return the text of a page in one line."""
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


@pytest.fixture
def office(cast: SimpleNamespace, client_for: Callable[[User], FlaskClient]) -> FlaskClient:
    return client_for(cast.office)


@pytest.fixture
def send(office: FlaskClient) -> Callable[..., TestResponse]:
    """Upload a file as the office; answers the preview, or the upload page with its refusal."""

    def upload(kind: Kind, content: bytes, name: str = "表.xlsx", client: FlaskClient | None = None) -> TestResponse:
        data = {"file": (io.BytesIO(content), name)}
        return (client or office).post(f"/imports/{kind}", data=data, follow_redirects=True)

    return upload


@pytest.fixture
def confirm(office: FlaskClient) -> Callable[..., TestResponse]:
    """Send the preview's own form, ticked or not."""

    def post(preview: TestResponse, client: FlaskClient | None = None, **ticked: str) -> TestResponse:
        form = BeautifulSoup(preview.text, "html.parser").find("form", id="confirm")
        seen = form.find("input", attrs={"name": "seen"})["value"]
        return (client or office).post(form["action"], data={"seen": seen, **ticked}, follow_redirects=True)

    return post
