"""汇总表 and 台账 have the exact columns of the office's forms, frozen and filtered, and nothing in them is a formula."""

from copy import deepcopy
from typing import Any

import openpyxl
import pytest

from tests.compilation.conftest import content_of
from walkthrough_app.compilation import papers
from walkthrough_app.compilation.material import Due

Data = list[dict[str, Any]]
SUMMARY = [
    "序号",
    "单位",
    "类别（市直/县（市）区）",
    "主要负责同志职务",
    "应体验事项",
    "已体验",
    "覆盖率",
    "必须亲自",
    "其中已亲自",
    "委托体验",
    "亲身办",
    "代理办",
    "陪同办",
    "其中模拟",
    "全程完成",
    "待结果",
    "平均等候（分）",
    "平均跑动（次）",
    "发现问题",
    "立行立改",
    "限期整改",
    "长期坚持",
    "提请协调",
    "已完成",
    "逾期",
    "销号",
    "反弹",
    "图片",
    "视频",
    "报送时间",
    "是否逾期",
    "报告状态",
    "备注",
]
LEDGER = [
    "序号",
    "问题编号",
    "来源（走流程/查摆/明查/暗访/回头看/评议/差评/群众意见）",
    "发现日期",
    "单位",
    "事项",
    "环节",
    "方式",
    "问题描述",
    "类别",
    "标签",
    "严重程度",
    "依据（原文）",
    "根因",
    "佐证编号",
    "责任单位",
    "责任领导",
    "责任人",
    "整改类型",
    "整改措施",
    "整改步骤",
    "整改时限",
    "延期",
    "进展",
    "完成日期",
    "整改后佐证",
    "督办编号",
    "回头看日期",
    "回头看结果",
    "状态",
    "销号日期",
    "反弹次数",
    "备注",
]


@pytest.fixture(scope="module")
def book(nine: Data, tmp_path_factory: pytest.TempPathFactory) -> Any:
    data = deepcopy(nine)
    event = next(one for one in data[0]["walks"][0]["events"] if one["kind"] == "finding")
    event["payload"]["title"] = "=HYPERLINK(1)"
    path = tmp_path_factory.mktemp("tables") / "台账.xlsx"
    due = [Due("x", "示例市司法局", "city_dept", "局长")]
    papers.xlsx(content_of(data, due=due), path)
    return openpyxl.load_workbook(path)


def column(sheet: Any, title: str) -> list[Any]:
    place = [cell.value for cell in sheet[1]].index(title)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_the_sheets_and_columns_are_those_of_the_forms(book: Any) -> None:
    assert book.sheetnames == ["汇总表", "新增问题清单", "推进落实问题清单", "已办结销号问题清单", "说明"]
    assert [cell.value for cell in book["汇总表"][1]] == SUMMARY
    for name in book.sheetnames[1:4]:
        assert [cell.value for cell in book[name][1]] == LEDGER
        assert (book[name].freeze_panes, book[name].page_setup.orientation) == ("A2", "landscape")
        assert book[name].print_title_rows == "$1:$1"


def test_every_row_is_as_wide_as_its_head(book: Any) -> None:
    for name, titles in (("汇总表", SUMMARY), ("新增问题清单", LEDGER)):
        assert all(len(row) == len(titles) for row in book[name].iter_rows())


def test_one_row_a_head_then_those_who_owe_one(book: Any) -> None:
    sheet = book["汇总表"]
    assert column(sheet, "单位")[-1] == "示例市司法局"
    assert column(sheet, "报告状态")[-1] == "未报送"
    assert column(sheet, "单位").count("示例县") == 2
    first = dict(zip(SUMMARY, [cell.value for cell in sheet[2]], strict=True))
    assert first["平均等候（分）"] == 12
    assert (first["发现问题"], first["立行立改"]) == (first["亲身办"] + first["限期整改"], first["亲身办"])
    assert (first["销号"], first["反弹"]) == (None, None)
    assert sum(column(sheet, "发现问题")[:-1]) == len(column(book["新增问题清单"], "问题编号"))


def test_done_and_open_problems_share_out_the_new_ones(book: Any) -> None:
    new, going, done = (column(book[name], "问题编号") for name in book.sheetnames[1:4])
    assert sorted(new) == sorted(going + done)
    assert set(column(book["已办结销号问题清单"], "状态")) == {"已整改"}
    assert set(column(book["推进落实问题清单"], "状态")) == {"整改中"}
    assert set(column(book["推进落实问题清单"], "进展")) == {"7月30日到期，逾期"}


def test_what_a_user_typed_is_never_a_formula(book: Any) -> None:
    cells = [cell for row in book["新增问题清单"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
