"""From a file to units, people and items: looked at first, confirmed once, all or nothing."""

import io
import uuid
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.imports.conftest import said, sheet, xlsx
from tests.people import unit
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import Lane, OrgClass, Role, Unit, User
from walkthrough_app.campaigns.models import DayType, ItemKind, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.documents import workbook
from walkthrough_app.imports import service
from walkthrough_app.imports.columns import TEMPLATES, Kind
from walkthrough_app.imports.models import ImportBatch

MIB = 1024 * 1024
COUNTY_ROWS = (
    {"单位名称": "新县民政局", "类别": "县直部门", "上级（县）": "新县", "主要负责同志账号": "", "主要负责同志姓名": "吴某某"},
    {"单位名称": "新县", "类别": "县（市）区", "主要负责同志账号": "xin1", "第二位主要负责同志姓名": "孙某", "第二位主要负责同志职务": "县长"},
    {"单位名称": "新县一镇", "类别": "乡镇（街道）", "上级（县）": "新县", "主要负责同志姓名": "", "主要负责同志职务": "", "主要负责同志账号": ""},
)  # fmt: skip


def test_units_come_with_their_people_counties_first(cast, send, confirm) -> None:
    page = send(Kind.UNITS, sheet(Kind.UNITS, {}, *COUNTY_ROWS))
    assert find(Unit, name="新县") is None, "nothing is imported before it is confirmed"
    assert "确认导入 4 行" in said(page)
    assert "新增 4" in said(confirm(page))
    county, bureau, town = (find(Unit, name=name) for name in ("新县", "新县民政局", "新县一镇"))
    assert (bureau.parent_id, town.parent_id, county.parent_id) == (county.id, county.id, None)
    assert (bureau.lane, bureau.class_label, town.class_label) == (Lane.STYLE, "县直部门", "乡镇（街道）")
    assert [one.username for one in accounts.heads_of(county)] == ["xin1", "孙某"]
    assert [(one.username, one.post) for one in accounts.heads_of(bureau)] == [("吴某某", "局长")]
    assert find(User, username="edu").password_hash is None


def test_importing_again_changes_people_and_takes_nobody_away(cast, send, confirm) -> None:
    confirm(send(Kind.UNITS, sheet(Kind.UNITS, {"联络员姓名": "周某", "联络员职务": "科长"})))
    again = send(Kind.UNITS, sheet(Kind.UNITS, {"联络员姓名": "周某", "联络员职务": "科长"}))
    assert "不用导入" in said(again)
    changed = send(
        Kind.UNITS,
        sheet(Kind.UNITS, {"主要负责同志职务": "党组书记、局长", "分管领导1姓名": "吴某", "分管领导1职务": "副局长"}),
    )
    assert "钱某：局长，一把手→钱某：党组书记、局长，一把手；添加分管领导吴某（账号 吴某）" in said(changed)
    confirm(changed)
    people = accounts.users_of(find(Unit, name="示例市教育局"))
    assert [(one.name, one.post) for one in people] == [
        ("钱某", "党组书记、局长"),
        ("吴某", "副局长"),
        ("周某", "科长"),
    ]


def test_head_and_deputy_may_change_places(cast, send, confirm) -> None:
    row = {"单位名称": "示例市公安局", "主要负责同志账号": "deputy", "主要负责同志姓名": "deputy甲",
           "分管领导1姓名": "head甲", "分管领导1职务": "副局长", "分管领导1账号": "head"}  # fmt: skip
    confirm(send(Kind.UNITS, sheet(Kind.UNITS, row)))
    db.session.expire_all()
    assert (cast.deputy.role, cast.head.role) == (Role.HEAD, Role.DEPUTY)


