"""A compilation gathered from the database tells of problems what the ledger knows, in every column of the forms."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from tests.rectification import overdue
from walkthrough_app import jobs
from walkthrough_app.compilation import papers, service
from walkthrough_app.compilation.compose import compose
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.core import clock, db
from walkthrough_app.rectification import service as ledger
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding


def gathered(compilation: Compilation, cast: SimpleNamespace) -> Content:
    service.refresh(compilation, by=cast.style)
    db.session.commit()
    jobs.run_pending()
    db.session.refresh(compilation)
    return service.content_of(compilation)


@pytest.fixture
def findings(compilation: Compilation) -> list[Finding]:
    return db.session.query(Finding).order_by(Finding.code).all()


@pytest.fixture
def closed(findings: list[Finding], cast: SimpleNamespace) -> Finding:
    """One problem came back once and is closed now, whatever its report says."""
    one = next(one for one in findings if one.resp_id == cast.head.unit_id)
    one.state, one.rectified_on, one.result = State.CLOSED, date(2018, 8, 20), "已经更换叫号机"
    one.checked_on, one.check_result = date(2018, 8, 25), "等候8分钟，问题解决"
    one.closed_at = clock.from_local(datetime(2018, 8, 25, 10))
    one.relapse_count, one.severity, one.resp_leader, one.due_on = 1, "serious", "副局长", date(2018, 8, 30)
    one.rectify_type, one.measure = "deadline", "更换叫号机"
    db.session.commit()
    return one


@pytest.fixture
def late(findings: list[Finding], cast: SimpleNamespace) -> Finding:
    """Another is under way, late, with a note and a request for more time that was refused."""
    one = next(one for one in findings if one.resp_id == cast.stranger.unit_id)
    one.state, one.due_on, one.rectify_type = State.RECTIFYING, date(2018, 8, 1), "deadline"
    db.session.commit()
    ledger.note(one, "设备已经下单", by=cast.stranger)
    overdue.ask(one, cast.stranger.id, date(2018, 9, 1))
    ledger.answer_extension(one, grant=False, reason="可以先调配", by=cast.style)
    db.session.commit()
    return one


def rows(content: Content, path: Any) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the sheets of the ledger: rows by the code of their problem, cells by their column."""
    papers.xlsx(content, path)
    book = openpyxl.load_workbook(path)
    found = {}
    for name in book.sheetnames[1:4]:
        titles = [cell.value for cell in book[name][1]]
        lines = [
            dict(zip(titles, [cell.value for cell in row], strict=True)) for row in book[name].iter_rows(min_row=2)
        ]
        found[name] = {line["问题编号"]: line for line in lines}
    return found


def test_every_column_is_filled_from_the_ledger(compilation, cast, closed, late, tmp_path) -> None:
    sheets = rows(gathered(compilation, cast), tmp_path / "ledger.xlsx")
    assert set(sheets["已办结销号问题清单"]) == {closed.code}
    assert late.code in sheets["推进落实问题清单"]
    assert set(sheets["新增问题清单"]) == set(sheets["推进落实问题清单"]) | {closed.code}
    done = sheets["已办结销号问题清单"][closed.code]
    wanted = {
        "状态": "销号",
        "严重程度": "严重",
        "责任领导": "副局长",
        "整改措施": "更换叫号机",
        "进展": "已经更换叫号机",
        "回头看结果": "等候8分钟，问题解决",
        "反弹次数": 1,
    }
    assert {name: done[name] for name in wanted} == wanted
    days = [done[name].date().isoformat() for name in ("完成日期", "回头看日期", "销号日期")]
    assert days == ["2018-08-20", "2018-08-25", "2018-08-25"]
    going = sheets["推进落实问题清单"][late.code]
    assert (going["状态"], going["进展"]) == ("整改中", "逾期；设备已经下单")
    assert going["延期"] == "申请延到9月1日，未同意"


def test_the_report_counts_what_was_closed_and_came_back(compilation, cast, closed, late) -> None:
    content = gathered(compilation, cast)
    figures = compose(content).paper.rectification
    assert (figures.closed, figures.relapsed, figures.done, figures.overdue) == (1, 1, 1, 1)
    total = len(content.material.problems)
    told = compose(content).find("rectification")
    assert told
    assert f"已销号1个，销号率{100 // total}" in told.text


def test_a_frozen_version_tells_what_was_known_then(compilation, cast, closed, late) -> None:
    content = gathered(compilation, cast)
    closed.state = State.RELAPSED
    db.session.commit()
    assert service.content_of(compilation).ledger == content.ledger
    assert gathered(compilation, cast).ledger[str(closed.key)].label == "反弹"


def test_what_is_not_in_the_ledger_stands_as_its_report_tells(compilation, cast, findings, tmp_path) -> None:
    for one in findings:
        one.is_standing = False
    db.session.commit()
    content = gathered(compilation, cast)
    assert "ledger" not in content.data
    states = {line["状态"] for line in rows(content, tmp_path / "ledger.xlsx")["新增问题清单"].values()}
    assert states <= {"登记", "整改中", "已整改"}


def test_dismissed_problems_are_neither_under_way_nor_closed(compilation, cast, closed, late, tmp_path) -> None:
    late.state = State.DISMISSED
    db.session.commit()
    sheets = rows(gathered(compilation, cast), tmp_path / "ledger.xlsx")
    assert sheets["新增问题清单"][late.code]["状态"] == "不予立项"
    assert late.code not in sheets["推进落实问题清单"]
    assert late.code not in sheets["已办结销号问题清单"]
