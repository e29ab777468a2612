"""A county's administrator keeps the accounts of its county, and no others."""

import pytest

from tests.accounts.doors import count
from walkthrough_app.accounts import queries, realm, rules, service
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.core.errors import Invalid, NotFound


def test_the_city_sees_everything_a_county_its_own(cast, county) -> None:
    assert realm.county_of(cast.office) is None
    assert realm.county_of(county.office) == cast.county.unit_id
    everyone = {user.username for user in queries.users_for(cast.admin)[0]}
    own = {user.username for user in queries.users_for(county.admin)[0]}
    assert own == {
        "county",
        "county_liaison",
        "county_office",
        "county_style",
        "county_coord",
        "county_admin",
        "bureau",
        "bureau_liaison",
    }
    assert own < everyone
    assert {unit.name for unit in queries.units_for(county.office)} == {"示例县", "示例县作风整顿办", "示例县民政局"}
    assert realm.sees(county.office, cast.county.unit)
    assert not realm.sees(county.office, cast.head.unit)


def test_a_stranger_to_the_county_is_not_found(cast, county, client_for) -> None:
    client = client_for(county.admin)
    assert client.get(f"/admin/people/{cast.head.id}").status_code == 404
    assert client.post(f"/admin/people/{cast.head.id}/invite").status_code == 404
    assert client.get(f"/admin/people?unit={cast.head.unit_id}").status_code == 404
    assert client.get(f"/admin/people/{county.head.id}").status_code == 200
    assert "示例市公安局" not in client.get("/admin/units").text
    with pytest.raises(NotFound):
        queries.unit_for(county.office, cast.head.unit_id)


def test_a_countys_administrator_adds_units_below_it_only(cast, county, client_for) -> None:
    client = client_for(county.admin)
    below = {"name": "示例县水务局", "org_class": "city_dept", "parent": str(cast.county.unit_id)}
    assert client.post("/admin/units", data=below).status_code == 303
    assert client.post("/admin/units", data={**below, "name": "市水务局", "parent": ""}).status_code == 200
    assert count(Unit, name="市水务局") == 0
    with pytest.raises(Invalid, match="您只能添加本县"):
        service.add_unit(name="市水务局", org_class=OrgClass.CITY_DEPT, by=county.admin)


def test_a_countys_administrator_places_people_in_it_only(cast, county, client_for) -> None:
    fields = {"username": "newcomer", "name": "新人", "post": "局长", "role": "deputy"}
    client = client_for(county.admin)
    assert client.post("/admin/people/new", data={**fields, "unit": str(cast.head.unit_id)}).status_code == 200
    assert count(User, username="newcomer") == 0
    assert client.post("/admin/people/new", data={**fields, "unit": str(county.head.unit_id)}).status_code == 303


@pytest.mark.parametrize("which", ["department", "below"])
def test_only_a_county_of_the_city_has_units_below_it(cast, county, which) -> None:
    parent = cast.head.unit if which == "department" else county.head.unit
    with pytest.raises(Invalid) as refusal:
        service.add_unit(name="下级单位", org_class=OrgClass.CITY_DEPT, parent=parent, by=None)
    assert refusal.value.field == "parent"


def test_classes_are_called_as_they_are_there(cast, county) -> None:
    assert (cast.head.unit.class_label, county.head.unit.class_label) == ("市直部门", "县直部门")
    town = service.add_unit(name="示例镇", org_class=OrgClass.COUNTY, parent=cast.county.unit, by=cast.admin)
    assert (town.class_label, cast.county.unit.class_label, county.office.unit.class_label) == (
        "乡镇（街道）",
        "县（市）区",
        "县作风整顿办",
    )


def test_the_citys_last_administrator_stays_a_countys_may_go(cast, county) -> None:
    assert rules.is_last_admin(cast.admin)
    assert not rules.is_last_admin(county.admin)
    assert county.admin.role is Role.ADMIN


def test_people_are_listed_page_by_page(cast, county, client_for, monkeypatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 4)
    everyone, after = queries.users_for(cast.admin)
    while after:
        page, after = queries.users_for(cast.admin, after)
        everyone += page
    assert len({user.id for user in everyone}) == len(everyone) == queries.count_for(cast.admin)
    assert everyone == sorted(everyone, key=lambda one: (one.unit.name, queries.ORDER_OF_ROLES[one.role]))
    first = client_for(cast.admin).get("/admin/people").text
    assert f"共 {len(everyone)} 人" in first
    assert 'rel="next"' in first
    assert client_for(cast.admin).get("/admin/people?after=nobody").status_code == 200
