"""Signing in with a password."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.doors import PASSWORD, cookie, count, deeds, is_in, sign_in
from walkthrough_app.accounts import tokens
from walkthrough_app.accounts.models import User, UserSession
from walkthrough_app.core import db

WRONG = "用户名或密码不对。"


def test_the_right_password_opens_the_door(head: User, anonymous: FlaskClient) -> None:
    response = sign_in(anonymous)
    assert (response.status_code, response.location) == (303, "/")
    assert is_in(anonymous)
    assert deeds(head.id) == ["account.signed_in"]


def test_the_page_says_that_secrets_stay_off_line(anonymous: FlaskClient) -> None:
    page = anonymous.get("/sign-in").text
    assert "涉密不上网、上网不涉密" in page
    assert "走流程" in page


@pytest.mark.parametrize("typed", ["Head", " head ", "ｈｅａｄ", "HEAD"])
def test_what_a_phone_makes_of_a_user_name_is_understood(head: User, anonymous: FlaskClient, typed: str) -> None:
    assert sign_in(anonymous, typed).status_code == 303


def test_a_wrong_password_is_refused_and_counted(head: User, anonymous: FlaskClient) -> None:
    response = sign_in(anonymous, password="不是这个密码")
    assert response.status_code == 200
    assert WRONG in response.text
    assert not is_in(anonymous)
    db.session.expire_all()
    assert db.session.get_one(User, head.id).failures == 1


def test_the_right_password_clears_the_count(head: User, anonymous: FlaskClient) -> None:
    sign_in(anonymous, password="不是这个密码")
    sign_in(anonymous)
    db.session.expire_all()
    assert db.session.get_one(User, head.id).failures == 0


def test_an_unknown_name_gets_the_same_answer(head: User, anonymous: FlaskClient) -> None:
    known = sign_in(anonymous, "head", "不是这个密码")
    unknown = sign_in(anonymous, "nobody", "不是这个密码")
    assert unknown.status_code == known.status_code
    assert unknown.text.replace("nobody", "head") == known.text


def test_one_who_has_not_set_a_password_gets_the_same_answer(cast: SimpleNamespace, anonymous: FlaskClient) -> None:
    assert WRONG in sign_in(anonymous, "deputy", "None").text


def test_a_disabled_person_gets_the_same_answer(head: User, anonymous: FlaskClient) -> None:
    head.is_active = False
    db.session.commit()
    assert WRONG in sign_in(anonymous).text


@pytest.mark.parametrize(("username", "password", "sentence"), [("", "x", "请填用户名。"), ("head", "", "请填密码。")])
def test_an_empty_field_is_named(
    head: User, anonymous: FlaskClient, username: str, password: str, sentence: str
) -> None:
    assert sentence in sign_in(anonymous, username, password).text


@pytest.mark.parametrize("odd", ["\x00", "'; DROP TABLE user_account; --", "龘" * 5000, "🙂"])
def test_odd_input_is_only_wrong(head: User, anonymous: FlaskClient, odd: str) -> None:
    assert sign_in(anonymous, "head", odd).status_code == 200
    assert sign_in(anonymous, odd, odd).status_code == 200


def test_signing_in_makes_a_new_session(head: User, anonymous: FlaskClient) -> None:
    sign_in(anonymous)
    first = cookie(anonymous)
    sign_in(anonymous)
    assert cookie(anonymous) != first
    assert count(UserSession, token_hash=tokens.digest(first)) == 0


def test_a_planted_token_is_not_taken_over(head: User, anonymous: FlaskClient) -> None:
    with anonymous.session_transaction() as kept:
        kept["sid"] = "planted"
    sign_in(anonymous)
    assert cookie(anonymous) != "planted"
    assert count(UserSession, token_hash=tokens.digest("planted")) == 0


def test_only_the_hash_of_a_token_is_kept(head: User, anonymous: FlaskClient) -> None:
    sign_in(anonymous)
    token = cookie(anonymous)
    assert len(token) >= 43
    assert count(UserSession, token_hash=token) == 0
    assert count(UserSession, token_hash=tokens.digest(token)) == 1


def test_one_who_is_in_is_not_asked_again(head: User, anonymous: FlaskClient) -> None:
    sign_in(anonymous)
    response = anonymous.get("/sign-in")
    assert (response.status_code, response.location) == (303, "/")


def test_the_form_needs_its_csrf_token(app: Flask, head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client = app.test_client()
    assert sign_in(client).status_code == 400
    assert not is_in(client)
    shown = client.get("/sign-in").text
    token = shown.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    response = client.post("/sign-in", data={"username": "head", "password": PASSWORD, "csrf_token": token})
    assert response.status_code == 303


class TestNext:
    def test_after_signing_in_one_lands_where_one_wanted_to_go(self, head: User, anonymous: FlaskClient) -> None:
        asked = anonymous.get("/me?from=wechat")
        assert asked.status_code == 303
        assert asked.location == "/sign-in?next=/me?from%3Dwechat"
        answer = anonymous.post(asked.location, data={"username": "head", "password": PASSWORD})
        assert answer.location == "/me?from=wechat"

    @pytest.mark.parametrize(
        "target",
        [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/%5Cevil.example\\",
            "javascript:alert(1)",
            "evil.example",
            "/\t/evil.example",
            " //evil.example",
            "",
        ],
    )
    def test_no_link_leads_to_another_site(self, head: User, anonymous: FlaskClient, target: str) -> None:
        response = anonymous.post(
            "/sign-in", query_string={"next": target}, data={"username": "head", "password": PASSWORD}
        )
        assert response.location == "/"

    def test_a_form_posted_too_late_leads_back_to_its_page(self, head: User, anonymous: FlaskClient) -> None:
        response = anonymous.post("/me/devices/sign-out-others", headers={"Referer": "http://localhost/me"})
        assert response.location == "/sign-in?next=/me"

    def test_a_form_posted_from_elsewhere_does_not(self, head: User, anonymous: FlaskClient) -> None:
        response = anonymous.post("/me/devices/sign-out-others", headers={"Referer": "https://evil.example/me"})
        assert response.location == "/sign-in"


def test_the_answer_is_never_kept_by_a_cache(anonymous: FlaskClient) -> None:
    assert anonymous.get("/sign-in").headers["Cache-Control"] == "no-store"
