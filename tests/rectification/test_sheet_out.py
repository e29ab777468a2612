"""The ledger as a workbook: the columns and sheets of the paper, narrowed as shown, long ones in the background."""

import io
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.rectification import stage
from tests.rectification.conftest import Make
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.exports import service as exports
from walkthrough_app.exports.models import FileKind
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import evidence, service
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import PhotoRole
from walkthrough_app.rectification.sheets.layout import SHEETS, TITLES

Doors = Callable[[User], FlaskClient]


def opened(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each sheet by the titles of their columns."""
    book = load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        titles, *rows = list(sheet.iter_rows(values_only=True))
        found[sheet.title] = [dict(zip(titles, row, strict=True)) for row in rows]
    return found


def test_each_problem_stands_once_in_the_sheet_of_its_state(
    make: Make, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    new = make(title="=1+1", resp_person="科长")
    under_way = make(category="A4")
    evidence.add(new, [stage.photo(1, store), stage.photo(2, store)], PhotoRole.BEFORE, by=None)
    service.sign(under_way, by=cast.liaison)
    service.note(under_way, "已调整窗口", by=cast.liaison)
    service.ask_extension(
        under_way, date(2099, 1, 1).replace(year=clock.today().year + 1), "等设备", "一半", by=cast.liaison
    )
    over = make(state=State.CLOSED, relapse_count=1)
    db.session.commit()
    answer = client_for(cast.office).get("/ledger.xlsx?state=all")
    book = opened(answer.data)
    assert list(book) == list(SHEETS)
    assert all(list(row) == TITLES for title in SHEETS[:3] for row in book[title])
    first, second, third = (book[title][0] for title in SHEETS[:3])
    assert [first["问题编号"], second["问题编号"], third["问题编号"]] == [new.code, under_way.code, over.code]
    assert first["问题描述"].startswith("=1+1")
    assert (first["佐证编号"], first["责任人"], first["类别"], first["环节"]) == (
        "照片2张",
        "科长",
        "C2 排队难",
        "排队",
    )
    assert first["整改时限"].date() == new.due_on
    assert (second["进展"], second["状态"]) == ("已调整窗口", "整改中")
    assert second["延期"].endswith("（等答复）")
    assert (third["状态"], third["反弹次数"], third["序号"]) == ("销号", 1, 1)


def test_what_is_narrowed_on_the_page_is_narrowed_in_the_file(
    make: Make, cast: SimpleNamespace, client_for: Doors
) -> None:
    late = make(due_on=clock.today().replace(year=clock.today().year - 1))
    make()
    book = opened(client_for(cast.style).get("/ledger.xlsx?overdue=1").data)
    assert [row["问题编号"] for row in book[SHEETS[0]]] == [late.code]
    assert book[SHEETS[0]][0]["备注"].startswith("逾期")


def test_everybody_gets_their_own(make: Make, everyone: dict[str, User], client_for: Doors) -> None:
    make()
    for name, number in (("liaison", 1), ("office", 1), ("coord", 0), ("stranger", 0), ("county_office", 0)):
        book = opened(client_for(everyone[name]).get("/ledger.xlsx").data)
        assert len(book[SHEETS[0]]) == number, name
    assert client_for(everyone["admin"]).get("/ledger.xlsx").status_code == 403


def test_a_long_ledger_is_made_in_the_background(
    make: Make, cast: SimpleNamespace, client_for: Doors, store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("walkthrough_app.rectification.routes.sheets.MOST", 1)
    monkeypatch.setattr("walkthrough_app.exports.lists.ledger.BATCH", 2)
    made = [make(category="A4", severity="serious") for _ in range(3)]
    make(category="A4")
    over = make(state=State.CLOSED, category="A4", severity="serious")
    client = client_for(cast.office)
    answer = client.get("/ledger.xlsx?category=A&severity=serious")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "问题整改台账" in page
    given = {"category": "A", "severity": "serious"}
    export = exports.ask(cast.office, "ledger", FileKind.XLSX, given)
    db.session.commit()
    jobs.run_pending()
    db.session.refresh(export)
    book = opened(exports.file_of(export, store).read_bytes())
    assert [row["问题编号"] for row in book[SHEETS[0]]] == [one.code for one in made]
    assert [row["序号"] for row in book[SHEETS[0]]] == [1, 2, 3]
    assert [row["问题编号"] for row in book[SHEETS[2]]] == [over.code]
    assert export.rows == 4 + len(book[SHEETS[3]])
