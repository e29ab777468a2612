"""The administrator's list of units."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.doors import count, deeds, fresh
from walkthrough_app.accounts.models import Lane, OrgClass, Unit, User
from walkthrough_app.core import db

ClientFor = Callable[[User], FlaskClient]


@pytest.fixture
def admin(cast: SimpleNamespace, client_for: ClientFor) -> FlaskClient:
    return client_for(cast.admin)


def test_the_list_shows_units_with_class_and_lane(admin: FlaskClient) -> None:
    page = admin.get("/admin/units").text
    for word in ("示例市公安局", "市直部门", "作风评议组", "示例县", "县（市）区", "综合协调组"):
        assert word in page


def test_a_unit_is_added(admin: FlaskClient) -> None:
    response = admin.post("/admin/units", data={"name": " 示例市总工会 ", "org_class": "mass_org", "parent": ""})
    assert (response.status_code, response.location) == (303, "/admin/units")
    unit = db.session.scalars(select(Unit).filter_by(name="示例市总工会")).one()
    assert (unit.org_class, unit.lane, unit.parent_id) == (OrgClass.MASS_ORG, Lane.STYLE, None)
    assert deeds(unit.id) == ["unit.added"]


def test_a_unit_may_stand_below_another(admin: FlaskClient, cast: SimpleNamespace) -> None:
    county = fresh(cast.county).unit_id
    admin.post("/admin/units", data={"name": "示例县公安局", "org_class": "county", "parent": str(county)})
    assert count(Unit, name="示例县公安局", parent_id=county) == 1


def test_a_name_is_taken_once(admin: FlaskClient) -> None:
    response = admin.post("/admin/units", data={"name": "示例县", "org_class": "county", "parent": ""})
    assert response.status_code == 200
    assert "已经有这个名称的单位了" in response.text
    assert count(Unit, name="示例县") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "请填单位名称。"),
        ({"name": "长" * 61}, "最多 60 个字。"),
        ({"org_class": ""}, "请选单位类别。"),
        ({"org_class": "court"}, "不是"),
        ({"parent": str(uuid.UUID(int=1))}, "不是"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    admin: FlaskClient, change: dict[str, str], sentence: str
) -> None:
    before = count(Unit)
    response = admin.post("/admin/units", data={"name": "新单位", "org_class": "county", "parent": "", **change})
    assert response.status_code == 200
    assert sentence in response.text
    assert count(Unit) == before
