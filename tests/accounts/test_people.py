"""The administrator's list of people."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.accounts.doors import PASSWORD, count, deeds, fresh, is_in, sign_in
from walkthrough_app.accounts import queries, service
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid

ClientFor = Callable[[User], FlaskClient]


@pytest.fixture
def admin(cast: SimpleNamespace, client_for: ClientFor) -> FlaskClient:
    return client_for(cast.admin)


def filled(unit: Unit, **other: Any) -> dict[str, Any]:
    return {"username": "newcomer", "name": "新人", "post": "科长", "role": "deputy", "unit": str(unit.id), **other}


def test_the_list_shows_everyone(admin: FlaskClient) -> None:
    page = admin.get("/admin/people").text
    for name in ("head甲", "county甲", "office甲", "示例市公安局", "分管领导"):
        assert name in page


def test_the_list_can_be_narrowed_to_a_unit(admin: FlaskClient, cast: SimpleNamespace) -> None:
    page = admin.get(f"/admin/people?unit={fresh(cast.head).unit_id}").text
    assert "deputy2甲" in page
    assert "county甲" not in page


def test_a_unit_that_is_not_there_is_404(admin: FlaskClient) -> None:
    assert admin.get(f"/admin/people?unit={uuid.uuid4()}").status_code == 404
    assert admin.get("/admin/people?unit=nonsense").status_code == 200


def test_a_person_is_added_and_led_to_the_invitation(admin: FlaskClient, cast: SimpleNamespace) -> None:
    response = admin.post("/admin/people/new", data=filled(cast.head.unit, username="NewComer"))
    user = queries.find_by_username("newcomer")
    assert user is not None
    assert (response.status_code, response.location) == (303, f"/admin/people/{user.id}")
    assert (user.role, user.password_hash) == (Role.DEPUTY, None)
    assert deeds(user.id) == ["account.added"]


def test_a_taken_user_name_is_refused_beside_its_field(admin: FlaskClient, cast: SimpleNamespace) -> None:
    response = admin.post("/admin/people/new", data=filled(cast.head.unit, username="deputy"))
    assert response.status_code == 200
    assert "这个用户名已经有人用了" in response.text
    assert "新人" in response.text
    assert count(User, username="deputy") == 1


@pytest.mark.parametrize("username", ["a", "有 空格", "a/b", "<b>", "a" * 33])
def test_an_odd_user_name_is_refused(admin: FlaskClient, cast: SimpleNamespace, username: str) -> None:
    before = count(User)
    assert admin.post("/admin/people/new", data=filled(cast.head.unit, username=username)).status_code == 200
    assert count(User) == before


def test_every_empty_field_is_named(admin: FlaskClient) -> None:
    page = admin.post("/admin/people/new", data={}).text
    for sentence in ("请填用户名。", "请填姓名。", "请填职务，例如局长。", "请选身份。", "请选单位。"):
        assert sentence in page


def test_a_person_is_changed(admin: FlaskClient, cast: SimpleNamespace) -> None:
    form = filled(cast.deputy.unit, name="改名", post="副书记")
    assert admin.post(f"/admin/people/{cast.deputy.id}", data=form).status_code == 303
    changed = fresh(cast.deputy)
    assert (changed.name, changed.post, changed.username) == ("改名", "副书记", "deputy")
    assert deeds(changed.id) == ["account.changed"]


def test_the_form_comes_filled(admin: FlaskClient, cast: SimpleNamespace) -> None:
    page = admin.get(f"/admin/people/{cast.deputy.id}").text
    assert 'value="deputy甲"' in page
    assert 'value="副局长"' in page


def test_a_disabled_person_can_be_enabled_again(
    admin: FlaskClient, cast: SimpleNamespace, head: User, anonymous: FlaskClient
) -> None:
    admin.post(f"/admin/people/{cast.head.id}/disable")
    assert sign_in(anonymous).status_code == 200
    admin.post(f"/admin/people/{cast.head.id}/enable")
    assert sign_in(anonymous, password=PASSWORD).status_code == 303


def test_a_head_cannot_come_back_when_another_has_taken_the_place(admin: FlaskClient, cast: SimpleNamespace) -> None:
    police = fresh(cast.head).unit
    admin.post(f"/admin/people/{cast.head.id}/disable")
    service.add_user(username="successor", name="新局长", post="局长", role=Role.HEAD, unit=police, by=None)
    db.session.commit()
    response = admin.post(f"/admin/people/{cast.head.id}/enable")
    assert response.status_code == 409
    assert "已经有一把手了" in response.text


def test_nobody_disables_themselves(admin: FlaskClient, cast: SimpleNamespace) -> None:
    assert admin.post(f"/admin/people/{cast.admin.id}/disable").status_code == 403
    assert is_in(admin)


def test_the_last_administrator_stays(cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="至少要留一个系统管理员"):
        service.disable_user(cast.admin, by=None)
    with pytest.raises(Invalid, match="至少要留一个系统管理员"):
        service.change_user(cast.admin, name="甲", post="员", role=Role.OFFICE, unit=cast.admin.unit, by=None)


def test_one_of_two_administrators_may_go(cast: SimpleNamespace) -> None:
    second = service.add_user(
        username="admin2", name="乙", post="管理员", role=Role.ADMIN, unit=cast.admin.unit, by=cast.admin
    )
    service.disable_user(cast.admin, by=second)
    assert not cast.admin.is_active


def test_an_account_that_is_not_there_is_404(admin: FlaskClient) -> None:
    assert admin.get(f"/admin/people/{uuid.uuid4()}").status_code == 404
    assert admin.get("/admin/people/nonsense").status_code == 404
    assert admin.post(f"/admin/people/{uuid.uuid4()}/disable").status_code == 404


class TestPosts:
    """Who may hold which post in which unit."""

    @pytest.mark.parametrize("role", [Role.HEAD, Role.DEPUTY, Role.LIAISON])
    def test_those_who_walk_do_not_belong_to_the_office(self, cast: SimpleNamespace, role: Role) -> None:
        with pytest.raises(Invalid, match="要属于一个走流程的单位") as refusal:
            add(role, cast.office.unit)
        assert refusal.value.field == "unit"

    @pytest.mark.parametrize("role", [Role.GROUP_STYLE, Role.GROUP_COORD, Role.OFFICE, Role.ADMIN])
    @pytest.mark.parametrize("place", ["head", "county", "party"])
    def test_groups_office_and_administrators_do(self, cast: SimpleNamespace, role: Role, place: str) -> None:
        with pytest.raises(Invalid, match="要属于作风整顿办") as refusal:
            add(role, getattr(cast, place).unit)
        assert refusal.value.field == "unit"

    @pytest.mark.parametrize("place", ["head", "party"])
    def test_a_department_has_one_head(self, cast: SimpleNamespace, place: str) -> None:
        with pytest.raises(Invalid, match="已经有一把手了") as refusal:
            add(Role.HEAD, getattr(cast, place).unit)
        assert refusal.value.field == "role"

    def test_a_county_has_two_of_party_and_of_government(self, cast: SimpleNamespace) -> None:
        add(Role.HEAD, cast.county.unit)
        assert len(queries.heads_of(cast.county.unit)) == 2
        with pytest.raises(Invalid, match="党政两位一把手都已经有了"):
            add(Role.HEAD, cast.county.unit, "third")

    def test_there_may_be_many_deputies(self, cast: SimpleNamespace) -> None:
        add(Role.DEPUTY, cast.head.unit)
        assert len(queries.deputies_of(cast.head.unit)) == 3

    def test_a_disabled_head_leaves_the_place_free(self, cast: SimpleNamespace) -> None:
        service.disable_user(cast.head, by=cast.admin)
        successor = add(Role.HEAD, cast.head.unit)
        assert queries.heads_of(cast.head.unit) == [successor]

    def test_the_rules_hold_when_a_person_is_changed_too(self, cast: SimpleNamespace) -> None:
        police, office = cast.head.unit, cast.office.unit
        with pytest.raises(Invalid):
            service.change_user(cast.deputy, name="甲", post="局长", role=Role.HEAD, unit=police, by=None)
        with pytest.raises(Invalid):
            service.change_user(cast.deputy, name="甲", post="局长", role=Role.DEPUTY, unit=office, by=None)
        service.change_user(cast.head, name="甲", post="党委书记、局长", role=Role.HEAD, unit=police, by=None)
        assert cast.head.post == "党委书记、局长"

    def test_the_refusal_stands_beside_the_field(self, admin: FlaskClient, cast: SimpleNamespace) -> None:
        response = admin.post("/admin/people/new", data=filled(cast.office.unit, role="head"))
        assert "一把手要属于一个走流程的单位" in response.text
        assert "新人" in response.text


def test_only_the_administrator_may_load_an_account(cast: SimpleNamespace) -> None:
    assert queries.get_user_for(cast.admin, cast.head.id) is cast.head
    with pytest.raises(Exception, match="没有找到"):
        queries.get_user_for(cast.office, cast.head.id)


def test_the_unit_knows_its_people(cast: SimpleNamespace) -> None:
    police = cast.head.unit
    assert queries.heads_of(police) == [cast.head]
    assert queries.deputies_of(police) == [cast.deputy, cast.deputy2]
    assert queries.liaison_of(police) == cast.liaison
    assert queries.users_of(police) == [cast.head, cast.deputy, cast.deputy2, cast.liaison]
    assert queries.liaison_of(cast.party.unit) is None


def test_disabling_oneself_is_refused_by_the_service(cast: SimpleNamespace) -> None:
    with pytest.raises(Forbidden):
        service.disable_user(cast.admin, by=cast.admin)


def add(role: Role, unit: Unit, username: str = "newcomer") -> User:
    return service.add_user(username=username, name="新人", post="新职务", role=role, unit=unit, by=None)
