"""A ledger that a unit filled in and returned: looked at first, each illegal edit refused, taken in once."""

import io
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from tests.rectification import stage
from tests.rectification.conftest import Make
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.imports.models import ImportBatch
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import evidence, queries, service
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import PhotoRole
from walkthrough_app.rectification.sheets.layout import SHEETS, TITLES

Doors = Callable[[User], FlaskClient]
Edits = dict[str, dict[str, Any]]


@pytest.fixture
def sheet(client_for: Doors) -> Callable[..., Workbook]:
    """Download the ledger a moment after what was done before, and write into it: edits by number and column."""

    def fill(user: User, edits: Edits) -> Workbook:
        with time_machine.travel(clock.now() + timedelta(seconds=2), tick=False):
            book = load_workbook(io.BytesIO(client_for(user).get("/ledger.xlsx?state=all").data))
        for page in book.worksheets[:3]:
            for row in page.iter_rows(min_row=2):
                for title, value in edits.get(str(row[1].value), {}).items():
                    row[TITLES.index(title)].value = value
        return book

    return fill


def sent(client: FlaskClient, book: Workbook, unit: object = "") -> str:
    """Upload a workbook and return the address of its preview."""
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    answer = client.post("/ledger/import", data={"unit": str(unit), "file": (file, "台账.xlsx")})
    assert answer.status_code == 303, re.findall(r'class="error"[^>]*>.*?<span>([^<]*)', answer.text)
    return str(answer.location)


def confirm(client: FlaskClient, address: str, *, only_good: bool = False) -> str:
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', client.get(address).text)
    data = {"seen": seen[1] if seen else "", **({"only_good": "y"} if only_good else {})}
    return client.post(address, data=data, follow_redirects=True).text


def told(page: str) -> list[str]:
    """Return what is said of the rows, without marks."""
    return [
        re.sub(r"<[^>]*>", "", one).strip()
        for one in re.findall(r"<li(?: class=\"plain\")?>(.*?)</li>", page, re.DOTALL)
    ]


def test_a_desk_takes_in_what_a_unit_without_accounts_filled_in(
    make: Make, cast: SimpleNamespace, client_for: Doors, sheet: Callable[..., Workbook]
) -> None:
    signed, under_way, same = make(measure="", steps=""), make(state=State.RECTIFYING), make()
    later = under_way.due_on + timedelta(days=10)
    edits: Edits = {
        signed.code: {
            "整改类型": "限期整改",
            "整改措施": "增开窗口",
            "整改步骤": "先腾地方；再开窗",
            "责任人": "科长",
            "进展": "已经腾出地方",
        },
        under_way.code: {"延期": f"{later:%Y年%m月%d日}，等设备到货", "进展": "已经招标"},
    }
    client = client_for(cast.style)
    address = sent(client, sheet(cast.style, edits), cast.head.unit.id)
    page = client.get(address).text
    for words in (
        "签收",
        "整改措施改为：增开窗口",
        "责任人改为：科长",
        "进展：已经腾出地方",
        "等设备到货（进展：已经招标）",
    ):
        assert words in page
    assert "没有变化 1" in page
    db.session.refresh(signed)
    assert signed.state is State.ASSIGNED
    for _ in range(2):
        page = confirm(client, address)
        assert "导入了 2 个问题" in page
    db.session.expire_all()
    assert (signed.state, signed.measure, signed.resp_person) == (State.RECTIFYING, "增开窗口", "科长")
    assert queries.open_extension(under_way).new_due_on == later
    entries = queries.entries_of(signed)
    assert [one.verb.label for one in entries] == ["登记", "签收", "填写进展"]
    assert "按交回的表格录入" in client.get(f"/findings/{signed.id}").text
    assert same.state is State.ASSIGNED
    batch = db.session.get(ImportBatch, uuid.UUID(address.rpartition("/")[2]))
    assert batch is not None
    assert batch.rows == []


def test_a_liaison_signs_by_a_word_and_nothing_changes_without_one(
    make: Make, cast: SimpleNamespace, client_for: Doors, sheet: Callable[..., Workbook]
) -> None:
    signed, same = make(), make()
    client = client_for(cast.liaison)
    address = sent(client, sheet(cast.liaison, {signed.code: {"进展": "签收"}}))
    assert "导入了 1 个问题" in confirm(client, address)
    db.session.expire_all()
    assert (signed.state, same.state) == (State.RECTIFYING, State.ASSIGNED)
    assert len(queries.entries_of(signed)) == 2
    nothing = sent(client, sheet(cast.liaison, {}))
    page = client.get(nothing).text
    assert "表里的内容和台账一样" in page
    assert "没有要导入的内容" in confirm(client, nothing)


