"""Every page has a guard, and the guard lets in only whom it should."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkthrough_app.accounts import current, guard
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.core import web

ClientFor = Callable[[User], FlaskClient]
ADMIN_PAGES = ["/admin/units", "/admin/people", "/admin/people/new"]
EVERYONE = [
    "head", "deputy", "liaison", "stranger", "county", "party", "style", "coord", "office", "admin",
]  # fmt: skip


def test_every_route_of_the_app_has_a_guard(app: Flask) -> None:
    bare = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not isinstance(getattr(app.view_functions[rule.endpoint], "guard", None), str | frozenset)
    ]
    assert bare == []


@pytest.mark.parametrize("address", ADMIN_PAGES)
@pytest.mark.parametrize("who", EVERYONE)
def test_the_administrators_pages_are_for_the_administrator(
    cast: SimpleNamespace, client_for: ClientFor, address: str, who: str
) -> None:
    response = client_for(getattr(cast, who)).get(address)
    assert response.status_code == (200 if who == "admin" else 403)


@pytest.mark.parametrize("deed", ["", "/disable", "/enable", "/invite"])
@pytest.mark.parametrize("who", ["head", "stranger", "office"])
def test_so_is_everything_done_to_an_account(cast: SimpleNamespace, client_for: ClientFor, deed: str, who: str) -> None:
    address = f"/admin/people/{cast.deputy.id}{deed}"
    assert client_for(getattr(cast, who)).post(address).status_code == 403


@pytest.mark.parametrize("address", [*ADMIN_PAGES, "/me", "/"])
def test_who_is_not_signed_in_is_asked_to(anonymous: FlaskClient, address: str) -> None:
    response = anonymous.get(address)
    assert (response.status_code, response.location) == (303, f"/sign-in?next={address}")


def test_an_address_that_is_not_there_is_404_for_everyone(
    cast: SimpleNamespace, client_for: ClientFor, anonymous: FlaskClient
) -> None:
    assert anonymous.get("/no/such/page").status_code == 404
    assert client_for(cast.head).get("/no/such/page").status_code == 404


class TestInAnAppOfItsOwn:
    """Routes made for the test, so that the shared app stays as it is."""

    def test_a_route_without_a_guard_is_not_there(self, small: Flask, cast: SimpleNamespace) -> None:
        assert small.test_client().get("/forgotten").status_code == 404

    def test_a_public_route_is_for_all(self, small: Flask) -> None:
        assert small.test_client().get("/open").text == "open"

    def test_the_api_answers_a_stranger_in_json_and_never_redirects(self, small: Flask) -> None:
        response = small.test_client().get("/api/thing")
        assert response.status_code == 401
        assert response.get_json() == {"error": "请先登录。"}

    def test_the_api_refuses_a_wrong_role_in_json(
        self, small: Flask, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        response = borrow(small, client_for(cast.office)).get("/api/thing")
        assert response.status_code == 403
        assert "权限" in response.get_json()["error"]

    def test_a_view_gets_the_user(self, small: Flask, cast: SimpleNamespace, client_for: ClientFor) -> None:
        assert borrow(small, client_for(cast.head)).get("/api/thing").text == "head"

    def test_asking_for_the_user_behind_no_guard_is_a_mistake(self, small: Flask) -> None:
        with small.test_request_context("/open"), pytest.raises(LookupError):
            current.user()


class TestNavigation:
    def test_each_role_sees_its_own_entries(self, small: Flask, cast: SimpleNamespace, client_for: ClientFor) -> None:
        assert borrow(small, client_for(cast.head)).get("/nav").text == "事 /api/thing False|我 /nav True"
        assert borrow(small, client_for(cast.office)).get("/nav").text == "我 /nav True"
        assert small.test_client().get("/nav-open").text == ""

    def test_an_address_below_an_entry_belongs_to_it(
        self, small: Flask, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        assert borrow(small, client_for(cast.head)).get("/nav/below").text.endswith("我 /nav True")

    def test_everyone_starts_at_the_first_entry_of_the_role(self, small: Flask, cast: SimpleNamespace) -> None:
        with small.app_context():
            assert guard.first_page(cast.head) == "thing"
            assert guard.first_page(cast.office) == "nav"


@pytest.fixture
def small(app: Flask) -> Flask:
    """A small app on the same database."""
    from flask import render_template_string

    entries = "{% for one in (navigation.entries if navigation else []) %}{{ one.label }} {{ one.url }} {{ one.is_current }}{{ '' if loop.last else '|' }}{% endfor %}"
    made = Flask("walkthrough_app", static_folder=None)
    made.config.update(SETTINGS=app.config["SETTINGS"], SECRET_KEY=app.config["SECRET_KEY"], TESTING=True)
    web.init_app(made)
    guard.init_app(
        made,
        [
            NavItem("事", "thing", frozenset({Role.HEAD}), 1, Group.REPORTING),
            NavItem("我", "nav", frozenset(Role), 2, Group.SYSTEM),
        ],
    )
    made.add_url_rule("/forgotten", "forgotten", lambda: "forgotten")
    made.add_url_rule("/open", "open", guard.public(lambda: "open"))
    made.add_url_rule("/api/thing", "thing", guard.allow(Role.HEAD)(lambda: current.user().username))
    made.add_url_rule("/nav", "nav", guard.signed_in(lambda: render_template_string(entries)))
    made.add_url_rule("/nav/below", "below", guard.signed_in(lambda: render_template_string(entries)))
    made.add_url_rule("/nav-open", "nav_open", guard.public(lambda: render_template_string(entries)))
    made.add_url_rule("/sign-in", "accounts.sign_in", guard.public(lambda: "sign in"))
    return made


def borrow(small: Flask, client: FlaskClient) -> FlaskClient:
    """Return a client of the small app with the other client's session."""
    made = small.test_client()
    with client.session_transaction() as theirs, made.session_transaction() as mine:
        mine.update(theirs)
    return made