def test_items_come_with_the_national_fields(cast, send, confirm) -> None:
    row = {
        "重要事项": "是",
        "申请材料": "居民身份证；户口簿\n照片",
        "法定办结时限": 20,
        "法定时限单位": "日",
        "到办事现场次数": "1",
        "收费": "不收费",
    }
    confirm(
        send(
            Kind.ITEMS, sheet(Kind.ITEMS, row, {"事项名称": "户口迁移", "承诺办结时限": "", "承诺时限单位": "当场办结"})
        )
    )
    item, spot = find(ServiceItem, task_name="无犯罪记录证明"), find(ServiceItem, task_name="户口迁移")
    assert (item.unit_id, item.item_kind, item.must_walk) == (cast.head.unit_id, ItemKind.PUBLIC_SERVICE, True)
    assert (item.promise, item.anticipate, item.limit_scene_num) == ("5个工作日", "20日", 1)
    assert item.materials == ["居民身份证", "户口簿", "照片"]
    assert (spot.promise_day, spot.promise_type, spot.must_walk) == (0, DayType.ONSPOT, False)


def test_columns_that_are_left_out_stay_as_they_are(cast, send, confirm, item) -> None:
    item.fee, item.is_complaint = "20元", True
    db.session.commit()
    page = send(Kind.ITEMS, xlsx([["单位名称", "事项名称", "事项类别"], ["示例市公安局", item.task_name, "审批事项"]]))
    assert "公共服务事项→审批事项" in said(page)
    confirm(page)
    db.session.expire_all()
    assert (item.item_kind, item.fee, item.is_complaint, item.promise_day) == (ItemKind.APPROVAL, "20元", True, 15)


def test_an_item_taken_out_comes_back(cast, send, confirm, item) -> None:
    item.is_active = False
    db.session.commit()
    page = send(Kind.ITEMS, sheet(Kind.ITEMS, {"事项名称": item.task_name}))
    assert "恢复到目录" in said(page)
    confirm(page)
    db.session.expire_all()
    assert item.is_active


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_filled_template_says_what_is_there(cast, office, send, item, must_walk_item, kind) -> None:
    empty, filled = (office.get(f"/imports/{kind}/template.xlsx{query}") for query in ("", "?filled=1"))
    assert "表头下面没有内容" in said(send(kind, empty.data))
    assert "示例市公安局" in str(workbook.read(filled.data, "表.xlsx").rows)
    page = said(send(kind, filled.data))
    assert "表里的内容和已有的一样，不用导入" in page


def test_bad_rows_are_left_out_only_when_that_is_ticked(cast, send, confirm) -> None:
    page = send(Kind.ITEMS, sheet(Kind.ITEMS, {}, {"事项名称": "坏的", "承诺办结时限": "-1"}))
    assert "还有1行有问题" in said(confirm(page))
    assert find(ServiceItem, task_name="无犯罪记录证明") is None
    done = confirm(page, only_good="y")
    assert find(ServiceItem, task_name="无犯罪记录证明")
    assert find(ServiceItem, task_name="坏的") is None
    assert "没有导入 1" in said(done)


def test_a_double_click_imports_once(cast, send, confirm) -> None:
    page = send(Kind.UNITS, sheet(Kind.UNITS, {}))
    first, second = confirm(page), confirm(page)
    assert said(first) == said(second)
    batch = db.session.scalars(select(ImportBatch)).one()
    assert (batch.added, batch.rows) == (1, [])
    verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_id == batch.id)).all()
    assert sorted(verbs) == ["import.confirmed", "import.uploaded"]


def test_what_changed_since_the_preview_is_shown_again_first(cast, send, confirm) -> None:
    page = send(Kind.UNITS, sheet(Kind.UNITS, {}))
    unit("示例市教育局", OrgClass.CITY_DEPT)
    db.session.commit()
    again = confirm(page)
    assert service.LOOK_AGAIN in said(again)
    assert find(User, username="edu") is None
    confirm(again)
    assert find(User, username="edu").unit.name == "示例市教育局"