def test_the_work_can_be_reported_when_its_pictures_are_there(
    make: Make, cast: SimpleNamespace, client_for: Doors, sheet: Callable[..., Workbook], store: LocalStore
) -> None:
    bare, shown = make(), make()
    for one in (bare, shown):
        service.sign(one, by=cast.liaison)
    evidence.add(shown, [stage.photo(7, store)], PhotoRole.AFTER, by=None)
    db.session.commit()
    edits = {one.code: {"完成日期": clock.today(), "进展": "开了3个窗口"} for one in (bare, shown)}
    client = client_for(cast.liaison)
    address = sent(client, sheet(cast.liaison, edits))
    assert "报告已整改要有整改后的照片，表格里不能附" in client.get(address).text
    assert "还有1行有问题" in confirm(client, address)
    assert "导入了 1 个问题" in confirm(client, address, only_good=True)
    db.session.expire_all()
    assert (bare.state, shown.state, shown.result) == (State.RECTIFYING, State.RECTIFIED, "开了3个窗口")


def days(count: int) -> date:
    return clock.today() + timedelta(days=count)


ILLEGAL: list[tuple[State, dict[str, Any], str]] = [
    (State.ASSIGNED, {"问题编号": "WT-2026-市直-公安局-9999"}, "台账里没有这个编号"),
    (State.ASSIGNED, {"问题编号": None}, "没有写问题编号"),
    (State.ASSIGNED, {"问题描述": "没有问题"}, "问题描述　这一列不能改，台账里是“取号后排队等候40分钟"),
    (State.ASSIGNED, {"严重程度": "一般"}, "这一列不能改，台账里是“较重”"),
    (State.ASSIGNED, {"责任单位": "示例市财政局"}, "这一列不能改，台账里是“示例市公安局”"),
    (State.ASSIGNED, {"发现日期": date(2020, 1, 1)}, "这一列不能改"),
    (State.ASSIGNED, {"备注": "已经改好"}, "要说明的写在“进展”里"),
    (State.ASSIGNED, {"状态": "销号"}, "状态不能在表里改成“销号”；销号要由工作组核对，或者回头看通过"),
    (State.RECTIFYING, {"状态": "已整改"}, "状态不能在表里改成“已整改”；改好了的，在系统里报告并附照片"),
    (State.ASSIGNED, {"状态": "=1+1"}, "这一格是公式"),
    (State.ASSIGNED, {"整改措施": '=HYPERLINK("x")'}, "整改措施　这一格是公式，请改成文字"),
    (State.ASSIGNED, {"整改时限": "月底"}, "“月底”不是日期，请写成2026-12-01这样"),
    (State.ASSIGNED, {"整改时限": "2026-13-45"}, "不是日期"),
    (State.ASSIGNED, {"整改时限": days(200)}, "整改时限不能晚于交办的"),
    (State.ASSIGNED, {"整改类型": "马上改"}, "请从这些里选一个：立行立改、限期整改"),
    (State.ASSIGNED, {"整改时限": "月底", "事项": "别的"}, "“月底”不是日期"),
    (State.ASSIGNED, {"整改措施": None}, "请写明整改措施"),
    (State.ASSIGNED, {"整改步骤": None}, "不能马上改完的，请写明整改步骤"),
    (State.ASSIGNED, {"完成日期": days(0), "进展": "好了"}, "表格里不能附，请在系统里报告"),
    (State.RECTIFYING, {"整改措施": "换一个"}, "已经签收，不能再改；有变化的写在“进展”里"),
    (State.RECTIFYING, {"整改时限": days(60)}, "已经签收，不能再改；要延期的写在“延期”里"),
    (State.RECTIFYING, {"延期": "过几天", "进展": "一半"}, "请写明延到哪一天和理由"),
    (State.RECTIFYING, {"延期": "2026-01-01，等设备", "进展": "一半"}, "新的时限要晚于原来的"),
    (State.RECTIFYING, {"延期": "2027-01-01，等设备"}, "请在“进展”里写明做到哪一步了"),
    (State.RECTIFYING, {"完成日期": days(3), "进展": "好了"}, "完成日期不能晚于今天"),
    (State.CLOSED, {"进展": "又改了"}, "这个问题现在是“销号”，不能填写"),
    (State.DISPUTED, {"整改措施": "不改"}, "这个问题现在是“有异议”，不能填写"),
    (State.RECTIFYING, {"进展": "很" * 2001}, "最多2000个字"),
]


def refused(page: str) -> dict[str, str]:
    """Return what is said of each row that is refused, by the number that stands in it."""
    rows = re.findall(r'<li><p><strong class="num">[^<]*</strong>　([^<]*)</p>\s*<ul>(.*?)</ul>', page, re.DOTALL)
    return {label.partition("　")[2]: re.sub(r"<[^>]*>", "", said) for label, said in rows}


