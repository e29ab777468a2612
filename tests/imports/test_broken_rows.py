"""Every kind of broken row and file is caught, each with its own sentence, and nothing of it is imported."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from tests.imports.conftest import ITEM, UNIT, said, sheet, xlsx
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.imports.columns import FIELDS, Kind

HEADS = [field.title for field in FIELDS[Kind.ITEMS]]

UNIT_ROWS = [
    ({"单位名称": "", "主要负责同志姓名": "", "主要负责同志职务": "", "主要负责同志账号": ""}, "没有写单位名称，请写全称"),
    ({"单位名称": "长" * 61}, "写了61个字，最多60个字"),
    ({"单位名称": "-教育局"}, "以“-”开头，会被当成公式"),
    ({"单位名称": "@教育局"}, "以“@”开头，会被当成公式"),
    ({"单位名称": "示例市\u202e教育局"}, "里面有看不见的字符"),
    ({"单位名称": "示例市作风整顿办"}, "它不归您导入"),
    ({"类别": ""}, "请从这些里选一个：市直部门"),
    ({"类别": "法院"}, "没有“法院”这一种"),
    ({"类别": "作风整顿办"}, "没有“作风整顿办”这一种"),
    ({"单位名称": "示例市公安局", "类别": "党委部门", "主要负责同志姓名": "", "主要负责同志职务": "", "主要负责同志账号": ""}, "已经登记为“市直部门”，导入不能改类别"),
    ({"单位名称": "示例市公安局", "类别": "县直部门", "上级（县）": "示例县", "主要负责同志账号": "head"}, "导入不能改上级"),
    ({"类别": "县直部门", "上级（县）": "示列县"}, "没有叫“示列县”的县（市）区。是不是“示例县”？"),
    ({"类别": "县直部门", "上级（县）": "火星"}, "请先把县（市）区写成一行"),
    ({"类别": "县直部门"}, "“县直部门”是县里的单位，请写它所在的县（市）区"),
    ({"类别": "市直部门", "上级（县）": "示例县"}, "类别请写“县直部门”"),
    ({"主要负责同志姓名": ""}, "写了职务或账号，没有写姓名"),
    ({"主要负责同志职务": ""}, "没有写职务"),
    ({"主要负责同志账号": "a b!"}, "只能用字母、数字、汉字"),
    ({"主要负责同志账号": "stranger"}, "已经有别的单位的人在用"),
    ({"联络员姓名": "孙某", "联络员职务": "科长", "联络员账号": "EDU"}, "和这一行前面的人重复"),
    ({"主要负责同志姓名": "欧", "主要负责同志账号": ""}, "“欧”不能直接用作账号"),
    ({"第二位主要负责同志姓名": "李某", "第二位主要负责同志职务": "书记"}, "只有县（市）区和乡镇（街道）有党政两位"),
    ({"单位名称": "示例市公安局"}, "这个单位已经有一把手head甲（账号 head）"),
    ({"单位名称": "", "分管领导1姓名": "李某", "分管领导1职务": "副局长"}, "不知道是哪个单位的"),
    ({"主要负责同志职务": "长" * 41}, "最多40个字"),
]  # fmt: skip

ITEM_ROWS = [
    ({"单位名称": ""}, "合并的单元格要先取消合并"),
    ({"单位名称": "示例市公按局"}, "没有名称是“示例市公按局”的单位。是不是“示例市公安局”？"),
    ({"单位名称": "火星站"}, "请先导入单位"),
    ({"单位名称": "示例市作风整顿办"}, "没有名称是“示例市作风整顿办”的单位"),
    ({"事项名称": ""}, "请填事项名称"),
    ({"事项名称": "长" * 101}, "写了101个字，最多100个字"),
    ({"事项名称": "+事项"}, "以“+”开头，会被当成公式"),
    ({"事项名称": "证\u200b明"}, "里面有看不见的字符"),
    ({"事项类别": "许可"}, "没有“许可”这一种，请从这些里选一个：审批事项、公共服务事项"),
    ({"承诺办结时限": "五"}, "“五”不是数字"),
    ({"承诺办结时限": "-5"}, "不能是负数“-5”"),
    ({"承诺办结时限": 2.5}, "“2.5”不是整数"),
    ({"承诺办结时限": "1000"}, "“1000”太大"),
    ({"承诺办结时限": "20个工作日"}, "只写数字20"),
    ({"承诺时限单位": "星期"}, "没有“星期”这一种"),
    ({"承诺时限单位": ""}, "写了5但没有单位"),
    ({"承诺办结时限": ""}, "没有天数"),
    ({"承诺时限单位": "当场办结"}, "就不要再写5"),
    ({"法定办结时限": "3", "法定时限单位": "工作日"}, "承诺的5个工作日比法定的3个工作日还长"),
    ({"法定办结时限": "4", "法定时限单位": "日"}, "承诺的5个工作日比法定的4日还长"),
    ({"法定时限单位": "当场办结"}, "比法定的当场办结还长"),
    ({"到办事现场次数": "100"}, "请填 0 到 99"),
    ({"重要事项": "大概"}, "“大概”看不懂，请写“是”或“否”"),
    ({"申请材料": "；".join(f"材料{number}" for number in range(61))}, "写了61项材料，最多60项"),
    ({"申请材料": "长" * 101}, "一项最多100个字"),
    ({"已知突出问题": "长" * 1001}, "最多1000个字"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "sentence"), [
    *((Kind.UNITS, row, sentence) for row, sentence in UNIT_ROWS),
    *((Kind.ITEMS, row, sentence) for row, sentence in ITEM_ROWS),
])  # fmt: skip
def test_a_broken_row_is_named_with_what_to_write_instead(cast, send, confirm, kind, row, sentence) -> None:
    before = world()
    page = send(kind, sheet(kind, row))
    assert sentence in said(page)
    assert "第 2 行" in said(page)
    assert "没有要导入的内容" in said(confirm(page, only_good="y"))
    assert world() == before


def test_the_same_row_twice_is_refused_the_second_time(cast, send) -> None:
    units = said(send(Kind.UNITS, sheet(Kind.UNITS, {}, {"主要负责同志账号": "other"})))
    assert "和第2行是同一个单位" in units
    items = said(send(Kind.ITEMS, sheet(Kind.ITEMS, {}, {})))
    assert "和第2行是同一个单位的同一个事项" in items


def test_a_user_name_is_taken_once_in_a_file(cast, send) -> None:
    page = said(send(Kind.UNITS, sheet(Kind.UNITS, {}, {"单位名称": "示例市水务局"})))
    assert "账号“edu”和第2行重复" in page


def test_a_disabled_account_is_not_revived(cast, send) -> None:
    cast.deputy.is_active = False
    db.session.commit()
    row = {
        "单位名称": "示例市公安局",
        "分管领导1姓名": "甲",
        "分管领导1职务": "副局长",
        "分管领导1账号": "deputy",
        "主要负责同志账号": "head",
    }
    assert "账号“deputy”已停用" in said(send(Kind.UNITS, sheet(Kind.UNITS, row)))


def test_what_stands_right_of_the_headings_is_refused(cast, send) -> None:
    titles = ["单位名称", "事项名称", "事项类别"]
    page = said(send(Kind.ITEMS, xlsx([titles, ["示例市公安局", "证明", "审批事项", "备注在这"]])))
    assert "右边多出了“备注在这”" in page


FILES = [
    ("表.xlsx", b"", "文件是空的"),
    ("表.csv", b"\n\n,,\n", "文件是空的"),
    ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧格式的 xls，请在 Excel 或 WPS 里另存为 xlsx"),
    ("表.xlsx", b"PK\x03\x04broken", "打不开，可能损坏或加了密码"),
    ("表.xlsx", b"hello", "这不是表格文件"),
    ("图.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "这不是表格文件"),
    ("表.csv", b"\xff\xff\xfe\xfe\x81", "编码看不懂"),
    ("表.xlsx", xlsx([["甲", "乙"], ["1", "2"]]), "没有找到表头"),
    ("表.xlsx", xlsx([HEADS]), "表头下面没有内容"),
    ("表.xlsx", xlsx([["单位名称", "事项名称"], ["示例市公安局", "证明"]]), "缺少“事项类别”列"),
    ("表.xlsx", xlsx([["单位名称", "事项名称", "事项类别", "备注"], ["示例市公安局", "证明", "审批事项", ""]]), "“备注”不是模板里的列"),
    ("表.xlsx", xlsx([["单位名称", "事项名称", "事项类别", "收费", "收费"], ["示例市公安局", "证明", "审批事项"]]), "“收费”列出现了两次"),
    ("表.xlsx", sheet(Kind.UNITS, {}), "这是“单位和人员”的模板"),
    ("表.csv", ("单位名称,事项名称,事项类别\n" + "示例市公安局,证明,审批事项\n" * 3001).encode(), "一次最多导入3000行"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "sentence"), FILES)
def test_a_file_that_is_no_template_is_refused_beside_the_field(cast, send, name, content, sentence) -> None:
    before = world()
    answer = send(Kind.ITEMS, content, name)
    assert sentence in said(answer)
    assert answer.request.path == "/imports/items"
    assert world() == before


def test_a_bomb_is_refused(cast, send) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/worksheets/sheet1.xml", b"0" * 70 * 1024 * 1024)
    assert "文件解开以后太大" in said(send(Kind.ITEMS, kept.getvalue()))


def test_a_formula_of_a_csv_is_refused(cast, send) -> None:
    text = "单位名称,类别\n=HYPERLINK(1),市直部门\n"
    assert "以“=”开头，会被当成公式" in said(send(Kind.UNITS, text.encode(), "表.csv"))


def test_no_file_at_all_is_asked_for(office) -> None:
    assert "请选一个填好的表格文件" in said(office.post("/imports/units", data={}))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
def test_a_csv_is_read_as_excel_and_wps_write_it(cast, send, encoding) -> None:
    text = "导入事项,,\r\n单位名称,事项名称,事项类别\r\n示例市公安局,无犯罪记录证明,公共服务事项\r\n\r\n示例市公安局,许可,没有\r\n"
    page = said(send(Kind.ITEMS, text.encode(encoding), "表.csv"))
    assert "确认导入 1 行" in page
    assert "第 5 行" in page


def world() -> tuple[int, ...]:
    return tuple(db.session.scalar(select(func.count()).select_from(model)) for model in (Unit, User, ServiceItem))


def test_the_usual_rows_are_good() -> None:
    assert {UNIT["类别"], ITEM["事项类别"]} == {"市直部门", "公共服务事项"}