def test_it_can_be_given_up(cast, office, send) -> None:
    page = send(Kind.UNITS, sheet(Kind.UNITS, {}))
    form = BeautifulSoup(page.text, "html.parser").find("form", id="discard")
    assert office.post(form["action"]).headers["Location"] == "/imports/units"
    assert db.session.scalars(select(ImportBatch)).all() == []


def test_an_upload_waits_a_day(cast, office, send) -> None:
    address = send(Kind.UNITS, sheet(Kind.UNITS, {})).request.path
    batch = db.session.scalars(select(ImportBatch)).one()
    batch.expires_at = clock.now()
    db.session.commit()
    late = office.get(address)
    assert (late.status_code, "请重新上传" in late.text) == (404, True)
    send(Kind.UNITS, sheet(Kind.UNITS, {"单位名称": "示例市水务局"}))
    assert len(db.session.scalars(select(ImportBatch)).all()) == 1


def test_many_bad_rows_come_page_by_page(cast, office, send) -> None:
    page = send(
        Kind.ITEMS, sheet(Kind.ITEMS, *({"事项名称": f"坏{number}", "事项类别": "没有"} for number in range(250)))
    )
    following = BeautifulSoup(page.text, "html.parser").find("a", string=lambda text: text and "看后面" in text)
    following = following or next(
        one for one in BeautifulSoup(page.text, "html.parser").find_all("a") if "看后面" in one.text
    )
    assert "看后面 50 行" in following.text
    assert "第 251 行" in said(office.get(following["href"]))


@pytest.mark.parametrize("name", ["head", "liaison", "style", "county"])
def test_only_the_office_imports(cast, client_for, name) -> None:
    client = client_for(getattr(cast, name))
    for address in (
        "/imports/units",
        "/imports/items",
        "/imports/units/template.xlsx",
        f"/imports/batches/{uuid.uuid4()}",
    ):
        assert client.get(address).status_code == 403


def test_an_upload_is_seen_by_nobody_else(cast, client_for, send, confirm) -> None:
    page = send(Kind.UNITS, sheet(Kind.UNITS, {}))
    admin = client_for(cast.admin)
    assert admin.get(page.request.path).status_code == 404
    assert confirm(page, client=admin).status_code == 404
    assert admin.post(f"{page.request.path}/discard").status_code == 404


@pytest.fixture
def county_office(county, client_for: Callable[[User], FlaskClient]) -> FlaskClient:
    return client_for(county.office)


def test_a_countys_office_imports_only_its_own(cast, send, confirm, county_office) -> None:
    rows = [{"单位名称": "示例县教育局", "类别": "县直部门"}, {"单位名称": "示例市公安局", "主要负责同志账号": "head"},
            {"单位名称": "别县教育局", "类别": "县直部门", "上级（县）": "别县", "主要负责同志账号": "b"}]  # fmt: skip
    page = send(Kind.UNITS, sheet(Kind.UNITS, *rows), client=county_office)
    assert "它不归您导入" in said(page)
    assert "您只能导入示例县的单位" in said(page)
    confirm(page, client=county_office, only_good="y")
    assert find(Unit, name="示例县教育局").parent_id == cast.county.unit_id
    items = send(Kind.ITEMS, sheet(Kind.ITEMS, {}, {"单位名称": "示例县教育局"}), client=county_office)
    assert "没有名称是“示例市公安局”的单位" in said(items)
    filled = county_office.get("/imports/units/template.xlsx?filled=1").data
    assert "示例市公安局" not in str(workbook.read(filled, "表.xlsx").rows)


@pytest.mark.parametrize(
    ("size", "status", "sentence"), [(5 * MIB + 1, 200, "文件超过5MB"), (7 * MIB, 413, "文件太大了")]
)
def test_a_file_that_is_too_large_is_refused_in_words(cast, office, size, status, sentence) -> None:
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(b"x" * size), "表.csv")})
    answer = office.post("/imports/items", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == status
    assert sentence in said(answer)


def find(model, **equal):
    db.session.expire_all()
    return db.session.scalars(select(model).filter_by(**equal)).first()