def test_each_illegal_edit_has_its_own_sentence(
    make: Make, cast: SimpleNamespace, client_for: Doors, sheet: Callable[..., Workbook]
) -> None:
    made = [make(state=state) for state, *_ in ILLEGAL]
    edits = {finding.code: cells for finding, (_, cells, _) in zip(made, ILLEGAL, strict=True)}
    client = client_for(cast.liaison)
    address = sent(client, sheet(cast.liaison, edits))
    page = refused(client.get(address).text)
    for finding, (state, cells, sentence) in zip(made, ILLEGAL, strict=True):
        said = page[str(cells.get("问题编号", finding.code) or "")]
        assert sentence in said, (state, cells)
    assert "没有要导入的内容" in confirm(client, address, only_good=True)
    db.session.expire_all()
    for finding, (state, *_) in zip(made, ILLEGAL, strict=True):
        assert (finding.state, len(queries.entries_of(finding))) == (state, 1)


def test_rows_of_others_and_rows_that_stand_twice_are_refused(
    make: Make, cast: SimpleNamespace, client_for: Doors, sheet: Callable[..., Workbook]
) -> None:
    mine, other = make(), make(resp=cast.stranger.unit)
    book = sheet(cast.style, {mine.code: {"进展": "签收"}, other.code: {"进展": "签收"}})
    desk, unit = client_for(cast.style), client_for(cast.stranger_liaison)
    assert (
        "这是示例市人力资源和社会保障局的问题，不能由别的单位填写" in desk.get(sent(desk, book, cast.head.unit.id)).text
    )
    untouched = desk.get(sent(desk, sheet(cast.style, {mine.code: {"进展": "签收"}}), cast.head.unit.id)).text
    assert "有问题 0" in untouched
    page = unit.get(sent(unit, book)).text
    assert "台账里没有这个编号" in page
    assert "会导入的 1 行" in page
    first = book.worksheets[0]
    first.append([cell.value for cell in first[2]])
    assert "在表里出现了2次，请只留一行" in desk.get(sent(desk, book, cast.head.unit.id)).text


def test_what_was_done_since_the_download_is_not_overwritten(
    make: Make, cast: SimpleNamespace, client_for: Doors, sheet: Callable[..., Workbook]
) -> None:
    finding, client = make(), client_for(cast.liaison)
    book = sheet(cast.liaison, {finding.code: {"整改措施": "照旧"}})
    address = sent(client, book)
    seen = client.get(address).text
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        service.sign(finding, by=cast.head)
        db.session.commit()
    stale = client.post(address, data={"seen": re.findall(r'name="seen" type="hidden" value="(\w+)"', seen)[0]}).text
    assert "有问题" in stale
    assert "已经办理过（签收），请重新下载再填" in client.get(address).text
    del book[SHEETS[3]]
    assert "台账里现在是“整改中”，表里还是“交办”" in client.get(sent(client, book)).text
    db.session.refresh(finding)
    assert finding.measure == "增开窗口"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda page: page.delete_cols(TITLES.index("进展") + 1), "缺少“进展”列"),
        (lambda page: page.cell(1, len(TITLES) + 1, "意见"), "多了“意见”列"),
        (lambda page: page.cell(1, 1, "问题编号"), "缺少“序号”列"),
    ],
)
def test_a_changed_heading_is_refused_as_a_whole(
    make: Make,
    cast: SimpleNamespace,
    client_for: Doors,
    sheet: Callable[..., Workbook],
    change: Callable[[Any], object],
    sentence: str,
) -> None:
    make()
    book, client = sheet(cast.liaison, {}), client_for(cast.liaison)
    change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    assert sentence in client.post("/ledger/import", data={"file": (file, "台账.xlsx")}).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "没有找到台账的表头"),
        (b"PK broken", "打不开"),
        ("单位,姓名\n一局,甲".encode(), "没有找到台账的表头"),
        (b"\xd0\xcf\x11\xe0 old", "旧格式"),
    ],
)
def test_what_is_no_ledger_is_refused(cast: SimpleNamespace, client_for: Doors, content: bytes, sentence: str) -> None:
    answer = client_for(cast.liaison).post("/ledger/import", data={"file": (io.BytesIO(content), "a.csv")})
    assert sentence in answer.text


def test_an_upload_is_its_uploaders_and_can_be_thrown_away(
    make: Make, everyone: dict[str, User], client_for: Doors, sheet: Callable[..., Workbook]
) -> None:
    finding = make()
    client = client_for(everyone["liaison"])
    address = sent(client, sheet(everyone["liaison"], {finding.code: {"进展": "签收"}}))
    for name in ("head", "office", "style", "stranger"):
        other = client_for(everyone[name])
        assert other.get(address).status_code == 404, name
        assert other.post(address).status_code == 404, name
        assert other.post(f"{address}/discard").status_code == 404, name
    assert client_for(everyone["admin"]).get("/ledger/import").status_code == 403
    assert client_for(everyone["office"]).get(address.replace("/ledger/", "/")).status_code == 404
    assert client.post(f"{address}/discard").status_code == 303
    assert client.get(address).status_code == 404
    db.session.refresh(finding)
    assert finding.state is State.ASSIGNED
    desk = client_for(everyone["office"])
    file = io.BytesIO()
    sheet(everyone["office"], {}).save(file)
    file.seek(0)
    assert "请选择这是哪个单位交回的" in desk.post("/ledger/import", data={"file": (file, "a.xlsx")}).text
